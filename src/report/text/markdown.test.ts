import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { code, fenced, prose } from "./markdown.js";

describe("prose", () => {
  it.each([
    ["a | b", "a \\| b"],
    ["`code`", "\\`code\\`"],
    ["<b>x</b> & y", "\\<b\\>x\\</b\\> \\& y"],
    ["[text](http://x)", "\\[text\\](http:<!-- -->//x)"],
    ["by @octocat", "by @<!-- -->octocat"],
    ["a@b.org", "a@<!-- -->b.org"],
    ["fixes #12", "fixes \\#<!-- -->12"],
    ["GH-12", "GH<!-- -->-12"],
    ["www.example.org", "www<!-- -->.example.org"],
    ["- item", "\\- item"],
    ["1. item", "1\\. item"],
    ["# heading", "\\# heading"],
    ["a @ b # c : d", "a @ b \\# c : d"],
    ["two\nlines", "two lines"],
    ["\u001b[0m", "\\\\u{1B}\\[0m"],
  ])("shows %j literally", (text, markdown) => {
    traceSpec("REPORT-MARKDOWN-LITERAL");
    expect(prose(text)).toBe(markdown);
  });
});

describe("code", () => {
  it("fences longer than any run of backticks inside", () => {
    expect(code("plain")).toBe("`plain`");
    expect(code("a`b")).toBe("``a`b``");
    expect(code("`a``")).toBe("``` `a`` ```");
    expect(code(" ")).toBe("` `");
  });
});

describe("fenced", () => {
  it("cannot be closed from inside", () => {
    expect(fenced("a\n````\nb")).toEqual(["`````text", "a", "````", "b", "`````"]);
  });
});
