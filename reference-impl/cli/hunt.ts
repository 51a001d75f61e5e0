/**
 * Runs seeds on a variant of the machine until every judge that it is meant to break is broken, or the seeds are used
 * up. A process of its own, because a variant may never end.
 *
 *     node hunt.js ALGORITHM MUTANT FIRST COUNT SECONDS
 */
import type { Hunt } from "../simulation/mutants/verdicts.js";
import { settingsFor } from "../simulation/settings.js";
import { simulate } from "../simulation/simulate.js";
import { loadServe, mutantNamed } from "./serving.js";

const [algorithmPath = "", name = "", first = "1", count = "1", seconds = "60"] = process.argv.slice(2);

const mutant = mutantNamed(name);
const serve = await loadServe(algorithmPath);
process.stdout.write(`${JSON.stringify(hunt())}\n`);

function hunt(): Hunt {
  const judges = new Set<string>();
  const wanted = new Set(mutant?.breaks ?? []);
  let kill: { seed: number; tried: number } | null = null;
  let ended: Hunt["ended"] = null;
  let tried = 0;
  const last = Number(first) + Number(count);
  for (let seed = Number(first); seed < last && ended === null; seed++) {
    if (process.uptime() > Number(seconds)) break;
    tried++;
    const before = judges.size;
    try {
      const settings = settingsFor(seed, "all", { judges: "all", ...mutant?.settings });
      for (const { judge } of simulate(settings, serve).violations) judges.add(judge);
    } catch {
      ended = "error";
    }
    if ((judges.size > before || ended !== null) && kill === null) kill = { seed, tried };
    for (const judge of judges) wanted.delete(judge);
    if (kill !== null && wanted.size === 0) break;
  }
  return {
    mutant: name,
    seedsToKill: kill?.tried ?? null,
    seed: kill?.seed ?? null,
    judges: [...judges].sort(),
    tried,
    ended,
  };
}
