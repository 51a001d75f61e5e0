import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { targetPath, textPath } from "./retarget.js";

const SPEC = "openspec/specs/box/spec.md";

describe("targetPath", () => {
  it.each([
    ["/src/a.ts", "lib/b.ts", "/lib/b.ts"],
    ["../../../src/a.ts", "lib/b.ts", "../../../lib/b.ts"],
    ["../../changes/a.ts", "openspec/specs/box/b.ts", "b.ts"],
    ["./a.ts", "openspec/specs/box/deep/b.ts", "./deep/b.ts"],
    ["/src/a.ts", "my (new)/100%#?.ts", "/my%20%28new%29/100%25%23%3F.ts"],
    ["/src/a.ts", "größe.ts", "/größe.ts"],
    ["/src/a.ts", "../b.ts", null],
  ])("writes in place of %s the path %s", (written, next, expected) => {
    traceSpec("LINK-FIX-FILE");
    expect(targetPath(written, next, SPEC)).toBe(expected);
  });
});

describe("textPath", () => {
  it.each([
    ["a.ts", "b.ts"],
    ["src/a.ts", "lib/deep/b.ts"],
    ["/src/a.ts", "/lib/deep/b.ts"],
    ["./src/a.ts", "./lib/deep/b.ts"],
    ["c.ts", null],
  ])("writes the name in place of %s", (written, expected) => {
    traceSpec("LINK-FIX-FILE");
    expect(textPath(written, "src/a.ts", "lib/deep/b.ts")).toBe(expected);
  });

  it("keeps as many folders as there were", () => {
    traceSpec("LINK-FIX-FILE");
    expect(textPath("one/a.ts", "src/one/a.ts", "lib/deep/b.ts")).toBe("deep/b.ts");
  });
});
