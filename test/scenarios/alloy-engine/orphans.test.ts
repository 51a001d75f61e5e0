import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { ALLOY_ENV, alloyJar } from "../../builders/alloy-engine.js";
import { scratch } from "../../builders/scratch.js";

const DIST = fileURLToPath(new URL("../../../dist/", import.meta.url));

/** A tool that has one process of Alloy at work on what never ends, and says so. */
const TOOL = `
import { NO_CACHE } from ${JSON.stringify(`${DIST}host/cache.js`)};
import { openAlloy } from ${JSON.stringify(`${DIST}host/alloy/open.js`)};
import { ALLOY_OPTIONS } from ${JSON.stringify(`${DIST}model/alloy.js`)};
const engine = openAlloy({ jar: JSON.parse(process.argv[2]), cache: NO_CACHE, memoryMb: 256, workers: 1 });
const module = (text) => ({ root: "a.als", files: { "a.als": text } });
const ask = (text) => engine.ask(module(text), { ask: "command", command: 0 }, ALLOY_OPTIONS);
await ask("run {}");
void ask(\`sig H {} sig P { i: one H, w: H -> lone P } fact { all disj p, q: P | p.i != q.i }
  run { some w } for exactly 40 P, exactly 39 H\`);
setTimeout(() => console.log("solving"), 300);
const how = process.argv[3];
if (how === "throws") setTimeout(() => { throw new Error("defect"); }, 600);
if (how === "exits") setTimeout(() => process.exit(5), 600);
`;

describe.skipIf(alloyJar === null)("no process of Alloy stays behind", () => {
  it.each(["is killed", "throws", "exits"])("when the tool %s", async (how) => {
    traceSpec("ALLOYENG-CLOSE-ORPHAN");
    const root = scratch({ "tool.mjs": TOOL });
    const args = [join(root, "tool.mjs"), JSON.stringify(alloyJar), how];
    const tool = spawn(process.execPath, args, { env: ALLOY_ENV, stdio: ["ignore", "pipe", "ignore"] });
    const ended = new Promise((resolve) => tool.on("exit", resolve));
    await new Promise((resolve) => tool.stdout.once("data", resolve));
    const children = childrenOf(tool.pid ?? 0);
    expect(children).toHaveLength(1);
    if (how === "is killed") tool.kill("SIGKILL");
    await ended;
    while (children.some(lives)) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(children.filter(lives)).toEqual([]);
  });
});

function childrenOf(parent: number): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  return rows.flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []));
}

function lives(pid: number): boolean {
  try {
    const state = execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return state !== "" && !state.startsWith("Z");
  } catch {
    return false;
  }
}
