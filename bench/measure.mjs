import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { env, hrtime } from "node:process";

const GNU_TIME = "/usr/bin/time";

/** What CPU time and memory are told by; part of what is printed, since the two do not count alike. */
export const METER = existsSync(GNU_TIME)
  ? `GNU time (children included)`
  : "process.resourceUsage of the process itself, without its children (GNU time is not installed)";

/**
 * Runs a node script as a process of its own and waits for its end.
 *
 * @param {string[]} args of node
 * @param {{ cwd: string, scratch: string }} where `scratch` is a folder to write in
 * @returns {Promise<{ exitCode: number, stdout: string, stderr: string, seconds: number, cpuSeconds: number, rssMiB: number }>}
 *   wall-clock and CPU time, and the largest resident set. Throws when the process could not be measured.
 */
export async function measure(args, { cwd, scratch }) {
  const report = join(scratch, "usage");
  rmSync(report, { force: true });
  const timed = existsSync(GNU_TIME);
  const [program, argv, extra] = timed
    ? [GNU_TIME, ["-q", "-f", "%U %S %M", "-o", report, process.execPath, ...args], {}]
    : [
        process.execPath,
        ["--import", new URL("meter.mjs", import.meta.url).href, ...args],
        { EVIDENCE_BENCH_METER: report },
      ];
  const start = hrtime.bigint();
  const ended = await run(program, argv, { cwd, env: { ...env, ...extra, NO_COLOR: "1" } });
  const seconds = Number(hrtime.bigint() - start) / 1e9;
  if (!existsSync(report)) throw new Error(`Unexpected end of node ${args.join(" ")}: ${ended.stderr.slice(0, 2000)}`);
  const [user, system, kibibytes] = readFileSync(report, "utf8").trim().split(/\s+/).map(Number);
  return { ...ended, seconds, cpuSeconds: user + system, rssMiB: kibibytes / 1024 };
}

function run(program, argv, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, argv, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"]) {
      child[name].setEncoding("utf8").on("data", (text) => {
        output[name] += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (signal !== null) reject(new Error(`${program} was ended by ${signal}`));
      else resolve({ exitCode: code, ...output });
    });
  });
}

/** Median, least and greatest of some numbers; the median of an even count is the mean of the middle two. */
export function spread(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2;
  return { median, min: sorted[0], max: sorted[sorted.length - 1] };
}
