import type { EvidenceItem } from "../model/evidence.js";
import type { Definition, Reference } from "../model/reference.js";
import type { Level, TagVerdict, Verdict } from "../model/verdict.js";
import { VERDICTS } from "../model/verdict.js";
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
  const grounds = [
    ...tagCase.items.filter(isFailing).map((item) => ({ verdict: "failing" as const, reason: failure(item) })),
    ...tagCase.needs.flatMap((need) => unmet(need, tagCase)),
    ...staleness(tagCase).map((reason) => ({ verdict: "suspect" as const, reason })),
  ];
  grounds.sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
  const verdict = grounds[0]?.verdict ?? "verified";
  return {
    tag: tagCase.definition.tag,
    verdict,
    unwaived: verdict,
    level: levelOf(tagCase),
    reasons: [...new Set(grounds.map((ground) => ground.reason))],
    evidence: [...tagCase.items, ...tagCase.inherited].map((item) => item.id),
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
 * A ground when no item meets the need by passing where it could have failed. Failing items of the tag's own are grounds
 * by themselves; a failing one of its requirement's is not, and meets nothing.
 */
function unmet(need: Need, tagCase: TagCase): Ground[] {
  const candidates = [...tagCase.items, ...tagCase.inherited].filter((item) => meets(need, item.kind));
  const passed = candidates.filter((item) => item.outcome === "pass");
  const own = tagCase.items.filter((item) => meets(need, item.kind));
  if (passed.some((item) => item.cannotFail === null) || own.some(isFailing)) return [];
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

function staleness(tagCase: TagCase): string[] {
  const { tag, textDigest } = tagCase.definition;
  const isStale = (item: EvidenceItem) => item.against[tag] !== undefined && item.against[tag] !== textDigest;
  const stale = tagCase.confirmed ? [] : tagCase.items.filter(isStale);
  return [
    ...(tagCase.unfollowed === null || tagCase.confirmed ? [] : [tagCase.unfollowed]),
    ...stale.map((item) => `${describe(item)} was recorded for another text of ${tag}`),
    ...tagCase.misquotations,
  ];
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
  const passing = tagCase.items.filter(
    (item) => item.outcome === "pass" && item.cannotFail === null && item.kind !== "implementation",
  );
  if (passing.some((item) => item.kind === "review")) return "independently reviewed";
  if (passing.some((item) => item.kind === "model" || item.kind === "proof")) return "model-checked";
  if (passing.length > 0) return "passing";
  if (tagCase.items.some((item) => item.outcome !== "skipped" && item.kind !== "implementation")) return "executed";
  const linked = tagCase.items.length > 0 || tagCase.references.some((reference) => reference.role !== "mentions");
  return linked ? "linked" : "declared";
}
