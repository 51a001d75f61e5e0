import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import type { ParsedSpec } from "./parse.js";
import { parseSpec } from "./parse.js";

const PATH = "openspec/specs/cap/spec.md";

/** A main specification; its first line of content is line 4. */
function parseBody(body: string): ParsedSpec {
  return parseSpec({ path: PATH, text: `# T\n## Requirements\n\n${body}` });
}

function found(parsed: ParsedSpec): string[] {
  return parsed.findings.map(({ code, severity, span }) => `${code} ${severity} ${span.line}:${span.column}`);
}

const GOOD = "### Requirement: Good [GOOD-ONE]\nx\n";

describe("tags", () => {
  test.each([
    ["A title [BOX-A]", "BOX-A", "A title"],
    ["A title[BOX-A1-2]", "BOX-A1-2", "A title"],
    ["[BOX-A] A title", "BOX-A", "A title"],
    ["A [BOX-A] title", "BOX-A", "A title"],
    ["The `[FAKE-TAG]` form, `x` [BOX-A]", "BOX-A", "The `[FAKE-TAG]` form, `x`"],
    ["Not \\[FAKE-TAG] [BOX-A]", "BOX-A", "Not \\[FAKE-TAG]"],
  ])("%j", (heading, tag, title) => {
    traceSpec("SPEC-HEADING-TAG");
    const parsed = parseBody(`### Requirement: ${heading}\nx\n#### Scenario: ${heading}-S\ny\n`.replace("]-S", "-S]"));
    expect(parsed.document.requirements).toMatchObject([{ tag, title, header: heading }]);
    expect(parsed.findings.filter((each) => each.span.line === 4)).toEqual([]);
  });

  test.each(["A title", "A [link](x)", "Optional [one]", "A [0]", "`[BOX-A]`"])(
    "requirement %j has none",
    (heading) => {
      traceSpec("SPEC-HEADING-UNTAGGED");
      const parsed = parseBody(`### Requirement: ${heading}\nx\n`);
      expect(parsed.document.requirements).toMatchObject([{ tag: null, title: heading }]);
      expect(found(parsed)).toEqual(["SPEC002 error 4:1"]);
    },
  );

  test("a scenario without one", () => {
    traceSpec("SPEC-HEADING-SCENARIO");
    const parsed = parseBody(`${GOOD}#### Scenario: Untagged\ny\n`);
    expect(parsed.document.requirements[0]?.scenarios).toMatchObject([{ tag: null, title: "Untagged" }]);
    expect(found(parsed)).toEqual(["SPEC003 warning 6:1"]);
  });

  test.each([
    ["[box-alias]", "BOX-ALIAS"],
    ["[BOX_ALIAS]", "BOX-ALIAS"],
    ["[BOX ALIAS]", "BOX-ALIAS"],
    ["[Box-Alias]", "BOX-ALIAS"],
    ["[BOX-]", null],
    ["[BOX]", null],
    ["[ BOX-ALIAS ]", "BOX-ALIAS"],
    ["[BOX--ALIAS]", "BOX-ALIAS"],
    ["[BOX.ALIAS-1]", "BOX-ALIAS-1"],
    ["[BOX-ALIAS", "BOX-ALIAS"],
  ])("%s is malformed", (written, proposed) => {
    traceSpec("SPEC-HEADING-MALFORMED");
    const parsed = parseBody(`### Requirement: Title ${written}\nx\n#### Scenario: Title ${written}\ny\n`);
    expect(found(parsed)).toEqual(["TAG001 error 4:1", "TAG001 error 6:1"]);
    expect(parsed.findings[0]?.message).toContain(JSON.stringify(written));
    expect(parsed.findings[0]?.suggestion).toBe(proposed === null ? null : `Write [${proposed}].`);
  });

  test("two on one heading", () => {
    traceSpec("SPEC-HEADING-TWO");
    const parsed = parseBody("### Requirement: Title [BOX-A] [BOX-B]\nx\n");
    expect(parsed.document.requirements).toMatchObject([{ tag: "BOX-B", title: "Title [BOX-A]" }]);
    expect(found(parsed)).toEqual(["TAG006 error 4:1"]);
    expect(parsed.findings[0]?.tags).toEqual(["BOX-A", "BOX-B"]);
  });

  test.each(["## Notes [BOX-A]", "### Machine [BOX-A]", "#### Requirement model [BOX-A] ##", "# Title [BOX-A]"])(
    "%j defines nothing",
    (heading) => {
      traceSpec("SPEC-HEADING-OTHER");
      const parsed = parseBody(`${GOOD}${heading}\ny\n`);
      expect(found(parsed)).toEqual(["TAG002 warning 6:1"]);
      expect(parsed.document.requirements.map((each) => each.tag)).toEqual(["GOOD-ONE"]);
      expect(found(parseBody(`${GOOD}### See [BOX-A] first\n`))).toEqual([]);
    },
  );
});

