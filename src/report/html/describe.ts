import { nextSteps } from "../../evidence/next.js";
import { FINDING_CODES, isFindingCode } from "../../model/codes/index.js";
import { EVIDENCE_KINDS, OUTCOMES } from "../../model/evidence.js";
import { SEVERITIES } from "../../model/finding.js";
import type { ManifestDefinition, ManifestItem, ManifestVerdict, Predicate } from "../../model/manifest.js";
import { compareText } from "../../model/span.js";
import { LEVELS, VERDICTS } from "../../model/verdict.js";
import { visibleLines } from "../text/visible.js";
import type { TextTable } from "./columns.js";
import { textTable } from "./columns.js";
import type { Head, ItemColumns, ModelPicture, ReportData, TagColumns, Trace } from "./data.js";
import { edgesOf } from "./edges.js";
import { marksOf } from "./marks.js";

const PRIORITIES = ["must", "should", "could"] as const;
const ROLES = ["implements", "verifies", "mentions"] as const;

/** What a report is made from besides the predicate. */
export interface ReportContext {
  /** Shown as the page's title; the name of the judged folder. */
  title: string;
  links: Head["links"];
  traces: readonly Trace[];
  models: readonly ModelPicture[];
  /** When the text of each tag was written, one sentence each. */
  history: ReadonlyMap<string, readonly string[]>;
}

/** Lays a predicate out for the page. What only `manifest verify` needs, such as digests, is left out. */
export function describeReport(predicate: Predicate, context: ReportContext): ReportData {
  const texts = textTable();
  const judged = judgedOf(predicate);
  const placeOf = new Map<string, number>();
  for (const [at, { definition }] of judged.entries()) {
    if (!placeOf.has(definition.tag)) placeOf.set(definition.tag, at);
  }
  const arranged = arrangedItems(predicate);
  const itemPlaces = new Map(arranged.map((item, at) => [item.id, at]));
  const parts = {
    texts,
    placeOf,
    itemPlaces,
    byTag: itemsByTag(arranged),
    base: predicate.base,
    history: context.history,
  };
  const tags = tagColumns(judged, parts);
  return {
    head: headOf(predicate, context),
    tags,
    items: itemColumns(arranged, texts),
    references: referenceColumns(predicate, texts, placeOf),
    findings: findingColumns(predicate, texts, placeOf),
    waivers: waiverColumns(predicate, texts),
    edges: edgesOf(predicate, placeOf),
    gaps: gapColumns(predicate, texts, placeOf),
    analyses: byName(predicate.analyses).map(([name, facts]) => ({
      name,
      facts: byName(facts).map(([fact, value]): [string, string] => [fact, visibleLines(String(value))]),
    })),
    models: [...context.models],
    traces: [...context.traces],
    strings: texts.texts,
  };
}

function headOf(predicate: Predicate, context: ReportContext): Head {
  return {
    title: context.title,
    gate: predicate.gate,
    tool: predicate.tool.version,
    commit: predicate.source.commit,
    links: context.links,
    verdicts: VERDICTS,
    kinds: EVIDENCE_KINDS,
    outcomes: OUTCOMES,
    priorities: PRIORITIES,
    severities: SEVERITIES,
    roles: ROLES,
    levels: LEVELS,
  };
}

interface Judged {
  definition: ManifestDefinition;
  verdict: ManifestVerdict;
  change: string | null;
}

/** Tags of the main specifications, then those of active changes, each requirement before its scenarios. */
function judgedOf(predicate: Predicate): Judged[] {
  const scopes = [
    { change: null, definitions: predicate.catalog, verdicts: predicate.verdicts },
    ...predicate.changes.map(({ change, definitions, verdicts }) => ({ change, definitions, verdicts })),
  ];
  return scopes.flatMap(({ change, definitions, verdicts }) => {
    const verdictOf = new Map(verdicts.map((each) => [each.tag, each]));
    return [...definitions]
      .sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line))
      .flatMap((definition) => {
        const verdict = verdictOf.get(definition.tag);
        return verdict === undefined ? [] : [{ definition, verdict, change }];
      });
  });
}

