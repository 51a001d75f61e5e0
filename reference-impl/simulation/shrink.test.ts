import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Outcome, Reduction } from "./shrink.js";
import { minimise, shrink } from "./shrink.js";

const subset = fc.uniqueArray(fc.nat({ max: 11 }), { maxLength: 5 });

describe("delta debugging", () => {
  it("gives a part that fails and of which nothing can be left out", () => {
    traceSpec("SIM-SHRINK-MINIMAL");
    const items = Array.from({ length: 12 }, (_, index) => index);
    fc.assert(
      // Fails with all of one of these sets: several causes, and no order among them.
      fc.property(fc.array(subset, { minLength: 1, maxLength: 4 }), (causes) => {
        let asked = 0;
        const fails = (part: readonly number[]) => {
          asked += 1;
          return causes.some((each) => each.every((item) => part.includes(item)));
        };
        const left = minimise(items, fails);
        expect(asked).toBeLessThanOrEqual(items.length ** 2 + 3 * items.length);
        expect(fails(left)).toBe(true);
        for (const item of left) expect(fails(left.filter((each) => each !== item))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it("keeps its promise where leaving out more can fail again", () => {
    traceSpec("SIM-SHRINK-MINIMAL");
    const items = Array.from({ length: 8 }, (_, index) => index);
    fc.assert(
      fc.property(fc.func(fc.boolean()), (drawn) => {
        const fails = (part: readonly number[]) => part.length === items.length || drawn(part.join());
        const left = minimise(items, fails);
        if (left.length === 0) return;
        expect(fails(left)).toBe(true);
        for (const item of left) expect(fails(left.filter((each) => each !== item))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

/** A run that fails at step 40 if roots 2 and 5 and one of the faults a and b are there; without c, d strikes instead. */
function replay({ suppressed, withoutRoots, maxSteps }: Reduction): Outcome {
  const faults = ["a", "b", "c"].filter((each) => !suppressed.has(each));
  if (suppressed.has("c") && !suppressed.has("d")) faults.push("d");
  const roots = !withoutRoots.has(2) && !withoutRoots.has(5);
  const fails = roots && (faults.includes("a") || faults.includes("b")) && maxSteps >= 40;
  return { fails, faults, step: fails ? 40 : null };
}

describe("shrinking of a run", () => {
  it("leaves out roots, faults and steps, and suppresses faults that strike only then", () => {
    traceSpec("SIM-SHRINK-RUN");
    traceSpec("SIM-SHRINK-OTHER-FAULTS");
    const shrunk = shrink({ faults: ["a", "b", "c"], roots: 8, maxSteps: 1_000 }, replay);
    expect(shrunk).toMatchObject({ faults: ["a"], roots: [2, 5], exhausted: false });
    expect(shrunk.reduction.maxSteps).toBe(40);
    expect([...shrunk.reduction.suppressed].sort()).toEqual(["b", "c", "d"]);
    expect(replay(shrunk.reduction)).toEqual({ fails: true, faults: ["a"], step: 40 });
  });

  it("stops when no more runs are allowed, with something that fails", () => {
    traceSpec("SIM-SHRINK-LIMIT");
    const shrunk = shrink({ faults: ["a", "b", "c"], roots: 8, maxSteps: 1_000 }, replay, 6);
    expect(shrunk).toMatchObject({ runs: 6, exhausted: true });
    expect(replay(shrunk.reduction).fails).toBe(true);
  });
});
