import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Whether a stock z3 is on the PATH. In CI it has to be: nothing is skipped there. */
export const hasZ3: boolean = has("z3");

/** The browser that report tests drive; null where there is none, which is never so in CI. */
export const browserPath: string | null = has("chromium") ? pathOf("chromium") : null;

function pathOf(program: string): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

function has(program: string): boolean {
  const works = spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
  if (!works && process.env.CI) throw new Error(`Missing ${program}, which the tests need in CI`);
  return works;
}
