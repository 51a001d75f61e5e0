import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Settings } from "../kernel/model.js";
import { STEPWISE } from "./catalogue.js";
import type { Move } from "./examples/walk.js";
import { walk } from "./examples/walk.js";
import type { Breach } from "./judge.js";
import { createJudge, unexercised } from "./judge.js";

const nat = fc.nat({ max: 5_039 });
const move: fc.Arbitrary<Move> = fc.record({ kind: nat, id: nat, other: nat, tags: nat, amount: nat, wait: nat });
const moves = fc.array(move, { minLength: 1, maxLength: 200, size: "max" });

/** In compat mode a timer with a target is a plain timer, so that nothing is asked of it; gaps are asked of no strict machine. */
const NEVER_MET: Readonly<Record<Settings["mode"], readonly string[]>> = {
  strict: [],
  compat: ["well_formed_promise_timer_not_targeted"],
};

describe("the machine", () => {
  it.each(["strict", "compat"] as const)("keeps every property on random walks in %s mode", (mode) => {
    const settings: Settings = { mode, retryTimeout: 40 };
    const overall = createJudge(settings, STEPWISE);
    fc.assert(
      fc.property(moves, (all) => {
        const judge = createJudge(settings, STEPWISE);
        const breaches: Breach[] = [];
        for (const stop of walk(all, settings)) {
          for (const step of stop.steps) {
            breaches.push(...judge.observe(step));
            overall.observe(step);
          }
          breaches.push(...judge.observeState(stop.now, stop.document));
          overall.observeState(stop.now, stop.document);
        }
        expect(breaches).toEqual([]);
      }),
      { seed: 20260, numRuns: 160 },
    );
    expect(unexercised(overall.summary())).toEqual(NEVER_MET[mode]);
  });
});
