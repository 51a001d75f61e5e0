import { spawnSync } from "node:child_process";

/** Whether there is a JDK, which Java examples are run with. In CI there has to be: nothing is skipped there. */
export const hasJdk: boolean = ["javac", "jshell"].every((program) => {
  const works = spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
  if (!works && process.env.CI) throw new Error(`Missing ${program}, which the tests need in CI`);
  return works;
});
