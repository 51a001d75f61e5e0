import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { anAssessment, specText } from "../../test/builders/assessment.js";
import { aResult } from "../../test/builders/case.js";
import { buildPredicate } from "../../test/builders/predicate.js";
import type { Baseline } from "../model/baseline.js";
import type { Config } from "../model/config.js";
import { assess } from "./assess.js";
import { drawBaseline, parseBaseline, tightenBaseline, writeBaseline } from "./baseline.js";

const PATH = "evidence.baseline.yaml";
const SPEC = "openspec/specs/box/spec.md";
const TEST = "test/box.test.ts";

const read = (text: string) => parseBaseline(PATH, text);

interface Judged {
  outcome?: "pass" | "fail" | null;
  references?: string[];
  baseline?: Baseline | null;
  mode?: Config["mode"];
  severity?: Config["severity"];
}

/** One tag with one test, and references to tags that nobody defines. */
function judge({ outcome = null, references = [], baseline = null, mode, severity = {} }: Judged) {
  const files = {
    [SPEC]: specText("BOX-A"),
    [TEST]: '// @verifies BOX-A\nit("does a", () => {\n  expect(box()).toBe(1);\n});\n',
    "src/other.ts": references.map((tag) => `// @implements ${tag}\n`).join(""),
  };
  const tests = outcome === null ? [aResult("another")] : [aResult("does a", { outcome })];
  const config = mode === undefined ? { severity } : { mode, severity };
  return assess(anAssessment({ files, tests, config, over: { baseline } }));
}

const drawn = (judged: Judged) => read(writeBaseline(drawBaseline(judge(judged)))).baseline;
const gateOf = (judged: Judged) => {
  const { gate, gateReasons, mode } = judge(judged);
  return [mode, gate, ...gateReasons];
};

