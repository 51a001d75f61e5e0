import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { anAssessment, specText } from "../../test/builders/assessment.js";
import { anItem, aResult } from "../../test/builders/case.js";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Predicate } from "../model/manifest.js";
import { lineSpan } from "../model/span.js";
import type { AssessmentInput } from "./assess.js";
import { assess } from "./assess.js";

const SPEC = "openspec/specs/box/spec.md";
const DELTA = "openspec/changes/grow/specs/box/spec.md";

function verdicts(predicate: Predicate): Record<string, string> {
  return Object.fromEntries(predicate.verdicts.map((each) => [each.tag, each.verdict]));
}

function codes(predicate: Predicate): string[] {
  return predicate.findings.map((each) => each.code);
}

describe("assess", () => {
  it("counts every tag once and its verdicts up to their number", () => {
    traceSpec("JUDGE-TOTALS", "JUDGE-ONE-VERDICT");
    const files = { [SPEC]: `${specText("BOX-A")}\n${specText("BOX-B").split("## Requirements\n\n")[1]}` };
    const { totals, verdicts: all } = assess(
      anAssessment({ files, tests: [aResult("works [BOX-A]", { tags: ["BOX-A"] })] }),
    );
    expect(totals).toMatchObject({ specs: 1, requirements: 2, scenarios: 0, tags: 2, verified: 1, missing: 1 });
    expect(all.map((each) => each.tag)).toEqual(["BOX-A", "BOX-B"]);
  });

  it("meets a tag by the test that a comment stands on", () => {
    const files = {
      [SPEC]: specText("BOX-A"),
      "test/box.test.ts": '// @verifies BOX-A\nit("works", () => {\n  expect(box()).toBe(1);\n});\n',
    };
    const passed = assess(anAssessment({ files, tests: [aResult("works", { line: 2, assertions: null })] }));
    expect(verdicts(passed)).toEqual({ "BOX-A": "verified" });
    expect(passed.references).toMatchObject([{ tag: "BOX-A", test: "works", executed: true }]);
    const other = assess(anAssessment({ files, tests: [aResult("else", { line: 9 })] }));
    expect(verdicts(other)).toEqual({ "BOX-A": "missing" });
  });

  it("reports a linked test without a result, once per test", () => {
    traceSpec("JUDGE-UNEXECUTED");
    const files = {
      [SPEC]: `${specText("BOX-A")}\n${specText("BOX-B").split("## Requirements\n\n")[1]}`,
      "test/box.test.ts": '// @verifies BOX-A, BOX-B\nit("works", () => {\n  expect(box()).toBe(1);\n});\n',
    };
    const some = assess(anAssessment({ files, tests: [aResult("else")] }));
    expect(some.findings).toMatchObject([
      { code: "EVD006", tags: ["BOX-A", "BOX-B"], span: { file: "test/box.test.ts", line: 1 } },
    ]);
    expect(some.verdicts[0]?.reasons).toContain('linked test "works" (test/box.test.ts:2) has no result');
    expect(codes(assess(anAssessment({ files })))).toEqual(["EVD010"]);
  });

  it("takes an Evidence link for a test only together with a result", () => {
    traceSpec("JUDGE-UNEXECUTED");
    const evidence = "\n##### Evidence\n- Test (property): [box.test.ts:2 works](/test/box.test.ts#L2)\n";
    const files = { [SPEC]: specText("BOX-A") + evidence };
    const executed = assess(anAssessment({ files, tests: [aResult("works", { suite: ["box"] })] }));
    expect(verdicts(executed)).toEqual({ "BOX-A": "verified" });
    expect(executed.items).toMatchObject([{ kind: "test.property", name: "box > works" }]);
    expect(verdicts(assess(anAssessment({ files, tests: [aResult("else")] })))).toEqual({ "BOX-A": "missing" });
    const elsewhere = aResult("works", { file: "test/lid.test.ts" });
    expect(verdicts(assess(anAssessment({ files, tests: [elsewhere] })))).toEqual({ "BOX-A": "missing" });
  });

  it("counts a test whose assertions nobody observed", () => {
    traceSpec("JUDGE-NOT-OBSERVED");
    const unknown = aResult("works", { tags: ["BOX-A"], assertions: null });
    expect(verdicts(assess(anAssessment({ files: { [SPEC]: specText("BOX-A") }, tests: [unknown] })))).toEqual({
      "BOX-A": "verified",
    });
  });

  it.each([
    ["ran no assertion", { assertions: 0 }],
    ["is declared to fail", { expectedToFail: true }],
    ["was skipped", { outcome: "skipped" as const }],
  ])("is hollow when the only test %s", (reason, over) => {
    traceSpec("JUDGE-HOLLOW", "JUDGE-HOLLOW-EMPTY", "JUDGE-HOLLOW-EXPECTED", "JUDGE-HOLLOW-SKIPPED");
    const tests = [aResult("works", { tags: ["BOX-A"], ...over })];
    const predicate = assess(anAssessment({ files: { [SPEC]: specText("BOX-A") }, tests }));
    expect(predicate.verdicts[0]).toMatchObject({ verdict: "hollow" });
    expect(predicate.verdicts[0]?.reasons[0]).toContain(reason);
  });

  it("believes the worse of two reports of one test", () => {
    traceSpec("JUDGE-FAILING");
    const tests = [aResult("works", { tags: ["BOX-A"] }), aResult("works", { tags: ["BOX-A"], outcome: "fail" })];
    const files = { [SPEC]: specText("BOX-A") };
    expect(verdicts(assess(anAssessment({ files, tests })))).toEqual({ "BOX-A": "failing" });
    expect(verdicts(assess(anAssessment({ files, tests: tests.reverse() })))).toEqual({ "BOX-A": "failing" });
  });

  it("reads needs from the specification, for the requirement and its scenarios", () => {
    traceSpec("JUDGE-NEED-ATTRIBUTE", "JUDGE-NEED-UNKNOWN");
    const text = `${specText("BOX-A")}\n**Needs:** proof, test.untit\n\n#### Scenario: Locked [BOX-A-LOCKED]\nIF locked, THEN THE box SHALL stay shut.\n`;
    const predicate = assess(
      anAssessment({ files: { [SPEC]: text }, tests: [aResult("x", { tags: ["BOX-A", "BOX-A-LOCKED"] })] }),
    );
    expect(predicate.catalog.map((each) => each.needs)).toEqual([["proof"], ["proof"]]);
    expect(verdicts(predicate)).toEqual({ "BOX-A": "missing", "BOX-A-LOCKED": "missing" });
    expect(predicate.findings).toMatchObject([{ code: "EVD009", tags: ["BOX-A"], span: { file: SPEC, line: 10 } }]);
  });

  it("applies configured severities to the gate", () => {
    traceSpec("JUDGE-SEVERITY");
    const files = { [SPEC]: specText("BOX-A"), "src/box.ts": "// @implements BOX-B\n" };
    const tests = [aResult("works", { tags: ["BOX-A"] })];
    expect(assess(anAssessment({ files, tests }))).toMatchObject({ gate: "fail" });
    const lenient = assess(anAssessment({ files, tests, config: { severity: { TAG004: "warning" } } }));
    expect(lenient).toMatchObject({ gate: "pass", findings: [{ code: "TAG004", severity: "warning" }] });
  });

  it("reports that nothing was judged", () => {
    traceSpec("JUDGE-GATE-NOTHING");
    const predicate = assess(anAssessment({ files: {} }));
    expect(predicate).toMatchObject({ gate: "fail", totals: { tags: 0 } });
    expect(codes(predicate)).toEqual(["EVD005"]);
  });

  it("judges only what is in scope, and lets the rest define what may be referred to", () => {
    const files = {
      [SPEC]: specText("BOX-A"),
      "openspec/specs/lid/spec.md": specText("LID-A"),
      "src/box.ts": "// @implements LID-A\n// @implements LID-B\n",
    };
    const tests = [aResult("works", { tags: ["BOX-A"] })];
    const predicate = assess(anAssessment({ files, tests, over: { scope: new Set([SPEC]) } }));
    expect(predicate).toMatchObject({ gate: "pass", findings: [], totals: { specs: 1, tags: 1 } });
  });

  it("reports a tag that a result carries and nothing defines", () => {
    const tests = [aResult("works", { tags: ["BOX-A", "BOX-B", "UTF-8"] })];
    const predicate = assess(anAssessment({ files: { [SPEC]: specText("BOX-A") }, tests }));
    expect(predicate.findings).toMatchObject([{ code: "RES005", tags: ["BOX-B"], suggestion: "Did you mean BOX-A?" }]);
  });
});

