import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import type { EvidenceEntry } from "../model/requirement.js";
import { readExpectations } from "./examples.js";
import type { ParsedSpec } from "./parse.js";
import { parseSpec } from "./parse.js";

/** A requirement with an Evidence section; the first line below its heading is line 5. */
function parseEvidence(body: string): { parsed: ParsedSpec; entries: EvidenceEntry[] } {
  const text = `## Requirements\n### Requirement: A [A-B]\nx\n##### Evidence\n${body}`;
  const parsed = parseSpec({ path: "openspec/specs/cap/spec.md", text });
  const groups = parsed.document.requirements[0]?.evidence ?? [];
  return { parsed, entries: groups.flatMap((group) => group.entries) };
}

function found(parsed: ParsedSpec): string[] {
  return parsed.findings.map(({ code, span }) => `${code} ${span.line}:${span.column}`);
}

describe("entries", () => {
  test.each([
    ["- Test: [a](/a)", "Test", null, "[a](/a)"],
    ["* Test (property): [a](/a), [b](/b)", "Test", "property", "[a](/a), [b](/b)"],
    ["1. **Test (unit, slow):** [a](/a)", "Test", "unit, slow", "[a](/a)"],
    ["- **Proof**: see [a](/a) too", "Proof", null, "see [a](/a) too"],
    ["- Static analysis:\n  [a](/a),\n  [b](/b)", "Static analysis", null, "[a](/a),\n  [b](/b)"],
    ["- Test:\n  - [a](/a)\n  - [b](/b)", "Test", null, "\n  - [a](/a)\n  - [b](/b)"],
  ])("%j", (line, label, qualifier, text) => {
    traceSpec("SPEC-EVIDENCE");
    const { parsed, entries } = parseEvidence(`${line}\n`);
    expect(entries).toMatchObject([{ label, qualifier, example: null }]);
    expect(entries[0]?.text.trim()).toBe(text.trim());
    expect(entries[0]?.links.map((link) => link.url)).toEqual(text.includes("[b]") ? ["/a", "/b"] : ["/a"]);
    expect(parsed.findings).toEqual([]);
  });

  test("groups of requirement and scenario, at any level below three", () => {
    traceSpec("SPEC-EVIDENCE");
    const text =
      "## Requirements\n### Requirement: A [A-B]\nx\n##### evidence\n- Test: [a](/a)\n###### More\n- Test: [b](/b)\n##### Notes\n- c\n" +
      "#### Scenario: S [A-S]\ny\n###### Evidence\n- Test: [d](/d)\n#### Evidence\n- Test: [e](/e)\n";
    const { document, findings } = parseSpec({ path: "openspec/specs/cap/spec.md", text });
    const [requirement] = document.requirements;
    const links = (owner: { evidence: { entries: EvidenceEntry[] }[] } | undefined) =>
      owner?.evidence.map((group) => group.entries.flatMap((entry) => entry.links.map((link) => link.text)));
    expect(findings).toEqual([]);
    expect(links(requirement)).toEqual([["a", "b"], ["e"]]);
    expect(links(requirement?.scenarios[0])).toEqual([["d"]]);
    expect(requirement?.statements.map((each) => each.text)).toEqual(["x", "- c"]);
  });

  test.each([
    ["[a.ts:12 title](/src/a.ts#L12)", { path: "src/a.ts", line: 12, anchor: null, symbol: "title" }],
    ["[a.ts:12-20 `f()`](/src/a.ts#L12-L20)", { path: "src/a.ts", line: 12, anchor: null, symbol: "f()" }],
    ["[a.ts the title](/src/a.ts#L12C3)", { path: "src/a.ts", line: 12, anchor: null, symbol: "the title" }],
    ["[the title](/src/a.ts)", { path: "src/a.ts", line: null, anchor: null, symbol: null }],
    ["[a.ts](/src/a.ts#part)", { path: "src/a.ts", line: null, anchor: "part", symbol: null }],
    ["[a](/my%20dir/%C3%A9.ts?plain=1#L2)", { path: "my dir/é.ts", line: 2, anchor: null, symbol: null }],
    ["[a](../../../src/./a.ts)", { path: "src/a.ts", line: null, anchor: null, symbol: null }],
    ["[a](notes.md)", { path: "openspec/specs/cap/notes.md", line: null, anchor: null, symbol: null }],
    ["[a](../../../../a.ts)", { path: null, line: null, anchor: null, symbol: null }],
    ["[a](https://host/a.ts#L3)", { path: null, line: 3, anchor: null, symbol: null }],
    ["[a](#part)", { path: null, line: null, anchor: "part", symbol: null }],
    ["[a](/100%#L1)", { path: "100%", line: 1, anchor: null, symbol: null }],
    ["[a](</with blank.ts>)", { path: "with blank.ts", line: null, anchor: null, symbol: null }],
  ])("the parts of %s", (link, expected) => {
    traceSpec("SPEC-EVIDENCE-LINK");
    const { entries } = parseEvidence(`- Test: x, ${link}\n`);
    expect(entries[0]?.links).toMatchObject([expected]);
  });

  test("the place of a link", () => {
    traceSpec("SPEC-SPAN-LINK");
    const { entries } = parseEvidence("- Test: [a](/a),\n  [b](/b)\n");
    expect(entries[0]?.links.map(({ span }) => [span.line, span.column, span.endLine, span.endColumn])).toEqual([
      [5, 9, 5, 16],
      [6, 3, 6, 10],
    ]);
  });

  test.each([
    ["a line without a label", "- [a](/a)", "5:1"],
    ["a label without a link", "- Test: none yet", "5:1"],
    ["a link in code only", "- Test: `[a](/a)`", "5:1"],
    ["a paragraph", "See [a](/a).", "5:1"],
    ["a fence", "- Test: [a](/a)\n```ts\nf()\n```", "6:1"],
    ["an example without a fence", "- Example:", "5:1"],
    ["a second fence for one example", "- Example:\n```ts\nf()\n```\n```ts\ng()\n```", "9:1"],
  ])("%s", (_, body, place) => {
    traceSpec("SPEC-EVIDENCE-UNREADABLE");
    const { parsed } = parseEvidence(`${body}\n`);
    expect(found(parsed)).toEqual([`SPEC008 ${place}`]);
    expect(parsed.findings[0]?.severity).toBe("warning");
  });

  test("a section without an entry", () => {
    traceSpec("SPEC-EVIDENCE-EMPTY");
    expect(found(parseEvidence("").parsed)).toEqual(["SPEC009 4:1"]);
    expect(found(parseEvidence("<!-- later -->\n\n##### Evidence\n- Test: [a](/a)\n").parsed)).toEqual(["SPEC009 4:1"]);
  });

  test("a section outside a requirement", () => {
    traceSpec("SPEC-EVIDENCE-ORPHAN");
    const parsed = parseEvidence("- Test: [a](/a)\n### Machine\n##### Evidence\n- Test: [b](/b)\n").parsed;
    expect(found(parsed)).toEqual(["SPEC015 7:1"]);
  });
});

