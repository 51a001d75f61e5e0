import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Catalog, Definition, Reference } from "../model/reference.js";
import type { SpecDocument } from "../model/requirement.js";
import { formatSpan } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { firstSegment } from "../model/tag.js";
import { NearestTags } from "./nearest.js";
import { quoteDifference } from "./quote.js";

/**
 * Holds references against the catalog. `known` are those to tags of the main specifications, in the given order.
 * Findings: TAG004 for a tag that nothing defines, with the nearest one there is; TAG007 for a quotation that the
 * requirement does not contain; TAG008 for a tag that only a change proposes. A bracketed token whose first segment no
 * tag has is no reference at all (`[UTF-8]`).
 */
export function resolveReferences(
  catalog: Catalog,
  references: readonly Reference[],
): { known: Reference[]; findings: Finding[] } {
  const vocabulary = new Set([...catalog.definitions.keys(), ...catalog.proposed.keys()].map(firstSegment));
  const nearest = new NearestTags([...catalog.definitions.keys(), ...catalog.proposed.keys()]);
  const known: Reference[] = [];
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const reference of references) {
    const definition = catalog.definitions.get(reference.tag);
    if (definition !== undefined) known.push(reference);
    // One on a suite stands for each of its tests: that is one place, so one finding.
    const place = `${reference.tag} ${formatSpan(reference.span)}`;
    if (seen.has(place)) continue;
    seen.add(place);
    if (definition !== undefined) {
      const differs = differingQuote(reference, definition);
      if (differs !== null) findings.push(differs);
      continue;
    }
    const proposed = catalog.proposed.get(reference.tag);
    if (proposed !== undefined) findings.push(toProposed(reference, proposed));
    else if (reference.explicit || vocabulary.has(firstSegment(reference.tag))) {
      findings.push(unknown(reference, catalog, nearest.of(reference.tag)));
    }
  }
  return { known, findings };
}

/** The tags that specifications mention in their prose, as references. */
export function mentionsOf(documents: readonly SpecDocument[]): Reference[] {
  return documents.flatMap((document) =>
    document.mentions.map(({ tag, span }): Reference => {
      return { tag, role: "mentions", form: "prose", explicit: false, span, test: null, quote: null };
    }),
  );
}

function unknown(reference: Reference, catalog: Catalog, near: Tag | null): Finding {
  const { tag, span } = reference;
  const definition = near === null ? undefined : (catalog.definitions.get(near) ?? catalog.proposed.get(near));
  return finding({
    code: "TAG004",
    message: `Unexpected reference to ${tag}, expected a tag that a specification defines`,
    span,
    tags: [tag],
    subject: tag,
    ...(definition === undefined
      ? {}
      : {
          related: [{ span: definition.span, message: `${definition.tag} is defined here: ${definition.title}` }],
          suggestion: `Did you mean ${definition.tag}?`,
        }),
  });
}

function toProposed({ tag, span }: Reference, definition: Definition): Finding {
  return finding({
    code: "TAG008",
    message: `Unexpected reference to ${tag}, which only the change ${definition.change} defines, expected a tag of the main specifications`,
    span,
    tags: [tag],
    related: [{ span: definition.span, message: `proposed here: ${definition.title}` }],
    subject: tag,
  });
}

function differingQuote({ tag, quote }: Reference, definition: Definition): Finding | null {
  const difference = quote === null ? null : quoteDifference(quote.text, definition.text);
  if (quote === null || difference === null) return null;
  return finding({
    code: "TAG007",
    message: `Unexpected quotation "${difference.quoted}" of ${tag}, expected "${difference.actual}"`,
    span: quote.span,
    tags: [tag],
    related: [{ span: definition.span, message: `${tag} is defined here: ${definition.title}` }],
    subject: tag,
  });
}
