/**
 * Runs seeds on a variant of the machine until every judge that it is meant to break is broken, or the seeds are used
 * up. A process of its own, because a variant may never end.
 *
 *     node hunt.js ALGORITHM MUTANT SEEDS SECONDS
 *
 * SECONDS are of processor time. The run that is under way then may take half as long again and some seconds; SIGXCPU ends
 * what does not end.
 *
 * Most defects break a named property, which costs little to judge: so the seeds are simulated with these alone at first,
 * and with every judge where something is left to break. What no workload meets, a step tried out of turn say, is left to
 * random scripts on the kernel alone; an order of a few requests that is met too seldom, to every schedule of the small
 * configuration.
 */
import { explore } from "../simulation/exhaustive/explore.js";
import { smallConfiguration } from "../simulation/exhaustive/small.js";
import type { Hunt } from "../simulation/mutants/verdicts.js";
import type { RunSettings } from "../simulation/run.js";
import { brokenBy, brokenByTheLate } from "../simulation/scripts/scripts.js";
import { settingsFor } from "../simulation/settings.js";
import { simulate } from "../simulation/simulate.js";
import { cpuSeconds, limitCpu } from "./cpu-limit.js";
import { loadKernel, loadServe, mutantNamed } from "./serving.js";

const [algorithm = "", name = "", count = "1", seconds = "60"] = process.argv.slice(2);

/** Seeds that are run after the one that killed, for what else the defect is meant to break. */
const MORE = 10;

/** Scripts take a hundredth of the time of a simulated run. */
const SCRIPTS = 150;

/** Seconds of processor time in which any run ends: about ten times what one takes. */
const ONE_RUN = 3;

/** All states of the small configuration, and room for those that a defect adds. */
const STATES = 50_000;

limitCpu(Number(seconds) * 1.5 + ONE_RUN);
const mutant = mutantNamed(name);
const serve = await loadServe(algorithm);
const judges = new Set<string>();
const wanted = new Set(mutant?.breaks ?? []);
const state = { killedBy: null as number | null, tried: 0, error: false };

for (const level of ["properties", "all"] as const) {
  if (!isOver()) simulated(level);
}
const bySimulation = [...judges].sort();
if (mutant === null || mutant.file.startsWith("kernel/")) await scripted();
const isExhausted = state.killedBy === null && mutant?.file.startsWith("algorithm/") === true && exhausted();
const found: Hunt = {
  mutant: name,
  by: by(),
  seedsToKill: state.killedBy,
  seed: state.killedBy,
  judges: [...judges].sort(),
  tried: state.tried,
  ended: state.error ? "error" : null,
};
process.stdout.write(`${JSON.stringify(found)}\n`);

function simulated(level: RunSettings["judges"]): void {
  const most = state.killedBy === null ? Number(count) : Math.min(MORE, Number(count));
  for (let seed = 1; seed <= most && !isOver(); seed++) {
    state.tried += 1;
    const changes = { judges: level, faultSteps: 2500, maxSteps: 25_000, ...mutant?.settings };
    try {
      for (const { judge } of simulate(settingsFor(seed, "all", changes), serve).violations) judges.add(judge);
    } catch {
      state.error = true;
    }
    judged(seed);
    if (state.killedBy !== null && seed > state.killedBy + MORE) return;
  }
}

function by(): Hunt["by"] {
  if (isExhausted) return "exhaustive";
  if (state.killedBy === null) return null;
  return bySimulation.length > 0 || state.error ? "simulation" : "scripts";
}

/** Tries every schedule of the small configuration; true if one breaks something. */
function exhausted(): boolean {
  if (isOver()) return false;
  const { broken } = explore(smallConfiguration(serve), STATES, isOver);
  if (broken !== null) judges.add(broken.judge);
  return broken !== null;
}

async function scripted(): Promise<void> {
  const kernel = await loadKernel(algorithm);
  const modes = mutant?.settings?.mode === undefined ? (["compat", "strict"] as const) : [mutant.settings.mode];
  for (let seed = 1; seed <= SCRIPTS && !isOver(); seed++) {
    state.tried += 1;
    try {
      for (const mode of modes) {
        if (seed === 1) for (const judge of brokenByTheLate(kernel, mode)) judges.add(judge);
        for (const judge of brokenBy(kernel, mode, seed)) judges.add(judge);
      }
    } catch {
      state.error = true;
    }
    judged(seed);
  }
}

/** Notes whether the seed killed, and what is left to break. */
function judged(seed: number): void {
  if (state.killedBy === null && (judges.size > 0 || state.error)) state.killedBy = seed;
  for (const judge of judges) wanted.delete(judge);
}

function isOver(): boolean {
  if (cpuSeconds() > Number(seconds) || state.error) return true;
  return state.killedBy !== null && wanted.size === 0;
}
