import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Catalog, Definition } from "../model/reference.js";
import type { Requirement, Scenario, SpecDocument } from "../model/requirement.js";
import { compareSpans, compareText, formatSpan } from "../model/span.js";
import type { Tag } from "../model/tag.js";

/**
 * Collects the definitions of all tags: those of the main specifications, and as `proposed` those that only active
 * changes define. The first definition by path and line wins. TAG003 for a tag that main specifications define twice,
 * or one change does; a change that restates a tag of the main specifications continues it.
 */
export function buildCatalog(documents: readonly SpecDocument[]): { catalog: Catalog; findings: Finding[] } {
  const findings: Finding[] = [];
  const main = new Map<Tag, Definition>();
  const perChange = new Map<string, Map<Tag, Definition>>();
  const all = documents.flatMap(definitionsOf).sort((a, b) => compareSpans(a.span, b.span));
  for (const definition of all) {
    const known = definition.change === null ? main : mapOf(perChange, definition.change);
    const first = known.get(definition.tag);
    if (first === undefined) known.set(definition.tag, definition);
    else findings.push(duplicate(definition, first));
  }
  const proposed = new Map<Tag, Definition>();
  const candidates = [...perChange.values(), renamed(documents, main)].flatMap((each) => [...each.values()]);
  for (const definition of candidates.sort((a, b) => compareSpans(a.span, b.span))) {
    const { tag } = definition;
    if (!main.has(tag) && !proposed.has(tag)) proposed.set(tag, definition);
  }
  return { catalog: { definitions: sorted(main), proposed: sorted(proposed) }, findings };
}

function mapOf(maps: Map<string, Map<Tag, Definition>>, change: string): Map<Tag, Definition> {
  const known = maps.get(change);
  if (known !== undefined) return known;
  const made = new Map<Tag, Definition>();
  maps.set(change, made);
  return made;
}

function definitionsOf(document: SpecDocument): Definition[] {
  const found: Definition[] = [];
  const { capability, change } = document;
  const add = (of: Requirement | Scenario, kind: Definition["kind"], parent: Tag | null) => {
    const { tag, title, priority, span, text, textDigest } = of;
    if (tag !== null) found.push({ tag, kind, title, capability, change, parent, priority, span, text, textDigest });
  };
  for (const requirement of document.requirements) {
    add(requirement, "requirement", null);
    for (const scenario of requirement.scenarios) add(scenario, "scenario", requirement.tag);
  }
  return found;
}

/** A rename that changes the tag proposes the new one for the old text. */
function renamed(documents: readonly SpecDocument[], main: ReadonlyMap<Tag, Definition>): Map<Tag, Definition> {
  const found = new Map<Tag, Definition>();
  for (const { change, renames } of documents) {
    for (const { from, to, span } of renames) {
      const old = from.tag === null ? undefined : main.get(from.tag);
      if (old === undefined || to.tag === null) continue;
      const title = to.header.replace(`[${to.tag}]`, "").trim();
      found.set(to.tag, { ...old, tag: to.tag, title, change, span });
    }
  }
  return found;
}

function duplicate(second: Definition, first: Definition): Finding {
  const { tag } = second;
  return finding({
    code: "TAG003",
    message: `Unexpected second definition of ${tag}, expected the one at ${formatSpan(first.span)} alone`,
    span: second.span,
    tags: [tag],
    related: [{ span: first.span, message: `first definition: ${first.title}` }],
    subject: `${tag} ${second.title}`,
  });
}

function sorted(definitions: ReadonlyMap<Tag, Definition>): Map<Tag, Definition> {
  return new Map([...definitions].sort(([a], [b]) => compareText(a, b)));
}
