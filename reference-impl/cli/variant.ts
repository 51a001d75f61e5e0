import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "@swc/wasm-typescript";
import type { Mutant } from "../simulation/mutants/mutant.js";

/** What a mutant may change. The judges stay as they are: a changed judge would agree with a changed machine. */
const MUTABLE = ["kernel", "algorithm", "platform"];

/**
 * Writes the compiled machine with the mutant's change in it.
 *
 * @param sources Folder of the TypeScript sources, which mutants name.
 * @param compiled Folder of what the compiler made of them.
 * @param folder Where the variant goes; what stood there is removed.
 * @returns Path of the variant's `algorithm/server.js`.
 * @throws If the mutant's text does not occur exactly once in its file.
 */
export function writeVariant(mutant: Mutant, sources: string, compiled: string, folder: string): string {
  const changed = mutate(readFileSync(join(sources, mutant.file), "utf8"), mutant);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of MUTABLE) cpSync(join(compiled, part), join(folder, part), { recursive: true });
  const { code } = transformSync(changed, { mode: "strip-only", module: true });
  writeFileSync(join(folder, mutant.file.replace(/\.ts$/, ".js")), code);
  return join(folder, "algorithm", "server.js");
}

/** The source with the mutant's change in it. */
export function mutate(source: string, { name, file, from, to }: Mutant): string {
  const at = source.indexOf(from);
  if (at < 0 || source.indexOf(from, at + 1) >= 0) {
    throw new Error(`Unexpected number of places in ${file} for the mutant ${name}, expected exactly one`);
  }
  return source.slice(0, at) + to + source.slice(at + from.length);
}
