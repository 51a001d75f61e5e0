import type { Stats } from "node:fs";
import { sha256 } from "../model/digest.js";
import type { SourceScan } from "../tags/scan.js";
import type { Cache } from "./cache.js";

/** What the file system says about a source file. */
export interface SourceStat {
  /** Size, inode and time stamps: another one when the file was written since, unless that was just now. */
  stamp: string;
  /** Milliseconds of its latest time stamp, by the clock of the file system. */
  changed: number;
}

export function sourceStat({ size, ino, mtimeMs, ctimeMs }: Stats): SourceStat {
  return { stamp: `${size} ${ino} ${mtimeMs} ${ctimeMs}`, changed: Math.max(mtimeMs, ctimeMs) };
}

/** What was found out about a source file. */
export interface KnownSource {
  /** Empty when the file may have been written since without another stamp to show for it. */
  stamp: string;
  digest: string;
  scan: SourceScan | null;
  /** SHA-256 (hex) of the scan; empty without one. */
  outline: string;
}

type Row = [path: string, stamp: string, digest: string, scan: SourceScan | null, outline: string];

/** The files of an earlier run, in one entry of the cache: fifty thousand entries would take seconds to open. */
export interface SourceIndex {
  readonly files: ReadonlyMap<string, KnownSource>;
  /** Digests of those of the files in which references were looked for, by path. */
  scanned(paths: readonly string[]): Record<string, string>;
  /** Keeps what is known now; `changed` of the files are not as the index has them. */
  save(files: ReadonlyMap<string, KnownSource>, changed: number): void;
}

const KIND = "sources";

/** Writing the index costs as much as reading some hundred files, so a few changed ones are read again instead. */
const STALE_SHARE = 0.005;

/** The index of results that depend on `settings` besides the content of the files. */
export function openSourceIndex(cache: Cache, settings: readonly (readonly string[])[]): SourceIndex {
  const key = [sha256(JSON.stringify(settings))];
  const rows = cache.get<Row[]>(KIND, key) ?? [];
  const files = new Map(rows.map(([path, stamp, digest, scan, outline]) => [path, { stamp, digest, scan, outline }]));
  return {
    files,
    scanned: (paths) => {
      const digests: [string, string][] = [];
      for (const path of paths) {
        const { scan = null, digest = "" } = files.get(path) ?? {};
        if (scan !== null) digests.push([path, digest]);
      }
      return Object.fromEntries(digests);
    },
    save: (now, changed) => {
      if (changed <= files.size * STALE_SHARE && (changed === 0 || files.size > 0)) return;
      const kept = Array.from(
        now,
        ([path, { stamp, digest, scan, outline }]): Row => [path, stamp, digest, scan, outline],
      );
      cache.set(KIND, key, kept);
    },
  };
}

/**
 * Milliseconds for which a file has to have rested before its stamp tells its content: time stamps advance in steps, of
 * two seconds at most on file systems in use, so a file could be written twice with the same one.
 */
const SETTLED_MS = 3000;

/** The stamp to keep of a file that was read; `now` is a time of the file system's clock before it was looked at. */
export function settledStamp({ stamp, changed }: SourceStat, now: number): string {
  return changed < now - SETTLED_MS ? stamp : "";
}
