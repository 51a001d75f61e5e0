import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AlloyJar } from "../../src/host/alloy/jar.js";
import { findAlloyJar } from "../../src/host/alloy/jar.js";
import type { OpenOptions } from "../../src/host/alloy/open.js";
import { openAlloy } from "../../src/host/alloy/open.js";
import { NO_CACHE } from "../../src/host/cache.js";
import type { AlloyEngine, AlloyModule } from "../../src/model/alloy.js";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** The jar that tests run, which `npm run build` obtains. In CI it has to be there: nothing is skipped there. */
export const alloyJar: AlloyJar | null = locate();

/** The environment of tests: what is compiled and archived for them stays with this clone. */
export const ALLOY_ENV: NodeJS.ProcessEnv = {
  ...process.env,
  XDG_CACHE_HOME: join(REPOSITORY, "node_modules", ".cache"),
};

export function testAlloy(options: Partial<OpenOptions> = {}): AlloyEngine {
  if (alloyJar === null) throw new Error("no jar of Alloy");
  return openAlloy({ jar: alloyJar, cache: NO_CACHE, memoryMb: 512, workers: 1, env: ALLOY_ENV, ...options });
}

/** A module of one text, or of several with the root first. */
export function alloyModule(text: string, others: Record<string, string> = {}): AlloyModule {
  return { root: "models/main.als", files: { "models/main.als": text, ...others } };
}

function locate(): AlloyJar | null {
  const found = findAlloyJar({ root: REPOSITORY });
  const java = spawnSync("java", ["-version"], { stdio: "ignore" }).status === 0;
  if ("jar" in found && java) return found.jar;
  if (process.env.CI) throw new Error("Missing Java or the jar of Alloy, which the tests need in CI");
  return null;
}
