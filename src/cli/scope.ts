import { isAbsolute, relative, resolve } from "node:path";
import { UsageError } from "./errors.js";

/** The specifications below the given paths, null for all; every path has to hold one. */
export function chooseSpecs(root: string, files: readonly string[], paths: readonly string[]): Set<string> | null {
  return chooseBelow(root, files, paths, "a specification", "a spec.md or a folder that holds one");
}

/** The files at or below the given paths, null for all. Throws UsageError for a path that holds none. */
export function chooseBelow(
  root: string,
  files: readonly string[],
  paths: readonly string[],
  what: string,
  expected = `${what} or a folder that holds one`,
): Set<string> | null {
  if (paths.length === 0) return null;
  const chosen = new Set<string>();
  for (const typed of paths) {
    const below = relative(root, resolve(root, typed)).replaceAll("\\", "/");
    if (below.startsWith("..") || isAbsolute(below)) {
      throw new UsageError(
        `Unexpected path ${typed} outside ${root}, expected one inside; judge another folder with -C`,
      );
    }
    const held = files.filter((file) => below === "" || file === below || file.startsWith(`${below}/`));
    if (held.length === 0) throw new UsageError(`Unexpected path ${typed} without ${what}, expected ${expected}`);
    for (const file of held) chosen.add(file);
  }
  return chosen;
}
