import { readFileSync } from "node:fs";
import { relative, sep } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { TestCase, TestModule, TestSpecification, TestSuite } from "vitest/node";
import type { Outcome } from "../model/evidence.js";
import { compareText } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { bracketedTokens } from "../model/tag.js";
import type { Entry, RanModule } from "./results-file.js";
import { entryKey } from "./results-file.js";
import { titleLines } from "./title-lines.js";

export interface Reading {
  /** The judged folder, absolute. */
  root: string;
  /** Text digest by defined tag. */
  known: ReadonlyMap<Tag, string>;
  /** The run was stopped before its end. */
  interrupted: boolean;
  /** Only tests whose full title matches were to run. */
  namePattern: RegExp | undefined;
  /** Name of the plugin that makes assertions of other packages count. */
  plugin: string;
}

const LONGEST_MESSAGE = 500;

/** Relative to the judged folder, with forward slashes. */
export function relativePath(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}

/** What a run did with one test file. Tests that a filter left out are declared and have no entry. */
export async function readModule(
  module: TestModule,
  specification: TestSpecification | null,
  reading: Reading,
): Promise<RanModule> {
  const file = relativePath(reading.root, module.moduleId);
  const isLeftOut = leavesOut(module, specification, reading);
  const entries: Entry[] = [];
  const declared = new Map<string, Entry[]>();
  let filtered = reading.interrupted;
  for (const test of module.children.allTests()) {
    const entry = readTest(test, file, reading);
    const key = entryKey(entry);
    const same = declared.get(key);
    if (same === undefined) declared.set(key, [entry]);
    else same.push(entry);
    if (isLeftOut(test)) filtered = true;
    else entries.push(entry);
  }
  await completeBySource(module, [...declared.values()], reading.plugin);
  const [error] = module.errors();
  if (error !== undefined && declared.size === 0) entries.push(brokenModule(module, file, error));
  return { file, project: module.project.name, entries, declared: new Set(declared.keys()), filtered };
}

/**
 * Adds the lines. Vitest could tell them too (`includeTaskLocation`), at the price of a stack trace mapped to its source
 * for every test, which slows a suite of small tests by a tenth. A count of zero stands only where the source allows it.
 *
 * @param tests in groups of the same titles, each in the order of the source
 */
