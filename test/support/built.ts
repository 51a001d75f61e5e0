import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/**
 * URL of a module as built, for what only runs from JavaScript: threads and child processes. Builds first when a source is
 * newer than that module, so that a test never speaks of code that is no more.
 */
export function built(module: string): URL {
  const output = join(REPOSITORY, "dist", module);
  const stat = statSync(output, { throwIfNoEntry: false });
  if (stat === undefined || stat.mtimeMs < newestSource()) {
    // The compiler writes what it can even when some other file does not type-check.
    spawnSync(join(REPOSITORY, "node_modules/.bin/tsc"), ["-p", "tsconfig.build.json"], { cwd: REPOSITORY });
  }
  return pathToFileURL(output);
}

function newestSource(): number {
  return readdirSync(join(REPOSITORY, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"))
    .reduce((newest, entry) => Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
}
