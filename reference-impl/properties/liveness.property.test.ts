import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Settings } from "../kernel/model.js";
import type { Move } from "./examples/walk.js";
import { runToEnd } from "./examples/walk.js";
import { LIVENESS } from "./liveness.js";
import type { FinishedRun } from "./property.js";

const nat = fc.nat({ max: 5_039 });
// Every number alike: fast-check prefers small ones, which all mean the same few moves.
const move: fc.Arbitrary<Move> = fc.noBias(
  fc.record({ kind: nat, id: nat, other: nat, tags: nat, amount: nat, wait: nat }),
);
const moves = fc.array(move, { minLength: 1, maxLength: 60, size: "max" });

const property = (name: string) => LIVENESS.find((each) => each.name === name);

describe("the machine", () => {
  it.each(["strict", "compat"] as const)("does in the end what has to come in %s mode", (mode) => {
    const settings: Settings = { mode, retryTimeout: 5_000 };
    const met = new Map(LIVENESS.map(({ name }) => [name, 0]));
    let quiet = 0;
    fc.assert(
      fc.property(moves, (all) => {
        const run = runToEnd(all, settings);
        if (run.quiet) quiet += 1;
        for (const cut of [run, unfinished(run, all.length)]) {
          for (const { name, judge } of LIVENESS) {
            const judgement = judge(cut, settings);
            expect({ name, ...judgement }).toMatchObject({ name, broken: null });
            met.set(name, (met.get(name) ?? 0) + judgement.met);
          }
        }
      }),
      { seed: 7, numRuns: 60 },
    );
    expect(quiet).toBeGreaterThan(50);
    expect([...met].filter(([, times]) => times === 0)).toEqual([]);
  });
});

/** The run as if it had been stopped: while somebody still waits for a settled promise, if it ever was like that. */
function unfinished({ states }: FinishedRun, length: number): FinishedRun {
  const waiting = states.findIndex(({ document }) =>
    [...document.promises.values()].some(({ state, callbacks }) => state !== "pending" && callbacks.length > 0),
  );
  return { states: states.slice(0, waiting < 0 ? Math.max(1, length) : waiting + 1), quiet: false };
}

describe("a run that was stopped", () => {
  const { states } = runToEnd([{ kind: 0, id: 0, other: 0, tags: 0, amount: 0, wait: 0 }], {
    mode: "strict",
    retryTimeout: 40,
  });

  it.each(["EventuallyEveryPromiseSettles", "EventuallyEveryTaskFulfils", "TasksConverge", "WeaklyFairOn"])(
    "says nothing of %s",
    (name) => {
      const stopped = { states: states.slice(0, 1), quiet: false };
      expect(property(name)?.judge(stopped, { mode: "strict", retryTimeout: 40 })).toEqual({ met: 0, broken: null });
    },
  );
});