async function completeBySource(
  { moduleId, project }: TestModule,
  tests: readonly (readonly Entry[])[],
  pluginName: string,
): Promise<void> {
  const text = readText(moduleId);
  const lines = titleLines(text);
  const names = new Map<string, number>();
  for (const group of tests) for (const { name } of group) names.set(name, (names.get(name) ?? 0) + 1);
  const open = tests.filter((group) => {
    for (const entry of group) if (names.get(entry.name) === 1) entry.line ??= lines.get(entry.name) ?? null;
    return group.some((entry) => entry.line === null || entry.assertions === 0);
  });
  if (open.length === 0) return;
  const { DeclaredTests } = await import("./declared-tests.js");
  const resolved = project.vite.config.plugins.some((plugin) => plugin.name === pluginName);
  const declared = new DeclaredTests(moduleId, text, resolved);
  for (const group of open) {
    for (const [order, entry] of group.entries()) {
      const declaration = declared.find([...entry.suite, entry.name], order);
      entry.line ??= declaration.line;
      if (entry.assertions === 0 && declaration.assertsUnseen()) entry.assertions = null;
    }
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Says of a test whether something else than its own declaration kept it from running. */
function leavesOut(module: TestModule, specification: TestSpecification | null, reading: Reading) {
  const pattern = specification?.testNamePattern ?? reading.namePattern;
  const tags = specification?.testTagsFilter ?? module.project.vitest.config.tagsFilter;
  const chosen = [specification?.testLines, specification?.testIds, tags].some((each) => (each?.length ?? 0) > 0);
  let only: boolean | null = null;
  return (test: TestCase): boolean => {
    const { state } = test.result();
    if (state === "pending") return true;
    if (state !== "skipped" || test.meta().specEvidence !== undefined || errorAbove(test) !== null) return false;
    if (chosen || (pattern !== undefined && !pattern.test([...titlesAbove(test), test.name].join(" ")))) return true;
    only ??= hasOnly(module.moduleId);
    return only && test.options.mode !== "todo";
  };
}

/** Vitest reports what `.only` leaves out as skipped; the source tells the two apart. */
function hasOnly(path: string): boolean {
  return /\.only\b|\bonly\s*:\s*true\b/.test(readText(path));
}

function readTest(test: TestCase, file: string, reading: Reading): Entry {
  const meta = test.meta();
  const observed = meta.specEvidence;
  const { outcome, error } = outcomeOf(test);
  const tags = new Set(observed?.tags);
  for (const token of bracketedTokens(test.name)) if (reading.known.has(token.text)) tags.add(token.text);
  const sorted = [...tags].sort(compareText);
  const ran = outcome === "pass" || outcome === "fail";
  const diagnostic = test.diagnostic();
  const attempts = (diagnostic?.retryCount ?? 0) + 1;
  return {
    file,
    line: test.location?.line ?? null,
    ...(test.project.name === "" ? {} : { project: test.project.name }),
    suite: titlesAbove(test),
    name: test.name,
    tags: sorted,
    outcome,
    ...(observed?.property ? { kind: "test.property" as const } : {}),
    ...(test.options.fails ? { expectedToFail: true } : {}),
    assertions: ran && meta.typecheck !== true ? (observed?.assertions ?? null) : null,
    ...(attempts > 1 ? { attempts } : {}),
    durationMs: diagnostic === undefined || !ran ? null : Math.round(diagnostic.duration * 1000) / 1000,
    ...(error === null ? {} : { message: firstLine(error) }),
    ...(sorted.length === 0 ? {} : { against: digestsOf(sorted, reading.known) }),
  };
}

interface Failure {
  message: string;
}

function outcomeOf(test: TestCase): { outcome: Outcome; error: Failure | null } {
  const result = test.result();
  if (result.state === "passed") return { outcome: "pass", error: null };
  if (result.state === "failed") return { outcome: "fail", error: result.errors[0] ?? null };
  const above = errorAbove(test);
  return { outcome: above === null ? "skipped" : "error", error: above };
}

/** Why tests that never began did not: a hook of an enclosing suite failed. */
function errorAbove(test: TestCase): Failure | null {
  for (const suite of suitesAbove(test)) {
    const [error] = suite.errors();
    if (error !== undefined) return error;
  }
  return test.module.errors()[0] ?? null;
}

/** Innermost first. */
function suitesAbove(test: TestCase): TestSuite[] {
  const suites: TestSuite[] = [];
  for (let { parent } = test; parent.type === "suite"; parent = parent.parent) suites.push(parent);
  return suites;
}

function titlesAbove(test: TestCase): string[] {
  return suitesAbove(test)
    .map((suite) => suite.name)
    .reverse();
}

/** A file that failed before it declared a test stands as one entry, so that its tests do not just disappear. */
function brokenModule(module: TestModule, file: string, error: Failure): Entry {
  const project = module.project.name;
  return {
    file,
    line: null,
    ...(project === "" ? {} : { project }),
    suite: [],
    name: "(test file)",
    tags: [],
    outcome: "error",
    assertions: null,
    durationMs: null,
    message: firstLine(error),
  };
}

function firstLine(error: Failure): string {
  const plain = stripVTControlCharacters(error.message);
  return (plain.split("\n", 1)[0] ?? "").slice(0, LONGEST_MESSAGE);
}

function digestsOf(tags: readonly Tag[], known: ReadonlyMap<Tag, string>): Record<Tag, string> {
  const digests: Record<Tag, string> = {};
  for (const tag of tags) {
    const digest = known.get(tag);
    if (digest !== undefined) digests[tag] = digest;
  }
  return digests;
}