describe("assess with tags that are none", () => {
  it("takes a rule of a static analysis for what it is", () => {
    const input = anAssessment({ files: { [SPEC]: specText("BOX-A") }, tests: [aResult("x", { tags: ["BOX-A"] })] });
    const rule = (tag: string) => anItem(tag, { kind: "static-analysis", name: tag });
    const [set] = input.results;
    if (set === undefined) throw new Error("expected a result set");
    const results = [{ ...set, items: [rule("CWE-79"), rule("BOX-B")] }];
    expect(assess({ ...input, results }).findings).toMatchObject([{ code: "RES005", tags: ["BOX-B"] }]);
  });
});

describe("assess with findings of the logic analysis", () => {
  const conflict: Finding = {
    ...finding({ code: "LOGIC001", message: "Unexpected conflict", span: lineSpan(SPEC, 7), tags: ["BOX-A"] }),
    check: "conflict",
    tier: "proved",
  };
  const waiver = {
    finding: conflict.id,
    reason: "the pair is mended in spring",
    owner: "ada",
    expires: "2030-01-01",
    span: lineSpan("evidence.waivers.yaml", 2),
  };
  const judge = (found: Finding, over: Partial<AssessmentInput> = {}) =>
    assess(
      anAssessment({
        files: { [SPEC]: specText("BOX-A") },
        tests: [aResult("works", { tags: ["BOX-A"] })],
        over: { findings: [found], ...over },
      }),
    );

  it("fails the tags of a proved conflict or vacuity, and no others", () => {
    traceSpec("JUDGE-LOGIC");
    expect(verdicts(judge(conflict))).toEqual({ "BOX-A": "failing" });
    expect(verdicts(judge({ ...conflict, check: "vacuity" }))).toEqual({ "BOX-A": "failing" });
    expect(verdicts(judge({ ...conflict, check: "redundancy" }))).toEqual({ "BOX-A": "verified" });
    expect(verdicts(judge({ ...conflict, tier: "possible" }))).toEqual({ "BOX-A": "verified" });
    expect(verdicts(judge({ ...conflict, severity: "warning" }))).toEqual({ "BOX-A": "verified" });
  });

  it("lets a waiver excuse one finding until its last day", () => {
    traceSpec("JUDGE-WAIVER-FINDING");
    const waived = judge(conflict, { findingWaivers: [waiver] });
    expect(waived).toMatchObject({ gate: "pass", findings: [{ code: "LOGIC001", severity: "info" }] });
    expect(waived.findingWaivers).toMatchObject([{ finding: conflict.id, state: "used" }]);
    expect(verdicts(waived)).toEqual({ "BOX-A": "verified" });
    const late = judge(conflict, { findingWaivers: [waiver], today: "2030-01-02" });
    expect(verdicts(late)).toEqual({ "BOX-A": "failing" });
    expect(codes(late)).toEqual(["EVD001", "LOGIC001"]);
    const unused = judge({ ...conflict, id: "LOGIC001-ffffffffffff" }, { findingWaivers: [waiver] });
    expect(codes(unused)).toEqual(["LOGIC001", "EVD002"]);
  });
});

