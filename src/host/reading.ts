import { statSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../model/digest.js";
import type { Finding } from "../model/finding.js";
import type { Catalog, Reference, TestDeclaration } from "../model/reference.js";
import type { SpecDocument } from "../model/requirement.js";
import { referenceNeedles } from "../tags/prefilter.js";
import type { SourceScan } from "../tags/scan.js";
import type { Cache } from "./cache.js";
import { NO_CACHE, openCache, pruneCache } from "./cache.js";
import { tracksEvidence } from "./git.js";
import { toolIdentity } from "./identity.js";
import type { Pool } from "./pool.js";
import { createPool } from "./pool.js";
import type { Root } from "./root.js";
import type { SourceAnswer, SourceFile } from "./scan-sources.js";
import scanSources from "./scan-sources.js";
import type { KnownSource, SourceIndex, SourceStat } from "./source-index.js";
import { openSourceIndex, settledStamp } from "./source-index.js";
import type { SpecFile, StatementCount } from "./spec-file.js";
import { recallSpec, SPEC_FILE } from "./spec-file.js";
import { evidenceFolder, writeFileAtomic } from "./write.js";

export interface ReadingOptions {
  /** Whether results of earlier runs may be used and kept. They never are in a folder that cannot be written to. */
  cache: boolean;
  signal?: AbortSignal | undefined;
  /** See PoolOptions. */
  threads?: number;
  /** Milliseconds of the clock that stamps files below a root; null when it cannot be asked. That of the file system itself by default. */
  clock?: (root: string) => number | null;
}

export interface ScannedSources {
  references: Reference[];
  /** The tests that references stand on or in. */
  tests: TestDeclaration[];
  /** SHA-256 (hex) of every file that could be read, by path. */
  digests: Map<string, string>;
  /** SHA-256 (hex) of the paths and of everything that was found in the files, whatever else they say. */
  outline: string;
  findings: Finding[];
}

export interface ParsedSpecs {
  documents: SpecDocument[];
  findings: Finding[];
  /** Statements of the main specifications, where asked for. */
  statements: StatementCount;
}

/** Reads and analyses files of one root, in threads and from the cache where that helps. */
export interface Reading {
  /** Where other work on this root may be kept; keeps nothing when the options say so. */
  cache: Cache;
  /** The same for work whose digests name everything that its results depend on: another build of the tool finds them too. */
  lasting: Cache;
  /** Documents of the specifications that could be read, in the order of the files; `sentences`: and read these too. */
  parseSpecs(files: readonly string[], sentences?: boolean): Promise<ParsedSpecs>;
  /**
   * References in the source files, in the order of the files. `catalog` only decides which files are worth reading
   * closely; `tests` are the configured patterns of test files. `stats`: what is known of the files already; those that
   * it says are unchanged since an earlier run are not opened.
   */
  scanSources(
    files: readonly string[],
    catalog: Catalog,
    tests: readonly string[],
    stats?: ReadonlyMap<string, SourceStat>,
  ): Promise<ScannedSources>;
  /** Ends the threads and keeps the cache in bounds. */
  close(): Promise<void>;
}

/**
 * Bytes of specifications from which threads save time. One thread reads six megabytes in a second once it is warm, and each
 * further one has to load and warm up for itself: for six megabytes, two threads on two processors took almost twice as long.
 */
const SPEC_BYTES_FOR_THREADS = 24_000_000;

/** Bytes of one specification from which it is not a person's: only a thread can be stopped when reading it takes too long. */
const SPEC_BYTES_FOR_THREAD = 1_000_000;

/** Source files from which threads save time: one thread reads about forty in a millisecond. */
const SOURCES_FOR_THREADS = 5000;

export async function openReading(root: Root, options: ReadingOptions): Promise<Reading> {
  // A cache that came with the tree was made by whoever made the tree, and says what they want it to say.
  const cached = options.cache && root.writable && !(await tracksEvidence(root.path));
  const identity = cached ? toolIdentity() : null;
  const cache = identity === null ? NO_CACHE : openCache(root.path, identity);
  const lasting = identity === null ? NO_CACHE : openCache(root.path, "lasting");
  const now = cached ? (options.clock ?? fileSystemTime)(root.path) : null;
  const pool = createPool({
    root: root.path,
    signal: options.signal,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  const means: Means = { root: root.path, cache, identity, now, pool };
  return {
    cache,
    lasting,
    parseSpecs: (files, sentences = false) => parseSpecs(means, files, sentences),
    scanSources: (files, catalog, tests, stats = new Map()) => scanAll(means, files, catalog, tests, stats),
    close: async () => {
      await pool.close();
      if (cached) pruneCache(root.path);
    },
  };
}

/** What a reading works with. */
interface Means {
  root: string;
  cache: Cache;
  /** Names the build of the tool; null without a cache. */
  identity: string | null;
  /** Milliseconds of the clock that stamps files, when the reading was opened; null without a cache. */
  now: number | null;
  pool: Pool;
}

async function parseSpecs(
  { root, cache, identity, pool }: Means,
  files: readonly string[],
  sentences: boolean,
): Promise<ParsedSpecs> {
  const known = new Map<string, SpecFile>();
  let bytes = 0;
  let most = 0;
  for (const path of files) {
    const recalled = recallSpec(root, path, cache, sentences);
    if ("bytes" in recalled) {
      bytes += recalled.bytes;
      most = Math.max(most, recalled.bytes);
    } else known.set(path, recalled);
  }
  const unknown = files.filter((path) => !known.has(path));
  const work = {
    module: new URL("./parse-specs.js", import.meta.url),
    load: async () => (await import("./parse-specs.js")).default,
    form: SPEC_FILE,
    settings: { cache: identity, sentences },
    large: bytes >= SPEC_BYTES_FOR_THREADS || most >= SPEC_BYTES_FOR_THREAD,
  };
  for (const parsed of await pool.run(work, unknown)) known.set(parsed.path, parsed);
  const specs = files.flatMap((path) => known.get(path) ?? []);
  return {
    documents: specs.flatMap(({ document }) => document ?? []),
    findings: specs.flatMap(({ findings }) => findings),
    statements: specs.reduce(addCounts, { statements: 0, read: 0 }),
  };
}

async function scanAll(
  { cache, now, pool }: Means,
  files: readonly string[],
  catalog: Catalog,
  tests: readonly string[],
  stats: ReadonlyMap<string, SourceStat>,
): Promise<ScannedSources> {
  const needles = referenceNeedles(catalog);
  const index = openSourceIndex(cache, [needles, tests]);
  const known = new Map<string, KnownSource>();
  for (const path of files) {
    const earlier = index.files.get(path);
    if (earlier !== undefined && earlier.stamp !== "" && earlier.stamp === stats.get(path)?.stamp) {
      known.set(path, earlier);
    }
  }
  const unknown = files.filter((path) => !known.has(path));
  const work = {
    module: new URL("./scan-sources.js", import.meta.url),
    load: async () => scanSources,
    form: scanSources,
    settings: { needles, tests, known: index.scanned(unknown) },
    large: unknown.length >= SOURCES_FOR_THREADS,
  };
  const answers = await pool.run(work, unknown);
  const read = new Map(unknown.map((path, at) => [path, sourceOf(path, answers[at], index)]));
  const gathered = gather(files, known, read);
  if (now !== null) {
    for (const [path, { digest, scan, outline }] of read) {
      const stat = stats.get(path);
      const stamp = stat === undefined ? "" : settledStamp(stat, now);
      if (digest !== null) known.set(path, { stamp, digest, scan, outline });
    }
    index.save(known, unknown.length + Math.abs(index.files.size - known.size));
  }
  return gathered;
}

function addCounts(sum: StatementCount, { statements }: SpecFile): StatementCount {
  if (statements === null) return sum;
  return { statements: sum.statements + statements.statements, read: sum.read + statements.read };
}

type ReadSource = Omit<SourceFile, "path"> & { scan: SourceScan | null };

function sourceOf(path: string, answer: SourceAnswer | undefined, index: SourceIndex): ReadSource {
  if (typeof answer === "object" && answer.scan !== "kept") return { ...answer, scan: answer.scan };
  if (typeof answer !== "object") return { digest: answer ?? null, scan: null, outline: "", findings: [] };
  const { scan = null, outline = "" } = index.files.get(path) ?? {};
  return { ...answer, scan, outline };
}

/** The results in the order of the files, whether known before or read now. */
function gather(
  files: readonly string[],
  known: ReadonlyMap<string, KnownSource>,
  read: ReadonlyMap<string, ReadSource>,
): ScannedSources {
  const scanned: ScannedSources = { references: [], tests: [], digests: new Map(), outline: "", findings: [] };
  const outlines: string[] = [];
  for (const path of files) {
    const source = known.get(path) ?? read.get(path);
    if (source === undefined) continue;
    const { digest, scan } = source;
    if (digest !== null) scanned.digests.set(path, digest);
    // No path holds the zero byte.
    outlines.push(path, digest === null ? "unread" : source.outline);
    if ("findings" in source) append(scanned.findings, source.findings);
    if (scan === null) continue;
    append(scanned.references, scan.references);
    append(scanned.tests, scan.tests);
    append(scanned.findings, scan.findings);
  }
  return { ...scanned, outline: sha256(outlines.join("\0")) };
}

/** Milliseconds of the clock that stamps files below the root, which need not be this machine's; null when none can be written. */
function fileSystemTime(root: string): number | null {
  try {
    const path = join(evidenceFolder(root), "clock");
    writeFileAtomic(path, "", { within: root, durable: false });
    return statSync(path).mtimeMs;
  } catch {
    return null;
  }
}

/** `push(...items)` passes items on the stack, which a file with many references would overflow. */
function append<T>(list: T[], items: readonly T[]): void {
  for (const item of items) list.push(item);
}
