import type { Baseline } from "../model/baseline.js";
import type { Config, Mode } from "../model/config.js";
import type { PlacedConfirmation } from "../model/confirmation.js";
import type { EvidenceItem } from "../model/evidence.js";
import type { Finding } from "../model/finding.js";
import { arrangeFindings, finding } from "../model/finding.js";
import type { Analyses, Predicate } from "../model/manifest.js";
import type { Models } from "../model/models.js";
import type { Catalog, Definition, Reference } from "../model/reference.js";
import type { SpecDocument } from "../model/requirement.js";
import type { ResultSet } from "../model/result.js";
import { compareText, fileSpan } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import type { TagVerdict } from "../model/verdict.js";
import type { FindingWaiver, Waiver } from "../model/waiver.js";
import { mentionsOf, resolveReferences } from "../tags/resolve.js";
import { statedAttributes } from "./attributes.js";
import { compareWithBase, describeBase } from "./base/describe.js";
import { whyUnfollowed } from "./base/freshness.js";
import type { BaseInput } from "./base/input.js";
import { knownBefore } from "./base/ratchet.js";
import type { AppliedBaseline } from "./baseline.js";
import { applyBaseline } from "./baseline.js";
import type { ChangeView } from "./changes.js";
import { collect } from "./collect.js";
import { applyConfirmations } from "./confirmations.js";
import { applySeverities, decideGate } from "./gate.js";
import { evidenceReferences } from "./links.js";
import { logicItems } from "./logic.js";
import { needsFor, statedNeeds } from "./needs.js";
import { changeRecord, definitionRecord, describePredicate } from "./record.js";
import type { TagCase } from "./verdict.js";
import { judgeTag } from "./verdict.js";
import { applyWaivers, waiveFindings } from "./waive.js";

/** Everything one judgement depends on. Nothing else is looked at, so equal inputs give equal predicates. */
export interface AssessmentInput {
  toolVersion: string;
  config: Config;
  configuration: { path: string | null; digest: string };
  source: { commit: string | null; files: number; digest: string };
  /** Main specifications. */
  documents: readonly SpecDocument[];
  changes: readonly ChangeView[];
  catalog: Catalog;
  /** What the source scan found. */
  references: readonly Reference[];
  results: readonly ResultSet[];
  /** Made by analyses, such as models that were run. */
  items: readonly EvidenceItem[];
  waivers: readonly Waiver[];
  findingWaivers: readonly FindingWaiver[];
  confirmations: readonly PlacedConfirmation[];
  /** Null without one. */
  baseline: Baseline | null;
  /** The base that the tree is held against; null without one. */
  base: BaseInput | null;
  /** SHA-256 (hex) by path of every source file read. */
  digests: ReadonlyMap<string, string>;
  /** Of the stages before. */
  findings: readonly Finding[];
  analyses: Analyses;
  /** Commands of Alloy models; null when there is none, or they were left out. */
  models?: Models | null;
  /** YYYY-MM-DD, for the expiry of waivers. */
  today: string;
  /** Paths of the specifications to judge; null for all. The others still define what references may name. */
  scope: ReadonlySet<string> | null;
}

/** Judges every tag and decides the gate. */
export function assess(input: AssessmentInput): Predicate {
  const stated = statedNeeds(input.documents);
  const attributes = statedAttributes(input.documents);
  const references = [...input.references, ...mentionsOf(input.documents), ...evidenceReferences(input.documents)];
  const resolved = resolveReferences(input.catalog, references);
  const collected = collect({
    catalog: input.catalog,
    references: references.filter(({ tag }) => isDefined(input.catalog, tag)),
    results: input.results,
    items: [...input.items, ...logicItems(countingFindings(input))],
    digests: input.digests,
    findings: resolved.findings,
    misquoted: misquotations(resolved.findings),
    oldResults: input.base?.sameResults ?? new Set(),
  });
  const needs = needsFor(input.config.policy, stated.needs);
  const comparison = input.base === null ? null : compareWithBase(input.base, input.catalog);
  const confirmations = applyConfirmations(input.confirmations, input.catalog);
  const makeCase = (definition: Definition): TagCase => {
    const isMain = definition.change === null;
    const own: TagCase = {
      ...collected.caseOf(definition),
      needs: needs(definition),
      confirmed: isMain && confirmations.confirmed.has(definition.tag),
      unfollowed: null,
    };
    if (isMain && comparison !== null) own.unfollowed = whyUnfollowed(own, comparison.facts);
    return own;
  };

  const judged = [...input.catalog.definitions.values()].filter(({ span }) => input.scope?.has(span.file) ?? true);
  const cases = judged.map(makeCase);
  const waived = applyWaivers(cases.map(judgeTag), input.waivers, input.catalog, input.today);
  const changes = input.changes.map((view) => judgeChange(view, makeCase, input.config.changes === "gate"));

  const base =
    comparison === null ? null : describeBase(comparison, { ...collected, catalog: input.catalog, references });
  const stages = [input, stated, resolved, collected, waived, confirmations, base ?? { findings: [] }];
  const own = stages.flatMap((stage) => stage.findings);
  if (cases.length === 0) own.push(nothingJudged());
  const { severity, changes: changesMode } = input.config;
  const foreign = input.changes.flatMap((view) => ofChange(view, changesMode === "gate"));
  const all = applySeverities([...own, ...foreign], severity).filter((each) => concerns(each, input.scope, judged));
  const excused = waiveFindings(arrangeFindings(all), input.findingWaivers, input.today);
  const mode = input.config.mode ?? (input.baseline === null ? "strict" : "ratchet");
  const drawn = input.baseline === null ? null : applyBaseline(input.baseline, waived.verdicts, excused.findings);
  const { findings: counted, ids: excusedIds } = lowered(excused.findings, drawn, mode);
  const findings = arrangeFindings([...counted, ...(drawn?.findings ?? [])]);
  const gating = changes.filter((change) => change.record.gates);
  const decision = decideGate({
    mode,
    known: knownBefore(
      { verdicts: waived.verdicts, findings },
      drawn,
      comparison === null || base === null
        ? null
        : { comparison, record: base.record, glossary: input.config.logic.glossary },
    ),
    definitions: input.catalog.definitions,
    verdicts: waived.verdicts,
    proposed: gating.map(({ view, verdicts }) => ({ definitions: view.altered, verdicts })),
    findings,
  });
  return describePredicate({
    input,
    decision,
    known: {
      tags: [...new Set(decision.known.tags)].sort(compareText),
      findings: [...excusedIds, ...decision.known.findings].sort(compareText),
    },
    definitions: cases.map((each) =>
      definitionRecord(each.definition, each.needs, attributes.get(each.definition.tag)),
    ),
    verdicts: waived.verdicts,
    items: collected.items,
    references: collected.references,
    findings,
    waivers: waived.applied,
    findingWaivers: excused.applied,
    changes: changes.map((change) => change.record),
    mode,
    confirmations: confirmations.applied,
    baseline: drawn?.record ?? null,
    base: base?.record ?? null,
  });
}

