import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import { textDigest } from "../model/digest.js";
import type { Requirement, Scenario } from "../model/requirement.js";
import type { ParsedSpec } from "./parse.js";
import { parseSpec } from "./parse.js";

/** A main specification with one requirement; the first line of its body is line 3. */
function parseRequirement(body: string): { parsed: ParsedSpec; requirement: Requirement } {
  const text = `## Requirements\n### Requirement: A title [A-B]\n${body}`;
  const parsed = parseSpec({ path: "openspec/specs/cap/spec.md", text });
  const [requirement] = parsed.document.requirements;
  if (requirement === undefined) throw new Error("no requirement");
  return { parsed, requirement };
}

function found(parsed: ParsedSpec): string[] {
  return parsed.findings.map(({ code, span }) => `${code} ${span.line}:${span.column}`);
}

function firstScenario(requirement: Requirement): Scenario {
  const [scenario] = requirement.scenarios;
  if (scenario === undefined) throw new Error("no scenario");
  return scenario;
}

const BODY = `THE system SHALL stop within 5 s.

- first
- second 12

| a | 1 |
|---|---|
| b | 2 |

> Quoted 3.

\`\`\`json
{ "limit": 7 }
\`\`\`

**Postcondition:** It stands for 9 s.

**References:**
- ref 1

**Owner:** ann
**Status:** new

\`\`\`alloy
sig A1 {}
\`\`\`

#### Scenario: S [A-B-S]
WHEN x, THE system SHALL do 4 things.

**Postcondition:**
- ready 8

##### Evidence
- Test: [a.ts:1 b](/a.ts#L1)
`;

describe("normative text", () => {
  test("title, statements and postconditions", () => {
    traceSpec("SPEC-TEXT");
    const { requirement } = parseRequirement(BODY);
    expect(requirement.text).toBe(
      'A title\n\nTHE system SHALL stop within 5 s.\n\n- first\n- second 12\n\n| a | 1 |\n|---|---|\n| b | 2 |\n\n> Quoted 3.\n\n```json\n{ "limit": 7 }\n```\n\n**Postcondition:** It stands for 9 s.',
    );
    expect(requirement.textDigest).toBe(textDigest(requirement.text));
    expect(requirement.statements.map((each) => each.kind)).toEqual(["paragraph", "list", "table", "quote", "code"]);
    const scenario = firstScenario(requirement);
    expect(scenario.text).toBe("S\n\nWHEN x, THE system SHALL do 4 things.\n\n**Postcondition:** \n- ready 8");
    expect(scenario.textDigest).toBe(textDigest(scenario.text));
  });

  test.each([
    ["evidence", "a.ts#L1", "a.ts#L2"],
    ["a reference", "ref 1", "ref 2"],
    ["the owner", "ann", "bob"],
    ["the status", "new", "old"],
    ["a model", "A1", "A2"],
    ["the tag", "[A-B]", "[A-C]"],
  ])("does not change with %s", (_, before, after) => {
    traceSpec("SPEC-TEXT-EXCLUDED");
    const text = `## Requirements\n### Requirement: A title [A-B]\n${BODY}`;
    expect(text).toContain(before);
    const digests = [text, text.replace(before, after)].map((each) => {
      const [requirement] = parseSpec({ path: "openspec/specs/cap/spec.md", text: each }).document.requirements;
      return [requirement?.textDigest, requirement?.scenarios[0]?.textDigest];
    });
    expect(digests[1]).toEqual(digests[0]);
  });

  test.each(["5", "12", "1 |", "2 |", "3.", "7 }", "9"])("changes with the digit in %j", (digit) => {
    traceSpec("SPEC-TEXT-DIGIT");
    const [before, after] = [BODY, BODY.replace(digit, `6${digit.slice(1)}`)].map(parseRequirement);
    expect(after?.requirement.textDigest).not.toBe(before?.requirement.textDigest);
    expect(after?.requirement.scenarios[0]?.textDigest).toBe(before?.requirement.scenarios[0]?.textDigest);
  });

  test.each(["4", "8"])("of a scenario changes with its own digit %s only", (digit) => {
    traceSpec("SPEC-TEXT-DIGIT");
    const [before, after] = [BODY, BODY.replace(`${digit}`, "6")].map(parseRequirement);
    expect(after?.requirement.textDigest).toBe(before?.requirement.textDigest);
    expect(after?.requirement.scenarios[0]?.textDigest).not.toBe(before?.requirement.scenarios[0]?.textDigest);
  });

  test.each(["```\nnet\n+ tax\n```", "~~~diff\n+ tax\n~~~", "    net\n    + tax", "- sum:\n\n  ```\n  + tax\n  ```"])(
    "changes with the sign before a line of %j",
    (code) => {
      traceSpec("SPEC-TEXT-CODE");
      const of = (sample: string) =>
        parseRequirement(BODY.replace("- first", `${sample}\n\nFurther:\n- first`)).requirement.textDigest;
      expect(of(code.replace("+ tax", "- tax"))).not.toBe(of(code));
      expect(of(code.replace("+ tax", "* tax"))).not.toBe(of(code));
    },
  );

  test("is the same when items of a list are marked by another character", () => {
    traceSpec("SPEC-TEXT-MARKS");
    const [before, after] = [BODY, BODY.replace("- first\n- second", "* first\n* second")].map(parseRequirement);
    expect(after?.requirement.text).not.toBe(before?.requirement.text);
    expect(after?.requirement.textDigest).toBe(before?.requirement.textDigest);
  });

  test("is the same when the words stand on other lines", () => {
    traceSpec("SPEC-TEXT-REFLOW");
    const [before, after] = [BODY, BODY.replace("SHALL stop within", "SHALL\n  stop   within")].map(parseRequirement);
    expect(after?.requirement.text).not.toBe(before?.requirement.text);
    expect(after?.requirement.textDigest).toBe(before?.requirement.textDigest);
  });
});

