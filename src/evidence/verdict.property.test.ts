import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aCase, aDefinition, anItem } from "../../test/builders/case.js";
import { EVIDENCE_KINDS, OUTCOMES } from "../model/evidence.js";
import { VERDICTS } from "../model/verdict.js";
import { judgeTag } from "./verdict.js";

const box = aDefinition("BOX-OPEN");

const item = fc
  .record({
    name: fc.string({ minLength: 1, maxLength: 4 }),
    kind: fc.constantFrom(...EVIDENCE_KINDS),
    outcome: fc.constantFrom(...OUTCOMES),
    cannotFail: fc.constantFrom(null, "it ran no assertion"),
    against: fc.constantFrom({}, { "BOX-OPEN": box.textDigest }, { "BOX-OPEN": `sha256:${"0".repeat(64)}` }),
  })
  .map((over) => anItem("BOX-OPEN", over));

const needs = fc.uniqueArray(fc.constantFrom("any", "test.unit", "proof|review", "implementation"), { minLength: 1 });

describe("judgeTag, for all cases", () => {
  it("gives one verdict, which says verified exactly when there is no reason against it", () => {
    traceSpec("JUDGE-ONE-VERDICT");
    fc.assert(
      fc.property(fc.array(item), needs, (items, wanted) => {
        const judged = judgeTag(aCase(box, items, { needs: wanted }));
        expect(VERDICTS).toContain(judged.verdict);
        expect(judged.verdict === "verified").toBe(judged.reasons.length === 0);
      }),
    );
  });

  it("does not depend on the order of the items", () => {
    fc.assert(
      fc.property(fc.array(item), needs, (items, wanted) => {
        const forwards = judgeTag(aCase(box, items, { needs: wanted }));
        const backwards = judgeTag(aCase(box, [...items].reverse(), { needs: wanted }));
        expect(backwards.verdict).toBe(forwards.verdict);
        expect(new Set(backwards.reasons)).toEqual(new Set(forwards.reasons));
      }),
    );
  });

  it("never improves when a failing item is added", () => {
    fc.assert(
      fc.property(fc.array(item), needs, (items, wanted) => {
        const bad = anItem("BOX-OPEN", { name: "bad", outcome: "fail" });
        expect(judgeTag(aCase(box, [...items, bad], { needs: wanted })).verdict).toBe("failing");
      }),
    );
  });

  it("is never verified by items that cannot fail, skipped or inconclusive ones", () => {
    traceSpec("JUDGE-HOLLOW", "JUDGE-INCONCLUSIVE");
    const toothless = item.map((each) =>
      each.outcome === "pass" ? { ...each, cannotFail: "it ran no assertion" } : each,
    );
    fc.assert(
      fc.property(fc.array(toothless), needs, (items, wanted) => {
        expect(judgeTag(aCase(box, items, { needs: wanted })).verdict).not.toBe("verified");
      }),
    );
  });
});