describe("examples", () => {
  test.each([
    [
      "behind the entry",
      "- Example:\n```typescript\na();\n\nb(); //=> 1\n```\n- Test: [a](/a)\n",
      7,
      { line: 6, column: 1, endLine: 10, endColumn: 4 },
    ],
    [
      "behind the entry and an empty line",
      "- Example:\n\n```typescript\na();\n\nb(); //=> 1\n```\n",
      8,
      { line: 7, column: 1, endLine: 11, endColumn: 4 },
    ],
    [
      "inside the entry",
      "- Example:\n  ```typescript\n  a();\n\n  b(); //=> 1\n  ```\n- Test: [a](/a)\n",
      7,
      { line: 6, column: 3, endLine: 10, endColumn: 6 },
    ],
    [
      "inside the entry behind an empty line",
      "- Example (short):\n\n  ~~~typescript\n  a();\n\n  b(); //=> 1\n  ~~~\n",
      8,
      { line: 7, column: 3, endLine: 11, endColumn: 6 },
    ],
  ])("%s", (_, body, firstLine, span) => {
    traceSpec("SPEC-EXAMPLE");
    const { parsed, entries } = parseEvidence(body);
    expect(parsed.findings).toEqual([]);
    expect(entries[0]?.example).toEqual({
      language: "typescript",
      code: "a();\n\nb(); //=> 1",
      firstLine,
      span: { file: "openspec/specs/cap/spec.md", ...span },
      expectations: [{ kind: "value", expected: "1", line: firstLine + 2 }],
    });
    for (const entry of entries.slice(1)) expect(entry.example).toBeNull();
  });

  test("in a block that is code by its indentation, and behind Windows line ends", () => {
    traceSpec("SPEC-EXAMPLE", "EXAMPLE-PLACE-LINE");
    const indented = parseEvidence("- Example:\n\n      a();\n\n      b(); //=> 1\n").entries[0]?.example;
    expect(indented).toMatchObject({ code: "a();\n\nb(); //=> 1", firstLine: 7, expectations: [{ line: 9 }] });
    const windows = parseEvidence("- Example:\n```ts\na();\nb(); //=> 1\n```\n".replaceAll("\n", "\r\n")).entries[0]
      ?.example;
    expect(windows).toMatchObject({ firstLine: 7, expectations: [{ expected: "1", line: 8 }] });
  });

  test("two examples have each its own", () => {
    traceSpec("SPEC-EXAMPLE");
    const { entries } = parseEvidence("- Example:\n```ts\na\n```\n- Example:\n```js\nb\n```\n");
    expect(entries.map((each) => [each.example?.language, each.example?.code])).toEqual([
      ["ts", "a"],
      ["js", "b"],
    ]);
  });

  test.each([
    ["f(); //=> 14", [["value", "14", 1]]],
    ["f(); //=>  a b // c ", [["value", "a b // c", 1]]],
    ["f(); // => 14", [["value", "14", 1]]],
    ["f(); //=> type Array", [["type", "Array", 1]]],
    ["f(); //=> throws TypeError", [["throws", "TypeError", 1]]],
    ["f(); //=> throws", [["throws", "", 1]]],
    ["f(); //=> typed", [["value", "typed", 1]]],
    ["f(); //*", [["any", "", 1]]],
    ["f(); //=>", [["value", "", 1]]],
    [
      "f();\n\n//=> 1\ng(); //* \n",
      [
        ["value", "1", 3],
        ["any", "", 4],
      ],
    ],
    ["// a comment //=> 1", []],
    ["f(); //* more", []],
  ])("%j expects", (code, expected) => {
    traceSpec("SPEC-EXAMPLE-EXPECT");
    expect(readExpectations(code, 1).map(({ kind, expected: value, line }) => [kind, value, line])).toEqual(expected);
  });

  test.each([
    ['f("a //=> 1");', []],
    ["f('http://*');", []],
    ["f(`a\n//=> 1\n`); //=> 2", [3]],
    ["/* a\n//=> 1 */ f(); //=> 2", [2]],
    ["f('\\' //=> 1'); //=> 2", [1]],
    ["f(/[/]'\\/ //=> 1/); //=> 2", [1]],
    ["a / b; f('c'); //=> 2", [1]],
    ["it's; //=> 2", [1]],
    [["f(`$", "{`x`}`); //=> 2"].join(""), [1]],
    ["f('open\n); //=> 2", [2]],
  ])("%j hides what is in strings", (code, lines) => {
    traceSpec("SPEC-EXAMPLE-STRING");
    expect(readExpectations(code, 1).map((each) => each.line)).toEqual(lines);
    for (const each of readExpectations(code, 1)) expect(each.expected).toBe("2");
  });
});
