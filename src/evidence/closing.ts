import { FINDING_CODES, isFindingCode } from "../model/codes/index.js";
import type {
  ManifestDefinition,
  ManifestFinding,
  ManifestItem,
  ManifestReference,
  ManifestVerdict,
  Predicate,
} from "../model/manifest.js";
import type { Tag } from "../model/tag.js";
import { UNFOLLOWED } from "./base/freshness.js";
import { meets } from "./needs.js";

/** The evidence of a predicate, found by id and tag in constant time. */
export interface EvidenceIndex {
  items: ReadonlyMap<string, ManifestItem>;
  references: ReadonlyMap<Tag, readonly ManifestReference[]>;
  /** How tests of this project name a tag, as far as it has any. */
  manner: "traceSpec" | "comment" | "unknown";
}

export function indexEvidence(predicate: Predicate): EvidenceIndex {
  const references = new Map<Tag, ManifestReference[]>();
  for (const reference of predicate.references) {
    const known = references.get(reference.tag);
    if (known === undefined) references.set(reference.tag, [reference]);
    else known.push(reference);
  }
  return {
    items: new Map(predicate.items.map((item) => [item.id, item])),
    references,
    manner: mannerOf(predicate),
  };
}

function mannerOf(predicate: Predicate): EvidenceIndex["manner"] {
  if (predicate.results.some((results) => results.format === "tests")) return "traceSpec";
  const verifying = predicate.references.filter((reference) => reference.role === "verifies");
  if (verifying.some((reference) => reference.form === "traceSpec")) return "traceSpec";
  return verifying.some((reference) => reference.form !== "evidence") ? "comment" : "unknown";
}

/** What would close the gap of one tag, one instruction each; empty for verified tags, never for others. */
export function closeTag(definition: ManifestDefinition, verdict: ManifestVerdict, index: EvidenceIndex): string[] {
  const items = verdict.evidence.flatMap((id) => index.items.get(id) ?? []);
  const advice = adviceFor(definition, verdict, items, index);
  if (verdict.unwaived === "verified" || advice.length > 0) return [...new Set(advice)];
  return [`Look at its whole case: evidence why ${definition.tag}`];
}

function adviceFor(
  definition: ManifestDefinition,
  { unwaived, reasons }: ManifestVerdict,
  items: readonly ManifestItem[],
  index: EvidenceIndex,
): string[] {
  const { tag, textDigest } = definition;
  switch (unwaived) {
    case "failing":
      return items
        .filter((item) => item.outcome === "fail" || item.outcome === "error")
        .map((item) => `Mend what ${describe(item)} finds${firstNote(item)}, or the check itself if it is wrong`);
    case "hollow":
      return items.flatMap((item) => closeHollow(item));
    case "suspect":
      return closeSuspect(
        definition,
        reasons,
        items.filter((item) => (item.against[tag] ?? textDigest) !== textDigest),
      );
    case "missing":
      return closeMissing(definition, items, index);
    case "waived":
    case "verified":
      return [];
  }
}

function firstNote({ notes }: ManifestItem): string {
  return notes[0] === undefined ? "" : ` (${notes[0]})`;
}

function closeHollow(item: ManifestItem): string[] {
  if (item.outcome === "skipped") return [`Let ${describe(item)} run: it is skipped`];
  if (item.cannotFail === null) return [];
  return [`Make ${describe(item)} able to fail: ${item.cannotFail}`];
}

function closeSuspect(
  { tag }: ManifestDefinition,
  reasons: readonly string[],
  stale: readonly ManifestItem[],
): string[] {
  if (reasons.some((reason) => reason.startsWith(UNFOLLOWED))) {
    return [
      `Bring a test, model or code of ${tag} in line with the text, or look at all of them and say that they hold: evidence confirm ${tag} --reason "…"`,
    ];
  }
  if (stale.length === 0) {
    return ["Compare what is quoted or tested with the text as it is now, and bring the two in line"];
  }
  return stale.map((item) => `Compare ${describe(item)} with the text as it is now, then run it against that text`);
}

