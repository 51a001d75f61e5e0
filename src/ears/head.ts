import type { ClauseRange } from "./conditions.js";
import { clauseOf, isCapitalKeyword, keywordOf, splitClauses } from "./conditions.js";
import type { UnreadReason } from "./statement.js";
import type { Token } from "./token.js";
import { isCapitals, isMark, isWord } from "./token.js";
import { ALTERNATIVES, DANGLING, DETERMINERS, PREPOSITIONS, RELATIVES } from "./words.js";

/** Token indices, the end exclusive. */
export interface Range {
  from: number;
  to: number;
}

/** What stands before a modal. */
export interface Head {
  clauses: ClauseRange[];
  preamble: Range | null;
  /** Null when nobody is named. */
  subject: Range | null;
}

export type HeadReading = Head | { unread: UnreadReason };

/** More words than that are a sentence, not a name. */
const LONGEST_SUBJECT = 60;

/** Reads the conditions and the subject in tokens `from` to `to`, where a modal stands at `to`. */
export function readHead(tokens: readonly Token[], from: number, to: number): HeadReading {
  let start = from;
  while (start < to && (isMark(tokens[start], ",") || isWord(tokens[start], "then"))) start++;
  if (start < to - 1 && isAlternative(tokens[start])) {
    const rest = readHead(tokens, start + 1, to);
    return "unread" in rest ? rest : { ...rest, preamble: { from: start, to: rest.preamble?.to ?? start + 1 } };
  }
  const keywordAt = firstKeyword(tokens, start, to);
  if (keywordAt !== null) return readConditional(tokens, start, keywordAt, to);
  return readPlain(tokens, start, to);
}

/** `otherwise`, `else`: the opposite of a condition stated before. */
export function isAlternative(token: Token | undefined): boolean {
  return token !== undefined && token.kind === "word" && token.depth === 0 && ALTERNATIVES.has(token.lower);
}

/** The keyword that begins the conditions: at the start, or behind a preamble that ends in a comma or colon. */
function firstKeyword(tokens: readonly Token[], from: number, to: number): number | null {
  const afterJoin =
    isWord(tokens[from], "and") || isWord(tokens[from], "but") || isWord(tokens[from], "or") ? from + 1 : from;
  if (keywordOf(tokens[afterJoin]) !== null) return afterJoin;
  const prepositional = isPreposition(tokens[from]);
  for (let index = from + 1; index < to - 1; index++) {
    const ended = isMark(tokens[index], ":") || (isMark(tokens[index], ",") && prepositional);
    const keyword = keywordOf(tokens[index + 1]);
    if (ended && keyword !== null && (keyword !== "where" || isCapitals(tokens[index + 1]))) return index + 1;
    if (isMark(tokens[index], ",") && isCapitalKeyword(tokens, index + 1) && subjectIsBehind(tokens, index + 1, to))
      return index + 1;
  }
  return null;
}

/** A clause behind a comma is interposed in the subject (`THE pump, WHEN on, SHALL`) when nothing but a comma follows it. */
function subjectIsBehind(tokens: readonly Token[], keywordAt: number, to: number): boolean {
  return !isMark(tokens[to - 1], ",") && lastComma(tokens, keywordAt, to) !== null;
}

function readConditional(tokens: readonly Token[], from: number, keywordAt: number, to: number): HeadReading {
  const preamble = keywordAt > from + 1 ? { from, to: keywordAt - 1 } : null;
  if (isMark(tokens[to - 1], ",")) return readWithoutSubject(tokens, keywordAt, to, preamble);
  const boundary = subjectBoundary(tokens, keywordAt, to);
  if (boundary === null) return { unread: "no-split" };
  const clauses = splitClauses(tokens, keywordAt, boundary.from);
  if (clauses === null) return { unread: "no-condition" };
  if (boundary.to >= to) return { clauses, preamble, subject: null };
  const subject = { from: boundary.to, to };
  return isSubject(tokens, subject) ? { clauses, preamble, subject } : { unread: "no-subject" };
}

/** `WHEN x, SHALL y` names nobody; `WHEN x, THE pump, WHILE y, SHALL z` interposes a clause. */
function readWithoutSubject(
  tokens: readonly Token[],
  keywordAt: number,
  to: number,
  preamble: Range | null,
): HeadReading {
  const comma = lastComma(tokens, keywordAt, to - 1);
  if (comma !== null && keywordOf(tokens[comma + 1]) !== null) {
    const boundary = subjectBoundary(tokens, keywordAt, comma);
    const interposed = clauseOf(tokens, comma + 1, to - 1, "and");
    const before = boundary === null ? null : splitClauses(tokens, keywordAt, boundary.from);
    const named = boundary !== null && isDeterminer(tokens[boundary.to]);
    const subject = named ? { from: boundary.to, to: comma } : null;
    if (before !== null && interposed !== null && subject !== null && isSubject(tokens, subject)) {
      return { clauses: [...before, interposed], preamble, subject };
    }
  }
  const clauses = splitClauses(tokens, keywordAt, to - 1);
  return clauses === null ? { unread: "no-condition" } : { clauses, preamble, subject: null };
}