describe("assess with active changes", () => {
  const scenario = (tag: string) => `\n#### Scenario: Locked [${tag}]\nIF locked, THEN THE box SHALL stay shut.\n`;
  const added = `### Requirement: New [BOX-NEW]\nTHE box SHALL grow.\n${scenario("BOX-NEW-LOCKED")}`;
  const modified = `### Requirement: Of BOX-A [BOX-A]\nWHEN asked, THE box SHALL do 4 things for BOX-A.\n${scenario("BOX-A-LOCKED")}`;
  const change = `## ADDED Requirements\n\n${added}\n## MODIFIED Requirements\n\n${modified}`;
  const files = { [SPEC]: specText("BOX-A") + scenario("BOX-A-LOCKED"), [DELTA]: change };
  const tests = [aResult("works", { tags: ["BOX-A", "BOX-A-LOCKED"] })];

  it("judges added and altered tags in the change's own part", () => {
    traceSpec("JUDGE-CHANGES", "JUDGE-CHANGES-SHOWN");
    const predicate = assess(anAssessment({ files, tests }));
    expect(verdicts(predicate)).toEqual({ "BOX-A": "verified", "BOX-A-LOCKED": "verified" });
    expect(predicate.changes).toMatchObject([{ change: "grow", gates: false, removed: [] }]);
    expect(predicate.changes[0]?.verdicts.map((each) => [each.tag, each.verdict])).toEqual([
      ["BOX-A", "verified"],
      ["BOX-NEW", "missing"],
      ["BOX-NEW-LOCKED", "missing"],
    ]);
    expect(predicate.gate).toBe("pass");
  });

  it("counts them for the gate where the configuration says so", () => {
    traceSpec("JUDGE-CHANGES-GATE");
    const predicate = assess(anAssessment({ files, tests, config: { changes: "gate" } }));
    expect(predicate.gate).toBe("fail");
    expect(predicate.gateReasons).toEqual(["2 must tags without sufficient evidence"]);
  });

  it("only warns of what OpenSpec would refuse, unless changes gate", () => {
    traceSpec("JUDGE-CHANGES-SHOWN", "JUDGE-CHANGES-GATE");
    const refused = {
      ...files,
      [DELTA]: "## MODIFIED Requirements\n\n### Requirement: Nowhere [BOX-NOWHERE]\nTHE box SHALL vanish.\n",
    };
    const shown = assess(anAssessment({ files: refused, tests }));
    expect(shown.gate).toBe("pass");
    expect(shown.findings.some((each) => each.code === "SPEC021" && each.severity === "warning")).toBe(true);
    const gating = assess(anAssessment({ files: refused, tests, config: { changes: "gate" } }));
    expect(gating.gate).toBe("fail");
  });

  it("is suspect in the change when the results were recorded for the old text", () => {
    traceSpec("JUDGE-SUSPECT", "JUDGE-CHANGES");
    const digest = assess(anAssessment({ files, tests })).catalog[0]?.textDigest ?? "";
    const recorded = [aResult("works", { tags: ["BOX-A"], against: { "BOX-A": digest } })];
    const predicate = assess(anAssessment({ files, tests: recorded }));
    expect(verdicts(predicate)).toMatchObject({ "BOX-A": "verified" });
    expect(predicate.changes[0]?.verdicts[0]).toMatchObject({ tag: "BOX-A", verdict: "suspect" });
  });
});

describe("assess with results of another tree", () => {
  const files = { [SPEC]: specText("BOX-A") };

  it("is suspect when the test's file changed or went since the results were made", () => {
    traceSpec("JUDGE-SUSPECT-OUTDATED");
    const input = anAssessment({ files, tests: [aResult("works", { tags: ["BOX-A"] })] });
    const [set] = input.results;
    if (set === undefined) throw new Error("expected a result set");
    const outdated = assess({ ...input, results: [{ ...set, outdated: ["test/box.test.ts"] }] });
    expect(verdicts(outdated)).toEqual({ "BOX-A": "suspect" });
    expect(outdated.verdicts[0]?.reasons[0]).toContain("older than test/box.test.ts");
    const other = assess({ ...input, results: [{ ...set, outdated: ["test/lid.test.ts"] }] });
    expect(verdicts(other)).toEqual({ "BOX-A": "verified" });
  });
});
