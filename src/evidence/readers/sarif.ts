import type { EvidenceItem, Outcome, Producer } from "../../model/evidence.js";
import type { ResultSet } from "../../model/result.js";
import { itemId } from "../item.js";
import type { JsonObject, ReaderInput, ResultReader } from "./reader.js";
import { emptySet, isTrue, listAt, nothingReported, recordAt, recordsAt, textAt, topOf, unreadable } from "./reader.js";
import type { SarifRule } from "./sarif-rules.js";
import { outcomeOfResult, placeOfResult, RuleTable } from "./sarif-rules.js";

/** SARIF 2.1.0 (OASIS): each rule that names a tag becomes one item of static analysis. */
export const sarifReader: ResultReader = {
  format: "sarif",
  syntax: "json",
  detect: (content) => {
    const log = topOf(content) ?? {};
    if (listAt(log, "runs") === null) return false;
    return (textAt(log, "version") ?? "").startsWith("2.") || (textAt(log, "$schema") ?? "").includes("sarif");
  },
  read,
};

function read(input: ReaderInput): ResultSet {
  const set = emptySet(input.path, "sarif", "sarif");
  const log = topOf(input.content) ?? {};
  if (listAt(log, "runs") === null) {
    set.findings.push(unreadable(input.path, "Unexpected JSON without runs, expected a SARIF log"));
    return set;
  }
  recordsAt(log, "runs").forEach((run, index) => {
    const producer = producerOf(run);
    if (index === 0) set.producer = producer;
    set.items.push(...itemsOf(run, producer, input));
  });
  if (set.items.length === 0) set.findings.push(nothingReported(input.path, "a rule that names a tag"));
  return set;
}

function producerOf(run: JsonObject): Producer {
  const driver = recordAt(recordAt(run, "tool"), "driver");
  const version = textAt(driver, "semanticVersion") ?? textAt(driver, "version");
  return { name: textAt(driver, "name") ?? "sarif", version, command: null };
}

interface Tally {
  failing: number;
  open: number;
  suppressed: number;
  first: JsonObject | null;
}

function itemsOf(run: JsonObject, producer: Producer, input: ReaderInput): EvidenceItem[] {
  const rules = new RuleTable(run);
  const tallies = new Map<SarifRule, Tally>();
  for (const result of recordsAt(run, "results")) {
    const rule = rules.ruleOf(result);
    if (rule === null || rule.tags.length === 0) continue;
    const tally = tallies.get(rule) ?? { failing: 0, open: 0, suppressed: 0, first: null };
    tallies.set(rule, tally);
    const said = outcomeOfResult(result, rule);
    if (said === "none") continue;
    tally[said] += 1;
    if (said === "failing") tally.first ??= result;
  }
  const completed = listAt(run, "results") === null ? false : completion(run);
  return rules.tagged().map((rule) => itemOf(rule, tallies.get(rule), completed, producer, input));
}

/** What the run says of itself: true, false, or null when it says nothing (`invocations` is optional). */
function completion(run: JsonObject): boolean | null {
  const invocations = recordsAt(run, "invocations");
  if (invocations.length === 0) return null;
  return invocations.every((each) => isTrue(each, "executionSuccessful"));
}

function itemOf(
  rule: SarifRule,
  tally: Tally | undefined,
  completed: boolean | null,
  producer: Producer,
  input: ReaderInput,
): EvidenceItem {
  const failing = tally?.failing ?? 0;
  const suppressed = tally?.suppressed ?? 0;
  const kind = input.kind ?? "static-analysis";
  const { outcome, note } = judge(rule, tally, completed);
  const location = tally?.first == null ? null : placeOfResult(tally.first, input.root);
  return {
    id: itemId(kind, producer.name, "", rule.id),
    kind,
    name: rule.id,
    tags: rule.tags,
    outcome,
    producer,
    location,
    inputs: {},
    against: {},
    assertions: null,
    cannotFail: null,
    strength: { results: failing, ...(suppressed > 0 ? { suppressed } : {}) },
    notes: note === null ? [] : [note],
  };
}

/** An absence of results counts as a pass only when the run says that it ran through and the rule took part in it. */
function judge(
  rule: SarifRule,
  tally: Tally | undefined,
  completed: boolean | null,
): { outcome: Outcome; note: string | null } {
  const failing = tally?.failing ?? 0;
  if (failing > 0) return { outcome: "fail", note: `${failing} result${failing === 1 ? "" : "s"}` };
  if (completed === false) return { outcome: "error", note: "the run does not say that it was successful" };
  if (!rule.enabled && tally === undefined) return { outcome: "skipped", note: "the rule is not enabled" };
  if ((tally?.open ?? 0) > 0) return { outcome: "inconclusive", note: "results wait for a review" };
  if (completed === null) {
    return { outcome: "inconclusive", note: "the run does not say whether it was successful (no invocations)" };
  }
  return { outcome: "pass", note: null };
}
