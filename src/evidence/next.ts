import type { FindingCode } from "../model/codes/index.js";
import type { ManifestDefinition, ManifestFinding, ManifestVerdict, Predicate } from "../model/manifest.js";
import type { NextStep } from "../model/next-report.js";
import type { Priority } from "../model/requirement.js";
import { compareText } from "../model/span.js";
import { VERDICTS } from "../model/verdict.js";
import type { EvidenceIndex } from "./closing.js";
import { closeFinding, closeTag, indexEvidence } from "./closing.js";

/**
 * Findings that keep whole inputs from being judged: until they are mended, every other statement is about too little.
 * Those of the FILE family count as well.
 */
const BLOCKING: ReadonlySet<string> = new Set<FindingCode>([
  "CFG001",
  "EVD004",
  "EVD005",
  "EVD007",
  "RES001",
  "RES002",
  "RES003",
  "RES004",
  "RES006",
  "RES007",
  "SPEC001",
]);

/** What follows from other findings: a tag can be unknown because its heading is at fault, and nothing is judged without specifications. */
const CONSEQUENCES: ReadonlySet<string> = new Set<FindingCode>(["EVD005", "TAG004"]);

const PRIORITIES: readonly Priority[] = ["must", "should", "could"];

/**
 * The gaps of a run in order of importance: error findings that keep inputs from being judged, failing tags, the other
 * error findings, hollow, suspect and missing must tags, the same of should and could, and warnings.
 * Waived and verified tags and findings of severity info are no gaps.
 */
export function nextSteps(predicate: Predicate): NextStep[] {
  const index = indexEvidence(predicate);
  const steps = [
    ...tagSteps(predicate.catalog, predicate.verdicts, index, null),
    ...predicate.changes
      .filter((change) => change.gates)
      .flatMap((change) => tagSteps(change.definitions, change.verdicts, index, change.change)),
    ...predicate.findings.filter((each) => each.severity !== "info" && !isEcho(each, predicate)).map(findingStep),
  ];
  return steps
    .map((step) => ({ step, rank: rankOf(step) }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        compareText(a.step.file, b.step.file) ||
        a.step.line - b.step.line ||
        compareText(a.step.tag ?? "", b.step.tag ?? "") ||
        compareText(a.step.title, b.step.title),
    )
    .map(({ step }) => step);
}

/** Without a specification nothing is judged: that is one step, not two; unless the first is not shown. */
function isEcho({ code }: ManifestFinding, { findings }: Predicate): boolean {
  return code === "EVD005" && findings.some((each) => each.code === "CFG001" && each.severity !== "info");
}

function tagSteps(
  definitions: readonly ManifestDefinition[],
  verdicts: readonly ManifestVerdict[],
  index: EvidenceIndex,
  change: string | null,
): NextStep[] {
  const definitionOf = new Map(definitions.map((each) => [each.tag, each]));
  return verdicts.flatMap((verdict) => {
    const definition = definitionOf.get(verdict.tag);
    if (definition === undefined || verdict.verdict === "verified" || verdict.verdict === "waived") return [];
    return [
      {
        subject: "tag",
        gates: verdict.verdict === "failing" || definition.priority === "must",
        tag: verdict.tag,
        code: null,
        verdict: verdict.verdict,
        priority: definition.priority,
        change,
        title: definition.title,
        file: definition.file,
        line: definition.line,
        reasons: verdict.reasons,
        close: closeTag(definition, verdict, index),
      },
    ];
  });
}

function findingStep(found: ManifestFinding): NextStep {
  return {
    subject: "finding",
    gates: found.severity === "error",
    tag: found.tags[0] ?? null,
    code: found.code,
    verdict: null,
    priority: null,
    change: null,
    title: found.message,
    file: found.span.file,
    line: found.span.line,
    reasons: [],
    close: closeFinding(found),
  };
}

function rankOf(step: NextStep): number {
  const { code, verdict, priority } = step;
  if (verdict === null || priority === null) {
    if (!step.gates) return 100;
    const rank = code !== null && (code.startsWith("FILE") || BLOCKING.has(code)) ? 0 : 4;
    return CONSEQUENCES.has(code ?? "") ? rank + 0.5 : rank;
  }
  const importance = PRIORITIES.indexOf(priority);
  return verdict === "failing" ? 1 + importance : 10 * (1 + importance) + VERDICTS.indexOf(verdict);
}
