import type { TestsFileInput } from "../model/tests-file.js";

export type Entry = TestsFileInput["tests"][number];

/** One test file of a project as a run left it. */
export interface RanModule {
  /** Relative to the judged folder. */
  file: string;
  project: string;
  entries: Entry[];
  /** Keys of every test the file declares, whether it ran or was filtered out; see `entryKey`. */
  declared: ReadonlySet<string>;
  /** Some of its tests were left out by a filter, `.only`, or an interruption. */
  filtered: boolean;
}

export interface Run {
  modules: readonly RanModule[];
  /** Every test of the suite (or of the shard) had its turn. */
  whole: boolean;
  /** SHA-256 of the test files there are, by path: those of this run and those of the previous results. */
  digests: ReadonlyMap<string, string>;
  /** `moduleKey` of every test file of the suite; null where the run was told to look at some projects only. */
  suite: ReadonlySet<string> | null;
  /** It is one shard of several: it cannot tell which test files of the suite are its own. */
  sharded: boolean;
}

type Merged = Pick<TestsFileInput, "tests"> & { complete: boolean; files: Record<string, string> };

/** Tells the tests of a run apart by file, project, enclosing titles and own title. */
export function entryKey(entry: Pick<Entry, "file" | "project" | "suite" | "name">): string {
  return JSON.stringify([entry.file, entry.project ?? "", ...entry.suite, entry.name]);
}

/**
 * The results after a run. A whole run replaces what was there. A part of one replaces the results of what it ran, and
 * keeps earlier results only of tests whose file is still what it was when they were made.
 */
export function mergeResults(previous: TestsFileInput | null, run: Run): Merged {
  const files = digestsOf(run);
  const tests = run.modules.flatMap((module) => module.entries);
  if (run.whole || previous === null) return { complete: run.whole, files, tests: arrange(tests) };
  const kept = keep(previous, run);
  for (const file of kept.files) files[file] = run.digests.get(file) ?? "";
  const complete = previous.complete !== false && !kept.lost && !lacksFile(run, files);
  return { complete, files, tests: arrange([...tests, ...kept.tests]) };
}

function lacksFile(run: Run, files: Readonly<Record<string, string>>): boolean {
  if (run.sharded || run.suite === null) return false;
  return [...run.suite].some((key) => !Object.hasOwn(files, key.slice(0, key.indexOf("\n"))));
}

function digestsOf(run: Run): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { file } of run.modules) {
    const digest = run.digests.get(file);
    if (digest !== undefined) files[file] = digest;
  }
  return files;
}

interface Kept {
  tests: Entry[];
  files: Set<string>;
  /** A test file that still exists lost results that this run did not renew. */
  lost: boolean;
}

function keep(previous: TestsFileInput, run: Run): Kept {
  const ran = new Map(run.modules.map((module) => [moduleKey(module), module]));
  const renewed = new Set(run.modules.flatMap((module) => module.entries.map(entryKey)));
  const same = (file: string) => previous.files?.[file] !== undefined && previous.files[file] === run.digests.get(file);
  const kept: Kept = { tests: [], files: new Set(), lost: false };
  for (const file of Object.keys(previous.files ?? {})) if (same(file)) kept.files.add(file);
  for (const module of run.modules) if (module.filtered && !same(module.file)) kept.lost = true;
  for (const test of previous.tests) {
    if (run.suite?.has(moduleKey(test)) === false) continue;
    const module = ran.get(moduleKey(test));
    const key = entryKey(test);
    if (module !== undefined && (!module.filtered || renewed.has(key) || !module.declared.has(key))) continue;
    if (same(test.file)) kept.tests.push(test);
    else if (run.digests.has(test.file)) kept.lost = true;
  }
  return kept;
}

/** Tells test files apart by path and project. */
export function moduleKey(of: { file: string; project?: string | undefined }): string {
  return `${of.file}\n${of.project ?? ""}`;
}

/** By place, then name, in code-unit order; tests of one place and name keep the order in which they were declared. */
function arrange(tests: readonly Entry[]): Entry[] {
  return [...tests].sort(
    (a, b) => compare(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || compare(entryKey(a), entryKey(b)),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The file's text: one test per line, so that it stays small and a difference shows the tests that differ. */
export function formatResults(file: TestsFileInput): string {
  const { tests, files, ...head } = file;
  const members = Object.entries(head).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`);
  const digests = Object.entries(files ?? {}).sort(([a], [b]) => compare(a, b));
  return [
    `{\n${members.join("")}`,
    `  "files": ${lines(
      "{",
      digests.map(([path, digest]) => `${JSON.stringify(path)}: ${JSON.stringify(digest)}`),
      "}",
    )},\n`,
    `  "tests": ${lines(
      "[",
      tests.map((test) => JSON.stringify(test)),
      "]",
    )}\n}\n`,
  ].join("");
}

function lines(open: string, items: readonly string[], close: string): string {
  if (items.length === 0) return open + close;
  return `${open}\n    ${items.join(",\n    ")}\n  ${close}`;
}
