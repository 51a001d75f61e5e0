import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import { formatSpan } from "../model/span.js";
import type { ParsedSpec } from "./parse.js";
import { parseSpec } from "./parse.js";

const PATH = "openspec/specs/cap/spec.md";

function parse(text: string): ParsedSpec {
  return parseSpec({ path: PATH, text });
}

/** A main specification; its first line of content is line 5. */
function parseBody(body: string): ParsedSpec {
  return parse(`## Purpose\nP.\n## Requirements\n\n${body}`);
}

/** `CODE line:column` of each finding. */
function found(parsed: ParsedSpec): string[] {
  return parsed.findings.map(({ code, span }) => `${code} ${span.line}:${span.column}`);
}

function tagsOf({ document }: ParsedSpec): (string | null)[] {
  return document.requirements.flatMap((each) => [each.tag, ...each.scenarios.map((scenario) => scenario.tag)]);
}

const FULL = `# Box registry

## Purpose

Keeps boxes.

- all of them

## Requirements

### Requirement: Keep a box [BOX-KEEP] ##
THE registry SHALL keep
each box.

| a | b |
|---|---|
| 1 | 2 |

**References:**
- one
- two

#### Scenario: Full [BOX-KEEP-FULL]
IF it is full, THEN THE registry SHALL say so.

**Postcondition:** Nothing is lost.

##### Evidence
- Test: [a.test.ts:1 keeps](/a.test.ts#L1)

#### Requirement model

\`\`\`alloy
sig Box {}
\`\`\`

### State machine

Text with [BOX-KEEP].

## Notes
### Notes on notes
`;

