import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { lintOf, parseSpecText } from "../../test/builders/ears.js";
import type { EarsCode } from "../model/codes/ears.js";
import { EARS_CODES } from "../model/codes/ears.js";
import type { EarsAnalysis } from "./lint.js";
import { analyseEars, lintDocuments } from "./lint.js";
import { EARS_RULES } from "./rules/index.js";

/** The requirement behind each rule. */
const TAGS: Record<EarsCode, string> = {
  EARS001: "EARS-LINT-PATTERN",
  EARS002: "EARS-LINT-SINGLE",
  EARS003: "EARS-LINT-VAGUE",
  EARS004: "EARS-LINT-SYSTEM",
  EARS005: "EARS-LINT-PASSIVE",
  EARS006: "EARS-LINT-ANDOR",
  EARS007: "EARS-LINT-OPEN",
  EARS008: "EARS-LINT-UNIT",
  EARS009: "EARS-LINT-HAPPY",
  EARS010: "EARS-LINT-THRESHOLD",
  EARS011: "EARS-LINT-VOCABULARY",
  EARS012: "EARS-LINT-TERM",
  EARS013: "EARS-LINT-TAG",
  EARS014: "EARS-LINT-CASE",
  EARS015: "EARS-LINT-KEYWORD",
  EARS016: "EARS-LINT-SCOPE",
};

const rules = Object.values(EARS_RULES);

function codesIn(text: string): string[] {
  return lintOf(text).findings.map((each) => each.code);
}

describe.each(rules.map((rule) => [rule.code, rule] as const))("%s", (code, rule) => {
  it.each(rule.examples.bad)("is found in\n%s", (text) => {
    traceSpec(TAGS[code]);
    const found = lintOf(text).findings.filter((each) => each.code === code);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toMatch(/^Unexpected .*, expected /u);
    expect(found[0]?.tags.length).toBeGreaterThan(0);
  });

  it.each(rule.examples.good)("is not found in\n%s", (text) => {
    traceSpec(TAGS[code]);
    expect(codesIn(text)).not.toContain(code);
  });
});

/** The analysis of files by path. */
function analysisOf(files: Record<string, string>): EarsAnalysis {
  const documents = Object.entries(files).map(([path, text]) => parseSpecText(path, text));
  return analyseEars(documents, new Map(Object.entries(files)));
}

const SPEC = "openspec/specs/box/spec.md";
const DELTA = "openspec/changes/faster/specs/box/spec.md";
const LOCK = "Requirements\n\n### Requirement: Lock [BOX-LOCK]\nTHE box SHALL use a lock timeout of";

describe("analyseEars", () => {
  it("reports place, tags, related places and what is expected", () => {
    traceSpec("EARS-LINT");
    const text = `## ${LOCK} 5 s for relevant keys.\n`;
    const found = lintDocuments([parseSpecText(SPEC, text)], new Map([[SPEC, text]]));
    expect(found).toMatchObject([{ code: "EARS003", tags: ["BOX-LOCK"], span: { file: SPEC, line: 4 } }]);
    const { findings } = lintOf("WHEN it rains, THE box SHALL close\nquickly and SHALL ring.");
    expect(findings).toMatchObject([
      {
        code: "EARS003",
        severity: "warning",
        message: "Unexpected vague “quickly”, expected something that can be measured",
        span: { line: 5, column: 1, endLine: 5, endColumn: 8 },
        tags: ["BOX-EXAMPLE"],
      },
      {
        code: "EARS002",
        severity: "info",
        span: { line: 4, column: 24 },
        related: [{ span: { line: 5, column: 13 }, message: "WHEN it rains, THE box SHALL ring." }],
      },
    ]);
  });

  it("counts statements, read and unread", () => {
    traceSpec("EARS-LINT-FACTS");
    const { facts, statements } = lintOf("THE box SHALL close and SHALL ring. It is red.");
    expect(facts).toEqual({ statements: 3, read: 2, unread: 1 });
    expect(statements.map((each) => each.status)).toEqual(["read", "read", "unread"]);
  });

  it("leaves out a document whose source it does not get, and takes a hostile one", () => {
    traceSpec("EARS-LINT-FACTS");
    expect(analyseEars([parseSpecText(SPEC, "## Requirements\n")], new Map()).facts.statements).toBe(0);
    const hostile = `## Requirements\n\n### Requirement: A [BOX-A]\n${"WHEN ((`a, THE b SHALL within 5 ".repeat(5_000)}\n`;
    expect(analysisOf({ [SPEC]: hostile }).facts).toEqual({ statements: 1, read: 0, unread: 1 });
  });

  it("gives replacements that only change the case", () => {
    traceSpec("EARS-LINT-FIX");
    const { fixes } = lintOf(
      "THE box SHALL close.\n\nIf it rains, the box shall not\nring. WHEN dry, THE box shall\nnot close.",
    );
    expect(fixes).toMatchObject([
      { code: "EARS014", span: { line: 6, column: 22, endLine: 6, endColumn: 31 }, replacement: "SHALL NOT" },
      { code: "EARS014", span: { line: 6, column: 1, endLine: 6, endColumn: 3 }, replacement: "IF" },
    ]);
  });

  it("reports a hit in a shared condition once", () => {
    traceSpec("EARS-LINT-ONCE");
    const { findings } = lintOf("WHEN relevant rain falls, THE box SHALL close and SHALL ring and SHALL wait.");
    expect(findings.filter((each) => each.code === "EARS003")).toHaveLength(1);
    const lower = lintOf("THE lid SHALL turn.\n\nIf it rains, THE box SHALL close and SHALL ring.");
    expect(lower.findings.filter((each) => each.code === "EARS014")).toHaveLength(1);
  });

  it("compares a change with itself only", () => {
    traceSpec("EARS-LINT-CHANGES");
    const main = `## ${LOCK} 5 s.\n`;
    const changed = `## MODIFIED ${LOCK} 8 s.\n`;
    const retry = "\n### Requirement: Retry [BOX-RETRY]\nTHE box SHALL wait for a lock timeout of 9 s.\n";
    expect(analysisOf({ [SPEC]: main, [DELTA]: changed }).findings).toEqual([]);
    expect(analysisOf({ [SPEC]: main, [DELTA]: changed + retry }).findings).toMatchObject([
      { code: "EARS010", tags: ["BOX-LOCK", "BOX-RETRY"], span: { file: DELTA }, related: [{ span: { file: DELTA } }] },
    ]);
  });
});

describe("lint", () => {
  it("documents each code with an example of its rule", () => {
    traceSpec("EARS-LINT-DOCUMENTED");
    for (const rule of rules) expect(rule.examples.bad).toContain(EARS_CODES[rule.code].example);
  });

  it("never gives an error by itself", () => {
    traceSpec("EARS-LINT-SEVERITY");
    const severities = rules.flatMap((rule) =>
      rule.examples.bad.flatMap((text) => lintOf(text).findings.map((each) => each.severity)),
    );
    expect(new Set(severities)).toEqual(new Set(["warning", "info"]));
  });
});
