import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { corporaParts } from "../../test/builders/corpora.js";
import type { PredicateParts, TagParts } from "../../test/builders/predicate.js";
import { buildPredicate } from "../../test/builders/predicate.js";
import { nextSteps } from "./next.js";

function steps(parts: PredicateParts) {
  return nextSteps(buildPredicate(parts));
}

/** What would close the gap of one tag in a project that holds nothing else. */
function closing(parts: Omit<TagParts, "tag">, others: PredicateParts = {}): string[] {
  const found = steps({ ...others, tags: [...(others.tags ?? []), { tag: "A-1", ...parts }] });
  return found.find((step) => step.tag === "A-1")?.close ?? [];
}

describe("order of next steps", () => {
  it("is that of importance", () => {
    traceSpec("REPORT-NEXT-ORDER");
    const found = steps({
      tags: [
        { tag: "T-COULD", priority: "could", verdict: "hollow" },
        { tag: "T-SHOULD", priority: "should", verdict: "missing" },
        { tag: "T-MISSING", verdict: "missing" },
        { tag: "T-SUSPECT", verdict: "suspect" },
        { tag: "T-HOLLOW", verdict: "hollow" },
        { tag: "T-FAILING-SHOULD", priority: "should", verdict: "failing" },
        { tag: "T-FAILING", verdict: "failing" },
      ],
      findings: [{ code: "EVD006" }, { code: "TAG004" }, { code: "FILE002" }, { code: "RES001" }, { code: "TAG008" }],
    });
    expect(found.map((step) => step.code ?? step.tag)).toEqual([
      "FILE002",
      "RES001",
      "T-FAILING",
      "T-FAILING-SHOULD",
      "TAG004",
      "T-HOLLOW",
      "T-SUSPECT",
      "T-MISSING",
      "T-SHOULD",
      "T-COULD",
      "EVD006",
    ]);
    expect(found.map((step) => step.gates)).toEqual([...Array(8).fill(true), ...Array(3).fill(false)]);
  });

  it("puts a broken heading before the references that miss its tag", () => {
    traceSpec("REPORT-NEXT-CAUSE");
    const found = steps({ findings: [{ code: "TAG004" }, { code: "TAG001" }, { code: "SPEC002" }] });
    expect(found.map((step) => step.code).at(-1)).toBe("TAG004");
  });

  it("asks once where there is no specification", () => {
    traceSpec("REPORT-NEXT-BARE");
    expect(steps({ findings: [{ code: "CFG001" }, { code: "EVD005" }] }).map(({ code }) => code)).toEqual(["CFG001"]);
    const unseen: PredicateParts["findings"] = [{ code: "CFG001", severity: "info" }, { code: "EVD005" }];
    expect(steps({ findings: unseen }).map(({ code }) => code)).toEqual(["EVD005"]);
    expect(steps({ findings: [{ code: "EVD005" }] }).map(({ code }) => code)).toEqual(["EVD005"]);
  });

  it("is that of the places where importance is equal", () => {
    const found = steps({
      tags: [
        { tag: "A-1", verdict: "missing", line: 30 },
        { tag: "A-2", verdict: "missing", line: 9 },
        { tag: "A-3", verdict: "missing", capability: "a" },
      ],
    });
    expect(found.map((step) => step.tag)).toEqual(["A-3", "A-2", "A-1"]);
  });

  it("leaves out what is verified or waived", () => {
    traceSpec("REPORT-NEXT-NONE");
    expect(
      steps({ tags: [{ tag: "A-1" }, { tag: "A-2", verdict: "waived" }, { tag: "A-3", verdict: "missing" }] }),
    ).toMatchObject([{ tag: "A-3", verdict: "missing", priority: "must", reasons: ["no evidence that was executed"] }]);
  });

  it("has the gaps of changes that count for the gate", () => {
    traceSpec("REPORT-NEXT-CHANGE");
    const change = (name: string, gates: boolean) => ({
      change: name,
      gates,
      tags: [{ tag: `${name}-1`, verdict: "missing" as const }],
    });
    const found = steps({ tags: [{ tag: "A-1" }], changes: [change("GATING", true), change("SHOWN", false)] });
    expect(found.map((step) => [step.tag, step.change])).toEqual([["GATING-1", "GATING"]]);
  });
});

