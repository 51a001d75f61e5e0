import picomatch from "picomatch";
import type { Config } from "../model/config.js";
import type { EvidenceKind } from "../model/evidence.js";
import { EVIDENCE_KINDS } from "../model/evidence.js";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Definition } from "../model/reference.js";
import type { Attribute, SpecDocument } from "../model/requirement.js";
import type { Tag } from "../model/tag.js";

type Policy = Config["policy"];

/** One need as written: a kind, kinds joined by `|`, or `any`. */
export type Need = string;

const KINDS: ReadonlySet<string> = new Set(EVIDENCE_KINDS);

/** `any` stands for every kind that shows behaviour; an implementation alone shows none. */
export function meets(need: Need, kind: EvidenceKind): boolean {
  return kindsMeeting(need).has(kind);
}

const MEETING = new Map<Need, ReadonlySet<EvidenceKind>>();

/** Asked for every item of every tag, of a handful of needs. */
function kindsMeeting(need: Need): ReadonlySet<EvidenceKind> {
  const known = MEETING.get(need);
  if (known !== undefined) return known;
  const parts = new Set(need.split("|"));
  const kinds = new Set(
    EVIDENCE_KINDS.filter((kind) => parts.has(kind) || (parts.has("any") && kind !== "implementation")),
  );
  MEETING.set(need, kinds);
  return kinds;
}

/** The needs that requirements state themselves, by tag; a scenario has those of its requirement too. */
export function statedNeeds(documents: readonly SpecDocument[]): { needs: Map<Tag, Need[]>; findings: Finding[] } {
  const needs = new Map<Tag, Need[]>();
  const findings: Finding[] = [];
  for (const document of documents) {
    for (const requirement of document.requirements) {
      const own = readNeeds(requirement.attributes, requirement.tag, findings);
      if (requirement.tag !== null && own.length > 0) needs.set(requirement.tag, own);
      for (const scenario of requirement.scenarios) {
        const all = [...own, ...readNeeds(scenario.attributes, scenario.tag, findings)];
        if (scenario.tag !== null && all.length > 0) needs.set(scenario.tag, all);
      }
    }
  }
  return { needs, findings };
}

function readNeeds(attributes: readonly Attribute[], tag: Tag | null, findings: Finding[]): Need[] {
  const needs: Need[] = [];
  for (const attribute of attributes) {
    if (attribute.name !== "Needs") continue;
    const words = [attribute.value, ...attribute.items.map((item) => item.text)].join(",").split(/[,\s]+/u);
    for (const written of words) {
      const word = written.replace(/^[`*]+|[`*.]+$/gu, "");
      if (word === "") continue;
      if (word.split("|").every((part) => part === "any" || KINDS.has(part))) needs.push(word);
      else findings.push(unknownKind(word, attribute, tag));
    }
  }
  return needs;
}

function unknownKind(word: string, attribute: Attribute, tag: Tag | null): Finding {
  return finding({
    code: "EVD009",
    message: `Unexpected kind of evidence "${word}", expected one of ${EVIDENCE_KINDS.join(", ")}`,
    span: attribute.span,
    tags: tag === null ? [] : [tag],
  });
}

/**
 * Decides what one tag needs: the policy's needs for its priority, then those of matching rules, then those stated in
 * the specification; each once, in that order. `any` is dropped where another need implies it.
 */
export function needsFor(policy: Policy, stated: ReadonlyMap<Tag, Need[]>): (definition: Definition) => Need[] {
  const rules = policy.rules.map((rule) => ({
    needs: rule.needs,
    priority: rule.priority,
    tagMatches: rule.tags === undefined ? always : picomatch(rule.tags),
    specMatches: rule.specs === undefined ? always : picomatch(rule.specs),
  }));
  // Most tags need what the policy wants of their priority and nothing else.
  const plain = {
    must: withoutImplied(policy.must),
    should: withoutImplied(policy.should),
    could: withoutImplied(policy.could),
  };
  return ({ tag, priority, span }) => {
    const more: Need[] = [];
    for (const rule of rules) {
      if (rule.priority !== undefined && rule.priority !== priority) continue;
      if (rule.tagMatches(tag) && rule.specMatches(span.file)) more.push(...rule.needs);
    }
    more.push(...(stated.get(tag) ?? []));
    return more.length === 0 ? plain[priority] : withoutImplied([...policy[priority], ...more]);
  };
}

/** Each need once, without `any` where another one implies it. */
function withoutImplied(wanted: readonly Need[]): Need[] {
  const unique = [...new Set(wanted)];
  const implied = unique.some(
    (need) => need !== "any" && need.split("|").every((part) => meets("any", part as EvidenceKind)),
  );
  return implied ? unique.filter((need) => need !== "any") : unique;
}

function always(): boolean {
  return true;
}
