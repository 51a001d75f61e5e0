import type { EvidenceItem } from "../model/evidence.js";
import type { Definition, Reference } from "../model/reference.js";
import type { Level, TagVerdict, Verdict } from "../model/verdict.js";
import { LEVELS, VERDICTS } from "../model/verdict.js";
import type { Need } from "./needs.js";
import { meets } from "./needs.js";

/** Everything the verdict of one tag depends on. */
export interface TagCase {
  definition: Definition;
  needs: readonly Need[];
  /** Items that name the tag. */
  items: readonly EvidenceItem[];
  /** Implementation items of the requirement a scenario belongs to. */
  inherited: readonly EvidenceItem[];
  references: readonly Reference[];
  /** Sentences about quotations of another text. */
  misquotations: readonly string[];
  /** Sentences about linked tests that no result met. */
  unexecuted: readonly string[];
  /** Why the evidence does not follow the text as it changed since a base; null when it does. */
  unfollowed: string | null;
  /** Whether a person confirmed that the evidence holds for this text. */
  confirmed: boolean;
}

interface Ground {
  verdict: Verdict;
  reason: string;
}

/**
 * The verdict of one tag before waivers: the worst of what applies, by the order failing, hollow, suspect, missing.
 */
export function judgeTag(tagCase: TagCase): TagVerdict {
  const grounds: Ground[] = [];
  for (const item of tagCase.items) if (isFailing(item)) grounds.push({ verdict: "failing", reason: failure(item) });
  for (const need of tagCase.needs) if (!isMet(need, tagCase)) grounds.push(...unmet(need, tagCase));
  for (const reason of staleness(tagCase)) grounds.push({ verdict: "suspect", reason });
  if (grounds.length > 1) grounds.sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
  const verdict = grounds[0]?.verdict ?? "verified";
  const evidence = tagCase.items.map((item) => item.id);
  for (const item of tagCase.inherited) evidence.push(item.id);
  return {
    tag: tagCase.definition.tag,
    verdict,
    unwaived: verdict,
    level: levelOf(tagCase),
    reasons: grounds.length === 0 ? [] : [...new Set(grounds.map((ground) => ground.reason))],
    evidence,
  };
}

function isFailing(item: EvidenceItem): boolean {
  return item.outcome === "fail" || item.outcome === "error";
}

function failure(item: EvidenceItem): string {
  const what = item.outcome === "fail" ? "failed" : "ended in an error";
  const why = item.notes[0] === undefined ? "" : `: ${item.notes[0]}`;
  return `${describe(item)} ${what}${why}`;
}

/**
 * Whether an item meets the need by passing where it could have failed, or a failing one of the tag's own is a ground by
 * itself; a failing one of its requirement's is none, and meets nothing.
 */
function isMet(need: Need, { items, inherited }: TagCase): boolean {
  const meetsIt = (item: EvidenceItem) => item.outcome === "pass" && item.cannotFail === null && meets(need, item.kind);
  return items.some((item) => meetsIt(item) || (isFailing(item) && meets(need, item.kind))) || inherited.some(meetsIt);
}

/** Why no item meets a need that is not met. */
function unmet(need: Need, tagCase: TagCase): Ground[] {
  const candidates = [...tagCase.items, ...tagCase.inherited].filter((item) => meets(need, item.kind));
  const passed = candidates.filter((item) => item.outcome === "pass");
  const hollow = [
    ...passed.map((item) => `${describe(item)} could not have failed: ${item.cannotFail}`),
    ...candidates.filter((item) => item.outcome === "skipped").map(skipped),
  ];
  if (hollow.length > 0) return hollow.map((reason) => ({ verdict: "hollow", reason }));
  const wanted =
    need === "any" ? "no evidence that was executed" : `no evidence of kind ${need.replaceAll("|", " or ")}`;
  const unmeeting = candidates.map((item) => (isFailing(item) ? failure(item) : `${describe(item)} is inconclusive`));
  const missing = [wanted, ...unmeeting, ...tagCase.unexecuted];
  return missing.map((reason) => ({ verdict: "missing", reason }));
}

function skipped(item: EvidenceItem): string {
  return `${describe(item)} was skipped${item.cannotFail === null ? "" : `: ${item.cannotFail}`}`;
}

function staleness({ definition, items, misquotations, unfollowed, confirmed }: TagCase): readonly string[] {
  if (confirmed) return misquotations;
  const { tag, textDigest } = definition;
  const reasons = unfollowed === null ? [] : [unfollowed];
  for (const item of items) {
    const recorded = item.against[tag];
    if (recorded === undefined || recorded === textDigest) continue;
    reasons.push(`${describe(item)} was recorded for another text of ${tag}`);
  }
  return reasons.length === 0 ? misquotations : [...reasons, ...misquotations];
}

const NOUNS: Partial<Record<EvidenceItem["kind"], string>> = {
  "test.unit": "test",
  "test.property": "property test",
  "test.integration": "integration test",
  "test.concurrency": "concurrency test",
};

function describe(item: EvidenceItem): string {
  const place = item.location === null ? "" : ` (${item.location.file}:${item.location.line})`;
  return `${NOUNS[item.kind] ?? item.kind} "${item.name}"${place}`;
}

function levelOf(tagCase: TagCase): Level {
  let level = 0;
  for (const item of tagCase.items) level = Math.max(level, levelOfItem(item));
  if (level === 0 && tagCase.references.some((reference) => reference.role !== "mentions")) level = 1;
  return LEVELS[level] ?? "declared";
}

/** The position in LEVELS that one item gives its tag. */
function levelOfItem({ kind, outcome, cannotFail }: EvidenceItem): number {
  if (kind === "implementation" || outcome === "skipped") return 1;
  if (outcome !== "pass" || cannotFail !== null) return 2;
  if (kind === "review") return 5;
  return kind === "model" || kind === "proof" ? 4 : 3;
}