describe("what would close a gap", () => {
  it("is never nothing", () => {
    traceSpec("REPORT-NEXT-CLOSE");
    const found = steps(corporaParts());
    expect(found).toHaveLength(46);
    expect(found.filter((step) => step.close.length === 0 || step.close.some((each) => each === ""))).toEqual([]);
    expect(closing({ verdict: "hollow" })).toEqual(["Look at its whole case: evidence why A-1"]);
  });

  it("is a test in the manner of the project where no test refers to the tag", () => {
    traceSpec("REPORT-NEXT-TEST");
    const missing = { verdict: "missing" as const };
    const traced = { tags: [{ tag: "B-1", references: [{ form: "traceSpec" as const }] }] };
    const commented = { tags: [{ tag: "B-1", references: [{ form: "comment" as const }] }] };
    expect(closing(missing, traced)).toEqual(['Write a test that calls traceSpec("A-1") and asserts it']);
    expect(closing(missing, { results: [{ format: "tests" }] })).toEqual(closing(missing, traced));
    expect(closing(missing, commented)).toEqual(["Write a test that asserts it, below a comment: @verifies A-1"]);
    expect(closing(missing)).toEqual([
      'Write a test that calls traceSpec("A-1") and asserts it (outside vitest: below a comment @verifies A-1)',
    ]);
  });

  it("is the place of a comment that stands on no test", () => {
    traceSpec("REPORT-NEXT-STRAY");
    const stray = [{ file: "a.test.ts", line: 1, test: null, executed: null, form: "comment" as const }];
    expect(closing({ verdict: "missing", references: stray })).toEqual([
      "Move the comment at a.test.ts:1 directly above the test that verifies A-1, or write that test below it",
    ]);
    const other = closing({ verdict: "missing", references: stray, needs: ["implementation"] });
    expect(other).toEqual(["Mark the code that does it with a comment: @implements A-1"]);
  });

  it("is the results of a linked test that never ran", () => {
    traceSpec("REPORT-NEXT-UNEXECUTED");
    const references = [
      { file: "a.test.ts", line: 12, test: "box > adds" },
      { file: "b.test.ts", line: 3, test: "ran", executed: true },
      { file: "README.md", line: 1, role: "mentions" as const, test: null, executed: null },
    ];
    expect(closing({ verdict: "missing", references })).toEqual([
      'Linked test "box > adds" at a.test.ts:12 never ran: run it, and name its report under `results` in evidence.config.json',
    ]);
  });

  it("is what makes each hollow item able to fail", () => {
    traceSpec("REPORT-NEXT-HOLLOW");
    const items = [
      { name: "adds", file: "a.test.ts", line: 4, cannotFail: "it ran no assertion" },
      { name: "later", outcome: "skipped" as const, kind: "test.property" as const },
      { name: "marked", kind: "implementation" as const },
    ];
    expect(closing({ verdict: "hollow", items })).toEqual([
      'Make test "adds" at a.test.ts:4 able to fail: it ran no assertion',
      'Let property test "later" run: it is skipped',
    ]);
  });

  it("is evidence of each kind that is lacking", () => {
    traceSpec("REPORT-NEXT-KIND");
    const needs = ["implementation", "test.property", "model", "simulation|review", "test.unit"];
    const others = { results: [{ format: "tests" }] };
    expect(closing({ verdict: "missing", needs, items: [{ kind: "test.unit" }] }, others)).toEqual([
      "Mark the code that does it with a comment: @implements A-1",
      'Write a property test that calls traceSpec("A-1") and asserts it',
      "Add an alloy block with a check command to its section",
      "Report a simulation result for A-1 in a campaign file named under `results` in evidence.config.json (or bring evidence of kind review)",
    ]);
    const kinds = ["example", "logic", "static-analysis"];
    expect(closing({ verdict: "missing", needs: kinds })).toEqual([
      "Add an executable example, a fence with //=> lines, to its Evidence section",
      "Write its sentence in EARS form, so that the logic analysis reads it",
      "Name a SARIF report whose rule carries A-1 under `results` in evidence.config.json",
    ]);
  });

  it("names the failing items with what they found", () => {
    const items = [
      { outcome: "fail" as const, name: "adds", notes: ["expected 1 to be 2", "at x"] },
      { outcome: "error" as const, name: "starts", kind: "simulation" as const },
      { name: "passes" },
    ];
    expect(closing({ verdict: "failing", items })).toEqual([
      'Mend what test "adds" finds (expected 1 to be 2), or the check itself if it is wrong',
      'Mend what simulation "starts" finds, or the check itself if it is wrong',
    ]);
  });

  it("names the items recorded for another text", () => {
    const against = { "A-1": `sha256:${"0".repeat(64)}` };
    expect(closing({ verdict: "suspect", items: [{ name: "adds", against }, { name: "fresh" }] })).toEqual([
      'Compare test "adds" with the text as it is now, then run it against that text',
    ]);
    expect(closing({ verdict: "suspect" })).toEqual([
      "Compare what is quoted or tested with the text as it is now, and bring the two in line",
    ]);
  });

  it("names inconclusive items", () => {
    const items = [{ name: "proves", kind: "proof" as const, outcome: "inconclusive" as const }];
    expect(closing({ verdict: "missing", items })).toEqual(['Run proof "proves" until it says pass or fail']);
    const example = { name: "adds", kind: "example" as const, outcome: "inconclusive" as const };
    expect(closing({ verdict: "missing", items: [example] })[0]).toContain("`evidence examples` says what keeps it");
  });

  it("of a finding is its suggestion, else the remedy of its code", () => {
    traceSpec("REPORT-NEXT-FINDING");
    const findings = [{ suggestion: "Did you mean A-1?", message: "a" }, { message: "b" }];
    expect(steps({ tags: [{ tag: "A-1" }], findings }).map((step) => step.close)).toEqual([
      ["Did you mean A-1?"],
      ["Correct the tag, or define it."],
    ]);
    const unknown = buildPredicate({ tags: [{ tag: "A-1" }], findings: [{}] });
    const [step] = nextSteps({ ...unknown, findings: unknown.findings.map((each) => ({ ...each, code: "NEW001" })) });
    expect(step?.close).toEqual(["Look up what it means: evidence explain NEW001"]);
  });
});
