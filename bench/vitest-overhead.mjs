// What the vitest plugin costs: the same generated suite of 1,000 tests, with and without it, in turn.
//   npm run build && node bench/vitest-overhead.mjs [pairs] [requirements]
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const FILES = 20;
const TESTS_PER_FILE = 50;
const PAIRS = Number(process.argv[2] ?? 15);
const REQUIREMENTS = Number(process.argv[3] ?? 1000);

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const project = mkdtempSync(join(tmpdir(), "evidence-bench-"));
try {
  generate();
  report(measure());
} finally {
  rmSync(project, { recursive: true, force: true });
}

function generate() {
  // Copied, not linked: vitest treats what lies in node_modules otherwise than sources.
  const installed = join(project, "node_modules", "spec-evidence");
  mkdirSync(installed, { recursive: true });
  cpSync(join(repository, "dist"), join(installed, "dist"), { recursive: true });
  cpSync(join(repository, "package.json"), join(installed, "package.json"));
  const { dependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  for (const name of ["vitest", ...Object.keys(dependencies)]) {
    symlinkSync(join(repository, "node_modules", name), join(project, "node_modules", name));
  }
  write("package.json", '{ "type": "module", "private": true }');
  write("without.config.js", "export default {};\n");
  write(
    "with.config.js",
    'import { evidence } from "spec-evidence/vitest";\nexport default { plugins: [evidence()] };\n',
  );
  const requirements = Array.from(
    { length: REQUIREMENTS },
    (_, index) => `### Requirement: Number ${index} [BENCH-R${index}]\nTHE system SHALL do thing ${index}.\n`,
  );
  write("openspec/specs/bench/spec.md", `## Purpose\n\nBench.\n\n## Requirements\n\n${requirements.join("\n")}`);
  for (let file = 0; file < FILES; file += 1) write(`tests/suite-${file}.test.js`, testFile(file));
}

function testFile(file) {
  const tests = Array.from({ length: TESTS_PER_FILE }, (_, index) => {
    const number = (file * TESTS_PER_FILE + index) % REQUIREMENTS;
    return `  it("test ${index}", () => {
    traceSpec("BENCH-R${number}");
    const list = Array.from({ length: 100 }, (_, each) => each + ${index});
    expect(list).toHaveLength(100);
    expect(list.reduce((sum, each) => sum + each, 0)).toBe(${4950 + 100 * index});
  });`;
  });
  return `import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";

describe("suite ${file}", () => {
${tests.join("\n")}
});
`;
}

function write(path, text) {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function measure() {
  const times = { with: [], without: [] };
  run("without");
  const cold = run("with");
  for (let pair = 0; pair < PAIRS; pair += 1) {
    // Which one goes first changes from pair to pair, so that a drift of the machine hits both alike.
    for (const config of pair % 2 === 0 ? ["without", "with"] : ["with", "without"]) times[config].push(run(config));
  }
  return { cold, ...times };
}

/** One run: seconds on the clock, and seconds of processor time that vitest and its workers took together. */
function run(config) {
  const command = `node node_modules/vitest/vitest.mjs run --config ${config}.config.js --reporter=dot --no-color; code=$?; times; exit $code`;
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync("sh", ["-c", command], { cwd: project, encoding: "utf8" });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0 || !stdout.includes("1000 passed")) throw new Error(`${config}: ${status}\n${stdout}\n${stderr}`);
  const spent = stdout
    .trimEnd()
    .split("\n")
    .at(-1)
    .matchAll(/(\d+)m([\d.]+)s/g);
  return { wall, cpu: [...spent].reduce((sum, [, minutes, seconds]) => sum + 60 * minutes + Number(seconds), 0) };
}

function report(times) {
  const size = statSync(join(project, ".evidence/results/vitest.json")).size;
  console.log(`1,000 tests in ${FILES} files, ${REQUIREMENTS} requirements, ${PAIRS} pairs of runs; medians`);
  for (const [measure, what] of [
    ["wall", "on the clock"],
    ["cpu", "of processor time"],
  ]) {
    const [without, withIt] = [times.without, times.with].map((runs) => runs.map((each) => each[measure]));
    const ratios = withIt.map((time, pair) => time / without[pair]);
    console.log(`without the plugin  ${median(without).toFixed(3)} s ${what}`);
    console.log(
      `with the plugin     ${median(withIt).toFixed(3)} s ${what} (first run ${times.cold[measure].toFixed(3)} s)`,
    );
    console.log(`ratio               ${median(ratios).toFixed(3)} (${spread(ratios)})`);
  }
  console.log(`results file        ${(size / 1024).toFixed(0)} KiB`);
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function spread(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))].toFixed(3);
  return `quartiles ${at(0.25)} to ${at(0.75)}`;
}
