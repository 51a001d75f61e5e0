/**
 * Measures whole processes of the built command and checks what they answered.
 *
 *     npm run bench -- [--only version,self,scale,text,warm,alloy] [--scale 0.1,1] [--runs 3] [--seed 1] [--keep]
 *
 * version: `evidence --version`, beside node doing nothing. self: `check` of this repository without its providers.
 * scale: `check` without cache and without the analyses of the text, of generated repositories, beside reading their
 * files. text: all that `check` does by default, without cache. warm: the same with the cache of a run before and one
 * file changed. alloy: bench/alloy.mjs. With several scales (`--scale 0.1,0.3,1`) it prints how cost grows with the number of requirements. The
 * operating system's file cache is warm everywhere. Exits with 1 when an answer is wrong; times only inform, because
 * they say as much about the machine.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchAlloy } from "./alloy.mjs";
import { wrongAnswer } from "./answer.mjs";
import { METER, measure, spread } from "./measure.mjs";
import { exponent } from "./slope.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const EVIDENCE = join(ROOT, "bin/evidence.js");
const PARTS = ["version", "self", "scale", "text", "warm", "alloy"];

/** Links alone: what the promise at scale is made for. */
const LINKS = ["--skip", "text,logic"];

/** What the project promises on two cores; seconds and MiB, at scale 1. */
const LIMITS = {
  version: { seconds: 0.1 },
  scale: { seconds: 8, rssMiB: 700 },
  text: { seconds: 8, rssMiB: 700 },
  warm: { seconds: 2, rssMiB: 700 },
};

/** A file written later than this before a run is read again in the next one, because its time stamp says too little. */
const SETTLED_MS = 3500;

const rows = [];
/** Medians of each part at each scale. */
const growth = new Map();
const wrong = [];

async function main() {
  const options = readOptions();
  const [load] = loadavg();
  const cores = availableParallelism();
  console.log(`node ${process.version}, ${cores} cores, load ${load.toFixed(1)}`);
  if (load > 1) console.log("other work is under way: CPU seconds say more than wall-clock ones");
  const scratch = mkdtempSync(join(tmpdir(), "evidence-bench-"));
  const cleanUp = () => rmSync(scratch, { recursive: true, force: true });
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      cleanUp();
      process.exit(130);
    });
  }
  try {
    const bench = { ...options, scratch };
    if (options.parts.includes("version")) await benchVersion(bench);
    if (options.parts.includes("self")) await benchSelf(bench);
    for (const scale of options.scales) await benchScale(bench, scale);
    if (options.parts.includes("alloy")) wrong.push(...(await benchAlloy(bench)));
  } finally {
    if (options.keep) console.log(`kept ${scratch}`);
    else cleanUp();
  }
  printTable();
  printGrowth();
  for (const each of wrong) console.error(`WRONG ANSWER: ${each}`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      only: { type: "string", default: PARTS.join(",") },
      scale: { type: "string", default: "1" },
      runs: { type: "string", default: "3" },
      seed: { type: "string", default: "1" },
      keep: { type: "boolean", default: false },
    },
  });
  const parts = values.only.split(",");
  const unknown = parts.find((part) => !PARTS.includes(part));
  if (unknown !== undefined) throw new RangeError(`Unexpected part "${unknown}", expected some of ${PARTS.join(", ")}`);
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new RangeError(`Unexpected runs "${values.runs}", expected 1 or more`);
  const judged = ["scale", "text", "warm"].some((part) => parts.includes(part));
  return {
    parts,
    runs,
    seed: values.seed,
    keep: values.keep,
    scales: judged ? values.scale.split(",").map(Number) : [],
  };
}

async function benchVersion(bench) {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const runs = Math.max(20, bench.runs);
  const idle = await repeat(bench, runs, ["-e", "0"]);
  const samples = await repeat(bench, runs, [EVIDENCE, "--version"], (ended) => {
    if (ended.stdout.trim() !== version) wrong.push(`--version said "${ended.stdout.trim()}", expected ${version}`);
  });
  const floor = addRow("node -e 0", idle);
  addRow("evidence --version", samples, { floor, limit: LIMITS.version });
}

async function benchSelf(bench) {
  const file = join(bench.scratch, "self.json");
  const args = [EVIDENCE, "check", "-C", ROOT, "--no-run", "--no-cache", "--format", "json", "--output", file];
  const samples = await repeat(bench, bench.runs, args, ({ exitCode, stderr }) => {
    if (exitCode > 1) return wrong.push(`check of this repository ended with ${exitCode}: ${stderr.slice(0, 500)}`);
    const { totals } = JSON.parse(readFileSync(file, "utf8"));
    if (totals.tags === 0 || totals.tags !== totals.requirements + totals.scenarios) {
      wrong.push(`check of this repository counted ${JSON.stringify(totals)}`);
    }
  });
  addRow("check, this repository", samples);
}

