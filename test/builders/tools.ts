import { spawnSync } from "node:child_process";

/** Whether a stock z3 is on the PATH. In CI it has to be: nothing is skipped there. */
export const hasZ3: boolean = has("z3");

function has(program: string): boolean {
  const works = spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
  if (!works && process.env.CI) throw new Error(`Missing ${program}, which the tests need in CI`);
  return works;
}