/** In ratchet mode what the baseline holds stays visible as a note, so that what is new can be seen. */
function lowered(findings: readonly Finding[], drawn: AppliedBaseline | null, mode: Mode) {
  const isKnown = ({ id, severity }: Finding) =>
    drawn !== null && mode === "ratchet" && drawn.ids.has(id) && severity !== "info";
  const suggestion = `Known: ${drawn?.record.path} holds it.`;
  return {
    findings: findings.map((each): Finding => (isKnown(each) ? { ...each, severity: "info", suggestion } : each)),
    // The gate counts errors only, so that only they are not counted.
    ids: findings.filter((each) => isKnown(each) && each.severity === "error").map(({ id }) => id),
  };
}

/** Findings of the stages before with the severity that counts, without those that a waiver in force excuses. */
function countingFindings(input: AssessmentInput): Finding[] {
  const excused = new Set(
    input.findingWaivers.filter((each) => each.expires >= input.today).map((each) => each.finding),
  );
  return applySeverities(input.findings, input.config.severity).filter((each) => !excused.has(each.id));
}

function isDefined(catalog: Catalog, tag: Tag): boolean {
  return catalog.definitions.has(tag) || catalog.proposed.has(tag);
}

/** Whether a finding is about the judged specifications or their tags, or about no specification at all. */
function concerns(each: Finding, scope: ReadonlySet<string> | null, judged: readonly Definition[]): boolean {
  if (scope === null || scope.has(each.span.file)) return true;
  if (each.tags.length > 0) return judged.some(({ tag }) => each.tags.includes(tag));
  return !each.code.startsWith("SPEC") && !each.code.startsWith("TAG");
}

/** Sentences about quotations that no longer hold, by tag. */
function misquotations(findings: readonly Finding[]): Map<Tag, string[]> {
  const byTag = new Map<Tag, string[]>();
  for (const each of findings) {
    if (each.code !== "TAG007") continue;
    const sentence = `${each.span.file}:${each.span.line} quotes another text`;
    for (const tag of each.tags) {
      const sentences = byTag.get(tag);
      if (sentences === undefined) byTag.set(tag, [sentence]);
      else sentences.push(sentence);
    }
  }
  return byTag;
}

interface JudgedChange {
  view: ChangeView;
  verdicts: TagVerdict[];
  record: Predicate["changes"][number];
}

function judgeChange(view: ChangeView, makeCase: (definition: Definition) => TagCase, gates: boolean): JudgedChange {
  const definitions = [...view.altered.values()].sort((a, b) => compareText(a.tag, b.tag));
  const cases = definitions.map(makeCase);
  const verdicts = cases.map(judgeTag);
  return { view, verdicts, record: changeRecord(view, cases, verdicts, gates) };
}

/** An active change that does not gate can only warn. */
function ofChange(view: ChangeView, gates: boolean): Finding[] {
  if (gates) return view.findings;
  return view.findings.map((each) => (each.severity === "error" ? { ...each, severity: "warning" } : each));
}

function nothingJudged(): Finding {
  return finding({
    code: "EVD005",
    message: "Unexpected specifications without a single tag, expected at least one tagged requirement",
    span: fileSpan("openspec/specs"),
    suggestion: "Give the heading of each requirement a tag: `### Requirement: Title [AREA-NAME]`.",
  });
}
