import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { transformSync } from "@swc/wasm-typescript";
import type { Mutant } from "../../reference-impl/simulation/mutants/mutant.js";
import type { Kernel } from "../../reference-impl/simulation/scripts/scripts.js";

/** Makes changed copies of the kernel. */

const KERNEL = fileURLToPath(new URL("../../reference-impl/kernel/", import.meta.url));
/** Beside the packages that the kernel imports. */
const VARIANTS = fileURLToPath(new URL("../../.evidence/kernel-mutants/", import.meta.url));

const sources = new Map(
  readdirSync(KERNEL)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => [`kernel/${name}`, readFileSync(`${KERNEL}${name}`, "utf8")]),
);

const compiled = new Map([...sources].map(([file, source]) => [file, stripped(source)]));

function stripped(source: string): string {
  return transformSync(source, { mode: "strip-only", module: true }).code;
}

/** How often the mutant's text occurs in its file. */
export function occurrences({ file, from }: Mutant): number {
  return (sources.get(file) ?? "").split(from).length - 1;
}

/** The kernel with the mutant's change in it; as it is, without one. Throws if the changed file is no TypeScript. */
export async function kernelWith(mutant: Mutant | null): Promise<Kernel> {
  const folder = `${VARIANTS}${mutant?.name ?? "none"}/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, code] of compiled) {
    const source = sources.get(file) ?? "";
    const written = mutant?.file === file ? stripped(source.replace(mutant.from, () => mutant.to)) : code;
    writeFileSync(`${folder}${file.slice("kernel/".length).replace(/\.ts$/, ".js")}`, written);
  }
  const load = (name: string) => import(/* @vite-ignore */ pathToFileURL(`${folder}${name}.js`).href);
  const [turns, steps] = await Promise.all([load("turn"), load("step")]);
  return { turn: turns.turn, armed: turns.armed, fire: steps.fire };
}
