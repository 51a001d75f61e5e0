/** Preloaded into a measured process where GNU time is not installed: writes what it used to EVIDENCE_BENCH_METER at its end. */
import { writeFileSync } from "node:fs";
import { env } from "node:process";

const target = env.EVIDENCE_BENCH_METER;
delete env.EVIDENCE_BENCH_METER;

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  if (target !== undefined) writeFileSync(target, `${userCPUTime / 1e6} ${systemCPUTime / 1e6} ${maxRSS}\n`);
});
