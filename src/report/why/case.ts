import { closeTag, indexEvidence } from "../../evidence/closing.js";
import type {
  ManifestDefinition,
  ManifestFinding,
  ManifestItem,
  ManifestReference,
  ManifestVerdict,
  Predicate,
} from "../../model/manifest.js";
import type { ModelCommand } from "../../model/models.js";
import { nearest } from "../text/near.js";

/** A question about one tag. */
export interface OneTag {
  predicate: Predicate;
  tag: string;
}

export interface Judged {
  definition: ManifestDefinition;
  verdict: ManifestVerdict;
}

/** Everything a predicate says about one tag. */
export interface WhyCase extends Judged {
  /** Active change that defines it; null for the main specifications. */
  change: string | null;
  /** The requirement a scenario belongs to; null for requirements. */
  parent: Judged | null;
  scenarios: Judged[];
  items: ManifestItem[];
  references: ManifestReference[];
  /** Commands of Alloy models that give evidence for it. */
  models: ModelCommand[];
  findings: ManifestFinding[];
  waiver: Predicate["waivers"][number] | null;
  /** What would close its gap; empty when there is none. */
  close: string[];
}

/** The whole case of a tag of the main specifications or, failing that, of an active change; null for unknown tags. */
export function caseOf({ predicate, tag }: OneTag): WhyCase | null {
  const scopes = [
    { change: null, definitions: predicate.catalog, verdicts: predicate.verdicts },
    ...predicate.changes.map(({ change, definitions, verdicts }) => ({ change, definitions, verdicts })),
  ];
  for (const { change, definitions, verdicts } of scopes) {
    const verdictOf = new Map(verdicts.map((each) => [each.tag, each]));
    const judged = (definition: ManifestDefinition): Judged[] => {
      const verdict = verdictOf.get(definition.tag);
      return verdict === undefined ? [] : [{ definition, verdict }];
    };
    const [own] = definitions.filter((each) => each.tag === tag).flatMap(judged);
    if (own === undefined) continue;
    const considered = new Set(own.verdict.evidence);
    return {
      ...own,
      change,
      parent: definitions.filter((each) => each.tag === own.definition.parent).flatMap(judged)[0] ?? null,
      scenarios: definitions.filter((each) => each.parent === tag).flatMap(judged),
      items: predicate.items.filter((item) => considered.has(item.id) || item.tags.includes(tag)),
      references: predicate.references.filter((reference) => reference.tag === tag),
      models: predicate.models?.commands.filter((command) => command.tags.includes(tag)) ?? [],
      findings: predicate.findings.filter((each) => each.tags.includes(tag)),
      waiver: predicate.waivers.find((waiver) => waiver.tag === tag) ?? null,
      close: closeTag(own.definition, own.verdict, indexEvidence(predicate)),
    };
  }
  return null;
}

/** Whether the main specifications or an active change define the tag. */
export function knowsTag({ predicate, tag }: OneTag): boolean {
  return allTags(predicate).has(tag);
}

/** Defined tags that are spelt nearly like this one, nearest first. */
export function tagsNear({ predicate, tag }: OneTag): string[] {
  return nearest(tag, allTags(predicate));
}

function allTags(predicate: Predicate): Set<string> {
  const proposed = predicate.changes.flatMap((change) => change.definitions);
  return new Set([...predicate.catalog, ...proposed].map((each) => each.tag));
}