describe("a baseline", () => {
  it("holds every open verdict, error and warning, sorted", () => {
    traceSpec("BASELINE-WRITE", "BASELINE-DETERMINISTIC");
    const predicate = buildPredicate({
      tags: [
        { tag: "BOX-C", verdict: "missing", reasons: ["no evidence"] },
        { tag: "BOX-A", verdict: "failing", reasons: [] },
        { tag: "BOX-B", verdict: "verified" },
        { tag: "BOX-D", verdict: "waived", unwaived: "missing" },
      ],
      findings: [
        { code: "TAG004", message: "one", severity: "error" },
        { code: "TAG004", message: "two", severity: "warning" },
        { code: "TAG004", message: "three", severity: "info" },
      ],
    });
    const entries = drawBaseline(predicate);
    expect(entries.verdicts).toEqual([
      { tag: "BOX-A", verdict: "failing" },
      { tag: "BOX-C", verdict: "missing", note: "no evidence" },
    ]);
    expect(entries.findings.map(({ note }) => note).sort()).toEqual(["one", "two"]);
    expect(entries.findings.map((each) => each.finding)).toEqual(entries.findings.map((each) => each.finding).sort());
    expect(writeBaseline(entries)).toBe(writeBaseline(drawBaseline(predicate)));
  });

  it("reads back as it was written, whatever a message holds", () => {
    traceSpec("BASELINE-TEXT");
    const note = fc.string({ unit: "binary", maxLength: 60 });
    const findings = fc.uniqueArray(
      fc.record({ finding: fc.stringMatching(/^[A-Z]{2,4}[0-9]{3}-[0-9a-f]{12}(-[1-9])?$/), file: note, note }),
      { selector: (each) => each.finding, maxLength: 4 },
    );
    fc.assert(
      fc.property(findings, note, (all, reason) => {
        const entries = { verdicts: [{ tag: "BOX-A", verdict: "hollow" as const, note: reason }], findings: all };
        const { baseline, findings: wrong } = read(writeBaseline(entries));
        expect(wrong).toEqual([]);
        expect(baseline.verdicts.map(({ span: _, ...entry }) => entry)).toEqual(entries.verdicts);
        expect(baseline.findings.map(({ span: _, ...entry }) => entry)).toEqual(all);
      }),
      { numRuns: 40 },
    );
  });

  it("lets only what is new or worse fail, where no mode is configured", () => {
    traceSpec("BASELINE-RATCHET", "BASELINE-WORSE");
    expect(gateOf({})).toEqual(["strict", "fail", "1 must tag without sufficient evidence"]);
    const old = drawn({ references: ["BOX-OLD"] });
    expect(gateOf({ references: ["BOX-OLD"], baseline: old })).toEqual(["ratchet", "pass"]);
    expect(gateOf({ references: ["BOX-OLD", "BOX-NEW"], baseline: old })).toEqual([
      "ratchet",
      "fail",
      "1 new finding of severity error",
    ]);
    expect(gateOf({ outcome: "fail", baseline: old })).toEqual(["ratchet", "fail", "1 tag newly failing"]);
    expect(gateOf({ baseline: drawn({ outcome: "fail" }) })).toEqual(["ratchet", "pass"]);
  });

  it("excuses nothing in strict mode", () => {
    traceSpec("BASELINE-STRICT");
    const old = drawn({ references: ["BOX-OLD"] });
    expect(gateOf({ references: ["BOX-OLD"], baseline: old, mode: "strict" })).toEqual([
      "strict",
      "fail",
      "1 must tag without sufficient evidence",
      "1 finding of severity error",
    ]);
  });

  it("lowers what it holds to notes, in ratchet mode only", () => {
    traceSpec("BASELINE-KNOWN");
    const old = drawn({ references: ["BOX-OLD"] });
    const severities = (mode: Config["mode"]) =>
      judge({ references: ["BOX-OLD", "BOX-NEW"], baseline: old, mode })
        .findings.filter(({ code }) => code === "TAG004")
        .map(({ tags, severity }) => `${tags} ${severity}`)
        .sort();
    expect(severities("ratchet")).toEqual(["BOX-NEW error", "BOX-OLD info"]);
    expect(severities("strict")).toEqual(["BOX-NEW error", "BOX-OLD error"]);
  });

  it("is said to excuse errors only, for nothing else is counted", () => {
    traceSpec("BASELINE-SHOWN");
    const judged = { references: ["BOX-OLD"], outcome: "pass" as const };
    const old = drawn(judged);
    expect(judge({ ...judged, baseline: old }).known?.findings).toEqual([expect.stringMatching(/^TAG004-/u)]);
    const lowered = judge({ ...judged, baseline: old, severity: { TAG004: "warning" } });
    expect(lowered.known).toBeUndefined();
    expect(lowered.findings.map(({ code, severity }) => `${code} ${severity}`)).toContain("TAG004 info");
  });

  it("notes the entries that are no longer needed", () => {
    traceSpec("BASELINE-STALE");
    const old = drawn({ outcome: "fail", references: ["BOX-OLD"] });
    const notes = (judged: Judged) =>
      judge({ ...judged, baseline: old })
        .findings.filter(({ code }) => code === "CHG020")
        .map(({ severity, span, message }) => `${severity} ${span.file}:${span.line} ${message}`);
    expect(notes({ outcome: "fail", references: ["BOX-OLD"] })).toEqual([]);
    expect(notes({ outcome: "pass" })).toEqual([
      `info ${PATH}:4 Unexpected failing for BOX-A, expected none: it is verified`,
      expect.stringMatching(/^info evidence\.baseline\.yaml:6 Unexpected finding TAG004-/u),
    ]);
    expect(notes({ references: ["BOX-OLD"] })).toEqual([
      `info ${PATH}:4 Unexpected failing for BOX-A, expected none: it is missing`,
    ]);
  });

  it("only shrinks", () => {
    traceSpec("BASELINE-UPDATE", "BASELINE-TIGHTEN");
    const old = drawn({ outcome: "fail", references: ["BOX-OLD", "BOX-OTHER"] });
    const tightened = (judged: Judged) => tightenBaseline(old, judge(judged));
    expect(tightened({ references: ["BOX-OLD", "BOX-NEW"] })).toMatchObject({
      verdicts: [{ tag: "BOX-A", verdict: "missing" }],
      findings: [{ note: expect.stringContaining("BOX-OLD") }],
    });
    expect(tightened({ outcome: "pass" })).toEqual({ verdicts: [], findings: [] });
    const better = drawn({});
    expect(tightenBaseline(better, judge({ outcome: "fail" })).verdicts).toMatchObject([{ verdict: "missing" }]);
  });

  it.each([
    ["CHG022", "verdicts: 3"],
    ["CHG022", "- x"],
    ["CHG022", "waivers: []"],
    ["CHG021", "verdicts:\n  - { tag: BOX-A }"],
    ["CHG021", "findings:\n  - { finding: nonsense }"],
    ["CHG021", "verdicts:\n  - { tag: BOX-A, verdict: missing, tag: BOX-B }"],
  ])("gives %s and excuses nothing when it reads %j", (code, text) => {
    traceSpec("BASELINE-BROKEN");
    const { baseline, findings } = read(text);
    expect(findings.map((each) => [each.code, each.severity])).toEqual([[code, "error"]]);
    expect([...baseline.verdicts, ...baseline.findings]).toEqual([]);
    expect(gateOf({ baseline })[1]).toBe("fail");
  });
});
