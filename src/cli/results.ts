import { join } from "node:path";
import type { ResultsFile } from "../evidence/readers/index.js";
import { readResults } from "../evidence/readers/index.js";
import type { Cache } from "../host/cache.js";
import type { Columns } from "../host/columns.js";
import { fromColumns, toColumns } from "../host/columns.js";
import { discoverResults } from "../host/discover.js";
import { fileExists, readTextFile } from "../host/files.js";
import { fileDigests } from "../host/inputs.js";
import type { ProviderOutcome } from "../host/providers.js";
import { errorBesideResults } from "../host/providers.js";
import type { Config, ResultsConfig } from "../model/config.js";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { ResultSet } from "../model/result.js";
import { compareText, fileSpan } from "../model/span.js";

/** Where our own tools leave results: read where nothing is configured, so that no leftover counts elsewhere. */
const OWN_RESULTS = [".evidence/results/**/*.{json,xml}"];

/** A report of a hundred thousand tests is about 20 MB. */
const RESULT_LIMITS = { maxBytes: 512 * 1024 * 1024, maxLine: Number.POSITIVE_INFINITY };

export interface ReadResults {
  sets: ResultSet[];
  findings: Finding[];
}

interface Source extends Partial<ResultsConfig> {
  /** The entry of the configuration, or who left the file. */
  origin: string;
}

/** Reads every results file that the configuration names, a provider left, or one of our own tools wrote; each once. */
export function readAllResults(
  root: string,
  config: Config,
  configPath: string | null,
  providers: readonly ProviderOutcome[],
  cache: Cache,
): ReadResults {
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
  const sets: ResultSet[] = [];
  for (const [path, entry] of [...chosen].sort(([a], [b]) => compareText(a, b))) {
    const set = readOne(root, path, entry, cache);
    if ("finding" in set) findings.push(set.finding);
    else sets.push(set);
  }
  findings.push(...reported(sets, chosen));
  findings.push(...providers.flatMap((each) => [...each.findings, ...besideResults(each, sets, configPath)]));
  return { sets, findings };
}

function readOne(root: string, path: string, { format, kind }: Source, cache: Cache): ResultSet | { finding: Finding } {
  const read = readTextFile(root, path, RESULT_LIMITS);
  if ("finding" in read) return read;
  const chosen = { ...(format === undefined ? {} : { format }), ...(kind === undefined ? {} : { kind }) };
  const set = placed(root, readKept({ path, text: read.text, root, ...chosen }, read.digest, cache));
  return { ...set, outdated: outdatedFiles(root, set) };
}

/** Characters from which a report takes longer to read than what was kept of it. */
const KEPT_LENGTH = 50_000;

type KeptSet = Omit<ResultSet, "tests"> & { tests: Columns };

/** What the reader makes of a file, or made of the same file in an earlier run. `digest`: of the file's bytes. */
function readKept(file: ResultsFile, digest: string, cache: Cache): ResultSet {
  if (file.text.length < KEPT_LENGTH) return readResults(file);
  const inputs = [file.path, file.root ?? "", file.format ?? "", file.kind ?? "", digest];
  const kept = cache.get<KeptSet>("results", inputs);
  if (kept !== undefined) return { ...kept, tests: fromColumns(kept.tests) };
  const set = readResults(file);
  cache.set("results", inputs, { ...set, tests: toColumns(set.tests) } satisfies KeptSet);
  return set;
}

/** Results of a package are kept below its own path here. */
const KEPT_RESULTS = ".evidence/results/";

/**
 * A runner in a package names its tests from there. Of two packages with a file of the same name, the one is meant that the
 * report stands in: the nearest folder around the report that holds the file.
 */
function placed(root: string, set: ResultSet): ResultSet {
  const around = set.source.startsWith(KEPT_RESULTS) ? set.source.slice(KEPT_RESULTS.length) : set.source;
  const steps = around.split("/").slice(0, -1);
  if (steps.length === 0) return set;
  const folders = steps.map((_, at) => steps.slice(0, steps.length - at).join("/"));
  const known = new Map<string, string>();
  const place = (file: string): string => {
    const earlier = known.get(file);
    if (earlier !== undefined) return earlier;
    const found = folders.map((folder) => `${folder}/${file}`).find((path) => fileExists(join(root, path))) ?? file;
    known.set(file, found);
    return found;
  };
  return { ...set, tests: set.tests.map((test) => (test.file === null ? test : { ...test, file: place(test.file) })) };
}

/** Test files that are gone, or another text than the one that the results say was run. */
function outdatedFiles(root: string, set: ResultSet): string[] {
  const digests = fileDigests(root);
  const named = new Set([...Object.keys(set.files ?? {}), ...set.tests.flatMap((test) => test.file ?? [])]);
  return [...named].filter((file) => {
    const recorded = set.files?.[file];
    return recorded === undefined ? !fileExists(join(root, file)) : digests.of(file) !== recorded;
  });
}

/**
 * What the readers found. Runners write an empty report beside full ones (one per class), so emptiness only counts when
 * all files of one origin are empty.
 */
function reported(sets: readonly ResultSet[], chosen: ReadonlyMap<string, Source>): Finding[] {
  const originOf = (set: ResultSet) => chosen.get(set.source)?.origin;
  const full = new Set(sets.filter((set) => set.tests.length + set.items.length > 0).map(originOf));
  return sets.flatMap((set) => set.findings.filter((each) => each.code !== "RES002" || !full.has(originOf(set))));
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
