import { spawnSync } from "node:child_process";

/** Programs that examples are run with. In CI they have to be there: nothing is skipped then. */
function has(program: string): boolean {
  const works = spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
  if (!works && process.env.CI) throw new Error(`Missing ${program}, which the tests need in CI`);
  return works;
}

export const hasJdk = (): boolean => has("javac") && has("jshell");

export const hasPython = (): boolean => has("python3");
