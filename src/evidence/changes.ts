import type { Finding } from "../model/finding.js";
import type { Definition } from "../model/reference.js";
import type { SpecDocument } from "../model/requirement.js";
import { compareText } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { mergeDelta } from "../specs/merge.js";
import { parseSpec } from "../specs/parse.js";
import { buildCatalog } from "../tags/catalog.js";

export interface SpecText {
  path: string;
  text: string;
}

/** One active change merged into the main specifications, as archiving it would. */
export interface ChangeView {
  change: string;
  /** Main specifications after the merge, those it touches only. */
  documents: SpecDocument[];
  /** Tags the change adds, or whose text it alters, by tag. */
  altered: Map<Tag, Definition>;
  /** Tags of the main specifications that are gone after the merge, sorted. */
  removed: Tag[];
  findings: Finding[];
}

/**
 * Merges each active change on its own. `mains` are all main documents, `textOf` gives the text of a main specification
 * by capability (null when it has none), `deltas` the delta specifications with their texts.
 */
export function viewChanges(
  mains: readonly SpecDocument[],
  textOf: (capability: string) => SpecText | null,
  deltas: readonly { document: SpecDocument; text: string }[],
): ChangeView[] {
  const byChange = new Map<string, { document: SpecDocument; text: string }[]>();
  for (const delta of deltas) {
    if (delta.document.change === null) continue;
    const group = byChange.get(delta.document.change);
    if (group === undefined) byChange.set(delta.document.change, [delta]);
    else group.push(delta);
  }
  const before = buildCatalog(mains).catalog.definitions;
  return [...byChange.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([change, group]) => viewChange(change, group, mains, before, textOf));
}

function viewChange(
  change: string,
  group: readonly { document: SpecDocument; text: string }[],
  mains: readonly SpecDocument[],
  before: ReadonlyMap<Tag, Definition>,
  textOf: (capability: string) => SpecText | null,
): ChangeView {
  const merged = new Map<string, SpecDocument>();
  const findings: Finding[] = [];
  for (const { document, text } of group) {
    const main = textOf(document.capability);
    const outcome = mergeDelta(main, { path: document.path, text });
    findings.push(...outcome.findings);
    if (outcome.text === null) continue;
    merged.set(document.capability, parseSpec({ path: outcome.path, text: outcome.text }).document);
  }
  const after = buildCatalog([
    ...mains.filter((main) => !merged.has(main.capability)),
    ...[...merged.values()].map((document) => ({ ...document, kind: "main" as const, change: null })),
  ]).catalog.definitions;
  const altered = new Map<Tag, Definition>();
  for (const [tag, definition] of after) {
    if (before.get(tag)?.textDigest !== definition.textDigest) altered.set(tag, { ...definition, change });
  }
  const removed = [...before.keys()].filter((tag) => !after.has(tag)).sort(compareText);
  return { change, documents: [...merged.values()], altered, removed, findings };
}
