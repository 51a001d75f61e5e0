import type { CodeDoc } from "../../model/codes/code.js";
import type { EarsCode } from "../../model/codes/ears.js";
import { EARS_CODES } from "../../model/codes/ears.js";
import type { Requirement, SpecDocument } from "../../model/requirement.js";
import type { Span } from "../../model/span.js";
import type { Tag } from "../../model/tag.js";
import type { OwnerStatements } from "../parse.js";
import type { Phrase, ReadStatement } from "../statement.js";
import type { Token } from "../token.js";

/**
 * One lint rule: what it says (the documentation of its code), what it means (examples, which are its test), and what it does.
 * A rule says nothing rather than something doubtful.
 */
export interface Rule extends CodeDoc {
  code: EarsCode;
  /** Specification texts: a requirement's text, or sections from `###` on. Each bad one gives this rule's finding. */
  examples: { bad: readonly string[]; good: readonly string[] };
  check(specs: LintedSpecs): Hit[];
}

/** What a rule finds; `lint.ts` makes a finding of it. */
export interface Hit {
  span: Span;
  /** "Unexpected X, expected Y". */
  message: string;
  tags: Tag[];
  related?: { span: Span; message: string }[];
  suggestion?: string;
  /** What it is about, where the message says more than that; part of the finding's identity. */
  subject?: string;
  /** Set where replacing the span's text mends it and cannot change what is meant. */
  replacement?: string;
}

/** Everything a rule may look at, made once for all rules. */
export interface LintedSpecs {
  documents: readonly LintedDocument[];
}

export interface LintedDocument {
  document: SpecDocument;
  owners: readonly LintedOwner[];
  /** Place of a stretch between two offsets of the file. */
  span(start: number, end: number): Span;
  /** What stands at a place. */
  textAt(span: Span): string;
}

export interface LintedOwner extends OwnerStatements {
  file: LintedDocument;
  read: readonly ReadStatement[];
  /** Every phrase of its read statements once: conditions, responses, items, events, preambles. */
  phrases: readonly Phrase[];
  /** Those of them that are conditions. */
  conditions: readonly Phrase[];
  tags: Tag[];
}

/** The template every rule is made from: its documentation comes from the registry of finding codes. */
export function earsRule(code: EarsCode, parts: Pick<Rule, "examples" | "check">): Rule {
  return { code, ...EARS_CODES[code], ...parts };
}

/** Requirements with their scenarios, in order of place. */
export function requirementsOf(file: LintedDocument): { requirement: Requirement; own: LintedOwner[] }[] {
  const groups = new Map<Requirement, LintedOwner[]>();
  for (const owner of file.owners) {
    const group = groups.get(owner.requirement);
    if (group === undefined) groups.set(owner.requirement, [owner]);
    else group.push(owner);
  }
  return [...groups].map(([requirement, own]) => ({ requirement, own }));
}

/** A check that looks at one requirement or scenario at a time. */
export function perOwner(check: (owner: LintedOwner) => Hit[]): Rule["check"] {
  return ({ documents }) => {
    const hits: Hit[] = [];
    for (const file of documents) for (const owner of file.owners) hits.push(...check(owner));
    return hits;
  };
}

/** A check that looks at one phrase at a time. */
export function perPhrase(check: (phrase: Phrase, owner: LintedOwner) => readonly Hit[]): Rule["check"] {
  return perOwner((owner) => {
    const hits: Hit[] = [];
    for (const phrase of owner.phrases) for (const hit of check(phrase, owner)) hits.push(hit);
    return hits;
  });
}

/** Place of tokens `from` to `to` (exclusive) of a phrase. */
export function spanOfTokens(owner: LintedOwner, tokens: readonly Token[], from: number, to: number): Span {
  return owner.file.span(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0);
}
