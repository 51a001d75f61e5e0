/**
 * Plants every defect of the catalogue in the machine, one at a time, and says which judge noticed.
 *
 *     npm run sim:mutants -- [--only NAME,…] [--seeds 24] [--seconds 60] [--jobs 2] [--output FILE]
 *
 * Exits with 1 if a mutant survives that is not argued to be equivalent, if a variant cannot be run, or if the machine itself
 * breaks a judge; with 2 for what cannot be run, 3 for a defect of this program.
 */
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { MUTANTS } from "../simulation/mutants/catalogue.js";
import type { Mutant } from "../simulation/mutants/mutant.js";
import { mutantsCampaign } from "../simulation/mutants/report.js";
import type { Hunt } from "../simulation/mutants/verdicts.js";
import { mutantVerdicts } from "../simulation/mutants/verdicts.js";
import { end } from "./ending.js";
import { writeJson } from "./files.js";
import { wholeNumber } from "./options.js";
import { COMPILED, mutantNamed, plant, SOUND } from "./serving.js";

interface Options {
  readonly only?: readonly string[];
  readonly seeds: number;
  readonly seconds: number;
  readonly jobs: number;
  readonly output?: string;
}

const options = new Command("sim:mutants")
  .description("Plant every defect of the catalogue in the machine and say which judge notices")
  .option("--only <names>", "these alone, with commas between them", (text) => text.split(","))
  .option("--seeds <n>", "seeds that are tried for each", wholeNumber, 24)
  .option("--seconds <n>", "of processor time after which no more are tried", wholeNumber, 60)
  .option("--jobs <n>", "defects tried at a time", wholeNumber, availableParallelism())
  .option("--output <file>", "write what `evidence check` reads")
  .helpOption("--help", "show this")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse()
  .opts<Options>();

/** Seeds in which the machine has to be sound before defects are planted in it. */
const CONTROL_SEEDS = 12;

/** How many times its processor time a process may take on the clock, where it waits for ever. */
const PATIENCE = 10;

process.setMaxListeners(0);
await end(main);

async function main(): Promise<number> {
  const unknown = options.only?.find((name) => mutantNamed(name) === null);
  if (unknown !== undefined) {
    const known = MUTANTS.map(({ name }) => name).join(", ");
    process.stderr.write(`Unexpected name ${unknown}, expected one of ${known}\n`);
    return 2;
  }
  const mutants = MUTANTS.filter(({ name }) => options.only?.includes(name) ?? true);
  const [planted, seeds] = [counted(mutants.length, "mutant"), counted(options.seeds, "seed")];
  process.stdout.write(`${planted}, up to ${seeds} or ${options.seconds} CPU s each\n\n`);
  const defect = defectOf(await hunt("", SOUND));
  if (defect !== null) {
    process.stdout.write(`${defect}\n`);
    return 1;
  }
  const hunts = await inParallel(mutants, options.jobs, async (mutant) => {
    const found = await hunt(mutant.name, plant(mutant));
    process.stdout.write(`${line(found)}\n`);
    return found;
  });
  return conclude(mutants, hunts);
}

/** What is wrong with the machine in which nothing is planted; null if nothing is. */
function defectOf({ judges, seed, ended }: Hunt): string | null {
  if (ended === "unable") return "The machine itself cannot be run";
  if (ended === "hang") return "The machine itself does not end";
  if (ended === "error") return `The machine itself stops with an error (seed ${seed})`;
  return judges.length === 0 ? null : `The machine itself is broken (seed ${seed}): ${judges.join(", ")}`;
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function conclude(mutants: readonly Mutant[], hunts: readonly Hunt[]): number {
  const verdicts = mutantVerdicts(mutants, hunts);
  const { killed, survived, equivalent, untried, medianSeedsToKill, unbroken } = verdicts;
  process.stdout.write(
    `\n${killed.length} killed, ${survived.length} survived, ${equivalent.length} argued equivalent; ` +
      `median seeds to kill ${medianSeedsToKill ?? "none"}\n`,
  );
  if (survived.length > 0) process.stdout.write(`Survived: ${survived.map(({ mutant }) => mutant).join(", ")}\n`);
  if (untried.length > 0) process.stdout.write(`Do not run: ${untried.map(({ mutant }) => mutant).join(", ")}\n`);
  if (unbroken.length > 0) process.stdout.write(`Not broken as meant:\n  ${unbroken.join("\n  ")}\n`);
  if (options.output !== undefined) writeJson(options.output, mutantsCampaign(mutants, verdicts));
  return survived.length + untried.length === 0 ? 0 : 1;
}

function line({ mutant, by, seed, judges, tried, ended }: Hunt): string {
  if (ended === "hang") return `killed    ${mutant}: does not end`;
  if (ended === "unable") return `NOT RUN   ${mutant}: its variant cannot be run`;
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
  const seeds = name === "" ? CONTROL_SEEDS : options.seeds;
  const args = [program, algorithm, name, String(seeds), String(options.seconds)];
  const timeout = options.seconds * PATIENCE * 1000;
  return new Promise((resolve) => {
    execFile(process.execPath, args, { timeout, killSignal: "SIGKILL", maxBuffer: 1 << 24 }, (error, stdout) => {
      const nothing = { mutant: name, by: null, seedsToKill: null, seed: null, judges: [], tried: 0 };
      if (error === null) resolve(JSON.parse(stdout) as Hunt);
      else resolve({ ...nothing, ended: error.signal === "SIGXCPU" || error.killed === true ? "hang" : "unable" });
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
