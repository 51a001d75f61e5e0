import type { EvidenceItem } from "../model/evidence.js";
import type { Finding } from "../model/finding.js";
import { itemId } from "./item.js";

/** Checks whose proof says that a requirement cannot be met as it is written. */
const DISPROVING: ReadonlySet<string> = new Set(["conflict", "vacuity"]);

/**
 * A proved conflict or vacuity as a failed item of every tag involved. Findings that are waived, lowered or only possible
 * make none: those with severity error are proofs that count.
 */
export function logicItems(findings: readonly Finding[]): EvidenceItem[] {
  return findings.flatMap((each) => {
    if (each.tier !== "proved" || each.severity !== "error" || !DISPROVING.has(each.check ?? "")) return [];
    return [
      {
        id: itemId("logic", "logic", each.span.file, each.id),
        kind: "logic",
        name: `${each.check} ${each.id}`,
        tags: [...each.tags],
        outcome: "fail",
        producer: { name: "logic", version: null, command: null },
        location: each.span,
        inputs: {},
        against: {},
        assertions: null,
        cannotFail: null,
        strength: {},
        notes: [each.message],
      },
    ];
  });
}
