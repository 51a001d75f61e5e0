import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Reference, TestDeclaration } from "../model/reference.js";
import type { TestResult } from "../model/result.js";
import { compareText, lineSpan } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { declarationKey } from "./declaration-key.js";
import { candidatesOf, inRootPackage } from "./matching/candidates.js";
import { Declarations } from "./matching/declarations.js";

/** A test result together with what the source says about its test. */
export interface MatchedResult {
  result: TestResult;
  /** The declaration it was matched with; null when none or several could be meant. */
  test: TestDeclaration | null;
  /** Tags of the result and of the verifying references on its declaration, each once, sorted. */
  tags: Tag[];
  /** Verifying references that stand on the declaration. */
  references: readonly Reference[];
}

export interface Matching {
  /** One for each result, in their order. */
  matched: MatchedResult[];
  /** RES014 for results that several tests, one of them referring to a tag, could mean. */
  findings: Finding[];
}

/** Matches results with what was declared; `unmet` tells what no result has met so far. */
export interface Matcher {
  /**
   * `recorded`: these results were recorded by our own plugin, so what `traceSpec` declares stands in them already. A
   * call in the source then only says which tags a test would have declared that did not run.
   */
  match(results: readonly TestResult[], recorded?: boolean): Matching;
  /** Tests with a verifying reference that none of the results so far was matched with, in order of place. */
  unmet(): TestDeclaration[];
}

/**
 * Prepares matching: one index over all declarations serves any number of result sets.
 *
 * A result meets a declaration by file and full title, or by what its runner writes instead of a file: class and
 * package, module, crate. Names are equal, or the declared one has placeholders or parameters. Nothing is guessed: a
 * result that fits declarations in several places is matched with none.
 *
 * @param tests all tests found in source; those with references are added when they are not among them. The more is
 *   known, the more certain it is that a name is unique.
 */
export function createMatcher(references: readonly Reference[], tests: readonly TestDeclaration[] = []): Matcher {
  const verifying = new Map<string, Reference[]>();
  const declared = new Map<string, TestDeclaration>();
  for (const test of tests) declared.set(declarationKey(test), test);
  for (const reference of references) {
    if (reference.test === null || reference.role !== "verifies") continue;
    const key = declarationKey(reference.test);
    if (!declared.has(key)) declared.set(key, reference.test);
    const known = verifying.get(key);
    if (known === undefined) verifying.set(key, [reference]);
    else known.push(reference);
  }
  const index = new Declarations(declared.values());
  const met = new Set<string>();
  return {
    match(results, recorded = false) {
      const findings = new Map<string, Finding>();
      const found = inRootPackage(
        index,
        results,
        results.map((result) => candidatesOf(index, result)),
      );
      const matched = results.map((result, position): MatchedResult => {
        const candidates = found[position] ?? [];
        const test = onlyOne(candidates, result.line);
        if (test === null) {
          const claimsOf = (each: TestDeclaration) =>
            claims(verifying.get(declarationKey(each)) ?? [], result, recorded);
          if (candidates.length > 1) noteAmbiguity(findings, result, candidates, claimsOf);
          return { result, test, tags: result.tags, references: [] };
        }
        const key = declarationKey(test);
        met.add(key);
        const own = claims(verifying.get(key) ?? [], result, recorded);
        return { result, test, tags: mergedTags(result.tags, own), references: own };
      });
      return { matched, findings: [...findings.values()] };
    },
    unmet() {
      const waiting = [...verifying.keys()].filter((key) => !met.has(key)).flatMap((key) => declared.get(key) ?? []);
      return waiting.sort((a, b) => compareText(a.file, b.file) || a.line - b.line || compareText(a.name, b.name));
    },
  };
}

/** Matches one list of results; see createMatcher. */
export function matchResults(
  results: readonly TestResult[],
  references: readonly Reference[],
  tests: readonly TestDeclaration[] = [],
): MatchedResult[] {
  return createMatcher(references, tests).match(results).matched;
}

/** The one candidate; among several of one file the one that stands at the reported line. */
function onlyOne(candidates: readonly TestDeclaration[], line: number | null): TestDeclaration | null {
  const [first] = candidates;
  if (first === undefined || candidates.length === 1) return first ?? null;
  if (line === null || candidates.some((each) => each.file !== first.file)) return null;
  const there = candidates.filter((each) => each.line === line);
  return there.length === 1 ? (there[0] ?? null) : null;
}

function mergedTags(tags: Tag[], references: readonly Reference[]): Tag[] {
  if (references.length === 0) return tags;
  return [...new Set([...tags, ...references.map((reference) => reference.tag)])].sort(compareText);
}

/** The references on a test that add tags to its result. */
function claims(references: readonly Reference[], result: TestResult, recorded: boolean): readonly Reference[] {
  if (!recorded || result.outcome === "skipped") return references;
  return references.filter((reference) => reference.form !== "traceSpec");
}

/** Only where it matters: a candidate refers to a tag that the result does not carry itself. */
function noteAmbiguity(
  findings: Map<string, Finding>,
  result: TestResult,
  candidates: readonly TestDeclaration[],
  claimsOf: (test: TestDeclaration) => readonly Reference[],
): void {
  const tags = candidates.flatMap(claimsOf).map((each) => each.tag);
  const lost = [...new Set(tags)].filter((tag) => !result.tags.includes(tag)).sort(compareText);
  const first = candidates[0];
  const title = [...result.suite, result.name].join(" > ");
  if (lost.length === 0 || first === undefined || findings.has(title)) return;
  findings.set(
    title,
    finding({
      code: "RES014",
      message: `Unexpected result "${title.slice(0, 200)}" that fits ${candidates.length} tests, expected one`,
      span: lineSpan(first.file, first.line),
      tags: lost,
      related: candidates.slice(1, 6).map((each) => ({
        span: lineSpan(each.file, each.line),
        message: "could be meant as well",
      })),
      subject: title,
    }),
  );
}
