import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Serve } from "../algorithm/serving.js";
import { MUTANTS } from "../simulation/mutants/catalogue.js";
import type { Mutant } from "../simulation/mutants/mutant.js";
import type { Kernel } from "../simulation/scripts/scripts.js";
import { writeVariant } from "./variant.js";

/** Where the compiler put the sources. */
export const COMPILED = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = join(COMPILED, "..");
/** Beside the packages that the variants import. */
const VARIANTS = join(SOURCES, "..", ".evidence", "mutants");

/** Path of the algorithm as it is. */
export const SOUND = join(COMPILED, "algorithm", "server.js");

/** The algorithm that a path leads to: the sound one, or a variant. */
export async function loadServe(path: string): Promise<Serve> {
  const { serve } = (await import(pathToFileURL(path).href)) as { serve: Serve };
  return serve;
}

/** The kernel that stands beside an algorithm. */
export async function loadKernel(path: string): Promise<Kernel> {
  const part = (name: string) => import(pathToFileURL(join(dirname(path), "..", "kernel", name)).href);
  const [{ turn, armed }, { fire }] = (await Promise.all([part("turn.js"), part("step.js")])) as [Kernel, Kernel];
  return { turn, armed, fire };
}

/** Writes the mutant's variant, which goes when the process ends; gives the path of its algorithm. */
export function plant(mutant: Mutant): string {
  const folder = join(VARIANTS, `${mutant.name}-${process.pid}`);
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return writeVariant(mutant, SOURCES, COMPILED, folder);
}

/** The mutant of that name; null if there is none. */
export function mutantNamed(name: string): Mutant | null {
  return MUTANTS.find((mutant) => mutant.name === name) ?? null;
}
