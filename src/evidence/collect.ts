import { foldWhitespace } from "../model/digest.js";
import type { EvidenceItem } from "../model/evidence.js";
import type { Finding } from "../model/finding.js";
import type { Predicate } from "../model/manifest.js";
import type { Catalog, Definition, Reference } from "../model/reference.js";
import type { ResultSet } from "../model/result.js";
import { compareSpans, compareText } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { declarationKey } from "./declaration-key.js";
import { implementationItems } from "./implementation.js";
import { inputsFrom } from "./item.js";
import { linkedTests, withLinks } from "./linked.js";
import { createMatcher } from "./match.js";
import { testItem } from "./tests.js";
import { brokenFiles, unexecutedTests, unknownTags } from "./unmet.js";
import type { TagCase } from "./verdict.js";

export interface CollectInput {
  catalog: Catalog;
  /** Known references of every form. */
  references: readonly Reference[];
  results: readonly ResultSet[];
  /** Items of analyses. */
  items: readonly EvidenceItem[];
  /** SHA-256 (hex) by path of every source file read. */
  digests: ReadonlyMap<string, string>;
  /** Findings of the stages before. */
  findings: readonly Finding[];
  /** Sentences about quotations that differ, by tag. */
  misquoted: ReadonlyMap<Tag, string[]>;
  /** Results files that say nothing about the present tree: a base has the same. */
  oldResults: ReadonlySet<string>;
}

export interface Collected {
  /** Sorted by id, each once. */
  items: EvidenceItem[];
  references: Predicate["references"];
  findings: Finding[];
  /** Tags of which a test or another check ran on the text of today. */
  readonly ran: ReadonlySet<Tag>;
  /** The case of a tag; what others decide is still to be added. */
  caseOf: (definition: Definition) => Omit<TagCase, "needs" | "confirmed" | "unfollowed">;
}

/** Brings results, references and declarations together: the items, and what each tag's case consists of. */
export function collect(input: CollectInput): Collected {
  const inputsOf = inputsFrom(input.digests);
  const all: EvidenceItem[] = [...input.items, ...implementationItems(input.references, inputsOf)];
  const executed = new Set<string>();
  const findings: Finding[] = [];
  /** Results file of each test item without a place, and the test file of those that were made from another text of it. */
  const sources = new Map<string, string>();
  const stale = new Map<string, string>();
  const matcher = createMatcher(input.references.filter((reference) => reference.form !== "evidence"));
  const fresh = new Set(input.items.map((item) => item.id));
  const links = linkedTests(input.references.filter((reference) => reference.form === "evidence"));
  for (const set of input.results) {
    const isOld = input.oldResults.has(set.source);
    for (const item of set.items) {
      all.push(item);
      if (!isOld) fresh.add(item.id);
    }
    const { matched, findings: ambiguities } = matcher.match(set.tests, set.format === "tests");
    findings.push(...ambiguities);
    const outdated = new Set(set.outdated);
    for (const one of matched) {
      const each = withLinks(one, links.leadingTo(one));
      if (each.test !== null) executed.add(declarationKey(each.test));
      for (const { test } of each.references) {
        if (test !== null && test !== each.test) executed.add(declarationKey(test));
      }
      if (each.tags.length === 0) continue;
      const item = testItem(each, set.producer, inputsOf);
      all.push(item);
      if (item.location === null) sources.set(item.id, set.source);
      const { file } = each.result;
      if (file !== null && outdated.has(file)) stale.set(item.id, file);
      else if (!isOld) fresh.add(item.id);
    }
  }
  const items = distinct(all);
  const itemsOf = groupByTag(items);
  return {
    items,
    references: referenceRecords(input.references, executed),
    findings: [
      ...findings,
      ...brokenFiles(input.results),
      ...unknownTags(itemsOf, sources, input),
      ...unexecutedTests(input, items, executed),
    ],
    get ran() {
      return new Set(items.filter((item) => fresh.has(item.id) && hasRun(item)).flatMap((item) => item.tags));
    },
    caseOf: caseMaker(itemsOf, input, { executed, stale }),
  };
}

function hasRun({ kind, outcome }: EvidenceItem): boolean {
  return kind !== "implementation" && outcome !== "skipped";
}

const WORST_FIRST: Readonly<Record<EvidenceItem["outcome"], number>> = {
  error: 0,
  fail: 1,
  skipped: 2,
  inconclusive: 3,
  pass: 4,
};

