import { readdirSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../model/digest.js";
import { compareText } from "../model/span.js";
import { readBytes } from "./bytes.js";
import { evidenceFolder, writeFileAtomic } from "./write.js";

/** Results of earlier runs by the content they were made from. Never a source of truth: an entry can vanish any time. */
export interface Cache {
  /** The value kept for this kind of work on these contents; undefined when there is none that is intact. */
  get<T>(kind: string, digests: readonly string[]): T | undefined;
  /** Keeps a JSON value; silently does nothing where it cannot be written. */
  set(kind: string, digests: readonly string[], value: unknown): void;
}

/** Size that `pruneCache` brings a cache down to. */
const CACHE_MAX_BYTES = 256 * 1024 * 1024;

const ENTRY_MAX_BYTES = 64 * 1024 * 1024;

/** A cache that keeps nothing: for `--no-cache` and read-only folders. */
export const NO_CACHE: Cache = { get: () => undefined, set: () => undefined };

/**
 * The cache below `.evidence/cache` of a judged folder. `version` names the tool and everything else that a result
 * depends on besides the contents; an entry made under another one is not found.
 *
 * Several processes and threads can use one cache: entries appear whole, under the digest of what they answer. Each
 * carries the digest of its own text, so one that is damaged is as good as absent.
 */
export function openCache(root: string, version: string): Cache {
  const folder = cacheFolder(root);
  let writable = true;
  return {
    get: (kind, digests) => {
      const key = keyOf(version, kind, digests);
      const read = readBytes(entryPath(folder, key), { maxBytes: ENTRY_MAX_BYTES, followLink: false });
      return "bytes" in read ? intact(read.bytes.toString("utf8"), key) : undefined;
    },
    set: (kind, digests, value) => {
      if (!writable) return;
      const key = keyOf(version, kind, digests);
      const text = JSON.stringify(value);
      try {
        evidenceFolder(root);
        writeFileAtomic(entryPath(folder, key), `${seal(key, text)}\n${text}`, { within: root, durable: false });
      } catch {
        writable = false;
      }
    },
  };
}

/** Removes the oldest entries until at most `maxBytes` remain. Entries that others remove meanwhile are no matter. */
export function pruneCache(root: string, maxBytes: number = CACHE_MAX_BYTES): void {
  const entries = listEntries(cacheFolder(root));
  let total = entries.reduce((sum, each) => sum + each.bytes, 0);
  if (total <= maxBytes) return;
  entries.sort((a, b) => a.modified - b.modified || compareText(a.path, b.path));
  for (const entry of entries) {
    if (total <= maxBytes) return;
    quietly(() => unlinkSync(entry.path));
    total -= entry.bytes;
  }
}

function cacheFolder(root: string): string {
  return join(root, ".evidence", "cache");
}

function keyOf(version: string, kind: string, digests: readonly string[]): string {
  return sha256(JSON.stringify([version, kind, ...digests]));
}

function entryPath(folder: string, key: string): string {
  return join(folder, key.slice(0, 2), `${key.slice(2)}.json`);
}

/** The key takes part, so that an entry copied to another name is damaged too. */
function seal(key: string, text: string): string {
  return sha256(`${key}\n${text}`);
}

function intact<T>(entry: string, key: string): T | undefined {
  const end = entry.indexOf("\n");
  const text = entry.slice(end + 1);
  if (end < 0 || entry.slice(0, end) !== seal(key, text)) return undefined;
  const value: T = JSON.parse(text);
  return value;
}

function listEntries(folder: string): { path: string; bytes: number; modified: number }[] {
  const entries: { path: string; bytes: number; modified: number }[] = [];
  for (const shelf of namesIn(folder)) {
    for (const name of namesIn(join(folder, shelf))) {
      const path = join(folder, shelf, name);
      quietly(() => {
        const stat = statSync(path);
        entries.push({ path, bytes: stat.size, modified: stat.mtimeMs });
      });
    }
  }
  return entries;
}

function namesIn(folder: string): string[] {
  return quietly(() => readdirSync(folder)) ?? [];
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
