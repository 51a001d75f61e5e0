import type { EarsCode } from "../model/codes/ears.js";
import type { Finding } from "../model/finding.js";
import { arrangeFindings, finding } from "../model/finding.js";
import type { SpecDocument } from "../model/requirement.js";
import type { Span } from "../model/span.js";
import type { OwnerStatements } from "./parse.js";
import { parseOwners } from "./parse.js";
import { placesOf } from "./places.js";
import { EARS_RULES } from "./rules/index.js";
import type { Hit, LintedDocument, LintedOwner, LintedSpecs, Rule } from "./rules/rule.js";
import type { EarsStatement, Phrase, ReadStatement } from "./statement.js";

/** A change of the text that mends a finding and cannot change what is meant. */
export interface Fix {
  code: EarsCode;
  span: Span;
  replacement: string;
}

export interface EarsAnalysis {
  /** In order of document and place. */
  statements: EarsStatement[];
  findings: Finding[];
  fixes: Fix[];
  facts: { statements: number; read: number; unread: number };
}

/**
 * Reads and lints specifications. `sources` holds the text that each document was read from, by path; a document without one is
 * left out.
 */
export function analyseEars(documents: readonly SpecDocument[], sources: ReadonlyMap<string, string>): EarsAnalysis {
  const specs = lintedSpecs(documents, sources);
  const statements = specs.documents.flatMap((file) => file.owners.flatMap((owner) => owner.statements));
  const read = statements.filter((each) => each.status === "read").length;
  const hits = Object.values(EARS_RULES).flatMap((rule) => hitsOf(rule, specs));
  return {
    statements,
    findings: arrangeFindings(hits.map(({ rule, hit }) => toFinding(rule, hit))),
    fixes: hits.flatMap(({ rule, hit: { span, replacement } }) =>
      replacement === undefined ? [] : [{ code: rule.code, span, replacement }],
    ),
    facts: { statements: statements.length, read, unread: statements.length - read },
  };
}

/** The findings of `analyseEars` alone. */
export function lintDocuments(documents: readonly SpecDocument[], sources: ReadonlyMap<string, string>): Finding[] {
  return analyseEars(documents, sources).findings;
}

/** A rule's hits, those at one place with one message once: obligations of a sentence share their conditions. */
function hitsOf(rule: Rule, specs: LintedSpecs): { rule: Rule; hit: Hit }[] {
  const seen = new Set<string>();
  return rule.check(specs).flatMap((hit) => {
    const key = `${hit.span.file}:${hit.span.line}:${hit.span.column} ${hit.message}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ rule, hit }];
  });
}

function toFinding(rule: Rule, { replacement: _, ...hit }: Hit): Finding {
  return finding({ code: rule.code, ...hit });
}

function lintedSpecs(documents: readonly SpecDocument[], sources: ReadonlyMap<string, string>): LintedSpecs {
  return {
    documents: documents.flatMap((document) => {
      const source = sources.get(document.path);
      return source === undefined ? [] : [lintedDocument(document, source)];
    }),
  };
}

function lintedDocument(document: SpecDocument, source: string): LintedDocument {
  const places = placesOf(document.path, source);
  const owners: LintedOwner[] = [];
  const file: LintedDocument = {
    document,
    owners,
    span: places.span,
    textAt: (span) => {
      const { start, end } = places.offsets(span);
      return places.text.slice(start, end);
    },
  };
  owners.push(...parseOwners(document, places).map((owner) => lintedOwner(file, owner)));
  return file;
}

function lintedOwner(file: LintedDocument, { origin, owner, requirement, statements }: OwnerStatements): LintedOwner {
  const read = statements.filter((each): each is ReadStatement => each.status === "read");
  const conditions: Phrase[] = [];
  const phrases: Phrase[] = [];
  // Obligations of one sentence share their conditions; few enough for a search along the list.
  const add = (list: Phrase[], phrase: Phrase) => {
    if (read.length === 1 || !list.includes(phrase)) list.push(phrase);
  };
  for (const statement of read) {
    for (const clause of statement.clauses) add(conditions, clause.phrase);
    if (statement.preamble !== null) add(phrases, statement.preamble);
    if (statement.response !== null) add(phrases, statement.response);
    for (const timing of statement.timing) add(phrases, timing.phrase);
    for (const item of statement.items) add(phrases, item);
  }
  const tags = origin.tag === null ? [] : [origin.tag];
  return { origin, owner, requirement, statements, file, read, conditions, phrases: [...conditions, ...phrases], tags };
}
