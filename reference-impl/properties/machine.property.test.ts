import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Settings } from "../kernel/model.js";
import { EMPTY_DOCUMENT } from "../kernel/model.js";
import { occurrenceTurn } from "../kernel/turn.js";
import { STEPWISE } from "./catalogue.js";
import type { Move } from "./examples/walk.js";
import { walk } from "./examples/walk.js";
import type { Breach } from "./judge.js";
import { createJudge, unexercised } from "./judge.js";

const nat = fc.nat({ max: 5_039 });
// Every number alike: fast-check prefers small ones, which all mean the same few moves.
const move: fc.Arbitrary<Move> = fc.noBias(
  fc.record({ kind: nat, id: nat, other: nat, tags: nat, amount: nat, wait: nat }),
);
const moves = fc.array(move, { minLength: 1, maxLength: 200, size: "max" });

/** In compat mode a timer with a target is a plain timer, so that nothing is asked of it; gaps are asked of no strict machine. */
const NEVER_MET: Readonly<Record<Settings["mode"], readonly string[]>> = {
  strict: [],
  compat: ["well_formed_promise_timer_not_targeted"],
};

describe("the machine", () => {
  it.each(["strict", "compat"] as const)("keeps every property on random walks in %s mode", (mode) => {
    traceSpec("PROP-JUDGE-MET");
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
      { seed: 20260, numRuns: 100 },
    );
    expect(unexercised(overall.summary())).toEqual(NEVER_MET[mode]);
  });
});

/** Occurrences of a schedule that is kept in another document. */
describe("the machine in a partitioned store", () => {
  const settings: Settings = { mode: "compat", retryTimeout: 40, partitioned: true };
  const target = { "resonate:target": "poll://any@w" };

  it.each([
    ["dead at its own instant", 0, 1],
    ["dead when it is caught up on", 5, 2],
    ["alive", 100_000, 2],
  ])("keeps every property of an occurrence that is %s", (_, promiseTimeout, steps) => {
    traceSpec("PROP-PRESERVED-NO-DEAD-DISPATCH", "PROP-PRESERVED-STATE-UNDER-DISABLED-R7");
    const schedule = {
      id: "s",
      cron: "* * * * * *",
      promiseId: "{{.id}}-{{.timestamp}}",
      promiseTimeout,
      promiseParam: {},
      promiseTags: target,
      createdAt: 0,
      nextRunAt: 1_000,
    };
    const taken = occurrenceTurn(EMPTY_DOCUMENT, schedule, 1_000, 5_000, settings, 50);
    const judge = createJudge(settings, STEPWISE);
    expect(taken.steps).toHaveLength(steps);
    expect(taken.steps.flatMap((step) => judge.observe(step))).toEqual([]);
    expect(judge.observeState(5_000, taken.document)).toEqual([]);
  });
});
