import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { ResultsFile } from "../evidence/readers/index.js";
import type { Cache } from "../host/cache.js";
import { NO_CACHE } from "../host/cache.js";
import type { Columns } from "../host/columns.js";
import { fromColumns, toColumns } from "../host/columns.js";
import { discoverResults } from "../host/discover.js";
import { fileExists, readTextFile } from "../host/files.js";
import { fileDigests } from "../host/inputs.js";
import type { ProviderOutcome } from "../host/providers.js";
import { errorBesideResults } from "../host/providers.js";
import type { Config, ResultsConfig } from "../model/config.js";
import { sha256 } from "../model/digest.js";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { ResultSet, TestResult } from "../model/result.js";
import { compareText, fileSpan } from "../model/span.js";

/** Where our own tools leave results: read where nothing is configured, so that no leftover counts elsewhere. */
const OWN_RESULTS = [".evidence/results/**/*.{json,xml}"];

/** A report of a hundred thousand tests is about 20 MB. */
const RESULT_LIMITS = { maxBytes: 512 * 1024 * 1024, maxLine: Number.POSITIVE_INFINITY };

export interface ReadResults {
  sets: ResultSet[];
  /** SHA-256 (hex) of all that the sets depend on. */
  facts: string;
  findings: Finding[];
}

interface ReadSet {
  set: ResultSet;
  /** How many results it holds; its tests are laid out when they are looked at. */
  results: number;
  /** What the set depends on: the file's digest, how it is to be read, and where its tests stand. */
  facts: unknown;
}

interface Source extends Partial<ResultsConfig> {
  /** The entry of the configuration, or who left the file. */
  origin: string;
}

/** Reads every results file that the configuration names, a provider left, or one of our own tools wrote; each once. */
export async function readAllResults(
  root: string,
  config: Config,
  configPath: string | null,
  providers: readonly ProviderOutcome[],
  cache: Cache,
): Promise<ReadResults> {
  const findings: Finding[] = [];
  const chosen = new Map<string, Source>();
  for (const entry of config.results) {
    const paths = discoverResults(root, [entry.path]);
    if (paths.length === 0) findings.push(absent(entry.path, configPath));
    for (const path of paths) if (!chosen.has(path)) chosen.set(path, { ...entry, origin: entry.path });
  }
  const own = configPath === null ? discoverResults(root, OWN_RESULTS) : [];
  const left = providers.map((each) => ({ origin: `provider ${each.name}`, paths: each.results }));
  for (const { origin, paths } of [...left, { origin: "own", paths: own }]) {
    for (const path of paths) if (!chosen.has(path)) chosen.set(path, { origin });
  }
  const read: ReadSet[] = [];
  for (const [path, entry] of [...chosen].sort(([a], [b]) => compareText(a, b))) {
    const set = await readOne(root, path, entry, cache);
    // Threads may wait for orders.
    await setImmediate();
    if ("finding" in set) findings.push(set.finding);
    else read.push(set);
  }
  const sets = read.map(({ set }) => set);
  findings.push(...reported(read, chosen));
  findings.push(...providers.flatMap((each) => [...each.findings, ...besideResults(each, sets, configPath)]));
  return { sets, facts: sha256(JSON.stringify([root, ...read.map(({ facts }) => facts)])), findings };
}

async function readOne(
  root: string,
  path: string,
  { format, kind }: Source,
  cache: Cache,
): Promise<ReadSet | { finding: Finding }> {
  const read = readTextFile(root, path, RESULT_LIMITS);
  if ("finding" in read) return read;
  const chosen = { ...(format === undefined ? {} : { format }), ...(kind === undefined ? {} : { kind }) };
  const { tests, ...said } = await readKept({ path, text: read.text, root, ...chosen }, read.digest, cache);
  const named = filesOf(tests);
  const places = placesOf(root, path, named);
  const placed = Array.from(named, (file) => places.get(file) ?? file);
  const outdated = outdatedFiles(root, said.files, placed);
  let laidOut: TestResult[] | null = null;
  const set: ResultSet = {
    ...said,
    outdated,
    get tests() {
      laidOut ??= testsAt(tests, places);
      return laidOut;
    },
  };
  const facts = [path, read.digest, format ?? "", kind ?? "", [...places], outdated];
  return { set, results: tests.length + said.items.length, facts };
}

