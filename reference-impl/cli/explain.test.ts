import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, beforeAll, expect, it } from "vitest";

/** The compiled command: `npm run build` makes it. */
const SIM = fileURLToPath(new URL("../dist/cli/sim.js", import.meta.url));
const SCHEMA = new URL("../../schemas/trace-line.schema.json", import.meta.url);

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "explain-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sim(...args: string[]) {
  const { status, stdout } = spawnSync(process.execPath, [SIM, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout };
}

/** A seed with which the platform loses acknowledged writes, which no algorithm survives. */
function failing(): { seed: number; stdout: string } {
  for (let seed = 8; seed < 60; seed += 1) {
    const { status, stdout } = sim("--explain", String(seed), "--profile", "power", "--export", "shiviz");
    if (status === 1) return { seed, stdout };
  }
  throw new Error("no seed fails");
}

it("makes a failing seed small, says why it fails, and writes the trace with the violation", () => {
  traceSpec("SIM-EXPLAIN-COMMAND");
  const { seed, stdout } = failing();
  const lines = stdout.split("\n");
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toMatch(/^Broken: \w/m);
  expect(stdout).toMatch(/of \d+ roots and \d+\nsteps|of \d+ roots and \d+ steps/);
  expect(stdout).toMatch(/without power-loss#\S+: does not break/);
  expect(stdout).toMatch(/^First broken at e\d+$/m);
  expect(stdout).toContain(`npm run sim -- --replay ${seed} --profile power`);
  const valid = new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);
  const trace = readFileSync(join(folder, ".evidence", "traces", `seed-${seed}.ndjson`), "utf8")
    .trimEnd()
    .split("\n");
  const parsed = trace.map((line) => JSON.parse(line) as { type: string; event?: string; id?: string });
  expect(parsed.filter((line) => !valid(line))).toEqual([]);
  expect(parsed.map(({ type }) => type)).toEqual(["header", ...trace.slice(2).map(() => "event"), "violation"]);
  expect(parsed.some(({ id }) => id === parsed.at(-1)?.event)).toBe(true);
  expect(existsSync(join(folder, ".evidence", "traces", `seed-${seed}.shiviz.log`))).toBe(true);
});

it("says so when a seed does not fail", () => {
  traceSpec("SIM-EXPLAIN-COMMAND");
  const { status, stdout } = sim("--explain", "1", "--profile", "none", "--steps", "600", "--judges", "cheap");
  expect(stdout).toContain("No violation");
  expect(status).toBe(0);
});

it("writes the trace of a replay in the other forms, each of which tells the same exchanges", () => {
  traceSpec("SIM-EXPORT-COMMAND");
  const text = (suffix: string) => readFileSync(join(folder, ".evidence", "traces", `seed-1.${suffix}`), "utf8");
  for (const format of ["itf", "otlp", "shiviz", "porcupine", "conformance"]) {
    const { status } = sim(
      "--replay",
      "1",
      "--profile",
      "none",
      "--steps",
      "600",
      "--judges",
      "cheap",
      "--export",
      format,
    );
    expect(status).toBe(0);
  }
  const events = text("ndjson").trimEnd().split("\n").length - 1;
  expect((JSON.parse(text("itf.json")) as { states: unknown[] }).states).toHaveLength(events + 1);
  expect(text("shiviz.log").trimEnd().split("\n")).toHaveLength(2 + 2 * events);
  const operations = JSON.parse(text("porcupine.json")) as { Output: unknown }[];
  const messages = text("conformance.ndjson").trimEnd().split("\n");
  expect(operations.length).toBeGreaterThan(10);
  expect(messages).toHaveLength(operations.length + operations.filter(({ Output }) => Output !== null).length);
  const spans = JSON.parse(text("otlp.json")) as {
    resourceSpans: { scopeSpans: { spans: { events: unknown[] }[] }[] }[];
  };
  const told = spans.resourceSpans.flatMap((each) => each.scopeSpans.flatMap((scope) => scope.spans));
  expect(told.flatMap((span) => span.events)).toHaveLength(events);
});

it("covers every schedule of the small configuration, and says so", () => {
  traceSpec("SIM-EXHAUSTIVE-COMMAND");
  const { status, stdout } = sim("--exhaustive", "small");
  expect(stdout).toMatch(/^[\d ]+ states, \d+ ends, \d{6,} schedules$/m);
  expect(stdout).toContain("Complete within the bound: no violation");
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(status).toBe(0);
});
