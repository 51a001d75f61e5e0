/**
 * Runs seeds on a variant of the machine until every judge that it is meant to break is broken, or the seeds are used
 * up. A process of its own, because a variant may never end.
 *
 *     node hunt.js ALGORITHM MUTANT SEEDS SECONDS
 *
 * Most defects break a named property, which costs little to judge: so the seeds are run with these alone at first, and
 * with every judge where something is left to break.
 */
import type { Hunt } from "../simulation/mutants/verdicts.js";
import type { RunSettings } from "../simulation/run.js";
import { settingsFor } from "../simulation/settings.js";
import { simulate } from "../simulation/simulate.js";
import { loadServe, mutantNamed } from "./serving.js";

const [algorithm = "", name = "", count = "1", seconds = "60"] = process.argv.slice(2);

/** Seeds that are run after the one that killed, for what else the defect is meant to break. */
const MORE = 30;

const mutant = mutantNamed(name);
const serve = await loadServe(algorithm);
const judges = new Set<string>();
const wanted = new Set(mutant?.breaks ?? []);
const state = { killedBy: null as number | null, seedsToKill: null as number | null, tried: 0, error: false };

for (const level of ["properties", "all"] as const) {
  if (!isOver()) hunt(level);
}
const found: Hunt = {
  mutant: name,
  seedsToKill: state.seedsToKill,
  seed: state.killedBy,
  judges: [...judges].sort(),
  tried: state.tried,
  ended: state.error ? "error" : null,
};
process.stdout.write(`${JSON.stringify(found)}\n`);

function hunt(level: RunSettings["judges"]): void {
  const most = state.killedBy === null ? Number(count) : Math.min(MORE, Number(count));
  for (let seed = 1; seed <= most && !isOver(); seed++) {
    state.tried += 1;
    const changes = { judges: level, faultSteps: 2500, maxSteps: 25_000, ...mutant?.settings };
    try {
      for (const { judge } of simulate(settingsFor(seed, "all", changes), serve).violations) judges.add(judge);
    } catch {
      state.error = true;
    }
    if (state.killedBy === null && (judges.size > 0 || state.error)) {
      state.killedBy = seed;
      state.seedsToKill = state.tried;
    }
    for (const judge of judges) wanted.delete(judge);
    if (state.killedBy !== null && seed > state.killedBy + MORE) return;
  }
}

function isOver(): boolean {
  if (process.uptime() > Number(seconds) || state.error) return true;
  return state.killedBy !== null && wanted.size === 0;
}