/** Characters from which a report takes longer to read than what was kept of it. */
const KEPT_LENGTH = 50_000;

type KeptSet = Omit<ResultSet, "tests"> & { tests: Columns };

/** What the reader makes of a file, or made of the same file in an earlier run. `digest`: of the file's bytes. */
async function readKept(file: ResultsFile, digest: string, cache: Cache): Promise<ResultSet | KeptSet> {
  const load = async () => (await import("../evidence/readers/index.js")).readResults(file);
  if (file.text.length < KEPT_LENGTH) return load();
  const inputs = [file.path, file.root ?? "", file.format ?? "", file.kind ?? "", digest];
  const kept = cache.get<KeptSet>("results", inputs);
  if (kept !== undefined) return kept;
  const set = await load();
  if (cache !== NO_CACHE) cache.set("results", inputs, { ...set, tests: toColumns(set.tests) } satisfies KeptSet);
  return set;
}

type Tests = TestResult[] | Columns;

/** The files that tests name, each once. */
function filesOf(tests: Tests): Set<string> {
  if (Array.isArray(tests)) return new Set(tests.flatMap(({ file }) => file ?? []));
  const values = tests.columns.find(({ key }) => key === "file")?.values ?? [];
  return new Set(values.filter((value) => typeof value === "string"));
}

/** The tests with their files at their places. */
function testsAt(tests: Tests, places: ReadonlyMap<string, string>): TestResult[] {
  const all: TestResult[] = Array.isArray(tests) ? tests : fromColumns(tests);
  if (places.size === 0) return all;
  return all.map((test) => {
    const place = test.file === null ? undefined : places.get(test.file);
    return place === undefined ? test : { ...test, file: place };
  });
}

/** Results of a package are kept below its own path here. */
const KEPT_RESULTS = ".evidence/results/";

/**
 * A runner in a package names its tests from there. Of two packages with a file of the same name, the one is meant that the
 * report stands in: the nearest folder around the report that holds the file. Gives those files that stand elsewhere than
 * the report says.
 */
function placesOf(root: string, source: string, files: Iterable<string>): Map<string, string> {
  const around = source.startsWith(KEPT_RESULTS) ? source.slice(KEPT_RESULTS.length) : source;
  const steps = around.split("/").slice(0, -1);
  const folders = steps.map((_, at) => steps.slice(0, steps.length - at).join("/"));
  const places = new Map<string, string>();
  for (const file of files) {
    const found = folders.map((folder) => `${folder}/${file}`).find((path) => fileExists(join(root, path)));
    if (found !== undefined) places.set(file, found);
  }
  return places;
}

/** Test files that are gone, or another text than the one that the results say was run. */
function outdatedFiles(root: string, recorded: ResultSet["files"], files: Iterable<string>): string[] {
  const digests = fileDigests(root);
  return [...new Set([...Object.keys(recorded ?? {}), ...files])].filter((file) => {
    const digest = recorded?.[file];
    return digest === undefined ? !fileExists(join(root, file)) : digests.of(file) !== digest;
  });
}

/**
 * What the readers found. Runners write an empty report beside full ones (one per class), so emptiness only counts when
 * all files of one origin are empty.
 */
function reported(read: readonly ReadSet[], chosen: ReadonlyMap<string, Source>): Finding[] {
  const originOf = ({ set }: ReadSet) => chosen.get(set.source)?.origin;
  const full = new Set(read.filter(({ results }) => results > 0).map(originOf));
  return read.flatMap((each) => each.set.findings.filter(({ code }) => code !== "RES002" || !full.has(originOf(each))));
}

/** A command that fails although its tests pass says that something beside the tests is wrong. */
function besideResults(outcome: ProviderOutcome, sets: readonly ResultSet[], configPath: string | null): Finding[] {
  const own = new Set(outcome.results);
  const left = sets.filter((set) => own.has(set.source));
  const bad = left.some((set) =>
    [...set.tests, ...set.items].some((each) => each.outcome === "fail" || each.outcome === "error"),
  );
  const problem = bad ? null : errorBesideResults(outcome, configPath);
  return problem === null ? [] : [problem];
}

function absent(path: string, configPath: string | null): Finding {
  return finding({
    code: "RES001",
    message: `Unexpected absence of results, expected files that match ${JSON.stringify(path)}`,
    span: fileSpan(configPath ?? "evidence.config.json"),
    subject: path,
  });
}
