import type { EvidenceItem } from "../model/evidence.js";
import type { Reference } from "../model/reference.js";
import { compareSpans } from "../model/span.js";
import { itemId } from "./item.js";

/**
 * One implementation item for each tag and file that refers to it as implementing. `digests` are SHA-256 by path; a
 * reference into a file that is not among them (a link that leads nowhere) is inconclusive.
 */
export function implementationItems(
  references: readonly Reference[],
  digests: ReadonlyMap<string, string>,
): EvidenceItem[] {
  const byPlace = new Map<string, Reference>();
  for (const reference of [...references].sort((a, b) => compareSpans(a.span, b.span))) {
    if (reference.role !== "implements") continue;
    const key = `${reference.tag}\n${targetOf(reference).file}`;
    if (!byPlace.has(key)) byPlace.set(key, reference);
  }
  return [...byPlace.values()].map((reference) => item(reference, digests));
}

function targetOf(reference: Reference): Reference["span"] {
  return reference.target ?? reference.span;
}

function item(reference: Reference, digests: ReadonlyMap<string, string>): EvidenceItem {
  const target = targetOf(reference);
  const digest = digests.get(target.file);
  return {
    id: itemId("implementation", "source", target.file, reference.tag),
    kind: "implementation",
    name: target.file,
    tags: [reference.tag],
    outcome: digest === undefined ? "inconclusive" : "pass",
    producer: { name: "source", version: null, command: null },
    location: target,
    inputs: digest === undefined ? {} : { [target.file]: digest },
    against: {},
    assertions: null,
    cannotFail: null,
    strength: {},
    notes: digest === undefined ? [`${target.file} was not found`] : [],
  };
}