/**
 * Each item once, sorted by id. Two reports of one check are one item with the worse outcome, so that a second report
 * cannot hide what the first one saw.
 */
function distinct(items: readonly EvidenceItem[]): EvidenceItem[] {
  const byId = new Map<string, EvidenceItem>();
  for (const item of items) {
    const known = byId.get(item.id);
    byId.set(item.id, known === undefined ? item : merged(known, item));
  }
  // Sorting the ids by themselves compares strings only, which a hundred thousand items notice.
  const sorted: EvidenceItem[] = [];
  for (const id of [...byId.keys()].sort()) {
    const item = byId.get(id);
    if (item !== undefined) sorted.push(item);
  }
  return sorted;
}

function merged(a: EvidenceItem, b: EvidenceItem): EvidenceItem {
  const worse = WORST_FIRST[a.outcome] <= WORST_FIRST[b.outcome] ? a : b;
  const tags = [...new Set([...a.tags, ...b.tags])].sort(compareText);
  return { ...worse, tags, against: { ...a.against, ...b.against, ...worse.against } };
}

function referenceRecords(references: readonly Reference[], executed: ReadonlySet<string>): Predicate["references"] {
  const sorted = [...references].sort((a, b) => compareSpans(a.span, b.span) || compareText(a.tag, b.tag));
  return sorted.map(({ tag, role, form, span, test }) => ({
    tag,
    role,
    form,
    file: span.file,
    line: span.line,
    column: span.column,
    test: test === null ? null : [...test.suite, test.name].join(" > "),
    executed: test === null ? null : executed.has(declarationKey(test)),
  }));
}

function caseMaker(
  itemsOf: ReadonlyMap<Tag, EvidenceItem[]>,
  input: CollectInput,
  { executed, stale }: { executed: ReadonlySet<string>; stale: ReadonlyMap<string, string> },
): Collected["caseOf"] {
  const referencesOf = new Map<Tag, Reference[]>();
  for (const reference of input.references) append(referencesOf, reference.tag, reference);
  return (definition) => {
    const { tag, parent } = definition;
    const references = referencesOf.get(tag) ?? NOTHING;
    const ofParent = parent === null ? NOTHING : (itemsOf.get(parent) ?? NOTHING);
    const own = itemsOf.get(tag) ?? NOTHING;
    const isInherited = (item: EvidenceItem) => item.kind === "implementation";
    return {
      definition,
      items: own,
      inherited: ofParent.some(isInherited) ? ofParent.filter(isInherited) : NOTHING,
      references,
      misquotations: misquotations(definition, own, input.misquoted, stale),
      unexecuted: references.length === 0 ? NOTHING : unexecuted(references, executed),
    };
  };
}

/** Shared by the cases of all tags that have none of something. */
const NOTHING: readonly never[] = [];

function misquotations(
  definition: Definition,
  items: readonly EvidenceItem[],
  misquoted: ReadonlyMap<Tag, string[]>,
  stale: ReadonlyMap<string, string>,
): readonly string[] {
  const { tag } = definition;
  const sentences = [...(misquoted.get(tag) ?? NOTHING)];
  for (const item of stale.size === 0 ? NOTHING : items) {
    const file = stale.get(item.id);
    if (file === undefined) continue;
    sentences.push(`the result of "${item.name}" is older than ${file}, which changed or is gone`);
  }
  for (const item of items) {
    if (misquotes(item, definition)) {
      sentences.push(`${item.producer.name} recorded "${item.name}" for another text of ${tag}`);
    }
  }
  return sentences;
}

function misquotes(item: EvidenceItem, definition: Definition): boolean {
  const quote = item.quotes?.[definition.tag];
  return quote !== undefined && !foldWhitespace(definition.text).includes(foldWhitespace(quote));
}

function unexecuted(references: readonly Reference[], executed: ReadonlySet<string>): string[] {
  const sentences = references.flatMap(({ test }) =>
    test === null || executed.has(declarationKey(test))
      ? []
      : [`linked test "${test.name}" (${test.file}:${test.line}) has no result`],
  );
  return [...new Set(sentences)];
}

function groupByTag(items: readonly EvidenceItem[]): Map<Tag, EvidenceItem[]> {
  const groups = new Map<Tag, EvidenceItem[]>();
  for (const item of items) for (const tag of item.tags) append(groups, tag, item);
  return groups;
}

function append<T>(groups: Map<Tag, T[]>, tag: Tag, value: T): void {
  const group = groups.get(tag);
  if (group === undefined) groups.set(tag, [value]);
  else group.push(value);
}
