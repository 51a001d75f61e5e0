import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestsFile } from "../../../src/model/tests-file.js";
import { testsFileSchema } from "../../../src/model/tests-file.js";
import { built } from "../../support/built.js";
import type { Run } from "../harness.js";
import { execute, Project } from "../harness.js";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

export type Entry = TestsFile["tests"][number];

/** A copy of the scenario's project in which vitest runs with the plugin as built. */
export class TracedProject extends Project {
  static async make(): Promise<TracedProject> {
    built("vitest/index.js");
    const project = new TracedProject("vitest-plugin");
    await project.install();
    symlinkSync(join(REPOSITORY, "node_modules/fast-check"), join(project.root, "node_modules/fast-check"));
    return project;
  }

  /** `vitest run` with these arguments. */
  vitest(...args: string[]): Promise<Run> {
    return execute(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "--no-color", ...args], this.root);
  }

  /** The results, as their schema reads them. */
  results(file = "vitest.json"): TestsFile {
    return testsFileSchema.parse(JSON.parse(this.read(`.evidence/results/${file}`)));
  }
}

/** The one entry of a title. */
export function entry(results: TestsFile, name: string): Entry {
  const [found, ...others] = results.tests.filter((test) => test.name === name);
  if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} entries named ${name}`);
  return found;
}

/** Value of each test by title. */
export function byName<T>(tests: readonly Entry[], value: (test: Entry) => T): Record<string, T> {
  return Object.fromEntries(tests.map((test) => [test.name, value(test)]));
}