/** By place: neighbours are then alike, which compresses well, and a tag's items stand in the order of their files. */
function arrangedItems({ items }: Predicate): ManifestItem[] {
  return [...items].sort(
    (a, b) =>
      compareText(a.location?.file ?? "", b.location?.file ?? "") ||
      (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
      compareText(a.name, b.name) ||
      compareText(a.id, b.id),
  );
}

function itemsByTag(items: readonly ManifestItem[]): Map<string, number[]> {
  const byTag = new Map<string, number[]>();
  for (const [at, item] of items.entries()) {
    for (const tag of item.tags) {
      const places = byTag.get(tag);
      if (places === undefined) byTag.set(tag, [at]);
      else places.push(at);
    }
  }
  return byTag;
}

interface TagParts {
  texts: TextTable;
  placeOf: ReadonlyMap<string, number>;
  itemPlaces: ReadonlyMap<string, number>;
  byTag: ReadonlyMap<string, number[]>;
  base: Predicate["base"];
  history: ReportContext["history"];
}

function tagColumns(
  judged: readonly Judged[],
  { texts, placeOf, itemPlaces, byTag, base, history }: TagParts,
): TagColumns {
  const before = new Map(base?.changed.map((each) => [each.tag, each.before]));
  const others = [...(base?.added ?? []), ...(base?.changed ?? []), ...(base?.renamed ?? [])];
  const altered = new Set(others.map((each) => each.tag));
  const column = <T>(of: (each: Judged) => T): T[] => judged.map(of);
  const items = ({ definition, verdict }: Judged): number[] => {
    const considered = verdict.evidence.flatMap((id) => itemPlaces.get(id) ?? []);
    return [...new Set([...considered, ...(byTag.get(definition.tag) ?? [])])].sort((a, b) => a - b);
  };
  return {
    tag: column(({ definition }) => texts.place(definition.tag)),
    title: column(({ definition }) => texts.place(definition.title)),
    kind: column(({ definition }) => (definition.kind === "scenario" ? 1 : 0)),
    capability: column(({ definition }) => texts.place(definition.capability)),
    parent: column(({ definition }) => (definition.parent === null ? -1 : (placeOf.get(definition.parent) ?? -1))),
    priority: column(({ definition }) => PRIORITIES.indexOf(definition.priority)),
    verdict: column(({ verdict }) => VERDICTS.indexOf(verdict.verdict)),
    unwaived: column(({ verdict }) => VERDICTS.indexOf(verdict.unwaived)),
    level: column(({ verdict }) => LEVELS.indexOf(verdict.level)),
    file: column(({ definition }) => texts.place(definition.file)),
    line: column(({ definition }) => definition.line),
    needs: column(({ definition }) => texts.places(definition.needs)),
    reasons: column(({ verdict }) => texts.places(verdict.reasons)),
    text: column(({ definition }) => texts.place(bodyOf(definition))),
    marks: column(({ definition }) => marksOf(definition, bodyOf(definition))),
    items: column(items),
    change: column(({ change }) => texts.place(change)),
    changed: column(({ change, definition }) => (change !== null || altered.has(definition.tag) ? 1 : 0)),
    history: column(({ change, definition }) =>
      change === null ? texts.places(history.get(definition.tag) ?? []) : [],
    ),
    before: column(({ change, definition }) => texts.place(change === null ? before.get(definition.tag) : null)),
  };
}

/** The text without its first line, the title, which stands above it anyway. */
function bodyOf({ text, title }: ManifestDefinition): string {
  return visibleLines(text.startsWith(title) ? text.slice(title.length).trimStart() : text);
}

function itemColumns(items: readonly ManifestItem[], texts: TextTable): ItemColumns {
  return {
    kind: items.map((item) => EVIDENCE_KINDS.indexOf(item.kind)),
    name: items.map((item) => texts.place(item.name)),
    outcome: items.map((item) => OUTCOMES.indexOf(item.outcome)),
    producer: items.map(({ producer: { name, version } }) =>
      texts.place(version === null ? name : `${name} ${version}`),
    ),
    file: items.map((item) => texts.place(item.location?.file)),
    line: items.map((item) => item.location?.line ?? 0),
    assertions: items.map((item) => item.assertions ?? -1),
    cannotFail: items.map((item) => texts.place(item.cannotFail)),
    strength: items.map((item) => texts.places(byName(item.strength).map(([fact, value]) => `${fact} ${value}`))),
    notes: items.map((item) => texts.places(item.notes)),
  };
}

function referenceColumns(
  predicate: Predicate,
  texts: TextTable,
  placeOf: ReadonlyMap<string, number>,
): ReportData["references"] {
  const known = predicate.references.filter(({ tag }) => placeOf.has(tag));
  return {
    tag: known.map(({ tag }) => placeOf.get(tag) ?? -1),
    role: known.map(({ role }) => ROLES.indexOf(role)),
    form: known.map(({ form }) => texts.place(form)),
    file: known.map(({ file }) => texts.place(file)),
    line: known.map(({ line }) => line),
    test: known.map(({ test }) => texts.place(test)),
  };
}

function findingColumns(
  { findings }: Predicate,
  texts: TextTable,
  placeOf: ReadonlyMap<string, number>,
): ReportData["findings"] {
  return {
    id: findings.map((each) => texts.place(each.id)),
    code: findings.map((each) => texts.place(each.code)),
    severity: findings.map((each) => SEVERITIES.indexOf(each.severity)),
    message: findings.map((each) => texts.place(each.message)),
    file: findings.map((each) => texts.place(each.span.file)),
    line: findings.map((each) => each.span.line),
    tags: findings.map((each) => each.tags.flatMap((tag) => placeOf.get(tag) ?? [])),
    suggestion: findings.map((each) => texts.place(each.suggestion)),
    check: findings.map((each) => texts.place(each.check)),
    tier: findings.map((each) => texts.place(each.tier)),
    related: findings.map((each) =>
      each.related.map(({ span, message }) => ({
        file: texts.place(span.file),
        line: span.line,
        message: texts.place(message),
      })),
    ),
    situation: findings.map(({ situation }) =>
      situation === undefined
        ? null
        : {
            conditions: texts.places(situation.conditions),
            demands: situation.demands.map(({ statement, text }) => ({
              statement: texts.place(statement),
              text: texts.place(text),
            })),
          },
    ),
    title: findings.map(({ code }) => texts.place(isFindingCode(code) ? FINDING_CODES[code].title : code)),
  };
}

/** Members by name: a predicate read back from a manifest has them in another order. */
export function byName<T>(members: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(members).sort(([a], [b]) => compareText(a, b));
}

function gapColumns(predicate: Predicate, texts: TextTable, placeOf: ReadonlyMap<string, number>): ReportData["gaps"] {
  const open = nextSteps(predicate).filter((step) => step.subject === "tag" && placeOf.has(step.tag ?? ""));
  return {
    tag: open.map((step) => placeOf.get(step.tag ?? "") ?? -1),
    close: open.map((step) => texts.places(step.close)),
  };
}

function waiverColumns({ waivers, findingWaivers = [] }: Predicate, texts: TextTable): ReportData["waivers"] {
  const all = [
    ...waivers,
    ...findingWaivers.map(({ finding, ...waiver }) => ({ ...waiver, tag: finding, verdict: "finding" })),
  ];
  return {
    tag: all.map((each) => texts.place(each.tag)),
    verdict: all.map((each) => texts.place(each.verdict)),
    reason: all.map((each) => texts.place(each.reason)),
    owner: all.map((each) => texts.place(each.owner)),
    expires: all.map((each) => texts.place(each.expires)),
    state: all.map((each) => texts.place(each.state)),
  };
}
