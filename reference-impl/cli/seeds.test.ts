import { spawnSync } from "node:child_process";
import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { changesOf, type Part, USUAL } from "../simulation/campaign/plan.js";
import type { PartTally } from "../simulation/campaign/tally.js";
import { addRun, emptyTally } from "../simulation/campaign/tally.js";
import { settingsFor } from "../simulation/settings.js";
import { simulate } from "../simulation/simulate.js";

const BRIEF = { ...USUAL, steps: 200, judges: "cheap" } as const;
const PARTS: readonly Part[] = [
  { ...BRIEF, seeds: { first: 1, last: 12 } },
  { ...BRIEF, seeds: { first: 21, last: 22 }, profile: "network", mode: "strict" },
  { ...BRIEF, seeds: { first: 31, last: 31 }, profile: "none", workload: "crowds" },
];

/** What the compiled threads make of the parts. */
function ranIn(threads: number): PartTally[] {
  const url = (path: string) => JSON.stringify(new URL(`../dist/${path}`, import.meta.url).href);
  const program = `
    void (async () => {
      const { runParts } = await import(${url("cli/seeds.js")});
      const { SOUND } = await import(${url("cli/serving.js")});
      const ran = await runParts({ parts: ${JSON.stringify(PARTS)}, algorithm: SOUND }, ${threads}, () => undefined);
      process.stdout.write(JSON.stringify(ran));
    })();`;
  const { stdout } = spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });
  return JSON.parse(stdout) as PartTally[];
}

it("runs every seed of every part as the part says, in one thread and in three", () => {
  traceSpec("SIM-PLAN");
  traceSpec("SIM-COMMAND-THREADS");
  const expected = PARTS.map((part): PartTally => {
    const tally = emptyTally();
    for (let seed = part.seeds.first; seed <= part.seeds.last; seed++)
      addRun(tally, simulate(settingsFor(seed, part.profile, changesOf(part))));
    return { part, tally };
  });
  const alone = ranIn(1);
  expect(alone).toEqual(JSON.parse(JSON.stringify(expected)));
  expect(ranIn(3)).toEqual(alone);
});