/**
 * Where the conditions end (`from`) and the subject begins (`to`). Never the first comma: the last THEN, else the last
 * `, THE` in capitals, else the last comma, or THE in capitals without one.
 */
function subjectBoundary(tokens: readonly Token[], from: number, to: number): Range | null {
  let then: number | null = null;
  let capitalThe: number | null = null;
  let bareThe: number | null = null;
  for (let index = from + 1; index < to; index++) {
    const token = tokens[index];
    const behindComma = isMark(tokens[index - 1], ",");
    if (isWord(token, "then") && keywordOf(tokens[index + 1]) === null) {
      if (isCapitals(token) || behindComma || isDeterminer(tokens[index + 1])) then = index;
    } else if (isWord(token, "the") && isCapitals(token)) {
      if (behindComma) capitalThe = index;
      else bareThe = index;
    }
  }
  const decided = then !== null && (capitalThe === null || isCapitals(tokens[then]) || capitalThe < then);
  if (decided && then !== null) return { from: then, to: isMark(tokens[then + 1], ",") ? then + 2 : then + 1 };
  if (capitalThe !== null) return { from: capitalThe - 1, to: capitalThe };
  const comma = lastComma(tokens, from, to);
  if (comma !== null) return enumerationBoundary(tokens, from, comma, to);
  return bareThe !== null && bareThe > from + 1 ? { from: bareThe, to: bareThe } : null;
}

/** `…, the pump, the valve, and the motor shall`: a subject that begins with `and` takes the parts before it along. */
function enumerationBoundary(tokens: readonly Token[], from: number, comma: number, to: number): Range | null {
  let boundary = comma;
  if (isWord(tokens[comma + 1], "and") || isWord(tokens[comma + 1], "or")) {
    for (
      let previous = lastComma(tokens, from, boundary);
      previous !== null;
      previous = lastComma(tokens, from, boundary)
    ) {
      if (!isDeterminer(tokens[previous + 1]) || boundary - previous > 8) break;
      boundary = previous;
    }
    if (boundary === comma) return null;
  }
  return boundary + 1 < to ? { from: boundary, to: boundary + 1 } : null;
}

/** A head that begins with no keyword: a subject, perhaps behind a preamble, perhaps with a clause interposed. */
function readPlain(tokens: readonly Token[], from: number, to: number, interposable = true): HeadReading {
  if (from === to) return { clauses: [], preamble: null, subject: null };
  const end = isMark(tokens[to - 1], ",") ? to - 1 : to;
  const comma = lastComma(tokens, from, end);
  if (interposable && end < to && comma !== null && keywordOf(tokens[comma + 1]) !== null) {
    const interposed = clauseOf(tokens, comma + 1, end, "and");
    const before = readPlain(tokens, from, comma, false);
    if (interposed !== null && !("unread" in before) && before.subject !== null) {
      return { ...before, clauses: [...before.clauses, interposed] };
    }
  }
  const start = end < to && isPreposition(tokens[from]) ? end : behindPreamble(tokens, from, end);
  if (start === end) return { clauses: [], preamble: { from, to: end }, subject: null };
  const preamble = start > from ? { from, to: start - 1 } : null;
  const subject = { from: start, to: end };
  return isSubject(tokens, subject) ? { clauses: [], preamble, subject } : { unread: "no-subject" };
}

/** Where the subject begins behind a colon or behind a phrase such as `For each file,`; `from` without either. */
function behindPreamble(tokens: readonly Token[], from: number, to: number): number {
  for (let index = to - 1; index > from; index--) if (isMark(tokens[index], ":")) return index + 1;
  if (!isPreposition(tokens[from])) return from;
  for (let index = to - 1; index > from; index--) {
    if (isMark(tokens[index], ",") && isCapitals(tokens[index + 1]) && isWord(tokens[index + 1], "the"))
      return index + 1;
  }
  const comma = lastComma(tokens, from, to);
  return comma === null ? from : comma + 1;
}

function isPreposition(token: Token | undefined): boolean {
  return token !== undefined && token.kind === "word" && PREPOSITIONS.has(token.lower);
}

/** `A` in the middle of a sentence is a name. */
export function isDeterminer(token: Token | undefined): boolean {
  return token !== undefined && token.kind === "word" && token.text !== "A" && DETERMINERS.has(token.lower);
}

function lastComma(tokens: readonly Token[], from: number, to: number): number | null {
  for (let index = to - 1; index > from; index--) if (isMark(tokens[index], ",")) return index;
  return null;
}

function isSubject(tokens: readonly Token[], range: Range): boolean {
  const first = tokens[range.from];
  const last = tokens[range.to - 1];
  if (first === undefined || last === undefined || range.to <= range.from) return false;
  if (range.to - range.from > LONGEST_SUBJECT || keywordOf(first) !== null) return false;
  if (first.kind === "mark" && first.depth === 0) return false;
  if (first.kind === "word" && RELATIVES.has(first.lower)) return false;
  return !(last.kind === "word" && DANGLING.has(last.lower)) && !(last.kind === "mark" && last.depth === 0);
}
