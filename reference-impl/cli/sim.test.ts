import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** The compiled command: `npm run build` makes it. */
const SIM = fileURLToPath(new URL("../dist/cli/sim.js", import.meta.url));
const SCHEMAS = new URL("../../schemas/", import.meta.url);

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sim-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sim(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SIM, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

function validator(schema: string) {
  return new Ajv2020({ strict: false }).compile(JSON.parse(readFileSync(new URL(schema, SCHEMAS), "utf8")) as object);
}

describe("the simulator's command", () => {
  it("says what it runs, and ends with 0 where nothing broke", () => {
    traceSpec("SIM-COMMAND");
    traceSpec("SIM-COMMAND-CLEAN");
    const { status, stdout } = sim("--seeds", "2", "--steps", "800", "--judges", "cheap");
    expect(stdout.split("\n")[0]).toBe("seeds 1..2, --profile all --judges cheap --steps 800");
    expect(stdout.split("\n")[1]).toMatch(/^faults: stale-read, /);
    expect(stdout).toContain("2 runs, ");
    expect(stdout).toContain("No violation");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(status).toBe(0);
  });

  it.each([
    [["--seeds", "9..3"], /a range such as 1\.\.1000/],
    [["--profile", "everything"], /Allowed choices/],
    [["--schedule", "pct:0"], /expected random or pct:DEPTH/],
    [["--steps", "0"], /expected a whole number above 0/],
    [["--colour"], /unknown option/],
    [["--plan", "gate", "--exhaustive", "small"], /cannot be used with option/],
    [["--plan", "gate", "--export", "itf"], /cannot be used with option/],
    [["--exhaustive", "small", "--replay", "3"], /cannot be used with option/],
    [["--exhaustive", "small", "--campaign", "c.json"], /cannot be used with option/],
  ])("ends with 2 for %j", (args, message) => {
    traceSpec("SIM-COMMAND-USAGE");
    const { status, stderr } = sim(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  it.runIf(existsSync("/dev/full"))("ends with 3 where its output cannot be written", () => {
    traceSpec("SIM-COMMAND-UNWRITTEN");
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [SIM, "--seeds", "1", "--steps", "100"], {
      stdio: ["ignore", full, "pipe"],
      encoding: "utf8",
    });
    closeSync(full);
    expect(stderr).toMatch(/^[^\n]*ENOSPC[^\n]*\n$/);
    expect(status).toBe(3);
  });

  it("ends without an error where nobody reads on", () => {
    traceSpec("SIM-COMMAND-UNREAD");
    const script = '"$0" "$@" | head -n 1; exit $PIPESTATUS';
    const args = ["-c", script, process.execPath, SIM, "--seeds", "1", "--steps", "800", "--judges", "none"];
    const { status, stdout, stderr } = spawnSync("bash", args, { encoding: "utf8" });
    expect(stdout).toMatch(/^seeds 1\.\.1, [^\n]*\n$/);
    expect(stderr).not.toContain("EPIPE");
    expect(status).toBe(0);
  });

  it("prints the same with one thread and with two", () => {
    traceSpec("SIM-COMMAND-THREADS");
    const [one, two] = ["1", "2"].map(
      (threads) => sim("--seeds", "12", "--steps", "200", "--judges", "cheap", "--threads", threads).stdout,
    );
    expect(one).toContain("12 runs, ");
    expect(two).toBe(one);
  });

  it("writes the whole trace of a seed, as its schema has it", () => {
    traceSpec("SIM-COMMAND-REPLAY");
    const { stdout } = sim("--replay", "5", "--steps", "500");
    const lines = readFileSync(join(folder, ".evidence/traces/seed-5.ndjson"), "utf8").trimEnd().split("\n");
    const isLine = validator("trace-line.schema.json");
    const wrong = lines.map((line) => JSON.parse(line) as unknown).filter((line) => !isLine(line));
    expect(wrong).toEqual([]);
    expect(lines.length).toBeGreaterThan(100);
    const header = JSON.parse(lines[0] ?? "") as { seed: string; hash: string };
    expect(header.seed).toBe("5");
    expect(stdout).toContain(`hash ${header.hash}`);
  });

  it("writes a campaign that is one", () => {
    traceSpec("SIM-CAMPAIGN");
    const path = join(folder, "campaign.json");
    sim("--seeds", "2", "--steps", "500", "--judges", "cheap", "--campaign", path);
    const isCampaign = validator("campaign.schema.json");
    expect(isCampaign(JSON.parse(readFileSync(path, "utf8")))).toBe(true);
  });
});
