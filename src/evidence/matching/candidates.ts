import type { TestDeclaration } from "../../model/reference.js";
import type { TestResult } from "../../model/result.js";
import type { Declarations, Place } from "./declarations.js";
import type { PathIndex } from "./path-index.js";
import { declaredNames, titleKey } from "./titles.js";

/** Every declaration that a result can mean, each once. */
export function candidatesOf(index: Declarations, result: TestResult): readonly TestDeclaration[] {
  if (result.file !== null) {
    const places = index.files.find(result.file);
    if (places.length > 0) return findIn(places, titleKeys(result));
  }
  const { className } = result;
  if (className !== null && className !== "" && className !== result.name) {
    const found = byClass(index, className, result.name);
    if (found.length > 0) return found;
  }
  return result.file === null ? index.titles.find([fullTitle(result)]) : [];
}

/** Full titles, most specific first. What encloses the test counts: a test of the same name elsewhere is another one. */
function titleKeys(result: TestResult): string[] {
  const suites = [result.suite];
  if (result.suite.some((each) => each.includes("/"))) suites.push(result.suite.map(uninstantiated));
  return suites.flatMap((suite) => declaredNames(result.name).map((name) => titleKey([...suite, name])));
}

/** googletest writes `Instance/Suite/0` for what is declared as `Suite`. */
function uninstantiated(suite: string): string {
  return suite.split("/").findLast((segment) => !/^\d*$/u.test(segment)) ?? suite;
}

/** A class that is no title (`com.foo.CartTest`) stays in the key as it is, so that only titles meet titles. */
function fullTitle(result: TestResult): string {
  const { className, name, suite } = result;
  const isTitle = className === null || className === "" || className === "test" || className === name;
  return titleKey(isTitle ? [...suite, name] : [className, name]);
}

function byClass(index: Declarations, className: string, reported: string): TestDeclaration[] {
  if (className.length > 1024) return [];
  const names = declaredNames(reported.startsWith(`${className}.`) ? reported.slice(className.length + 1) : reported);
  const path = className
    .split(/::|[.$/\\]/u)
    .filter((segment) => segment !== "" && !/^\d+$/u.test(segment))
    .join("/");
  if (path === "") return [];
  const found = new Set<TestDeclaration>(index.rust.find(className, reported));
  const ask = (places: PathIndex<Place>, at: string, keys: readonly string[]): void => {
    for (const test of findIn(places.find(at), keys)) found.add(test);
  };
  ask(index.classes, path, names);
  ask(index.modules, path, names);
  ask(index.suites, path, names);
  // A package path keeps its dots: `example.com/shop`.
  ask(index.packages, className, subtests(reported));
  return [...found];
}

/** `TestTotal/group/case`, then what encloses it: a subtest that is made in a loop is declared by no literal. */
function subtests(name: string): string[] {
  const names = [name];
  for (let end = name.lastIndexOf("/"); end > 0 && names.length < 16; end = name.lastIndexOf("/", end - 1)) {
    names.push(name.slice(0, end));
  }
  return names;
}

function findIn(places: readonly Place[], keys: readonly string[]): readonly TestDeclaration[] {
  const [first] = places;
  const alone = places.length === 1 ? first?.find(keys) : undefined;
  if (alone !== undefined && alone.length < 2) return alone;
  const found = new Set<TestDeclaration>();
  for (const place of places) for (const test of place.find(keys)) found.add(test);
  return [...found];
}

/**
 * Go's root package: reports name it by the module's path, which stands in no source file. Its tests are meant by
 * results that no other package explains, as long as all results of that name come from one package.
 */
export function inRootPackage(
  index: Declarations,
  results: readonly TestResult[],
  found: readonly (readonly TestDeclaration[])[],
): readonly (readonly TestDeclaration[])[] {
  const root = index.rootPackage;
  if (root === null) return found;
  const packagesOf = new Map<string, Set<string>>();
  const waiting = results.map((result, position) => {
    const className = result.className ?? "";
    if ((found[position]?.length ?? 0) > 0 || result.file !== null || className === "") return [];
    const tests = root.find(subtests(result.name));
    const own = result.name.split("/", 1)[0] ?? "";
    if (tests.length > 0) packagesOf.set(own, (packagesOf.get(own) ?? new Set()).add(className));
    return tests;
  });
  return results.map((result, position) => {
    const only = packagesOf.get(result.name.split("/", 1)[0] ?? "")?.size === 1;
    return only && (waiting[position]?.length ?? 0) > 0 ? (waiting[position] ?? []) : (found[position] ?? []);
  });
}
