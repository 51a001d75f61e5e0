import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes a file so that a reader sees the old or the new one and never a part; makes its folder. */
export function writeAtomically(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Path of the folder `.evidence` of a judged folder, made with a `.gitignore` that keeps everything in it out of git.
 * Throws where a link stands in for it: what is written there would land elsewhere.
 */
export function evidenceFolder(root: string): string {
  const folder = join(root, ".evidence");
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Error(`Unexpected link ${folder}, expected a folder to write to`);
  }
  const ignore = join(folder, ".gitignore");
  if (lstatSync(ignore, { throwIfNoEntry: false }) === undefined) writeAtomically(ignore, "*\n");
  return folder;
}
