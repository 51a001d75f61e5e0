import { createHash } from "node:crypto";
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
  /** The same for a text as it is, in UTF-8; one that is too large to be read again is not kept. */
  getText(kind: string, digests: readonly string[]): Uint8Array | undefined;
  setText(kind: string, digests: readonly string[], text: string): void;
}

/** Size that `pruneCache` brings a cache down to. */
const CACHE_MAX_BYTES = 256 * 1024 * 1024;

const ENTRY_MAX_BYTES = 64 * 1024 * 1024;

/** A cache that keeps nothing: for `--no-cache` and read-only folders. */
export const NO_CACHE: Cache = {
  get: () => undefined,
  set: () => undefined,
  getText: () => undefined,
  setText: () => undefined,
};

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
  const read = (kind: string, digests: readonly string[]): Buffer | undefined => {
    const key = keyOf(version, kind, digests);
    const found = readBytes(entryPath(folder, key), { maxBytes: ENTRY_MAX_BYTES, followLink: false });
    return "bytes" in found ? intact(found.bytes, key) : undefined;
  };
  const write = (kind: string, digests: readonly string[], text: string): void => {
    if (!writable) return;
    const key = keyOf(version, kind, digests);
    const bytes = Buffer.from(text, "utf8");
    if (bytes.length > ENTRY_MAX_BYTES - SEAL_BYTES) return;
    try {
      evidenceFolder(root);
      const content = [`${seal(key, bytes)}\n`, bytes];
      writeFileAtomic(entryPath(folder, key), content, { within: root, durable: false });
    } catch {
      writable = false;
    }
  };
  return {
    get: <T>(kind: string, digests: readonly string[]) => {
      const bytes = read(kind, digests);
      if (bytes === undefined) return undefined;
      const value: T = JSON.parse(bytes.toString("utf8"));
      return value;
    },
    set: (kind, digests, value) => {
      if (writable) write(kind, digests, JSON.stringify(value));
    },
    getText: read,
    setText: write,
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

/** A digest in hex and the end of its line. */
const SEAL_BYTES = 65;

/** The key takes part, so that an entry copied to another name is damaged too. */
function seal(key: string, text: Uint8Array): string {
  return createHash("sha256").update(`${key}\n`).update(text).digest("hex");
}

function intact(entry: Buffer, key: string): Buffer | undefined {
  if (entry[SEAL_BYTES - 1] !== 0x0a) return undefined;
  const text = entry.subarray(SEAL_BYTES);
  return entry.toString("latin1", 0, SEAL_BYTES - 1) === seal(key, text) ? text : undefined;
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
