import type { Span } from "../model/span.js";
import type { ClauseRange } from "./conditions.js";
import type { Range } from "./head.js";
import type { Places } from "./places.js";
import type { Clause, Phrase, Subject } from "./statement.js";
import type { Token } from "./token.js";
import { isOpaque } from "./token.js";

/** Makes the parts of the statements of one sentence. Obligations that share a condition or subject share the part. */
export interface Parts {
  readonly tokens: readonly Token[];
  /** Of the whole sentence. */
  readonly span: Span;
  readonly sentence: string;
  textOf(from: number, to: number): string;
  spanOf(from: number, to: number): Span;
  phrase(range: Range): Phrase;
  clause(range: ClauseRange, position?: Clause["position"]): Clause;
  subject(range: Range): Subject;
}

export function partsOf(tokens: readonly Token[], places: Places): Parts {
  const clauses: Kept<ClauseRange, Clause> = { keys: [], values: [] };
  const subjects: Kept<Range, Subject> = { keys: [], values: [] };
  const spanOf = (from: number, to: number) => spanOfTokens(tokens, from, to, places);
  const phrase = (range: Range) => phraseOf(tokens, range.from, range.to, places);
  return {
    tokens,
    span: spanOf(0, tokens.length),
    sentence: textOfTokens(tokens, 0, tokens.length, places),
    textOf: (from, to) => textOfTokens(tokens, from, to, places),
    spanOf,
    phrase,
    clause: (range, position = "before") =>
      kept(clauses, range, () => ({
        keyword: range.keyword,
        join: range.join,
        position,
        phrase: phrase(range),
        span: spanOf(range.keywordAt, range.to),
      })),
    subject: (range) => kept(subjects, range, () => subjectFrom(tokens, range, places)),
  };
}

/** What was made of a range before. A sentence has few, so a search along a list is quicker than a map. */
interface Kept<K, V> {
  keys: K[];
  values: V[];
}

function kept<K, V>(made: Kept<K, V>, key: K, make: () => V): V {
  const before = made.values[made.keys.indexOf(key)];
  if (before !== undefined) return before;
  const value = make();
  made.keys.push(key);
  made.values.push(value);
  return value;
}

export function phraseOf(tokens: readonly Token[], from: number, to: number, places: Places): Phrase {
  return {
    text: textOfTokens(tokens, from, to, places),
    span: spanOfTokens(tokens, from, to, places),
    tokens: tokens.slice(from, to),
  };
}

/**
 * The text of tokens `from` to `to` (exclusive), a blank where white space stood. Mostly that is a slice of the file, which
 * costs neither time nor memory.
 */
function textOfTokens(tokens: readonly Token[], from: number, to: number, places: Places): string {
  const first = tokens[from];
  const last = tokens[to - 1];
  if (first === undefined || last === undefined || to <= from) return "";
  if (isPlain(tokens, from, to, places.text)) return places.text.slice(first.start, last.end);
  const parts: string[] = [];
  for (let index = from; index < to; index++) {
    const token = tokens[index];
    if (token === undefined) break;
    if (token.spaced && index > from) parts.push(" ");
    parts.push(isOpaque(token) ? token.text.replace(/\s+/gu, " ") : token.text);
  }
  return parts.join("");
}

/** Only single blanks stand between the tokens: no line end, no emphasis. */
function isPlain(tokens: readonly Token[], from: number, to: number, text: string): boolean {
  for (let index = from; index < to; index++) {
    const token = tokens[index];
    const end = tokens[index - 1]?.end ?? 0;
    if (token === undefined || (token.kind !== "word" && isOpaque(token) && /\s\s|[\n\r\t]/u.test(token.text)))
      return false;
    if (index === from) continue;
    const gap = token.start - end;
    if (gap !== (token.spaced ? 1 : 0) || (gap === 1 && text.charCodeAt(end) !== 32)) return false;
  }
  return true;
}

export function spanOfTokens(tokens: readonly Token[], from: number, to: number, places: Places): Span {
  return places.span(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? tokens[from]?.start ?? 0);
}

/** `the` is an article and no part of the name; `every` and `a` are part of it. */
function subjectFrom(tokens: readonly Token[], range: Range, places: Places): Subject {
  const first = tokens[range.from];
  const article = first !== undefined && first.kind === "word" && first.lower === "the" && range.to - range.from > 1;
  const phrase = phraseOf(tokens, article ? range.from + 1 : range.from, range.to, places);
  return { ...phrase, article: article ? first.text : null };
}
