import { compareText } from "../../model/span.js";
import { keyOf, textOfWords, wordsOf } from "../glossary/words.js";
import type { Clause, Modality, Phrase, ReadStatement } from "../statement.js";
import type { Formula } from "./formula.js";
import { atomsOf, join, not } from "./formula.js";
import type { Lexicon } from "./lexicon.js";
import { readPhrase } from "./phrase.js";
import type { Applied, Opaque, Reading, Said } from "./reading.js";

/** A statement whose every part resolved to declared terms. */
export interface FormalStatement {
  source: ReadStatement;
  /** Names it in messages: its tag, or its place. */
  label: string;
  /** Same for the same words under the same tag, whatever their place and case. */
  key: string;
  modality: Modality;
  /** When it binds; WHEN is `rising` where the glossary reads it so. What ends it (`until`) does not hold. */
  guard: Formula;
  /** What ends it: from the trigger on it binds up to the first instant at which one of these holds, and not thereafter. */
  ends: readonly Formula[];
  response: Formula;
  /** The response is something its system does or must not do, rather than the state of a thing that anyone may bring about. */
  isAct: boolean;
  /** Names of the variables that the response constrains, sorted. */
  outputs: readonly string[];
  rules: readonly Applied[];
  /** The author's words for the parts of the guard. */
  said: readonly GuardPart[];
}

export interface GuardPart extends Said {
  /** A level, the instant of WHEN, or what would end the obligation. */
  part: "level" | "instant" | "end";
}

/** Why a statement was left out of the analyses. */
export type Obstacle =
  | { kind: "words"; part: "condition" | "response" | "until"; opaque: Opaque; phrase: Phrase }
  /** The parser was not certain, or there is more to it than conditions, response and `until`. */
  | { kind: "doubt" | "preamble" | "may-not" | "negated-list" | "no-response" }
  /** Analysed on automata, not here. */
  | { kind: "timing" };

export type Formalisation = { formal: FormalStatement } | { obstacles: Obstacle[] };

/** Turns a read statement into formulas. Statements with doubts, preambles or unresolved words are left out. */
export function formalise(lexicon: Lexicon, source: ReadStatement): Formalisation {
  const obstacles = structural(source);
  const rules: Applied[] = [];
  const take = (part: "condition" | "response" | "until", phrase: Phrase, reading: Reading): Formula | null => {
    if ("opaque" in reading) {
      obstacles.push({ kind: "words", part, opaque: reading.opaque, phrase });
      return null;
    }
    rules.push(...reading.rules);
    return reading.formula;
  };
  const said: GuardPart[] = [];
  const ends: Formula[] = [];
  const guard = guardOf(lexicon, source, take, rules, said, ends);
  const responses = source.response === null ? source.items : [source.response];
  const readings = responses.map((phrase) => readResponse(lexicon, source, phrase, rules));
  const parts = responses.map((phrase, index) => {
    const reading = readings[index];
    return reading === undefined ? null : take("response", phrase, reading);
  });
  const known = parts.filter((part) => part !== null);
  if (obstacles.length > 0 || known.length === 0) {
    return { obstacles: obstacles.length > 0 ? obstacles : [{ kind: "no-response" }] };
  }
  const response = join("and", known);
  if (source.modal.negated && response.kind === "and") return { obstacles: [{ kind: "negated-list" }] };
  const binding = source.modal.negated ? not(response) : response;
  return {
    formal: {
      source,
      label: labelOf(source),
      key: keyOfStatement(source),
      modality: source.modal.modality,
      guard,
      ends,
      response: binding,
      isAct: isActOf(source, readings, rules),
      outputs: [...new Set(atomsOf(binding).map((atom) => atom.variable))].sort(compareText),
      rules,
      said,
    },
  };
}

function structural(source: ReadStatement): Obstacle[] {
  const obstacles: Obstacle[] = [];
  if (source.doubts.length > 0) obstacles.push({ kind: "doubt" });
  if (source.preamble !== null) obstacles.push({ kind: "preamble" });
  if (source.modal.modality === "may" && source.modal.negated) obstacles.push({ kind: "may-not" });
  if (source.items.length > 0 && source.response !== null) obstacles.push({ kind: "doubt" });
  const untimed = source.timing.every(
    ({ kind, event, only, quantity }) =>
      (kind === "immediately" && !only) || (kind === "until" && event !== null && quantity === null && !only),
  );
  if (!untimed) obstacles.push({ kind: "timing" });
  return obstacles;
}

