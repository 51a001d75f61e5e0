/**
 * Runs the durable-execution platform in a simulated world.
 *
 *     npm run sim -- --seeds 1..1000 --profile all
 *
 * Exits with 0 if no judge broke, 1 if one did, 2 for what cannot be run, 3 for a defect of this program.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Command, Option } from "commander";
import { isSound } from "../simulation/campaign/guards.js";
import { changesOf, type Part, PLANS, USUAL, words } from "../simulation/campaign/plan.js";
import { campaignReport, rangeOf, replayOf } from "../simulation/campaign/report.js";
import { type Tally, totalOf } from "../simulation/campaign/tally.js";
import { violationLine } from "../simulation/explain.js";
import { EXPORTS, type ExportFormat, FORMATS } from "../simulation/export/formats.js";
import { investigate } from "../simulation/investigate.js";
import { settingsFor } from "../simulation/settings.js";
import { simulate } from "../simulation/simulate.js";
import type { TraceLine } from "../simulation/trace-line.js";
import { planOf } from "../simulation/workload/plan.js";
import { end } from "./ending.js";
import { exploreSmall } from "./exhaustive.js";
import { explanationText } from "./explanation.js";
import { writeJson, writeText } from "./files.js";
import { CHOICES, scheduleOf, seedRange, wholeNumber } from "./options.js";
import { runParts } from "./seeds.js";
import { loadServe, mutantNamed, plant, SOUND } from "./serving.js";
import { headOf, tableOf, thousands, wrapped } from "./table.js";

/** Runs that shrinking may take. */
const MOST_RUNS = 600;

interface Options extends Part {
  readonly plan?: keyof typeof PLANS;
  readonly threads: number;
  readonly campaign?: string;
  readonly replay?: number;
  readonly mutant?: string;
  readonly explain?: number;
  readonly exhaustive?: "small";
  readonly export?: ExportFormat;
}

const command = new Command("sim")
  .description("Run the durable-execution platform in a simulated world")
  .option("--seeds <range>", "seeds to run, such as 100 or 1..1000", seedRange, { first: 1, last: 100 })
  .addOption(new Option("--profile <name>", "which faults may strike").choices(CHOICES.profile).default(USUAL.profile))
  .addOption(new Option("--workload <name>", "what the clients do").choices(CHOICES.workload).default(USUAL.workload))
  .addOption(new Option("--mode <name>", "which protocol").choices(CHOICES.mode).default(USUAL.mode))
  .addOption(new Option("--judges <set>", "how much is judged").choices(CHOICES.judges).default(USUAL.judges))
  .option("--schedule <kind>", "random, or pct:DEPTH for changing priorities", scheduleOf, USUAL.schedule)
  .option("--steps <n>", "steps of the scheduler with faults", wholeNumber, USUAL.steps)
  .addOption(
    new Option("--plan <name>", "run the seeds of that plan, each as it says")
      .choices(CHOICES.plan)
      .conflicts(["seeds", "profile", "workload", "mode", "judges", "schedule", "steps"])
      .conflicts(["replay", "explain", "exhaustive", "export"]),
  )
  .option("--threads <n>", "threads to run in", wholeNumber, availableParallelism())
  .option("--campaign <file>", "write what `evidence check` reads")
  .option("--mutant <name>", "run the machine with that planted defect")
  .option("--replay <seed>", "run one seed again and write its whole trace", wholeNumber)
  .addOption(
    new Option("--export <format>", "write the trace of --replay or --explain in another form, too").choices(FORMATS),
  )
  .addOption(
    new Option("--exhaustive <configuration>", "try every order and fault of it")
      .choices(["small"])
      .conflicts(["replay", "explain", "campaign", "export"]),
  )
  .option("--explain <seed>", "make a failing seed small and say why it fails", wholeNumber)
  .helpOption("--help", "show this")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

command.parse();
const options = command.opts<Options>();
const mutant = options.mutant === undefined ? null : mutantNamed(options.mutant);
if (options.mutant !== undefined && mutant === null) {
  process.stderr.write(`Unexpected mutant ${options.mutant}, expected a name that npm run sim:mutants lists\n`);
  process.exit(2);
}
const algorithm = mutant === null ? SOUND : plant(mutant);
const planted = mutant === null ? [] : ["--mutant", mutant.name];
const chosenWords = wordsOf(options);
await end(chosen);

function chosen(): Promise<number> {
  if (options.exhaustive !== undefined) return exhaustive();
  if (options.explain !== undefined) return explained(options.explain);
  return options.replay === undefined ? campaign() : replay(options.replay);
}