describe("structure", () => {
  test("a requirement with all its parts", () => {
    traceSpec("SPEC-STRUCTURE");
    const { document, findings } = parse(FULL);
    expect(findings).toEqual([]);
    expect(document).toMatchObject({
      path: PATH,
      capability: "cap",
      kind: "main",
      change: null,
      removals: [],
      renames: [],
    });
    const [requirement] = document.requirements;
    expect(requirement).toMatchObject({
      tag: "BOX-KEEP",
      title: "Keep a box",
      header: "Keep a box [BOX-KEEP]",
      operation: null,
      priority: "must",
      statements: [
        { kind: "paragraph", text: "THE registry SHALL keep\neach box." },
        { kind: "table", text: "| a | b |\n|---|---|\n| 1 | 2 |" },
      ],
      attributes: [{ name: "References", value: "", items: [{ text: "one" }, { text: "two" }] }],
      evidence: [],
    });
    expect(requirement?.scenarios).toMatchObject([
      {
        tag: "BOX-KEEP-FULL",
        title: "Full",
        priority: "must",
        statements: [{ kind: "paragraph", text: "IF it is full, THEN THE registry SHALL say so." }],
        attributes: [{ name: "Postcondition", value: "Nothing is lost." }],
        evidence: [{ entries: [{ label: "Test", links: [{ path: "a.test.ts", line: 1, symbol: "keeps" }] }] }],
      },
    ]);
  });

  test("title and Purpose", () => {
    traceSpec("SPEC-STRUCTURE-PURPOSE");
    const { title, purpose } = parse(FULL).document;
    expect(title).toEqual({
      text: "Box registry",
      span: { file: PATH, line: 1, column: 1, endLine: 1, endColumn: 15 },
    });
    expect(purpose?.text).toBe("Keeps boxes.\n\n- all of them");
    expect(purpose?.span).toEqual({ file: PATH, line: 5, column: 1, endLine: 7, endColumn: 14 });
    expect(parse("---\ntitle: Named\n---\n## Requirements\n").document.title?.text).toBe("Named");
    expect(parse("## Requirements\n").document).toMatchObject({ title: null, purpose: null });
  });

  test("places of a requirement and its parts", () => {
    traceSpec("SPEC-SPAN");
    const [requirement] = parse(FULL).document.requirements;
    const scenario = requirement?.scenarios[0];
    const lines = (span: { line: number; endLine: number; column: number; endColumn: number } | undefined) =>
      span && `${span.line}:${span.column}-${span.endLine}:${span.endColumn}`;
    expect(lines(requirement?.span)).toBe("11:1-11:42");
    expect(lines(requirement?.blockSpan)).toBe("11:1-35:4");
    expect(requirement?.statements.map((each) => lines(each.span))).toEqual(["12:1-13:10", "15:1-17:10"]);
    expect(lines(requirement?.attributes[0]?.span)).toBe("19:1-21:6");
    expect(requirement?.attributes[0]?.items.map((item) => lines(item.span))).toEqual(["20:3-20:6", "21:3-21:6"]);
    expect(lines(scenario?.span)).toBe("23:1-23:36");
    expect(lines(scenario?.blockSpan)).toBe("23:1-29:43");
    expect(lines(scenario?.evidence[0]?.span)).toBe("28:1-29:43");
    expect(lines(scenario?.evidence[0]?.entries[0]?.span)).toBe("29:1-29:43");
  });

  test("another level-4 heading belongs to the requirement", () => {
    traceSpec("SPEC-STRUCTURE-LEVEL4", "SPEC-ALLOY-OWNER");
    const parsed = parseBody(
      "### Requirement: A [A-B]\nx\n#### Scenario: S [A-B-C]\ny\n```alloy\nsig S {}\n```\n#### Notes\nmore\n```alloy\nsig T {}\n```\n",
    );
    const [requirement] = parsed.document.requirements;
    expect(requirement?.statements.map((each) => each.text)).toEqual(["x", "more"]);
    expect(requirement?.scenarios[0]?.statements.map((each) => each.text)).toEqual(["y"]);
    expect(parsed.document.alloyBlocks.map((each) => each.owner)).toEqual(["A-B-C", "A-B"]);
  });

  test("another level-3 heading ends the requirement", () => {
    traceSpec("SPEC-STRUCTURE-LEVEL3", "SPEC-ALLOY-OWNER");
    const parsed = parseBody("### Requirement: A [A-B]\nx\n### Machine\nmore\n```alloy\nsig T {}\n```\n");
    expect(parsed.document.requirements[0]?.statements.map((each) => each.text)).toEqual(["x"]);
    expect(parsed.document.alloyBlocks.map((each) => each.owner)).toEqual([null]);
  });

  test.each([
    "### requirement: A [A-B]",
    "### REQUIREMENT:A [A-B]",
    "###\tRequirement:   A [A-B]   ###",
    "### Requirement: A [A-B] #",
  ])("%j is a requirement heading", (heading) => {
    traceSpec("SPEC-STRUCTURE-CASE");
    const parsed = parseBody(`${heading}\nx\n#### sCENARIO: S [A-B-C]\ny\n`);
    expect(parsed.findings).toEqual([]);
    expect(parsed.document.requirements).toMatchObject([{ tag: "A-B", title: "A", header: "A [A-B]" }]);
    expect(parsed.document.requirements[0]?.scenarios).toMatchObject([{ tag: "A-B-C", title: "S" }]);
  });

  test.each(["alloy{1,3}", "{.alloy}", "{.alloy #box}", "ALLOY title=x", "alloy,run"])(
    "a fence of %s is an alloy block",
    (info) => {
      traceSpec("ALLOY-SPEC-FENCE");
      const parsed = parseBody(`## Purpose\n\`\`\`${info}\nsig A {}\n\`\`\`\n\`\`\`alloy-output\nsig B {}\n\`\`\`\n`);
      expect(parsed.document.alloyBlocks.map(({ code }) => code)).toEqual(["sig A {}"]);
    },
  );

  test("an alloy block has its code and first line", () => {
    traceSpec("SPEC-ALLOY");
    const parsed = parse(
      "## Purpose\n```alloy\nsig A {}\n\n  sig B {}\n```\n\n- x\n\n  ~~~ Alloy title\n  sig C {}\n  ~~~\n\n```als\nsig D {}\n```\n",
    );
    expect(parsed.document.alloyBlocks).toEqual([
      {
        code: "sig A {}\n\n  sig B {}",
        firstLine: 3,
        owner: null,
        span: { file: PATH, line: 2, column: 1, endLine: 6, endColumn: 4 },
      },
      {
        code: "sig C {}",
        firstLine: 11,
        owner: null,
        span: { file: PATH, line: 10, column: 3, endLine: 12, endColumn: 6 },
      },
    ]);
  });

  test("a delta specification has operations, removals and renames", () => {
    traceSpec("SPEC-DELTA");
    const text =
      "## ADDED Requirements\n### Requirement: A [C-A]\nx\n\n## Modified Requirements\n### Requirement: B [C-B]\ny\n\n" +
      "## REMOVED Requirements\n### Requirement: C [C-C]\n#### Scenario: Gone [C-C-ONE]\n- `### Requirement: D [C-D]`\n\n" +
      "## RENAMED Requirements\n- FROM: `### Requirement: E [C-E]`\n- TO: `### Requirement: F`\n\n## Requirements\n### Requirement: G [C-G]\n";
    const { document, findings } = parseSpec({ path: "openspec/changes/my-change/specs/area/cap/spec.md", text });
    expect(document).toMatchObject({ kind: "delta", capability: "area/cap", change: "my-change" });
    expect(document.requirements.map((each) => [each.tag, each.operation])).toEqual([
      ["C-A", "added"],
      ["C-B", "modified"],
    ]);
    expect(document.removals.map((each) => [each.tag, each.header, each.span.line])).toEqual([
      ["C-C", "C [C-C]", 10],
      ["C-D", "D [C-D]", 12],
    ]);
    expect(document.renames).toMatchObject([
      {
        from: { tag: "C-E", header: "E [C-E]" },
        to: { tag: null, header: "F" },
        span: { line: 15, column: 1, endLine: 16, endColumn: 27 },
      },
    ]);
    expect(findings.map((each) => [each.code, formatSpan(each.span)])).toEqual([
      ["SPEC011", "openspec/changes/my-change/specs/area/cap/spec.md:19:1"],
    ]);
  });

  test("an entry that is removed needs no tag, and has to be a heading of its level", () => {
    traceSpec("SPEC-DELTA", "SPEC-HEADING-LEVEL");
    const text =
      "## REMOVED Requirements\n### Requirement: A\n#### Scenario: S\n### Requirement: B [c-d]\n#### Requirement: C\n";
    const parsed = parseSpec({ path: "openspec/changes/c/specs/cap/spec.md", text });
    expect(found(parsed)).toEqual(["SPEC014 5:1"]);
    expect(parsed.document.removals.map((each) => each.header)).toEqual(["A", "B [c-d]"]);
    expect(parsed.document.requirements).toEqual([]);
  });

  test.each([
    "- FROM: `### Requirement: E [C-E]`\n- TO: `### Requirement: F [C-E]`",
    "FROM: ### Requirement: E [C-E]\nTO: ### Requirement: F [C-E]",
    "* FROM:### Requirement: E [C-E]\n+ TO:### Requirement: F [C-E]",
  ])("a rename written as %j", (entry) => {
    traceSpec("SPEC-DELTA-RENAME");
    const { renames } = parseSpec({
      path: "openspec/changes/c/specs/cap/spec.md",
      text: `## RENAMED Requirements\n${entry}`,
    }).document;
    expect(renames).toMatchObject([{ from: { tag: "C-E", header: "E [C-E]" }, to: { tag: "C-E", header: "F [C-E]" } }]);
  });
});