type Take = (part: "condition" | "response" | "until", phrase: Phrase, reading: Reading) => Formula | null;

/** Conditions, `or` binding tighter than `and`, and the opposite of what ends the obligation. */
function guardOf(
  lexicon: Lexicon,
  source: ReadStatement,
  take: Take,
  rules: Applied[],
  said: GuardPart[],
  ends: Formula[],
): Formula {
  const groups: Formula[][] = [];
  for (const clause of source.clauses) {
    const reading = readPhrase(lexicon, wordsOf(clause.phrase.tokens), false);
    const formula = take("condition", clause.phrase, reading);
    if (formula === null || "opaque" in reading) continue;
    const read = withEdge(lexicon, clause, formula, rules);
    const part = read.kind === "rising" ? "instant" : "level";
    said.push(...reading.said.map((each) => ({ ...each, part }) as const));
    if (clause.join === "or" && groups.length > 0) groups.at(-1)?.push(read);
    else groups.push([read]);
  }
  const conditions = groups.map((group) => join("or", group));
  for (const { kind, event } of source.timing) {
    if (kind !== "until" || event === null) continue;
    const reading = readPhrase(lexicon, wordsOf(event.tokens), false);
    const end = take("until", event, reading);
    if (end === null || "opaque" in reading) continue;
    said.push(...reading.said.map((each) => ({ ...each, part: "end" }) as const));
    ends.push(end);
    conditions.push(not(end));
    rules.push({ rule: "until", note: `${JSON.stringify(event.text)} releases the obligation` });
  }
  return join("and", conditions);
}

/** WHEN is the instant unless the glossary has one of its variables as a level. */
function withEdge(lexicon: Lexicon, clause: Clause, formula: Formula, rules: Applied[]): Formula {
  const level = atomsOf(formula).some((atom) => lexicon.variable(atom.variable)?.when === "level");
  if (clause.keyword !== "when" || level) return formula;
  rules.push({ rule: "edge", note: `WHEN ${JSON.stringify(clause.phrase.text)} is the instant it becomes true` });
  return { kind: "rising", of: formula };
}

/** The response by itself (`open valve 0`), else with its subject (`valve 0` SHALL `be open`). */
function readResponse(lexicon: Lexicon, source: ReadStatement, phrase: Phrase, rules: Applied[]): Reading {
  const words = wordsOf(phrase.tokens);
  const own = source.system === null ? lexicon : lexicon.spokenBy(keyOf(wordsOf(source.system.tokens)));
  const alone = readPhrase(own, words, true);
  if ("formula" in alone || alone.opaque.reason !== "unknown-words" || source.system === null) return alone;
  if (source.system.article !== null && !/^(?:an?|the)$/iu.test(source.system.article)) return alone;
  const subject = wordsOf(source.system.tokens);
  if (lexicon.named(keyOf(subject)).length === 0) return alone;
  const reading = readPhrase(lexicon, [...subject, ...words], false);
  if ("formula" in reading) {
    rules.push({ rule: "subject", note: `${JSON.stringify(textOfWords(subject))} is what the response is about` });
    return reading;
  }
  return reading.opaque.reason === "unknown-words" ? alone : reading;
}

/** `THE pump SHALL NOT open the valve` says nothing of the valve when another system opens it; `THE valve SHALL NOT be open` does. */
function isActOf({ modal }: ReadStatement, readings: readonly Reading[], rules: readonly Applied[]): boolean {
  if (rules.some(({ rule }) => rule === "subject")) return false;
  const own = readings.flatMap((reading) => ("formula" in reading ? reading.rules : []));
  return modal.negated || own.some(({ rule }) => rule === "phrase" || rule === "template");
}

function labelOf({ origin, span }: ReadStatement): string {
  return origin.tag ?? `${span.file}:${span.line}`;
}

function keyOfStatement(source: ReadStatement): string {
  const text = source.readBack.normalize("NFC").toLowerCase().replace(/\s+/gu, " ");
  return `${source.origin.tag ?? ""}\n${text}`;
}
