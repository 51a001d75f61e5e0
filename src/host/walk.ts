import type { Dirent } from "node:fs";
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../model/span.js";
import { errorCode } from "./bytes.js";

/** Something met on a walk; `path` is relative to the root, with forward slashes. */
export type Entry =
  | { kind: "file" | "folder" | "link" | "special"; path: string }
  | { kind: "closed"; path: string; code: string };

/**
 * Everything below `start` (relative to `root`; empty for the root itself), in code-unit order of each folder's names.
 * Links are met but never followed, and neither is one on the way to `start`: it is met as a link, and the walk ends.
 * A folder is met before what it holds and walked only when `enter` says so; one that cannot be listed is met again as
 * `closed`. A `start` that does not exist gives nothing; one that is a file gives that file.
 */
export function* walk(root: string, start: string, enter: (path: string) => boolean): Generator<Entry> {
  const first = approach(root, start);
  if (first === null) return;
  if (first.kind !== "folder") {
    yield first;
    return;
  }
  const pending = [start];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    let entries: Dirent[];
    try {
      entries = readdirSync(join(root, folder), { withFileTypes: true });
    } catch (caught) {
      yield { kind: "closed", path: folder === "" ? "." : folder, code: errorCode(caught) };
      continue;
    }
    entries.sort((a, b) => compareText(a.name, b.name));
    const inner: string[] = [];
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const kind = kindOf(entry);
      yield { kind, path };
      if (kind === "folder" && enter(path)) inner.push(path);
    }
    pending.push(...inner.reverse());
  }
}

/** The start itself, or the link on the way to it; null when there is no such thing. */
function approach(root: string, start: string): Entry | null {
  const steps = start === "" ? [] : start.split("/");
  let path = "";
  for (const step of steps) {
    path = path === "" ? step : `${path}/${step}`;
    try {
      const stat = lstatSync(join(root, path));
      if (!stat.isDirectory()) return { kind: kindOf(stat), path };
    } catch (caught) {
      const code = errorCode(caught);
      return code === "ENOENT" || code === "ENOTDIR" ? null : { kind: "closed", path, code };
    }
  }
  return { kind: "folder", path: start };
}

function kindOf(
  entry: Pick<Dirent, "isFile" | "isDirectory" | "isSymbolicLink">,
): "file" | "folder" | "link" | "special" {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "folder";
  return entry.isSymbolicLink() ? "link" : "special";
}
