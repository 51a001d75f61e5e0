import type { EvidenceItem, Producer } from "../model/evidence.js";
import type { Reference } from "../model/reference.js";
import { compareSpans } from "../model/span.js";
import type { InputsOf } from "./item.js";
import { itemId, NOTHING } from "./item.js";

/**
 * One implementation item for each tag and file that refers to it as implementing. A reference into a file without a
 * digest (a link that leads nowhere) is inconclusive.
 */
export function implementationItems(references: readonly Reference[], inputsOf: InputsOf): EvidenceItem[] {
  const byPlace = new Map<string, Reference>();
  for (const reference of [...references].sort((a, b) => compareSpans(a.span, b.span))) {
    if (reference.role !== "implements") continue;
    const key = `${reference.tag}\n${targetOf(reference).file}`;
    if (!byPlace.has(key)) byPlace.set(key, reference);
  }
  return [...byPlace.values()].map((reference) => item(reference, inputsOf));
}

function targetOf(reference: Reference): Reference["span"] {
  return reference.target ?? reference.span;
}

const PRODUCER: Producer = { name: "source", version: null, command: null };

function item(reference: Reference, inputsOf: InputsOf): EvidenceItem {
  const target = targetOf(reference);
  const inputs = inputsOf(target.file);
  const isFound = inputs !== NOTHING;
  return {
    id: itemId("implementation", "source", target.file, reference.tag),
    kind: "implementation",
    name: target.file,
    tags: [reference.tag],
    outcome: isFound ? "pass" : "inconclusive",
    producer: PRODUCER,
    location: target,
    inputs,
    against: NOTHING,
    assertions: null,
    cannotFail: null,
    strength: NOTHING,
    notes: isFound ? [] : [`${target.file} was not found`],
  };
}
