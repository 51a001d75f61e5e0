import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { Scheduler } from "./scheduler.js";

const RANDOM = { kind: "random" } as const;

/** Runs everything; gives who ran when. */
function order(scheduler: Scheduler, entries: readonly (readonly [time: number, process: number])[]): string[] {
  const ran: string[] = [];
  for (const [time, process] of entries) {
    scheduler.at(time, { process, run: () => ran.push(`${process}@${scheduler.now}`) });
  }
  while (scheduler.step());
  return ran;
}

describe("the scheduler", () => {
  it("moves time to the next instant only when nothing is ready", () => {
    traceSpec("SIM-TIME-ADVANCE");
    expect(
      order(new Scheduler(1, 100, RANDOM, 10), [
        [170, 2],
        [130, 1],
        [900, 3],
      ]),
    ).toEqual(["1@130", "2@170", "3@900"]);
  });

  it("keeps the time while something is ready", () => {
    traceSpec("SIM-TIME");
    const scheduler = new Scheduler(1, 100, RANDOM, 10);
    const times: number[] = [];
    scheduler.at(200, { process: 1, run: () => times.push(scheduler.now) });
    let left = 5;
    const busy = {
      process: 2,
      run: () => {
        times.push(scheduler.now);
        if (left-- > 0) scheduler.at(scheduler.now, busy);
      },
    };
    scheduler.at(150, busy);
    while (scheduler.step());
    expect(times).toEqual([150, 150, 150, 150, 150, 150, 200]);
  });

  it("chooses among what is ready by a draw", () => {
    traceSpec("SIM-TIME-CHOICE");
    const entries = Array.from({ length: 6 }, (_, process) => [50, process] as const);
    const orders = new Set(
      Array.from({ length: 20 }, (_, seed) => order(new Scheduler(seed, 0, RANDOM, 10), entries).join()),
    );
    expect(orders.size).toBeGreaterThan(15);
    expect(order(new Scheduler(3, 0, RANDOM, 10), entries)).toEqual(order(new Scheduler(3, 0, RANDOM, 10), entries));
  });

  it("lets the process of the highest priority go first, until a change puts it last", () => {
    traceSpec("SIM-TIME-PRIORITIES");
    const twice = [0, 1, 2, 0, 1, 2].map((process) => [50, process] as const);
    const without = order(new Scheduler(5, 0, { kind: "pct", depth: 1 }, 6), twice);
    const [first, second, third] = [without[0], without[2], without[4]];
    expect(without).toEqual([first, first, second, second, third, third]);
    const changed = Array.from({ length: 20 }, (_, seed) =>
      order(new Scheduler(seed, 0, { kind: "pct", depth: 2 }, 5), twice),
    );
    expect(changed.some((ran) => ran[0] !== ran[1])).toBe(true);
  });
});
