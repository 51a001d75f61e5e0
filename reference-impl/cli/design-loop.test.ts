import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, beforeAll, expect, it } from "vitest";

/** What `docs/design-loop.md` tells its readers to run, run. */

const PAGE = readFileSync(new URL("../../docs/design-loop.md", import.meta.url), "utf8");
const COMPILED = fileURLToPath(new URL("../dist/cli/", import.meta.url));

const PROGRAMS: Readonly<Record<string, string>> = { sim: "sim.js", "sim:mutants": "mutants.js" };

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "loop-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The commands of the page with `npm run NAME -- …`, as argument vectors. */
const commands = [...PAGE.matchAll(/^ {4}npm run (sim(?::mutants)?) -- (.+)$/gm)].map(
  ([, name = "", args = ""]) => [name, args] as const,
);

function run(name: string, args: string) {
  const program = join(COMPILED, PROGRAMS[name] ?? "");
  const { status, stdout } = spawnSync(process.execPath, [program, ...args.split(" ")], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout };
}

it("has the commands that are tried here", () => {
  traceSpec("SIM-LOOP");
  expect(commands.map(([name, args]) => `${name} ${args.split(" ")[0]}`)).toEqual([
    "sim --mutant",
    "sim --explain",
    "sim --seeds",
    "sim:mutants --only",
  ]);
});

it.each(commands)("%s %s does what the page says", (name, args) => {
  traceSpec("SIM-LOOP");
  const { status, stdout } = run(name, args);
  if (name === "sim:mutants") {
    expect(stdout).toContain("1 killed, 0 survived");
    expect(status).toBe(0);
  } else if (args.includes("--mutant")) {
    expect(stdout).toContain("consistent_new_promise_born_clean");
    expect(status).toBe(1);
  } else {
    expect(stdout).toContain("No violation");
    expect(status).toBe(0);
  }
  if (args.includes("--explain")) {
    expect(stdout).toMatch(/has 1 of \d+ faults, 1 of 8 roots/);
    expect(stdout).toMatch(/without clock-jump#\S+: does not break/);
    expect(readFileSync(join(folder, ".evidence/traces/seed-15.ndjson"), "utf8")).toContain('"op":"clock-jump"');
  }
});