async function campaign(): Promise<number> {
  const { plan, threads } = options;
  const parts = plan === undefined ? [options] : PLANS[plan];
  print(...headOf(plan ?? null, parts, wordsOf), "");
  const started = process.cpuUsage();
  const ran = await runParts({ parts, algorithm }, threads, progress(parts));
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  const { user, system } = process.cpuUsage(started);
  print(tableOf(ran, (seed) => replayOf(seed, ran, replayWords)));
  const { operations } = totalOf(ran);
  process.stderr.write(`${thousands(Math.round(operations / ((user + system) / 1e6)))} operations a CPU second\n`);
  if (options.campaign !== undefined) {
    writeJson(options.campaign, campaignReport(ran, { command: commandOf(), replay: replayWords }));
  }
  return isSound(ran, plan !== undefined) ? 0 : 1;
}

function commandOf(): string[] {
  const { plan } = options;
  const seeds = plan === undefined ? ["--seeds", rangeOf(options), ...words(options)] : ["--plan", plan];
  return ["npm", "run", "sim", "--", ...seeds, ...planted];
}

function wordsOf(part: Part): string {
  return [...words(part), ...planted].join(" ");
}

function replayWords(seed: number, part: Part): string {
  return `npm run sim -- --replay ${seed} ${wordsOf(part)}`;
}

/** Told of every portion; shown only on a terminal. */
function progress(parts: readonly Part[]): (tally: Tally) => void {
  const all = parts.reduce((sum, { seeds: { first, last } }) => sum + last - first + 1, 0);
  let [runs, steps] = [0, 0];
  return (tally) => {
    runs += tally.runs;
    steps += tally.steps;
    if (process.stderr.isTTY) process.stderr.write(`\r${runs} of ${all} runs, ${thousands(steps)} steps`);
  };
}

async function replay(seed: number): Promise<number> {
  print(`seed ${seed}, ${chosenWords}`);
  const serve = await loadServe(algorithm);
  const result = simulate(settingsFor(seed, options.profile, { ...changesOf(options), trace: "full" }), serve);
  print(...wrapped(`faults: ${result.faults.join(" ") || "none"}`, ""), "");
  const path = writeTrace(seed, result.hash, result.trace as readonly TraceLine[]);
  print(`${result.trace.length} events in ${path}`, `hash ${result.hash}`, "");
  for (const { judge, step, event, message } of result.violations) {
    print(`${judge}, step ${step}${event === null ? "" : `, event ${event}`}`, ...wrapped(message, "  "));
  }
  if (result.violations.length === 0) print("No violation");
  else print("", `npm run sim -- --explain ${seed} ${chosenWords}`);
  return result.violations.length === 0 ? 0 : 1;
}

async function exhaustive(): Promise<number> {
  const { lines, code } = exploreSmall(await loadServe(algorithm));
  print(...lines);
  return code;
}

/** Shrinks and explains a failing seed; its trace is that of the smallest run, with the violation as the last line. */
async function explained(seed: number): Promise<number> {
  print(`seed ${seed}, ${chosenWords}`);
  const serve = await loadServe(algorithm);
  const settings = settingsFor(seed, options.profile, changesOf(options));
  const found = investigate(settings, (each) => simulate(each, serve), planOf(settings).roots.length, MOST_RUNS);
  if (found === null) {
    print("No violation");
    return 0;
  }
  const { explanation, lines, result } = found;
  const again = ["npm", "run", "sim", "--", "--replay", String(seed), ...chosenWords.split(" ")];
  const path = writeTrace(seed, result.hash, [...lines, violationLine(explanation, lines, again)]);
  print("", ...explanationText(found, again.join(" ")), "", `${lines.length} events in ${path}`);
  return 1;
}

/** Writes the trace, and its other form if one is asked for; gives the path of the trace. */
function writeTrace(seed: number, hash: string, lines: readonly TraceLine[]): string {
  const header: TraceLine = {
    type: "header",
    schema: "spec-evidence/trace@1",
    name: "durable simulation",
    seed: String(seed),
    faults: options.profile,
    runtime: { node: process.version },
    hash,
  };
  const whole = [header, ...lines];
  const path = join(".evidence", "traces", `seed-${seed}.ndjson`);
  writeText(path, whole.map((line) => `${JSON.stringify(line)}\n`).join(""));
  if (options.export !== undefined) {
    const other = join(".evidence", "traces", `seed-${seed}.${EXPORTS[options.export].suffix}`);
    writeText(other, EXPORTS[options.export].write(whole));
    print(`${options.export} in ${other}`);
  }
  return path;
}

function print(...lines: string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
