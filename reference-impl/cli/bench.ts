/**
 * Measures the simulator: platform operations a second of one core, with the cheap judges, with every property on every
 * step, and beside a scheduler that has nothing to do.
 *
 *     npm run bench:sim -- [SEEDS]
 *
 * Times are CPU seconds of this process, medians of five rounds. They only inform: they say as much about the machine.
 */

import type { RunSettings } from "../simulation/run.js";
import { Scheduler } from "../simulation/scheduler.js";
import { settingsFor } from "../simulation/settings.js";
import { simulate } from "../simulation/simulate.js";

const ROUNDS = 5;
const seeds = Number(process.argv[2] ?? 60);
if (!(seeds >= 1)) {
  process.stderr.write(`Unexpected ${process.argv[2]}, expected a number of seeds\n`);
  process.exit(2);
}

interface Figure {
  readonly operations: number;
  readonly seconds: number;
}

function measure(work: () => number): Figure {
  work();
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    const operations = work();
    const { user, system } = process.cpuUsage(before);
    return { operations, seconds: (user + system) / 1e6 };
  });
  return rounds.sort((a, b) => a.seconds - b.seconds)[ROUNDS >> 1] as Figure;
}

function runs(judges: RunSettings["judges"]): number {
  let operations = 0;
  for (let seed = 1; seed <= seeds; seed++) operations += simulate(settingsFor(seed, "all", { judges })).operations;
  return operations;
}

/** Steps of a scheduler whose processes do nothing but ask for their next turn. */
function emptySteps(): number {
  const steps = 2_000_000;
  const scheduler = new Scheduler(1, 0, { kind: "random" }, steps);
  const again = (process: number) => {
    const ready = { process, run: () => scheduler.at(scheduler.now + 1, ready) };
    scheduler.at(0, ready);
  };
  for (let process = 0; process < 8; process++) again(process);
  while (scheduler.steps < steps) scheduler.step();
  return steps;
}

const empty = rate(measure(emptySteps));
process.stdout.write(`${seeds} seeds of profile all, node ${process.version}\n\n`);
print("empty scheduler, steps", empty);
for (const judges of ["none", "cheap", "properties"] as const)
  print(`judges ${judges}, operations`, rate(measure(() => runs(judges))));

function rate({ operations, seconds }: Figure): number {
  return operations / seconds;
}

function print(what: string, perSecond: number): void {
  const ratio = empty / perSecond;
  process.stdout.write(
    `${what.padEnd(32)} ${Math.round(perSecond).toString().padStart(10)}/s   1/${ratio.toFixed(1)} of empty\n`,
  );
}