describe("levels and forms", () => {
  test.each([
    "## Requirement: A [BOX-A]",
    "#### Requirement: A [BOX-A]",
    "##### Requirement: A [BOX-A]",
    "### Scenario: A [BOX-A]",
    "##### Scenario: A [BOX-A]",
    "### Requirement:",
    "#### Scenario: ##",
    "###Requirement: A [BOX-A]",
    "  ####scenario: A [BOX-A]",
  ])("%j is no heading of its kind", (heading) => {
    traceSpec("SPEC-HEADING-LEVEL");
    const parsed = parseBody(`${GOOD}\n${heading}\ny\n`);
    expect(found(parsed)).toEqual([`SPEC014 error 7:${heading.startsWith("  ") ? 3 : 1}`]);
    expect(parsed.document.requirements.map((each) => [each.tag, each.scenarios.length])).toEqual([["GOOD-ONE", 0]]);
  });

  test.each([
    ["indented", "  ### Requirement: A [BOX-A]\nx\n", 3],
    ["behind what OpenSpec takes for a fence", "y\n\n    ```\n\n### Requirement: A [BOX-A]\nx\n", 1],
  ])("a heading %s, which OpenSpec does not read", (_, body, column) => {
    traceSpec("SPEC-HEADING-READERS");
    const parsed = parseBody(`${GOOD}\n${body}`);
    expect(parsed.document.requirements.map((each) => each.tag)).toEqual(["GOOD-ONE", "BOX-A"]);
    const line = body.split("\n").findIndex((each) => each.includes("BOX-A")) + 7;
    expect(found(parsed)).toEqual([`SPEC013 warning ${line}:${column}`]);
  });

  test("a heading that only OpenSpec reads", () => {
    traceSpec("SPEC-HEADING-READERS");
    const parsed = parseBody(`${GOOD}\n<div>\n### Requirement: A [BOX-A]\n</div>\n`);
    expect(parsed.document.requirements.map((each) => each.tag)).toEqual(["GOOD-ONE"]);
    expect(found(parsed)).toEqual(["SPEC013 warning 8:1"]);
  });
});

describe("faults", () => {
  test("a scenario without a requirement", () => {
    traceSpec("SPEC-FAULT-SCENARIO", "SPEC-FAULT");
    const parsed = parseBody(`#### Scenario: S [BOX-S]\nx\n\n${GOOD}### Machine\n#### Scenario: T [BOX-T]\n`);
    expect(found(parsed)).toEqual(["SPEC004 error 4:1", "SPEC004 error 10:1"]);
    expect(parsed.findings.map((each) => each.tags)).toEqual([["BOX-S"], ["BOX-T"]]);
    expect(parsed.document.requirements).toMatchObject([{ tag: "GOOD-ONE", scenarios: [] }]);
  });

  test("one heading twice", () => {
    traceSpec("SPEC-FAULT-TWICE", "SPEC-FAULT");
    const parsed = parseBody(`${GOOD}\n### Requirement: Other [BOX-B]\nx\n\n${GOOD}`);
    expect(found(parsed)).toEqual(["SPEC005 error 10:1"]);
    expect(parsed.findings[0]?.related.map((each) => each.span.line)).toEqual([4]);
    expect(parsed.document.requirements).toHaveLength(3);
  });

  test.each([
    ["nothing", ""],
    ["attributes only", "**Status:** new\n\n**References:**\n- a\n"],
    ["a comment only", "<!-- later -->\n"],
    ["a model only", "```alloy\nsig A {}\n```\n"],
    ["evidence only", "##### Evidence\n- Test: [a](/a)\n"],
  ])("a heading with %s below", (_, body) => {
    traceSpec("SPEC-FAULT-EMPTY", "SPEC-FAULT");
    const parsed = parseBody(`### Requirement: A [BOX-A]\n${body}\n#### Scenario: S [BOX-S]\n${body}`);
    const scenario = body.split("\n").length + 5;
    expect(found(parsed)).toEqual(["SPEC006 error 4:1", `SPEC006 error ${scenario}:1`]);
    expect(found(parseBody(`### Requirement: A [BOX-A]\n**Postcondition:** x\n`))).toEqual([]);
  });

  test("no requirement", () => {
    traceSpec("SPEC-FAULT-NONE", "SPEC-FAULT");
    expect(found(parseBody("Text.\n"))).toEqual(["SPEC007 warning 1:1"]);
    expect(found(parseSpec({ path: PATH, text: "" }))).toEqual(["SPEC007 warning 1:1"]);
    expect(parseSpec({ path: "openspec/changes/c/specs/a/spec.md", text: "" }).findings).toEqual([]);
  });

  test.each(["## Notes", "## Requirements ##", " ## Requirements", "Requirements\n---"])(
    "a requirement below %j",
    (section) => {
      traceSpec("SPEC-FAULT-OUTSIDE", "SPEC-FAULT");
      const parsed = parseSpec({ path: PATH, text: `${section}\n\n${GOOD}` });
      expect(found(parsed)).toEqual([`SPEC011 warning ${section.split("\n").length + 2}:1`]);
      expect(parsed.document.requirements.map((each) => each.tag)).toEqual(["GOOD-ONE"]);
    },
  );
});