function closeMissing(
  { tag, needs }: ManifestDefinition,
  items: readonly ManifestItem[],
  index: EvidenceIndex,
): string[] {
  const references = index.references.get(tag) ?? [];
  const linked = references.filter((reference) => reference.role === "verifies" && reference.executed === false);
  const advice = linked.map(
    (reference) =>
      `Linked test "${reference.test ?? tag}" at ${reference.file}:${reference.line} never ran: run it, and name its report under \`results\` in evidence.config.json`,
  );
  for (const item of items) {
    if (item.outcome !== "inconclusive") continue;
    const how = item.kind === "example" ? " (`evidence examples` says what keeps it from running)" : "";
    advice.push(`Run ${describe(item)} until it says pass or fail${how}`);
  }
  for (const need of needs) {
    const kinds = need.split("|");
    const isTried = items.some((item) => meets(need, item.kind));
    const isLinked = linked.length > 0 && kinds.some((kind) => kind === "any" || kind.startsWith("test."));
    if (!isTried && !isLinked) advice.push(strayAdvice(tag, kinds, references) ?? closeNeed(tag, kinds, index));
  }
  return advice;
}

/** A comment that claims to verify and stands on no test may lack nothing but its place. */
function strayAdvice(tag: Tag, kinds: readonly string[], references: readonly ManifestReference[]): string | null {
  if (!kinds.some((kind) => kind === "any" || kind.startsWith("test."))) return null;
  const stray = references.find(({ role, form, test }) => role === "verifies" && form === "comment" && test === null);
  if (stray === undefined) return null;
  return `Move the comment at ${stray.file}:${stray.line} directly above the test that verifies ${tag}, or write that test below it`;
}

function closeNeed(tag: Tag, kinds: readonly string[], index: EvidenceIndex): string {
  const [first = "any"] = kinds;
  const advice = closeKind(tag, first, index);
  const others = kinds.slice(1);
  return others.length === 0 ? advice : `${advice} (or bring evidence of kind ${others.join(" or ")})`;
}

function closeKind(tag: Tag, kind: string, { manner }: EvidenceIndex): string {
  switch (kind) {
    case "implementation":
      return `Mark the code that does it with a comment: @implements ${tag}`;
    case "example":
      return "Add an executable example, a fence with //=> lines, to its Evidence section";
    case "model":
      return "Add an alloy block with a check command to its section";
    case "logic":
      return "Write its sentence in EARS form, so that the logic analysis reads it";
    case "static-analysis":
      return `Name a SARIF report whose rule carries ${tag} under \`results\` in evidence.config.json`;
    case "any":
    case "test.unit":
    case "test.property":
    case "test.integration":
    case "test.concurrency":
      return `Write a ${TEST_NOUNS[kind] ?? "test"} that ${NAMING[manner].replaceAll("TAG", tag)}`;
    default:
      return `Report a ${kind} result for ${tag} in a campaign file named under \`results\` in evidence.config.json`;
  }
}

const NAMING: Record<EvidenceIndex["manner"], string> = {
  traceSpec: 'calls traceSpec("TAG") and asserts it',
  comment: "asserts it, below a comment: @verifies TAG",
  unknown: 'calls traceSpec("TAG") and asserts it (outside vitest: below a comment @verifies TAG)',
};

const TEST_NOUNS: Record<string, string> = {
  "test.property": "property test",
  "test.integration": "integration test",
  "test.concurrency": "concurrency test",
};

function describe(item: ManifestItem): string {
  const place = item.location === null ? "" : ` at ${item.location.file}:${item.location.line}`;
  const noun = item.kind.startsWith("test.") ? (TEST_NOUNS[item.kind] ?? "test") : item.kind;
  return `${noun} "${item.name}"${place}`;
}

/** What would mend a finding: its own suggestion, else the remedy its code documents. Never empty. */
export function closeFinding(found: ManifestFinding): string[] {
  if (found.suggestion !== null) return [found.suggestion];
  if (isFindingCode(found.code)) return [FINDING_CODES[found.code].remedy];
  return [`Look up what it means: evidence explain ${found.code}`];
}