async function benchScale(bench, scale) {
  const folder = join(bench.scratch, `scale-${scale}`);
  const generating = [join(ROOT, "bench/generate.mjs"), "--scale", String(scale), "--seed", bench.seed, folder];
  const generated = await measure(generating, { cwd: ROOT, scratch: bench.scratch });
  if (generated.exitCode !== 0) throw new Error(`Generating ended with ${generated.exitCode}: ${generated.stderr}`);
  const { made, commit, expected } = JSON.parse(generated.stdout);
  const megabytes = Object.entries(made.bytes).map(([part, bytes]) => `${part} ${(bytes / 1e6).toFixed(1)} MB`);
  console.log(`scale ${scale}: ${made.requirements} requirements, ${made.files} files, ${made.cases} results;`);
  console.log(
    `  ${megabytes.join(", ")}; commit ${commit.slice(0, 12)}; generated in ${generated.seconds.toFixed(1)} s`,
  );
  const limitOf = (part) => (scale === 1 ? LIMITS[part] : {});
  const floor = addRow(
    `reading, scale ${scale}`,
    await repeat(bench, bench.runs, [join(ROOT, "bench/floor.mjs"), folder]),
  );
  if (bench.parts.includes("scale")) {
    const samples = await repeat(bench, bench.runs, ...judging(bench, folder, expected, ["--no-cache", ...LINKS]));
    addRow(`check, scale ${scale}`, samples, { floor, limit: limitOf("scale") });
    noteGrowth("check without text", made.requirements, samples);
  }
  if (bench.parts.includes("text")) {
    const samples = await repeat(bench, bench.runs, ...judging(bench, folder, expected, ["--no-cache"]));
    addRow(`check with text, scale ${scale}`, samples, { floor, limit: limitOf("text") });
    noteGrowth("check", made.requirements, samples);
  }
  if (bench.parts.includes("warm")) {
    await pause(SETTLED_MS);
    const [args, verify] = judging(bench, folder, expected, []);
    await repeat(bench, 1, args, verify);
    const samples = [];
    for (let nth = 0; nth < bench.runs; nth++) {
      appendFileSync(join(folder, "services/py/tests/test_suite4.py"), `# change ${nth}\n`);
      samples.push(...(await repeat(bench, 1, args, verify)));
    }
    addRow(`check again, scale ${scale}`, samples, { floor, limit: limitOf("warm") });
    noteGrowth("check again after one change", made.requirements, samples);
  }
  if (!bench.keep) rmSync(folder, { recursive: true, force: true });
}

/** Arguments of a `check` of a generated folder, and what looks at its answer. */
function judging(bench, folder, expected, more) {
  const file = join(bench.scratch, "answer.json");
  const args = [EVIDENCE, "check", "-C", folder, "--no-run", ...more, "--format", "json", "--output", file];
  const verify = ({ exitCode, stderr }) => {
    if (exitCode > 1) wrong.push(`check ended with ${exitCode}: ${stderr.slice(0, 500)}`);
    else wrong.push(...wrongAnswer(file, exitCode, expected));
    rmSync(file, { force: true });
  };
  return [args, verify];
}

async function repeat(bench, runs, args, verify = () => {}) {
  const samples = [];
  for (let nth = 0; nth < runs; nth++) {
    const ended = await measure(args, { cwd: ROOT, scratch: bench.scratch });
    verify(ended);
    samples.push(ended);
  }
  return samples;
}

/** Adds a line to the table; gives its median seconds, to be a floor of others. */
function addRow(name, samples, { floor = null, limit = {} } = {}) {
  const wall = spread(samples.map((each) => each.seconds));
  const cpu = spread(samples.map((each) => each.cpuSeconds));
  const rss = spread(samples.map((each) => each.rssMiB));
  const ratio = (value, of) => (of === undefined || of === null ? "" : `${(value / of).toFixed(2)}`);
  rows.push([
    name,
    String(samples.length),
    ...[wall.median, wall.min, wall.max, cpu.median].map((value) => value.toFixed(3)),
    ...[rss.median, rss.max].map((value) => value.toFixed(0)),
    ratio(wall.median, floor),
    ratio(wall.median, limit.seconds),
    ratio(rss.max, limit.rssMiB),
  ]);
  return wall.median;
}

function noteGrowth(name, requirements, samples) {
  const median = (of) => spread(samples.map(of)).median;
  const points = growth.get(name) ?? [];
  points.push({ requirements, cpu: median((each) => each.cpuSeconds), rss: median((each) => each.rssMiB) });
  growth.set(name, points);
}

/** Exponents of growth, where there are several sizes: 1 is linear. */
function printGrowth() {
  for (const [name, points] of growth) {
    if (points.length < 2) continue;
    const slope = (of) => exponent(points.map((each) => ({ size: each.requirements, cost: of(each) }))).toFixed(2);
    const sizes = points.map((each) => each.requirements).join(", ");
    console.log(
      `${name}, ${sizes} requirements: CPU grows as n^${slope((each) => each.cpu)}, memory as n^${slope((each) => each.rss)}`,
    );
  }
}

function printTable() {
  const head = ["what", "runs", "s", "min", "max", "cpu s", "MiB", "max", "/floor", "/limit s", "/limit MiB"];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  console.log(`\nmedians; CPU and memory by ${METER}`);
  for (const row of all) {
    console.log(row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  "));
  }
}

await main();
