import picomatch from "picomatch";

/** Patterns as `configSchema` takes them: relative to the judged folder, `*`, `**`, `?`, `[…]`, `{…}`; dot files match. */
export interface Globs {
  matches(path: string): boolean;
  /** Folders or files to start walking at: none of them lies below another. Empty text is the root. */
  readonly bases: readonly string[];
}

export function globs(patterns: readonly string[]): Globs {
  const plain = patterns.map(normalisePattern);
  if (plain.includes("**/*") || plain.includes("**")) return { matches: () => true, bases: [""] };
  const matches = plain.length === 0 ? () => false : picomatch(plain, { dot: true, flags: "s" });
  return { matches: (path) => matches(path), bases: outermost(plain.map(fixedPart)) };
}

/** `./a//b/` and `a/b` are one pattern; a folder stands for what it holds only with `/**`. */
export function normalisePattern(pattern: string): string {
  return pattern
    .split("/")
    .filter((part, at) => part !== "." && (part !== "" || at === 0))
    .join("/");
}

/** The pattern characters of a literal path made literal. */
export function escapePattern(path: string): string {
  return path.replace(/[\\*?[\]{}()!+@|]/g, "\\$&");
}

/** The steps of a pattern before the first one with a special character, escapes removed. */
function fixedPart(pattern: string): string {
  const steps = pattern.split("/");
  const special = steps.findIndex((step) => /[*?[{(]/.test(step.replace(/\\./g, "")));
  const fixed = special < 0 ? steps : steps.slice(0, special);
  return fixed.join("/").replace(/\\(.)/g, "$1");
}

function outermost(bases: readonly string[]): string[] {
  const distinct = [...new Set(bases.map((base) => (base === "." ? "" : base)))].sort();
  return distinct.filter((base) => !distinct.some((other) => other !== base && isBelow(other, base)));
}

function isBelow(folder: string, path: string): boolean {
  return folder === "" || path.startsWith(`${folder}/`);
}
