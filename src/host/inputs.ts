import { lstatSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../model/digest.js";
import { compareText } from "../model/span.js";
import { digestFile } from "./bytes.js";
import { isForeign } from "./discover.js";
import { listGitFiles } from "./git.js";
import { globs } from "./globs.js";
import { walk } from "./walk.js";

/** Digests of files, each read once as long as it does not change. */
export interface FileDigests {
  /** SHA-256 (hex); null when there is no such regular file or it cannot be read. */
  of(path: string): string | null;
}

/** Digests of files below a root. A file is read anew when its size, inode or a time stamp of it has changed. */
export function fileDigests(root: string): FileDigests {
  const known = new Map<string, { stamp: string; digest: string | null }>();
  return {
    of: (path) => {
      const absolute = join(root, path);
      const stamp = stampOf(absolute);
      const earlier = known.get(path);
      if (earlier !== undefined && earlier.stamp === stamp) return earlier.digest;
      const digest = stamp === "" ? null : digestFile(absolute);
      known.set(path, { stamp, digest });
      return digest;
    },
  };
}

/** What changes whenever a file's content does: size, inode and time stamps in nanoseconds; empty without a file. */
export function stampOf(absolute: string): string {
  try {
    const stat = lstatSync(absolute, { bigint: true });
    return stat.isFile() ? `${stat.size} ${stat.ino} ${stat.mtimeNs} ${stat.ctimeNs}` : "";
  } catch {
    return "";
  }
}

/** Every file of the root that a person wrote: by git, else by a walk that leaves out folders of built and foreign things. */
export async function listInputs(root: string): Promise<string[]> {
  const listed = await listGitFiles(root);
  if ("files" in listed) return listed.files;
  const files: string[] = [];
  for (const entry of walk(root, "", (path) => !isForeign(path))) if (entry.kind === "file") files.push(entry.path);
  return files;
}

export interface InputsOf {
  command: readonly string[];
  /** Patterns of the files it depends on. */
  inputs: readonly string[];
  /** Files it depends on whatever the patterns say. */
  always: readonly string[];
  /** Patterns of files that are outputs, never inputs. */
  outputs: readonly string[];
}

/** One digest of a command and of the path and content of every file it depends on. */
export async function inputsDigest(files: readonly string[], digests: FileDigests, of: InputsOf): Promise<string> {
  const wanted = globs(of.inputs);
  const outputs = globs(of.outputs);
  const chosen = new Set([...of.always, ...files.filter((path) => wanted.matches(path) && !outputs.matches(path))]);
  const lines: string[] = [];
  for (const path of [...chosen].sort(compareText)) {
    lines.push(JSON.stringify([path, digests.of(path)]));
    if (lines.length % 512 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return sha256([JSON.stringify(of.command), ...lines].join("\n"));
}
