import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aCase, aDefinition, anItem, aReference } from "../../test/builders/case.js";
import { judgeTag } from "./verdict.js";

const box = aDefinition("BOX-OPEN");
const other = `sha256:${"0".repeat(64)}`;

describe("judgeTag", () => {
  it("verifies a tag with one passing item that could have failed", () => {
    traceSpec("JUDGE-NEED-DEFAULT");
    expect(judgeTag(aCase(box, [anItem("BOX-OPEN")]))).toMatchObject({
      verdict: "verified",
      reasons: [],
      level: "passing",
    });
    const implementation = anItem("BOX-OPEN", { kind: "implementation" });
    expect(judgeTag(aCase(box, [implementation]))).toMatchObject({ verdict: "missing", level: "linked" });
  });

  it.each(["fail", "error"] as const)("is failing when an item has outcome %s, whatever else passes", (outcome) => {
    traceSpec("JUDGE-FAILING");
    const bad = anItem("BOX-OPEN", { name: "bad", outcome, notes: ["boom"] });
    const judged = judgeTag(aCase(box, [anItem("BOX-OPEN"), bad]));
    expect(judged.verdict).toBe("failing");
    expect(judged.reasons[0]).toMatch(/^test "bad" \(test\/box\.test\.ts:7\) (failed|ended in an error): boom$/);
  });

  it("is missing without an item, and says which linked test did not run", () => {
    traceSpec("JUDGE-MISSING");
    expect(judgeTag(aCase(box, []))).toMatchObject({
      verdict: "missing",
      level: "declared",
      reasons: ["no evidence that was executed"],
    });
    const linked = judgeTag(
      aCase(box, [], { unexecuted: ["linked test has no result"], references: [aReference("BOX-OPEN")] }),
    );
    expect(linked).toMatchObject({
      level: "linked",
      reasons: ["no evidence that was executed", "linked test has no result"],
    });
  });

  it("is missing for each need that no item meets", () => {
    traceSpec("JUDGE-MISSING", "JUDGE-NEED-ALTERNATIVES");
    const needs = ["test.unit", "test.property|proof"];
    expect(judgeTag(aCase(box, [anItem("BOX-OPEN")], { needs }))).toMatchObject({
      verdict: "missing",
      reasons: ["no evidence of kind test.property or proof"],
    });
    const proof = anItem("BOX-OPEN", { kind: "proof", name: "lemma" });
    expect(judgeTag(aCase(box, [anItem("BOX-OPEN"), proof], { needs })).verdict).toBe("verified");
  });

  it("is missing when the implementation of its requirement fails", () => {
    traceSpec("JUDGE-MISSING", "JUDGE-INHERIT-IMPLEMENTATION");
    const failed = anItem("BOX", { kind: "implementation", outcome: "fail" });
    const needs = ["implementation"];
    expect(judgeTag(aCase(box, [], { needs, inherited: [failed] }))).toMatchObject({
      verdict: "missing",
      reasons: ["no evidence of kind implementation", expect.stringMatching(/^implementation ".+" \(.+\) failed$/)],
    });
    expect(judgeTag(aCase(box, [], { needs, inherited: [{ ...failed, outcome: "pass" }] })).verdict).toBe("verified");
  });

  it("is missing when the only item is inconclusive", () => {
    traceSpec("JUDGE-INCONCLUSIVE");
    const judged = judgeTag(aCase(box, [anItem("BOX-OPEN", { outcome: "inconclusive" })]));
    expect(judged.verdict).toBe("missing");
    expect(judged.reasons[1]).toContain("is inconclusive");
  });

  it("is hollow when needs are met only by items that cannot fail", () => {
    traceSpec("JUDGE-HOLLOW");
    const empty = anItem("BOX-OPEN", { cannotFail: "it ran no assertion" });
    expect(judgeTag(aCase(box, [empty]))).toMatchObject({
      verdict: "hollow",
      level: "executed",
      reasons: ['test "checks BOX-OPEN" (test/box.test.ts:7) could not have failed: it ran no assertion'],
    });
  });

  it("is hollow when the only item was skipped", () => {
    traceSpec("JUDGE-HOLLOW-SKIPPED");
    const judged = judgeTag(aCase(box, [anItem("BOX-OPEN", { outcome: "skipped" })]));
    expect(judged).toMatchObject({ verdict: "hollow", level: "linked" });
    expect(judged.reasons[0]).toContain("was skipped");
  });

  it("disregards hollow items beside one that could have failed", () => {
    traceSpec("JUDGE-HOLLOW-COVERED");
    const empty = anItem("BOX-OPEN", { name: "empty", cannotFail: "it ran no assertion" });
    expect(judgeTag(aCase(box, [empty, anItem("BOX-OPEN")])).verdict).toBe("verified");
  });

  it("is suspect when an item was recorded against another text", () => {
    traceSpec("JUDGE-SUSPECT");
    const stale = anItem("BOX-OPEN", { against: { "BOX-OPEN": other } });
    const fresh = anItem("BOX-OPEN", { against: { "BOX-OPEN": box.textDigest, "BOX-ELSE": other } });
    expect(judgeTag(aCase(box, [stale]))).toMatchObject({ verdict: "suspect" });
    expect(judgeTag(aCase(box, [fresh]))).toMatchObject({ verdict: "verified" });
  });

  it("is suspect when something quotes another text", () => {
    traceSpec("JUDGE-SUSPECT-QUOTE");
    const judged = judgeTag(aCase(box, [anItem("BOX-OPEN")], { misquotations: ["src/a.ts:3 quotes another text"] }));
    expect(judged).toMatchObject({ verdict: "suspect", reasons: ["src/a.ts:3 quotes another text"] });
  });

  it("chooses the worst of several verdicts and keeps every reason", () => {
    traceSpec("JUDGE-PRECEDENCE");
    const stale = anItem("BOX-OPEN", { name: "stale", against: { "BOX-OPEN": other } });
    const empty = anItem("BOX-OPEN", { name: "empty", kind: "proof", cannotFail: "empty" });
    const bad = anItem("BOX-OPEN", { name: "bad", outcome: "fail" });
    const needs = ["proof", "review", "test.unit"];
    const verdictOf = (...items: ReturnType<typeof anItem>[]) => judgeTag(aCase(box, items, { needs })).verdict;
    expect(verdictOf(stale, empty, bad)).toBe("failing");
    expect(verdictOf(stale, empty)).toBe("hollow");
    expect(verdictOf(stale)).toBe("suspect");
    expect(judgeTag(aCase(box, [stale, empty, bad], { needs })).reasons).toHaveLength(4);
  });

  it("lets a scenario use its requirement's implementation, and nothing else of it", () => {
    traceSpec("JUDGE-INHERIT-IMPLEMENTATION", "JUDGE-OWN-EVIDENCE");
    const scenario = aDefinition("BOX-OPEN-FAIL", { kind: "scenario", parent: "BOX-OPEN" });
    const implementation = anItem("BOX-OPEN", { kind: "implementation", name: "src/box.ts" });
    const inherited = { inherited: [implementation], needs: ["implementation", "any"] };
    expect(judgeTag(aCase(scenario, [anItem("BOX-OPEN-FAIL")], inherited)).verdict).toBe("verified");
    expect(judgeTag(aCase(scenario, [], inherited))).toMatchObject({
      verdict: "missing",
      reasons: ["no evidence that was executed"],
    });
  });

  it("names the level of the best passing evidence", () => {
    const level = (kind: "proof" | "model" | "review" | "test.unit") =>
      judgeTag(aCase(box, [anItem("BOX-OPEN", { kind })])).level;
    expect([level("test.unit"), level("model"), level("proof"), level("review")]).toEqual([
      "passing",
      "model-checked",
      "model-checked",
      "independently reviewed",
    ]);
  });
});