describe("priority", () => {
  test.each([
    ["THE system SHALL x.", "must"],
    ["THE system MUST NOT x.", "must"],
    ["THE system SHOULD x.", "should"],
    ["THE system MAY x.", "could"],
    ["THE system MAY x and SHOULD y.", "should"],
    ["THE system MAY x.\n\n- It SHALL y.", "must"],
    ["THE system SHOULD x. (`SHALL` is code.)", "should"],
    ["THE system SHOULD x.\n\n```\nSHALL\n```", "should"],
    ["THE system SHOULD x.\n\n    SHALL", "should"],
    ["THE system SHOULD x.\n\n~~~\nSHALL\n~~~", "should"],
    ["THE system MAY x.\n\n**Rationale:** It SHALL.", "could"],
  ])("%j", (body, priority) => {
    traceSpec("SPEC-PRIORITY");
    expect(parseRequirement(body).requirement.priority).toBe(priority);
  });

  test.each(["The system shall x.", "It does x.", "MAYBE SHOULDER `MAY`", "`SHOULD`"])(
    "%j has no modal verb",
    (body) => {
      traceSpec("SPEC-PRIORITY-NONE");
      expect(parseRequirement(body).requirement.priority).toBe("must");
    },
  );

  test("a scenario has that of its requirement", () => {
    traceSpec("SPEC-PRIORITY-SCENARIO");
    const { requirement } = parseRequirement("THE system MAY x.\n#### Scenario: S [A-S]\nTHE system SHALL y.\n");
    expect(firstScenario(requirement).priority).toBe("could");
  });
});

describe("attributes", () => {
  const attributesOf = (body: string) =>
    parseRequirement(body).requirement.attributes.map(({ name, value, items }) => [
      name,
      value,
      items.map((each) => each.text),
    ]);

  test.each([
    ["**Refines:** [A-C]", [["Refines", "[A-C]", []]]],
    ["**Needs**: test.unit, model", [["Needs", "test.unit, model", []]]],
    [
      "**Status:** new\n**Owner:** ann",
      [
        ["Status", "new", []],
        ["Owner", "ann", []],
      ],
    ],
    ["**Postcondition:** one\ntwo", [["Postcondition", "one\ntwo", []]]],
    ["**References:**\n- a\n- b\n  c", [["References", "", ["a", "b\n  c"]]]],
    ["**References:**\n\n1. a\n2. b", [["References", "", ["a", "b"]]]],
    [
      "**References:** all of\n**Postcondition:** these:\n* a",
      [
        ["References", "all of", []],
        ["Postcondition", "these:", ["a"]],
      ],
    ],
    ["**not closed:\n\n**A**B: c\n\n**B:**c\n\ntext **Owner:** x", []],
  ])("%j", (body, expected) => {
    traceSpec("SPEC-ATTRIBUTE");
    expect(attributesOf(`SHALL.\n\n${body}\n`)).toEqual(expected);
  });

  test("the list of an attribute is no statement, another one is", () => {
    traceSpec("SPEC-ATTRIBUTE");
    const { requirement } = parseRequirement("x\n\n**References:**\n- a\n\n**Owner:** ann\n\n- **WHEN** b\n");
    expect(requirement.statements.map((each) => each.text)).toEqual(["x", "- **WHEN** b"]);
  });

  test("below a statement in one paragraph", () => {
    traceSpec("SPEC-ATTRIBUTE-SAME");
    const { requirement } = parseRequirement("THE system SHALL\nx.\n**Postcondition:** y.\nz\n**Owner:** ann\n");
    expect(requirement.statements).toMatchObject([
      { text: "THE system SHALL\nx.", span: { line: 3, endLine: 4, endColumn: 3 } },
    ]);
    expect(requirement.attributes).toMatchObject([
      { name: "Postcondition", value: "y.\nz", span: { line: 5, column: 1, endLine: 6, endColumn: 2 } },
      { name: "Owner", value: "ann", span: { line: 7, endLine: 7, endColumn: 15 } },
    ]);
  });

  test("with an unknown name", () => {
    traceSpec("SPEC-ATTRIBUTE-UNKNOWN");
    const { parsed, requirement } = parseRequirement("**Constraint:** The system MUST hold 5.\n\n**Owner:** ann\n");
    expect(requirement.attributes.map((each) => each.name)).toEqual(["Constraint", "Owner"]);
    expect(requirement.statements.map((each) => each.text)).toEqual(["**Constraint:** The system MUST hold 5."]);
    expect(parsed.findings).toEqual([]);
  });

  test("with an unknown name before a single word", () => {
    traceSpec("SPEC-ATTRIBUTE-NAME");
    const { requirement } = parseRequirement("**Rule:** hold-5\n\n**Rule:** hold 5\n\n**Rule:**\n- hold 5\n");
    expect(requirement.attributes.map(({ value }) => value)).toEqual(["hold-5", "hold 5", ""]);
    expect(requirement.statements.map(({ text }) => text)).toEqual(["**Rule:** hold 5", "**Rule:**"]);
  });
});

