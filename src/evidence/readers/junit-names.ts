import { looksLikeFile } from "./paths.js";

/** Where a test case stands in its report. */
export interface CaseContext {
  name: string;
  className: string | null;
  /** `file` attribute of the case or of the nearest suite; null without. */
  fileAttribute: string | null;
  /** Names of the enclosing suites, outermost first. */
  suiteNames: readonly string[];
  producer: string;
  /** See reportedPath. */
  pathOf(reported: string): string | null;
}

export interface CaseNames {
  name: string;
  suite: string[];
  file: string | null;
}

/**
 * Brings the dialects' uses of name, classname and suite to one form: own title, enclosing titles, file.
 *
 * vitest writes the file as class and joins all titles with ` > `; jest-junit writes the joined titles twice, or by
 * template the enclosing ones as class; mocha-junit-reporter writes the own title as class and the joined ones as name;
 * node:test nests suites and names every class `test`; the others name a class, with its package, module or namespace.
 */
export function caseNames(context: CaseContext): CaseNames {
  const { name, className, producer } = context;
  const innermost = context.suiteNames.at(-1) ?? null;
  const named = [context.fileAttribute, className, innermost].find((each) => each !== null && isFile(each, context));
  const file = named === undefined || named === null ? null : context.pathOf(named);
  if (producer === "vitest") return splitTitle(name, file);
  if (className === null || className === "" || className === "test") {
    return { name, suite: context.suiteNames.filter((each) => each !== "" && !looksLikeFile(each)), file };
  }
  if (className === name || looksLikeFile(className)) return splitTitle(name, file);
  if (name.endsWith(` ${className}`)) {
    return { name: className, suite: [name.slice(0, -className.length - 1).trim()], file };
  }
  return { name, suite: enclosing(className, file), file };
}

function isFile(candidate: string, context: CaseContext): boolean {
  if (candidate === context.fileAttribute) return candidate !== "";
  if (context.producer === "vitest" && /\.[cm]?[jt]sx?$/u.test(candidate)) return true;
  return looksLikeFile(candidate);
}

function splitTitle(title: string, file: string | null): CaseNames {
  const suite = title.split(" > ");
  return { name: suite.pop() ?? title, suite, file };
}

const IDENTIFIERS = /^[\p{L}\p{N}_$-]+(?:[.\\/]+[\p{L}\p{N}_$-]+)*$/u;

/**
 * The classes of a class name without package, module or namespace; the titles of a joined one. Packages and modules
 * start in lower case, classes in upper case, by the conventions of Java, Python and Go; where nothing starts in lower
 * case (C#, PHP) the last segment is the class.
 */
function enclosing(className: string, file: string | null): string[] {
  if (className.length > 1024) return [];
  if (className.includes(" › ")) return className.split(" › ");
  if (className.includes("::") || (file !== null && /\.[cm]?[jt]sx?$/u.test(file)) || !IDENTIFIERS.test(className))
    return [className];
  const segments = className.split(/[.\\]/u);
  const last = segments.at(-1) ?? className;
  if (last.includes("/")) return /\/\p{Lu}/u.test(last) ? [className] : [];
  const inModule = file === null ? null : afterModule(segments, file);
  if (inModule !== null) return inModule;
  const module = segments.findLastIndex((each) => /^[\p{Ll}_]/u.test(each));
  const classes = module < 0 ? [last] : segments.slice(module + 1);
  return classes.flatMap((each) => each.split("$"));
}

/** What is left of `tests.test_mod.TestCart` behind the module that the file `tests/test_mod.py` is. */
function afterModule(segments: readonly string[], file: string): string[] | null {
  if (!file.endsWith(".py")) return null;
  const stem = file.slice(file.lastIndexOf("/") + 1, -".py".length);
  const at = segments.lastIndexOf(stem);
  return at < 0 ? null : segments.slice(at + 1);
}
