import type { Finding } from "../../model/finding.js";
import type { SpecDocument } from "../../model/requirement.js";
import type { Span } from "../../model/span.js";
import { compareText } from "../../model/span.js";
import type { Tag } from "../../model/tag.js";
import type { AlloyModel } from "../collect.js";
import { statedTags } from "../declared.js";
import { Places } from "../text/places.js";

/** An assertion that no command checks, with what it would give evidence for. */
export interface UncheckedAssertion {
  name: string;
  tags: Tag[];
  place: Span;
}

/**
 * The assertions that the audit found unchecked (ALLOY005), with the tags stated for each or else that of the section it
 * stands in; and the audit's findings, those of unchecked assertions with these tags.
 */
export function uncheckedAssertions(
  models: readonly AlloyModel[],
  audit: readonly Finding[],
  documents: readonly SpecDocument[],
  known: ReadonlySet<Tag>,
): { assertions: UncheckedAssertion[]; findings: Finding[] } {
  const texts = new Map(models.flatMap(({ texts: all }) => all.map((text) => [text.file, text] as const)));
  const blocks = new Map(documents.map(({ path, alloyBlocks }) => [path, alloyBlocks]));
  const assertions: UncheckedAssertion[] = [];
  const findings = audit.map((each): Finding => {
    const text = texts.get(each.span.file);
    if (each.code !== "ALLOY005" || text === undefined) return each;
    const places = new Places(text.file, text.text);
    const at = text.paragraphs.findIndex(
      (paragraph) => paragraph.kind === "assert" && startsAt(each.span, places.span(paragraph.name ?? paragraph)),
    );
    const paragraph = text.paragraphs[at];
    if (paragraph?.kind !== "assert") return each;
    const stated = statedTags(text, places, at, known).flatMap(({ tag }) => (known.has(tag) ? [tag] : []));
    const section = blocks
      .get(text.file)
      ?.find(({ span }) => span.line <= each.span.line && each.span.line <= span.endLine)?.owner;
    const own = stated.length > 0 ? stated : section === undefined || section === null ? [] : [section];
    const tags = [...new Set(own)].sort(compareText);
    assertions.push({ name: paragraph.name?.text ?? `at line ${each.span.line}`, tags, place: each.span });
    return { ...each, tags };
  });
  return { assertions, findings };
}

function startsAt(a: Span, b: Span): boolean {
  return a.line === b.line && a.column === b.column;
}