describe("text that looks like structure", () => {
  const inside = "### Requirement: Fake [FAKE-ONE]\n#### Scenario: Fake [FAKE-TWO]\n[FAKE-THREE]\n## Requirements";
  const indented = (by: string) => inside.replace(/^/gm, by);

  test.each([
    ["backticks", `\`\`\`md\n${inside}\n\`\`\``],
    ["tildes", `~~~\n${inside}\n\`\`\`\n~~~`],
    ["a longer fence", `\`\`\`\`\n\`\`\`\n${inside}\n\`\`\`\n\`\`\`\``],
    ["a fence with an indentation", `   \`\`\`\n${inside}\n  \`\`\``],
    ["a fence in a list", `- item\n\n  \`\`\`md\n${indented("  ")}\n  \`\`\``],
    ["a fence in a nested list", `1. item\n   - item\n     ~~~md\n${indented("     ")}\n     ~~~`],
    ["a fence in a quote", `> \`\`\`\n${indented("> ")}\n> \`\`\``],
    ["indented code", `text\n\n${indented("    ")}`],
    ["code indented by tabs", `text\n\n${indented("\t")}`],
    ["a fence in Evidence", `##### Evidence\n- Example:\n\`\`\`md\n${inside}\n\`\`\``],
  ])("in %s", (_, body) => {
    traceSpec("SPEC-FENCE-TEXT", "SPEC-FENCE");
    const parsed = parseBody(`### Requirement: A [A-B]\nx\n\n${body}\n\n### Requirement: C [C-D]\ny\n`);
    expect(tagsOf(parsed)).toEqual(["A-B", "C-D"]);
    expect(parsed.document.mentions).toEqual([]);
    expect(parsed.findings).toEqual([]);
  });

  test("in a comment, which OpenSpec does not know", () => {
    traceSpec("SPEC-FENCE", "SPEC-HEADING-READERS");
    const parsed = parseBody(`### Requirement: A [A-B]\nx\n\n<!--\n${inside}\n\n-->\n\n### Requirement: C [C-D]\ny\n`);
    expect(tagsOf(parsed)).toEqual(["A-B", "C-D"]);
    expect(parsed.document.mentions).toEqual([]);
    expect(found(parsed)).toEqual(["SPEC013 9:1"]);
  });

  test.each([
    ["at the top", "```ts\ncode [X-Y]", "9:1"],
    ["of tildes, with a shorter one inside", "~~~~\ncode\n~~~", "9:1"],
    ["with a closing line of the other kind", "```\ncode\n~~~", "9:1"],
    ["with a closing line that says something", "```\ncode\n``` ts", "9:1"],
    ["with a closing line that is indented like code", "```\ncode\n    ```", "9:1"],
    ["in a list", "- item\n\n  ```\n  code", "11:3"],
    ["that is a last line", "```", "9:1"],
  ])("a fence that is never closed %s", (_, body, place) => {
    traceSpec("SPEC-FENCE-OPEN", "SPEC-FENCE-BEFORE");
    const parsed = parseBody(`### Requirement: A [A-B]\nx\n\ny\n${body}`);
    expect(found(parsed)).toEqual([`SPEC001 ${place}`]);
    expect(parsed.findings[0]?.severity).toBe("error");
    expect(tagsOf(parsed)).toEqual(["A-B"]);
  });

  test("a fence that ends with its list item hides nothing behind it", () => {
    traceSpec("SPEC-FENCE-OPEN", "SPEC-FENCE-BEFORE");
    const parsed = parseBody("### Requirement: A [A-B]\nx\n\n- item\n  ```\n  code\n\n### Requirement: C [C-D]\ny\n");
    expect(tagsOf(parsed)).toEqual(["A-B", "C-D"]);
    expect(found(parsed)).toEqual(["SPEC001 9:3", "SPEC013 12:1"]);
  });

  test("what stands behind an unclosed fence is text", () => {
    traceSpec("SPEC-FENCE-OPEN", "SPEC-FENCE-BEFORE");
    const filler = "### Requirement: N [N-N]\nz\n\n".repeat(400);
    const parsed = parseBody(`### Requirement: A [A-B]\nx\n\n\`\`\`\n${filler}`);
    expect(tagsOf(parsed)).toEqual(["A-B"]);
    expect(found(parsed)).toEqual(["SPEC001 8:1"]);
  });

  test("a comment that is never closed", () => {
    traceSpec("SPEC-FENCE-COMMENT");
    const parsed = parseBody("### Requirement: A [A-B]\nx\n\n<!-- hidden\n\n## Notes\n");
    expect(found(parsed)).toEqual(["SPEC012 8:1"]);
    expect(found(parseBody("### Requirement: A [A-B]\nx\n\n<!-- hidden\n\n-->\n"))).toEqual([]);
  });
});

describe("lines and columns", () => {
  test.each([
    ["carriage returns with line feeds", (text: string) => text.replaceAll("\n", "\r\n")],
    ["carriage returns", (text: string) => text.replaceAll("\n", "\r")],
    ["a byte order mark", (text: string) => `\ufeff${text}`],
  ])("do not change with %s", (_, change) => {
    traceSpec("SPEC-SPAN-CRLF");
    for (const text of [FULL, `---\na: b\n---\n${FULL}`, "## Requirements\n```ts\ncode\n"]) {
      const [plain, changed] = [parse(text), parse(change(text))];
      expect({ ...changed.document, digest: "" }).toEqual({ ...plain.document, digest: "" });
      expect(changed.findings).toEqual(plain.findings);
      expect(changed.document.digest).not.toBe(plain.document.digest);
    }
  });

  test("count UTF-16 units", () => {
    traceSpec("SPEC-SPAN");
    const parsed = parseBody("### Requirement: A [A-B]\n𝔘 and\tX [X-Y].\n");
    expect(parsed.document.mentions.map(({ span }) => [span.line, span.column, span.endColumn])).toEqual([[6, 10, 15]]);
  });
});
