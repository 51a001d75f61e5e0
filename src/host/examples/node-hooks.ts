import { readFileSync } from "node:fs";
import type { LoadHook, ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";
import { stripTypes } from "./strip-types.js";

/** Programs of examples by URL. */
const programs = new Map<string, string>();

/** Module hooks, in their own thread: examples come from memory, and TypeScript modules of the project lose their types. */
export function initialize(data: readonly { url: string; program: string }[]): void {
  for (const { url, program } of data) programs.set(url, program);
}

/** What a TypeScript module may call another one: `./a.js` for `./a.ts`, or `./a`. */
function alternatives(specifier: string): string[] {
  if (!/^(?:\.{1,2}\/|\/|file:)/u.test(specifier)) return [];
  const compiled = /\.([cm]?)js$/u.exec(specifier);
  if (compiled !== null) return [`${specifier.slice(0, -compiled[0].length)}.${compiled[1]}ts`];
  return [`${specifier}.ts`, `${specifier}/index.ts`, `${specifier}.js`];
}

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  if (programs.has(specifier)) return { url: specifier, shortCircuit: true };
  try {
    return await nextResolve(specifier, context);
  } catch (caught) {
    for (const other of alternatives(specifier)) {
      try {
        return await nextResolve(other, context);
      } catch {
        // The first failure says what was asked for.
      }
    }
    throw caught;
  }
};

export const load: LoadHook = async (url, context, nextLoad) => {
  const program = programs.get(url);
  if (program !== undefined) return { format: "module", source: program, shortCircuit: true };
  const kind = /^file:[^?#]*\.([cm]?)ts(?:[?#]|$)/u.exec(url);
  if (kind === null) return nextLoad(url, context);
  const stripped = stripTypes(readFileSync(fileURLToPath(url), "utf8"), "transform");
  if ("message" in stripped) throw new SyntaxError(`${stripped.message} (line ${stripped.line} of ${url})`);
  return { format: kind[1] === "c" ? "commonjs" : "module", source: stripped.code, shortCircuit: true };
};
