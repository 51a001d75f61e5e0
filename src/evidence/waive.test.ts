import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aCatalog, aDefinition } from "../../test/builders/case.js";
import { lineSpan } from "../model/span.js";
import type { TagVerdict, Verdict } from "../model/verdict.js";
import type { Waiver } from "../model/waiver.js";
import { applyWaivers } from "./waive.js";

const catalog = aCatalog(aDefinition("BOX-A"), aDefinition("BOX-B"));

function judged(tag: string, verdict: Verdict): TagVerdict {
  return {
    tag,
    verdict,
    unwaived: verdict,
    level: "declared",
    reasons: ["no evidence that was executed"],
    evidence: [],
  };
}

function waiver(over: Partial<Waiver> = {}): Waiver {
  return {
    tag: "BOX-A",
    verdict: "missing",
    reason: "the test rig arrives in spring",
    owner: "ada",
    expires: "2030-01-31",
    span: lineSpan("evidence.waivers.yaml", 2),
    ...over,
  };
}

describe("applyWaivers", () => {
  it("excuses the verdict it names until the end of its last day", () => {
    traceSpec("JUDGE-WAIVED");
    const verdicts = [judged("BOX-A", "missing"), judged("BOX-B", "missing")];
    const applied = applyWaivers(verdicts, [waiver()], catalog, "2030-01-31");
    expect(applied.verdicts.map((each) => each.verdict)).toEqual(["waived", "missing"]);
    expect(applied.verdicts[0]).toMatchObject({ unwaived: "missing" });
    expect(applied.verdicts[0]?.reasons[0]).toBe("waived until 2030-01-31 by ada: the test rig arrives in spring");
    expect(applied.findings).toEqual([]);
    expect(applied.applied[0]?.state).toBe("used");
  });

  it("excuses no other verdict", () => {
    traceSpec("JUDGE-WAIVED", "JUDGE-WAIVER-UNUSED");
    const applied = applyWaivers([judged("BOX-A", "failing")], [waiver()], catalog, "2030-01-31");
    expect(applied.verdicts[0]?.verdict).toBe("failing");
    expect(applied.findings.map((each) => each.code)).toEqual(["EVD002"]);
  });

  it("reports an expired waiver and ignores it", () => {
    traceSpec("JUDGE-WAIVER-EXPIRED");
    const applied = applyWaivers([judged("BOX-A", "missing")], [waiver()], catalog, "2030-02-01");
    expect(applied.verdicts[0]?.verdict).toBe("missing");
    expect(applied.findings.map((each) => each.code)).toEqual(["EVD001"]);
  });

  it("reports an unused waiver", () => {
    traceSpec("JUDGE-WAIVER-UNUSED");
    const applied = applyWaivers([judged("BOX-A", "verified")], [waiver()], catalog, "2030-01-01");
    expect(applied.findings).toMatchObject([{ code: "EVD002", tags: ["BOX-A"], span: { line: 2 } }]);
  });

  it("reports a waiver for an unknown tag", () => {
    traceSpec("JUDGE-WAIVER-UNKNOWN");
    const applied = applyWaivers([judged("BOX-A", "verified")], [waiver({ tag: "BOX-ZZ" })], catalog, "2030-01-01");
    expect(applied.findings.map((each) => each.code)).toEqual(["EVD003"]);
  });
});
