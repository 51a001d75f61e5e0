/**
 * Plants every defect of the catalogue in the machine, one at a time, and says which judge noticed.
 *
 *     npm run sim:mutants -- [--only NAME,…] [--seeds 24] [--seconds 60] [--jobs 2] [--output FILE]
 *
 * Exits with 1 if a mutant survives that is not argued to be equivalent, or if the machine itself breaks a judge.
 */
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { MUTANTS } from "../simulation/mutants/catalogue.js";
import type { Mutant } from "../simulation/mutants/mutant.js";
import { mutantsCampaign } from "../simulation/mutants/report.js";
import type { Hunt } from "../simulation/mutants/verdicts.js";
import { mutantVerdicts } from "../simulation/mutants/verdicts.js";
import { writeJson } from "./files.js";
import { COMPILED, mutantNamed, plant, SOUND } from "./serving.js";

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    seeds: { type: "string", default: "24" },
    seconds: { type: "string", default: "60" },
    jobs: { type: "string", default: String(availableParallelism()) },
    output: { type: "string" },
  },
});

process.setMaxListeners(0);
process.stdout.on("error", () => process.exit(0));
process.exitCode = await main();

async function main(): Promise<number> {
  const names = options.only?.split(",");
  const mutants = MUTANTS.filter(({ name }) => names?.includes(name) ?? true);
  if (mutants.length === 0) {
    process.stderr.write(
      `Unexpected name ${options.only}, expected one of ${MUTANTS.map(({ name }) => name).join(", ")}\n`,
    );
    return 2;
  }
  process.stdout.write(`${mutants.length} mutants, up to ${options.seeds} seeds or ${options.seconds} s each\n\n`);
  const control = await hunt("", SOUND);
  if (control.judges.length > 0 || control.ended !== null) {
    process.stdout.write(`The machine itself is broken (seed ${control.seed}): ${control.judges.join(", ")}\n`);
    return 1;
  }
  const hunts = await inParallel(mutants, Number(options.jobs), async (mutant) => {
    const found = await hunt(mutant.name, plant(mutant));
    process.stdout.write(`${line(found)}\n`);
    return found;
  });
  return conclude(mutants, hunts);
}

function conclude(mutants: readonly Mutant[], hunts: readonly Hunt[]): number {
  const verdicts = mutantVerdicts(mutants, hunts);
  const { killed, survived, equivalent, medianSeedsToKill, unbroken } = verdicts;
  process.stdout.write(
    `\n${killed.length} killed, ${survived.length} survived, ${equivalent.length} argued equivalent; ` +
      `median seeds to kill ${medianSeedsToKill ?? "none"}\n`,
  );
  if (survived.length > 0) process.stdout.write(`Survived: ${survived.map(({ mutant }) => mutant).join(", ")}\n`);
  if (unbroken.length > 0) process.stdout.write(`Not broken as meant:\n  ${unbroken.join("\n  ")}\n`);
  if (options.output !== undefined) writeJson(options.output, mutantsCampaign(mutants, verdicts));
  return survived.length === 0 ? 0 : 1;
}

function line({ mutant, by, seed, judges, tried, ended }: Hunt): string {
  if (ended === "hang") return `killed    ${mutant}: does not end`;
  if (by === null) {
    const isArgued = mutantNamed(mutant)?.equivalent !== undefined;
    return `${isArgued ? "argued   " : "SURVIVED "} ${mutant} (${tried} runs)`;
  }
  const shown = ended === null ? judges.slice(0, 3).join(", ") : "stops with an error";
  const more = judges.length > 3 ? ` and ${judges.length - 3} more` : "";
  return `killed    ${mutant} by ${by}${seed === null ? "" : `, seed ${seed}`}: ${shown}${more}`;
}

/** One process a mutant: it may never end. */
function hunt(name: string, algorithm: string): Promise<Hunt> {
  const program = join(COMPILED, "cli", "hunt.js");
  const args = [program, algorithm, name, name === "" ? "12" : options.seeds, options.seconds];
  const timeout = (Number(options.seconds) + 30) * 1000;
  return new Promise((resolve) => {
    execFile(process.execPath, args, { timeout, killSignal: "SIGKILL", maxBuffer: 1 << 24 }, (error, stdout) => {
      const nothing = { mutant: name, by: null, seedsToKill: null, seed: null, judges: [], tried: 0 };
      if (error === null) resolve(JSON.parse(stdout) as Hunt);
      else resolve({ ...nothing, ended: error.killed === true ? "hang" : "error" });
    });
  });
}

async function inParallel<T, R>(items: readonly T[], jobs: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T);
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
  return results;
}
