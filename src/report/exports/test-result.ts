import { canonicalJson } from "../../model/canonical.js";
import type { ManifestItem } from "../../model/manifest.js";
import { STATEMENT_TYPE } from "../../model/manifest.js";
import { compareText } from "../../model/span.js";
import { visibleJson } from "../text/visible.js";
import type { ManifestText, Standing } from "./input.js";
import { configurationOf, standingOf } from "./input.js";

const TEST_RESULT_TYPE = "https://in-toto.io/attestation/test-result/v0.1";

/** Kinds of evidence that nothing is run for. */
const UNTESTED: ReadonlySet<string> = new Set(["implementation", "review"]);

const LIST: Record<Standing, "passedTests" | "warnedTests" | "failedTests"> = {
  pass: "passedTests",
  hollow: "warnedTests",
  undecided: "warnedTests",
  fail: "failedTests",
};

/** Worst first. */
const STANDINGS: readonly Standing[] = ["fail", "undecided", "hollow", "pass"];

/**
 * The in-toto statement with a test result v0.1: whatever was run for a tag, by file and name, once each. What passed and
 * could not have failed, and what was skipped, is warned of; a run of nothing is a failed one.
 * Form: https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
 */
export function testResultJson({ manifest }: ManifestText): string {
  const lists = { passedTests: [] as string[], warnedTests: [] as string[], failedTests: [] as string[] };
  for (const [name, standing] of testsOf(manifest.predicate.items)) lists[LIST[standing]].push(name);
  for (const names of Object.values(lists)) names.sort(compareText);
  return visibleJson(
    canonicalJson({
      _type: STATEMENT_TYPE,
      subject: manifest.subject,
      predicateType: TEST_RESULT_TYPE,
      predicate: { result: resultOf(lists), configuration: [configurationOf(manifest)], ...lists },
    }),
  );
}

/** Each test with the worst of its results. */
function testsOf(items: readonly ManifestItem[]): Map<string, Standing> {
  const tests = new Map<string, Standing>();
  for (const item of items) {
    if (UNTESTED.has(item.kind)) continue;
    const name = item.location === null ? item.name : `${item.location.file} > ${item.name}`;
    const known = tests.get(name) ?? "pass";
    const standing = standingOf(item);
    tests.set(name, STANDINGS.indexOf(standing) < STANDINGS.indexOf(known) ? standing : known);
  }
  return tests;
}

function resultOf(lists: Record<"passedTests" | "warnedTests" | "failedTests", string[]>): string {
  const { passedTests, warnedTests, failedTests } = lists;
  if (failedTests.length > 0 || passedTests.length + warnedTests.length === 0) return "FAILED";
  return warnedTests.length > 0 ? "WARNED" : "PASSED";
}
