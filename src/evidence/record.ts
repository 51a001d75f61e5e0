import type { BaseRecord } from "../model/base.js";
import type { Mode } from "../model/config.js";
import type { EvidenceItem } from "../model/evidence.js";
import type { Finding } from "../model/finding.js";
import type { ManifestChange, ManifestDefinition, Predicate, Totals } from "../model/manifest.js";
import type { Definition } from "../model/reference.js";
import { compareText } from "../model/span.js";
import type { TagVerdict } from "../model/verdict.js";
import type { AssessmentInput } from "./assess.js";
import type { StatedAttributes } from "./attributes.js";
import type { ChangeView } from "./changes.js";
import type { AppliedConfirmation } from "./confirmations.js";
import type { Need } from "./needs.js";
import type { TagCase } from "./verdict.js";
import type { AppliedFindingWaiver, AppliedWaiver } from "./waive.js";

interface Parts {
  input: AssessmentInput;
  decision: { gate: "pass" | "fail"; reasons: string[] };
  definitions: ManifestDefinition[];
  verdicts: readonly TagVerdict[];
  items: EvidenceItem[];
  references: Predicate["references"];
  findings: Finding[];
  waivers: readonly AppliedWaiver[];
  findingWaivers: readonly AppliedFindingWaiver[];
  changes: ManifestChange[];
  mode: Mode;
  confirmations: readonly AppliedConfirmation[];
  known: NonNullable<Predicate["known"]>;
  baseline: Predicate["baseline"] | null;
  base: BaseRecord | null;
}

/** Lays the parts of a judgement out as the manifest's predicate, everything in an order that inputs cannot change. */
export function describePredicate(parts: Parts): Predicate {
  const { input } = parts;
  return {
    tool: { name: "spec-evidence", version: input.toolVersion },
    configuration: input.configuration,
    source: input.source,
    mode: parts.mode,
    policy: input.config.policy,
    gate: parts.decision.gate,
    gateReasons: parts.decision.reasons,
    ...(parts.known.tags.length + parts.known.findings.length === 0 ? {} : { known: parts.known }),
    totals: totalsOf(parts),
    catalog: byTag(parts.definitions),
    references: parts.references,
    results: resultRecords(input),
    items: parts.items,
    verdicts: byTag(parts.verdicts),
    findings: parts.findings,
    waivers: parts.waivers.map(({ tag, verdict, reason, owner, expires, state }) => ({
      tag,
      verdict,
      reason,
      owner,
      expires,
      state,
    })),
    ...(parts.findingWaivers.length === 0
      ? {}
      : { findingWaivers: parts.findingWaivers.map(({ span: _, ...waiver }) => waiver) }),
    ...(parts.confirmations.length === 0 ? {} : { confirmations: [...parts.confirmations] }),
    ...(parts.baseline === null ? {} : { baseline: parts.baseline }),
    ...(parts.base === null ? {} : { base: parts.base }),
    changes: parts.changes,
    analyses: input.analyses,
    ...(input.models === undefined || input.models === null ? {} : { models: input.models }),
  };
}

function byTag<T extends { tag: string }>(values: readonly T[]): T[] {
  return [...values].sort((a, b) => compareText(a.tag, b.tag));
}

function totalsOf(parts: Parts): Totals {
  const count = (verdict: TagVerdict["verdict"]) => parts.verdicts.filter((each) => each.verdict === verdict).length;
  const { scope } = parts.input;
  const documents = parts.input.documents.filter((document) => scope?.has(document.path) ?? true);
  const requirements = documents.flatMap((document) => document.requirements);
  return {
    specs: documents.length,
    requirements: requirements.length,
    scenarios: requirements.reduce((sum, requirement) => sum + requirement.scenarios.length, 0),
    tags: parts.verdicts.length,
    failing: count("failing"),
    hollow: count("hollow"),
    suspect: count("suspect"),
    missing: count("missing"),
    waived: count("waived"),
    verified: count("verified"),
  };
}

function resultRecords(input: AssessmentInput): Predicate["results"] {
  const records = input.results.map((set) => ({
    path: set.source,
    format: set.format,
    producer: set.producer.name,
    tests: set.tests.length,
    items: set.items.length,
  }));
  return records.sort((a, b) => compareText(a.path, b.path));
}

export function definitionRecord(
  definition: Definition,
  needs: readonly Need[],
  attributes: StatedAttributes = {},
): ManifestDefinition {
  return {
    ...attributes,
    tag: definition.tag,
    kind: definition.kind,
    title: definition.title,
    capability: definition.capability,
    parent: definition.parent,
    priority: definition.priority,
    needs: [...needs],
    file: definition.span.file,
    line: definition.span.line,
    column: definition.span.column,
    text: definition.text,
    textDigest: definition.textDigest,
  };
}

export function changeRecord(
  view: ChangeView,
  cases: readonly TagCase[],
  verdicts: TagVerdict[],
  gates: boolean,
): ManifestChange {
  return {
    change: view.change,
    gates,
    removed: view.removed,
    definitions: byTag(cases.map((each) => definitionRecord(each.definition, each.needs))),
    verdicts: byTag(verdicts),
  };
}
