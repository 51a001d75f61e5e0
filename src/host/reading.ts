import type { Finding } from "../model/finding.js";
import type { Catalog, Reference, TestDeclaration } from "../model/reference.js";
import type { SpecDocument } from "../model/requirement.js";
import { referenceNeedles } from "../tags/prefilter.js";
import { NO_CACHE, openCache, pruneCache } from "./cache.js";
import { tracksEvidence } from "./git.js";
import { toolIdentity } from "./identity.js";
import type { SpecFile } from "./parse-specs.js";
import parseSpecs, { recallSpec } from "./parse-specs.js";
import { createPool } from "./pool.js";
import type { Root } from "./root.js";
import type { SourceFile } from "./scan-sources.js";
import scanSources from "./scan-sources.js";

export interface ReadingOptions {
  /** Whether results of earlier runs may be used and kept. They never are in a folder that cannot be written to. */
  cache: boolean;
  signal?: AbortSignal | undefined;
  /** See PoolOptions. */
  threads?: number;
}

export interface ScannedSources {
  references: Reference[];
  /** The tests that references stand on or in. */
  tests: TestDeclaration[];
  /** SHA-256 (hex) of every file that could be read, by path. */
  digests: Map<string, string>;
  findings: Finding[];
}

/** Reads and analyses files of one root, in threads and from the cache where that helps. */
export interface Reading {
  /** Documents of the specifications that could be read, in the order of the files. */
  parseSpecs(files: readonly string[]): Promise<{ documents: SpecDocument[]; findings: Finding[] }>;
  /**
   * References in the source files, in the order of the files. `catalog` only decides which files are worth reading
   * closely; `tests` are the configured patterns of test files.
   */
  scanSources(files: readonly string[], catalog: Catalog, tests: readonly string[]): Promise<ScannedSources>;
  /** Ends the threads and keeps the cache in bounds. */
  close(): Promise<void>;
}

/** Bytes of specifications from which threads save time: a second of parsing is about one megabyte. */
const SPEC_BYTES_FOR_THREADS = 400_000;

/** Source files from which threads save time: one thread reads about forty in a millisecond. */
const SOURCES_FOR_THREADS = 5000;

export async function openReading(root: Root, options: ReadingOptions): Promise<Reading> {
  // A cache that came with the tree was made by whoever made the tree, and says what they want it to say.
  const cached = options.cache && root.writable && !(await tracksEvidence(root.path));
  const identity = cached ? toolIdentity() : null;
  const cache = identity === null ? NO_CACHE : openCache(root.path, identity);
  const pool = createPool({
    root: root.path,
    signal: options.signal,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  return {
    parseSpecs: async (files) => {
      const known = new Map<string, SpecFile>();
      let bytes = 0;
      for (const path of files) {
        const recalled = recallSpec(root.path, path, cache);
        if ("bytes" in recalled) bytes += recalled.bytes;
        else known.set(path, recalled);
      }
      const unknown = files.filter((path) => !known.has(path));
      const module = new URL("./parse-specs.js", import.meta.url);
      const large = bytes >= SPEC_BYTES_FOR_THREADS;
      const work = { module, job: parseSpecs, settings: { cache: identity }, large };
      for (const parsed of await pool.run(work, unknown)) known.set(parsed.path, parsed);
      const specs = files.flatMap((path) => known.get(path) ?? []);
      return {
        documents: specs.flatMap(({ document }) => document ?? []),
        findings: specs.flatMap(({ findings }) => findings),
      };
    },
    scanSources: async (files, catalog, tests) => {
      const work = {
        module: new URL("./scan-sources.js", import.meta.url),
        job: scanSources,
        settings: { needles: referenceNeedles(catalog), tests, cache: identity },
        large: files.length >= SOURCES_FOR_THREADS,
      };
      return gather(await pool.run(work, files));
    },
    close: async () => {
      await pool.close();
      if (cached) pruneCache(root.path);
    },
  };
}

function gather(sources: readonly SourceFile[]): ScannedSources {
  const scanned: ScannedSources = { references: [], tests: [], digests: new Map(), findings: [] };
  for (const { path, digest, scan, findings } of sources) {
    if (digest !== null) scanned.digests.set(path, digest);
    append(scanned.findings, findings);
    if (scan === null) continue;
    append(scanned.references, scan.references);
    append(scanned.tests, scan.tests);
    append(scanned.findings, scan.findings);
  }
  return scanned;
}

/** `push(...items)` passes items on the stack, which a file with many references would overflow. */
function append<T>(list: T[], items: readonly T[]): void {
  for (const item of items) list.push(item);
}
