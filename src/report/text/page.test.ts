import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { Page, unbroken } from "./page.js";
import { writeTable } from "./table.js";

const ESC = "\u001b";

function lines(width: number, write: (page: Page) => void): string[] {
  const page = new Page({ width, colour: false });
  write(page);
  return page.toString().split("\n").slice(0, -1);
}

describe("Page.line", () => {
  it("cuts what does not fit with an ellipsis", () => {
    traceSpec("REPORT-WIDTH-CUT");
    expect(lines(20, (page) => page.line(["missing  ", ["strong", "A-B"], "  A title of some length"], 2))).toEqual([
      "  missing  A-B  A t…",
    ]);
    expect(lines(20, (page) => page.line(["exactly twenty signs"]))).toEqual(["exactly twenty signs"]);
    expect(lines(20, (page) => page.line(["exactly twenty signs", "!"]))).toEqual(["exactly twenty sign…"]);
  });

  it("counts wide characters as two columns", () => {
    traceSpec("REPORT-WIDTH-WIDE");
    expect(lines(20, (page) => page.line(["別名の衝突は拒否されるものとする"]))).toEqual(["別名の衝突は拒否さ…"]);
    expect(lines(20, (page) => page.line(["👍👍👍👍👍👍👍👍👍👍👍"]))).toEqual(["👍👍👍👍👍👍👍👍👍…"]);
  });

  it("counts combining characters as none", () => {
    traceSpec("REPORT-WIDTH-COMBINING");
    const stacked = "x\u0336".repeat(20);
    expect(lines(20, (page) => page.line([stacked]))).toEqual([stacked]);
    expect(lines(20, (page) => page.line([`${stacked}x`]))).toEqual([`${"x\u0336".repeat(19)}…`]);
  });
});

describe("Page.text", () => {
  it("breaks at blanks and hangs the lines that follow", () => {
    expect(lines(20, (page) => page.text(["1. one two three four five six"], { indent: 2, hang: 5 }))).toEqual([
      "  1. one two three",
      "     four five six",
    ]);
  });

  it("breaks words that are longer than a line", () => {
    expect(lines(20, (page) => page.text([`see ${"x".repeat(30)} end`]))).toEqual([
      "see",
      "x".repeat(19),
      `${"x".repeat(11)} end`,
    ]);
  });

  it("breaks a phrase between its words where no line can hold it", () => {
    traceSpec("REPORT-WIDTH-HELD");
    const write = (page: Page) =>
      page.text([`because ${unbroken("2 must tags without sufficient evidence")}, ${unbroken("1 error")}`]);
    expect(lines(20, write)).toEqual(["because 2 must tags", "without sufficient", "evidence, 1 error"]);
    expect(lines(60, write)[0]).toBe("because 2 must tags without sufficient evidence, 1 error");
  });

  it("does not part pieces that touch, nor what is unbroken", () => {
    const write = (page: Page) => page.text(["aaaa bbbb cccc ", ["good", "ddddd"], ", eeee ", unbroken("1 waived")]);
    expect(lines(20, write)).toEqual(["aaaa bbbb cccc", "ddddd, eeee 1 waived"]);
  });

  it("keeps runs of blanks within a line", () => {
    expect(lines(20, (page) => page.text(["FAIL  no tag"]))).toEqual(["FAIL  no tag"]);
    expect(lines(20, (page) => page.text([" 1. one"]))).toEqual([" 1. one"]);
  });

  it("ends with an ellipsis after as many lines as allowed", () => {
    const words = ["one two three four five six seven eight nine ten"];
    expect(lines(20, (page) => page.text(words, { most: 2 }))).toEqual(["one two three four", "five six seven…"]);
    expect(lines(20, (page) => page.text(["one two"], { most: 1 }))).toEqual(["one two"]);
  });
});

describe("Page.place", () => {
  it("prints file:line whole where it fits", () => {
    traceSpec("REPORT-WIDTH-PLACE");
    const file = `${"deep/".repeat(10)}spec.md`;
    expect(lines(80, (page) => page.place(file, 12, 4))).toEqual([`    ${file}:12`]);
    expect(lines(40, (page) => page.place(file, 12, 4))).toEqual(["    deep/deep/d…eep/deep/deep/spec.md:12"]);
  });
});

describe("Page", () => {
  it("shows control characters instead of printing them", () => {
    traceSpec("REPORT-SAFE");
    const write = (page: Page) => {
      page.line([`${ESC}[2J\u202Eevil`]);
      page.text([["good", `a\u0007b${ESC}`]]);
      page.place(`a${ESC}\n.md`, 1);
    };
    expect(lines(80, write)).toEqual(["\\u{1B}[2J\\u{202E}evil", "a\\u{7}b\\u{1B}", "a\\u{1B} .md:1"]);
  });

  it("paints only when colour is wanted", () => {
    const page = new Page({ width: 20, colour: true });
    page.line([["bad", "FAIL"], " x"]);
    expect(page.toString()).toBe(`${ESC}[31mFAIL${ESC}[39m x\n`);
    expect(lines(20, (plain) => plain.line([["bad", "FAIL"], " x"]))).toEqual(["FAIL x"]);
  });

  it("leaves no blanks at the end of a line, painted or not", () => {
    const page = new Page({ width: 20, colour: true });
    page.line([["bad", "x  "], "  "], 2);
    page.line(["  "], 4);
    expect(page.toString()).toBe(`  ${ESC}[31mx${ESC}[39m\n`);
  });

  it("never writes two empty lines in a row, nor one at an end", () => {
    const write = (page: Page) => {
      page.blank();
      page.heading("Errors");
      page.blank();
      page.line(["x"]);
      page.blank();
    };
    expect(lines(20, write)).toEqual(["Errors", "", "x"]);
    expect(new Page({ width: 20, colour: false }).toString()).toBe("");
  });
});

describe("writeTable", () => {
  const row = (name: string, count: string) => [{ text: name }, { text: count }, { text: "0" }];

  it("aligns names left and numbers right, wide characters included", () => {
    const table = {
      headings: ["name", "tags", "bad"],
      rows: [row("日本語の", "7"), row("box", "12")],
      totals: row("total", "19"),
    };
    expect(lines(40, (page) => writeTable(page, table))).toEqual([
      "  name      tags  bad",
      "  ───────────────────",
      "  日本語の     7    0",
      "  box         12    0",
      "  ───────────────────",
      "  total       19    0",
    ]);
  });

  it("narrows its gaps, then the names, to fit", () => {
    const table = {
      headings: ["name", "tags", "bad"],
      rows: [row("a-name-of-24-characters-x", "7")],
      totals: row("total", "7"),
    };
    expect(lines(30, (page) => writeTable(page, table))).toEqual([
      "  name                tags bad",
      "  ────────────────────────────",
      "  a-name-of-24…ters-x    7   0",
      "  ────────────────────────────",
      "  total                  7   0",
    ]);
  });
});
