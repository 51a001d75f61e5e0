import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { titleLines } from "./title-lines.js";

describe("titleLines", () => {
  it("knows the line of every title that stands in one test call", () => {
    traceSpec("VIT-RECORD-PLACE");
    const source = [
      'it("first", () => {});',
      "describe('suite', () => {",
      "  test.concurrent('second', async () => {});",
      "  it(",
      "    `third`, { retry: 1 }, () => {});",
      "});",
    ];
    expect([...titleLines(source.join("\n"))]).toEqual([
      ["first", 1],
      ["second", 3],
      ["third", 4],
    ]);
  });

  it.each([
    ["twice in the file", 'it("a", f);\nit("a", f);'],
    ["in a comment as well", '// it("a", f);\nit("a", f);'],
    ["behind other code", 'if (x) it("a", f);'],
    ["as a table", 'it.each([1])("a", f);'],
    ["with a placeholder", `it(\`a\${b}\`, f);\nit("%s", f);`],
    ["with an escape", 'it("a\\"", f);'],
    ["joined", 'it("a" + b, f);'],
    ["of something else", 'edit("a", f);\nx.it("a", f);'],
  ])("leaves out a title %s", (_name, source) => {
    traceSpec("VIT-RECORD-PLACE");
    expect([...titleLines(source)]).toEqual([]);
  });

  it("reads in time that grows with the text", () => {
    traceSpec("VIT-RECORD-PLACE");
    for (const piece of ['it("', "it(", "it.it.it.", 'it("a",', "it ", "test . a . b", '"', "\n\nit('"]) {
      expect(titleLines(piece.repeat(50_000)).size).toBeLessThan(2);
    }
  });
});
