import { numberAt, quantityAt } from "../quantity.js";
import type { ReadStatement } from "../statement.js";
import { oppositesOf } from "./forms.js";
import type { Word } from "./words.js";
import { keyOf, textOfWords, wordsOf } from "./words.js";

/** What one phrase would need a glossary to declare. */
export interface Candidate {
  name: string;
  side: "condition" | "response";
  /** What it says: a state or value in words, a number, or the phrase itself. */
  stated:
    | { kind: "state" | "value"; text: string }
    | { kind: "number"; unit: string | null }
    | { kind: "phrase"; text: string };
}

const AUXILIARIES = new Set(["is", "are", "has", "have"]);
const LINKING = new Set(["be", "been", "not", "becomes", "remains"]);
const COMPARING = new Set(
  "above below over under at more less greater exceeds exceed between > < >= <= ≥ ≤ = equals".split(" "),
);
const ASSIGNING = new Set(["set", "switch", "change"]);

/** Longer names and states are sentences, not terms. */
const LONGEST_NAME = 5;
const LONGEST_STATE = 2;
const LONGEST_PHRASE = 12;

/** What a statement's phrases would need, null where a phrase is too long to be a term. */
export function candidatesOf(statement: ReadStatement): (Candidate | null)[] {
  const events = statement.timing.flatMap(({ event }) => (event === null ? [] : [event]));
  const conditions = [...statement.clauses.map((clause) => clause.phrase), ...events];
  const responses = statement.response === null ? statement.items : [statement.response];
  return [
    ...conditions.flatMap((phrase) => partsOf(wordsOf(phrase.tokens)).map(conditionCandidate)),
    ...responses.flatMap((phrase) => partsOf(wordsOf(phrase.tokens)).map((words) => responseCandidate(words))),
  ];
}

/** Parts around `and` and `or` where each has an auxiliary or is the only one; the whole otherwise. */
function partsOf(words: readonly Word[]): Word[][] {
  const parts: Word[][] = [[]];
  for (const word of words) {
    if (word.key === "and" || word.key === "or") parts.push([]);
    else if (word.key !== ",") parts.at(-1)?.push(word);
  }
  const full = parts.filter((part) => part.length > 0);
  return full.every((part) => part.length > 1) ? full : [[...words]];
}

function conditionCandidate(words: Word[]): Candidate | null {
  const at = words.findIndex(
    (word, index) => index > 0 && (AUXILIARIES.has(word.key) || COMPARING.has(word.key) || word.key === "becomes"),
  );
  const name = keyOf(words, 0, at);
  if (at > 0 && at <= LONGEST_NAME && isPlain(words.slice(0, at))) {
    let from = at;
    while (AUXILIARIES.has(words[from]?.key ?? "") || LINKING.has(words[from]?.key ?? "")) from++;
    const rest = words.slice(from);
    const amount = numberIn(rest);
    if (amount !== null) return { name, side: "condition", stated: amount };
    if (rest.length > 0 && rest.length <= LONGEST_STATE && isPlain(rest) && !COMPARING.has(rest[0]?.key ?? "")) {
      return { name, side: "condition", stated: { kind: "state", text: keyOf(rest) } };
    }
  }
  return phraseCandidate(words, "condition");
}

function responseCandidate(words: Word[]): Candidate | null {
  const [verb, ...object] = words;
  if (verb === undefined) return null;
  const to = object.findIndex((word) => word.key === "to");
  if (ASSIGNING.has(verb.key) && to > 0 && to <= LONGEST_NAME && isPlain(object.slice(0, to))) {
    const value = object.slice(to + 1);
    const name = keyOf(object, 0, to);
    const amount = numberIn(value);
    if (amount !== null) return { name, side: "response", stated: amount };
    if (value.length > 0 && value.length <= LONGEST_STATE && isPlain(value)) {
      return { name, side: "response", stated: { kind: "value", text: keyOf(value) } };
    }
  }
  const opposed = oppositesOf(verb.key, []).length > 0;
  if (opposed && object.length > 0 && object.length <= LONGEST_NAME && isPlain(object)) {
    return { name: keyOf(object), side: "response", stated: { kind: "state", text: verb.key } };
  }
  return phraseCandidate(words, "response");
}

function phraseCandidate(words: readonly Word[], side: Candidate["side"]): Candidate | null {
  if (words.length === 0 || words.length > LONGEST_PHRASE || words.some((word) => word.key === "not")) return null;
  const text = textOfWords(words);
  return { name: keyOf(words), side, stated: { kind: "phrase", text } };
}

/** The number a comparison or assignment states, with its unit. */
function numberIn(words: readonly Word[]): { kind: "number"; unit: string | null } | null {
  const tokens = words.map((word) => word.token);
  const at = tokens.findIndex((_, index) => numberAt(tokens, index) !== null);
  if (at < 0) return null;
  const quantity = quantityAt(tokens, at);
  if (quantity !== null) return { kind: "number", unit: quantity.unit };
  return at === tokens.length - 1 ? { kind: "number", unit: null } : null;
}

function isPlain(words: readonly Word[]): boolean {
  return words.every(({ token }) => token.kind === "word" || token.kind === "number" || token.kind === "code");
}