describe("mentions", () => {
  test("in prose, with the section that holds them", () => {
    traceSpec("SPEC-MENTION");
    const { parsed } = parseRequirement(
      "See [X-A], not [x-b] or [X].\n\n- [X-C](#x)\n  > [X-D]\n\n| [X-E] | b |\n|---|---|\n\n**Refines:** [X-F]\n\n#### Scenario: S [A-S]\n[X-G]\n##### Evidence\n- Test: [t [X-H]](/t)\n\n## Notes\n[X-I][X-J]\n",
    );
    expect(
      parsed.document.mentions.map(({ tag, within, span }) => [tag, within, `${span.line}:${span.column}`]),
    ).toEqual([
      ["X-A", "A-B", "3:5"],
      ["X-C", "A-B", "5:3"],
      ["X-D", "A-B", "6:5"],
      ["X-E", "A-B", "8:3"],
      ["X-F", "A-B", "11:14"],
      ["X-G", "A-S", "14:1"],
      ["X-H", "A-S", "16:12"],
      ["X-I", null, "19:1"],
      ["X-J", null, "19:6"],
    ]);
  });

  test("not in code, comments or targets", () => {
    traceSpec("SPEC-MENTION-CODE");
    const { parsed } = parseRequirement(
      "a `[X-A]` ``b ` [X-B]`` <!-- [X-C] --> \\[X-D] [e](/f/[X-F]/g) <a href='[X-G]'> [X-OK]\n\n    [X-H]\n\n```\n[X-I]\n```\n\n<!--\n[X-J]\n-->\n\n[X-K]: /url\n",
    );
    expect(parsed.document.mentions.map((each) => each.tag)).toEqual(["X-OK"]);
  });
});

describe("frontmatter", () => {
  const parse = (text: string) => parseSpec({ path: "openspec/specs/cap/spec.md", text });

  test("text, entries and place", () => {
    traceSpec("SPEC-FRONTMATTER");
    const parsed = parse(
      "---\ntitle: A thing\n# ## Requirements\nlist: [1]\nn: 7\n---\n\n## Requirements\n### Requirement: A [A-B]\nx\n",
    );
    expect(parsed.document.frontmatter).toEqual({
      span: { file: "openspec/specs/cap/spec.md", line: 1, column: 1, endLine: 6, endColumn: 4 },
      text: "title: A thing\n# ## Requirements\nlist: [1]\nn: 7",
      entries: { title: "A thing", n: "7" },
    });
    expect(parsed.document.requirements.map((each) => [each.tag, each.span.line])).toEqual([["A-B", 9]]);
    expect(parsed.findings).toEqual([]);
  });

  test("a long one", () => {
    traceSpec("SPEC-FRONTMATTER");
    const parsed = parse(`---\n${"# comment\n".repeat(900)}a: b\n---\n## Requirements\n### Requirement: A [A-B]\nx\n`);
    expect(parsed.document.frontmatter?.entries).toEqual({ a: "b" });
    expect(parsed.document.requirements).toHaveLength(1);
  });

  test("nothing at the start, or nothing in it", () => {
    traceSpec("SPEC-FRONTMATTER");
    expect(parse("\n---\na: b\n---\n").document.frontmatter).toBeNull();
    expect(parse("---\n---\n").document.frontmatter).toMatchObject({ text: "", entries: {} });
  });

  test.each([
    ["not closed", "---\ntitle: x\n\n", "1:1"],
    ["no YAML", "---\na: [b\n---\n", "1:1"],
    ["no mapping", "---\n- a\n---\n", "1:1"],
    ["an alias", "---\na: &x b\nc: *x\n---\n", "1:1"],
    ["one key twice", "---\na: b\na: c\n---\n", "1:1"],
    ["far too long", `---\na: ${"b".repeat(70_000)}\n---\n`, "1:1"],
  ])("%s", (_, head, place) => {
    traceSpec("SPEC-FRONTMATTER-BROKEN");
    const parsed = parse(`${head}## Requirements\n### Requirement: A [A-B]\nx\n`);
    expect(found(parsed)).toEqual([`SPEC010 ${place}`]);
    expect(parsed.findings[0]?.severity).toBe("warning");
    expect(parsed.document.requirements).toHaveLength(1);
  });
});
