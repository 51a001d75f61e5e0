import { describe, expect, it } from "vitest";
import { escapePattern, globs, normalisePattern } from "./globs.js";

describe("patterns", () => {
  it.each([
    ["openspec/specs/**/spec.md", "openspec/specs/spec.md", true],
    ["openspec/specs/**/spec.md", "openspec/specs/a/b/spec.md", true],
    ["openspec/specs/**/spec.md", "openspec/specs/a\nb/spec.md", true],
    ["openspec/specs/**/spec.md", "x/openspec/specs/spec.md", false],
    ["./src//*.ts", "src/a.ts", true],
    ["*.ts", "a\nb.ts", true],
    ["*.ts", ".a.ts", true],
    ["*.ts", "src/a.ts", false],
    ["**/*.{ts,js}", "a/b.js", true],
    ["src", "src/a.ts", false],
  ])("%j on %j: %s", (pattern, path, matches) => {
    expect(globs([pattern]).matches(path)).toBe(matches);
  });

  it("match everything, or nothing without a pattern", () => {
    expect(globs(["src/*", "**/*"]).matches("any\nthing")).toBe(true);
    expect(globs([]).matches("a")).toBe(false);
    expect(globs([]).bases).toEqual([]);
  });

  it("start at their outermost fixed folders", () => {
    expect(globs(["a/b/**", "a/*.md", "c/d.md", "ab/x"]).bases).toEqual(["a", "ab/x", "c/d.md"]);
    expect(globs(["a/b/**", "*.md"]).bases).toEqual([""]);
  });

  it("take a literal path when escaped, and start in it", () => {
    const odd = "a [b] (c)*{d}!+@|\\e";
    const { matches, bases } = globs([`${escapePattern(odd)}/*`]);
    expect(matches(`${odd}/x`)).toBe(true);
    expect(matches("a b (c)*{d}!+@|\\e/x")).toBe(false);
    expect(bases).toEqual([odd]);
  });

  it("keep a leading slash, lose dots and doubled slashes", () => {
    expect(normalisePattern("./a/./b//c/")).toBe("a/b/c");
    expect(normalisePattern("/a")).toBe("/a");
  });
});
