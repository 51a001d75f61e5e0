import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Target } from "./target.js";
import { readTarget } from "./target.js";

function read(url: string, below = "", file = "openspec/specs/box/spec.md"): Target {
  return readTarget(url, { file, below, fromRoot: false });
}

function paths(url: string, below = "", file?: string): string[] {
  const target = read(url, below, file);
  return target.kind === "inside" ? target.paths : [];
}

describe("readTarget", () => {
  it("counts from the folder of the file, or from the roots", () => {
    traceSpec("LINK-FILE-ROOTS");
    expect(paths("a.md")).toEqual(["openspec/specs/box/a.md"]);
    expect(paths("../../../src/./a.ts")).toEqual(["src/a.ts"]);
    expect(paths("/src//a.ts")).toEqual(["src/a.ts"]);
    expect(paths("/src/a.ts", "packages/core")).toEqual(["src/a.ts", "../../src/a.ts"]);
    expect(paths("/src/a.ts", "", "packages/core/openspec/specs/box/spec.md")).toEqual([
      "src/a.ts",
      "packages/core/src/a.ts",
    ]);
    expect(paths("/packages/core/a.ts", "packages/core")).toEqual(["packages/core/a.ts", "a.ts"]);
  });

  it("may lead through the repository around the judged folder, and no further", () => {
    traceSpec("LINK-INSIDE-FOLDER");
    expect(paths("../../../../../src/a.ts", "packages/core")).toEqual(["../../src/a.ts"]);
    expect(paths("../../../../core/src/a.ts", "packages/core")).toEqual(["src/a.ts"]);
    expect(read("../../../../../../a.ts", "packages/core").kind).toBe("outside");
  });

  it("is malformed with nothing in it", () => {
    traceSpec("LINK-TARGET");
    expect(read("")).toEqual({ kind: "unreadable", problem: "nothing in it" });
    expect(read("#top").kind).toBe("inside");
  });

  it.each([
    "../../../../etc/hosts",
    "..%2f..%2f..%2f../hosts",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/x",
    "/../hosts",
    "file:///etc/hosts",
    "C:\\x",
    "c:/x",
  ])("leaves the repository by %s", (url) => {
    traceSpec("LINK-INSIDE");
    expect(read(url).kind).toBe("outside");
  });

  it.each([
    ["a.ts#L12", { from: 12, to: null }],
    ["a.ts#L12-L20", { from: 12, to: 20 }],
    ["a.ts#L12-20", { from: 12, to: 20 }],
    ["a.ts#L12C3-L20C8", { from: 12, to: 20 }],
    ["a.ts#lines-12:20", { from: 12, to: 20 }],
    ["a.ts?plain=1#L5", { from: 5, to: null }],
    ["a.ts#l12", null],
    ["a.ts#L12x", null],
    ["a.ts", null],
  ])("has the lines of %s", (url, lines) => {
    traceSpec("LINK-LINE");
    expect(read(url)).toMatchObject({ kind: "inside", lines });
  });

  it.each(["a%zz.md", "a%.md", "a.ts#L9-L3", "a%00.md", "a\u0007.md"])("says what is wrong with %j", (url) => {
    traceSpec("LINK-TARGET");
    expect(read(url)).toMatchObject({ kind: "unreadable", problem: expect.stringMatching(/\w/) });
  });

  it.each([
    ["https://example.org/a?b=%C3%9C#c", true],
    ["http://localhost:8080", true],
    ["https://[2001:db8::1]/x", true],
    ["//example.org/x", true],
    ["https://ada:secret@example.org/", true],
    ["mailto:ada@example.org?subject=x", true],
    ["tel:+49123", true],
    ["vscode:extension/x.y", true],
    ["https:///x", false],
    ["http://:80/x", false],
    ["https://example..org", false],
    ["https:", false],
    ["https://example.org/%zz", false],
    ["https://exa mple.org/", false],
    ["mailto:nobody", false],
    ["tel:", false],
  ])("takes %s for an address, well-formed: %s", (url, right) => {
    traceSpec("LINK-ADDRESS");
    expect(read(url)).toMatchObject({ kind: "external", problem: right ? null : expect.stringMatching(/\w/) });
  });
});
