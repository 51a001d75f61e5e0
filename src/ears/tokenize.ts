import { classOf, isAlphanumeric, isDigit, SPACE, WORD } from "./characters.js";
import type { Token, TokenKind } from "./token.js";

/** Longest quotation taken as one token; a mark without a partner must not swallow the text. */
const LONGEST_QUOTE = 200;

/** Longest target of a link, and deepest nesting of brackets: they keep the work linear on hostile text. */
const LONGEST_TARGET = 2_000;
const DEEPEST_BRACKET = 32;

const CLOSING_QUOTE: Readonly<Record<string, string>> = { '"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’" };

const OPENERS = "([{";
const CLOSERS = ")]}";

/** Marks of several characters, longest first. */
const LONG_MARKS = ["<=>", "...", "<=", ">=", "==", "!=", "=>", "->", "<-"];

interface Scanner {
  readonly text: string;
  readonly end: number;
  at: number;
  spaced: boolean;
  readonly tokens: Token[];
  /** Indices of opening brackets whose partner has not come yet. */
  readonly open: number[];
  /** A comment was opened and never closed, so no later one is. */
  commentsEnded: boolean;
  readonly words: Words;
}

/** Words seen before, so that each is kept in memory once. */
export type Words = Map<string, { text: string; lower: string }>;

/**
 * Markdown text between two offsets as tokens. Emphasis marks, escapes and comments leave no token; code spans, fences,
 * quotations and links become one opaque token each. Brackets without a partner do not count for the depth. Calls for the
 * same file may share `words`.
 */
export function tokenize(text: string, start: number, end: number, words: Words = new Map()): Token[] {
  const scanner: Scanner = { text, end, at: start, spaced: true, tokens: [], open: [], commentsEnded: false, words };
  while (scanner.at < end) {
    const code = text.charCodeAt(scanner.at);
    const kind = classOf(code);
    if (kind === SPACE) {
      scanner.spaced = true;
      scanner.at++;
    } else if (kind === WORD) {
      if (!skipUnderscores(scanner, code)) readWord(scanner);
    } else {
      readMark(scanner, text[scanner.at] ?? "");
    }
  }
  levelUnclosed(scanner);
  return scanner.tokens;
}

function push(scanner: Scanner, kind: TokenKind, end: number, depth = scanner.open.length): void {
  const { at: start, spaced } = scanner;
  const found = scanner.text.slice(start, end);
  const { text, lower } = kind === "word" ? wordOf(scanner.words, found) : { text: found, lower: found };
  scanner.tokens.push({ kind, text, lower, start, end, spaced, depth });
  scanner.at = end;
  scanner.spaced = false;
}

function wordOf(words: Words, text: string): { text: string; lower: string } {
  const seen = words.get(text);
  if (seen !== undefined) return seen;
  const word = { text, lower: text.toLowerCase() };
  words.set(text, word);
  return word;
}

/** Underscores at the edge of a word are emphasis: `_shall_`. */
function skipUnderscores(scanner: Scanner, code: number): boolean {
  if (code !== 95) return false;
  let to = scanner.at;
  while (scanner.text.charCodeAt(to) === 95) to++;
  if (to - scanner.at > 2) return false;
  scanner.at = to;
  return true;
}

function readWord(scanner: Scanner): void {
  const { text, end } = scanner;
  let to = scanner.at;
  while (text[to] === "-") to++;
  to++;
  while (to < end) {
    if (classOf(text.charCodeAt(to)) === WORD) to++;
    else {
      const after = connectedTo(text, to, end);
      if (after === to) break;
      to = after;
    }
  }
  let last = to;
  while (last > scanner.at + 1 && text.charCodeAt(last - 1) === 95) last--;
  push(scanner, isNumber(text, scanner.at, last) ? "number" : "word", last);
  scanner.at = to;
}

/** Offset behind the connector at `at` (`-`, `/`, `.`, `'` and the like inside a word); `at` itself when it is none. */
function connectedTo(text: string, at: number, end: number): number {
  const char = text[at] ?? "";
  const next = text.charCodeAt(at + 1);
  if (at + 1 >= end) return at;
  if ("-'’/:".includes(char)) {
    if (text.startsWith("://", at)) return at + 3;
    if (char === ":" && !isDigit(text.charCodeAt(at - 1))) return at;
    return isAlphanumeric(next) && isAlphanumeric(text.charCodeAt(at - 1)) ? at + 1 : at;
  }
  if (char === ",") return isDigit(next) && isDigit(text.charCodeAt(at - 1)) ? at + 1 : at;
  if (char !== ".") return at;
  let to = at;
  while (to < end && text[to] === ".") to++;
  return to < end && isAlphanumeric(text.charCodeAt(to)) ? to : at;
}

/** `5`, `-0.5`, `1,000`, `500ms`, `5-minute`, `20%`, `5µs`; not `3D-printed`, `2026-06-05`, `1.2.3`. */
function isNumber(text: string, from: number, to: number): boolean {
  let at = from;
  if (text[at] === "-" || text[at] === "+") at++;
  if (!isDigit(text.charCodeAt(at))) return false;
  let points = 0;
  while (at < to) {
    const char = text[at] ?? "";
    if (char === "." && isDigit(text.charCodeAt(at + 1))) points++;
    else if (!isDigit(text.charCodeAt(at)) && !((char === "," || char === "_") && isDigit(text.charCodeAt(at + 1))))
      break;
    at++;
  }
  if (points > 1) return false;
  if (text[at] === "-") at++;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code) || (!isAlphanumeric(code) && !"%°/".includes(text[at] ?? ""))) return false;
  }
  return true;
}

function readMark(scanner: Scanner, char: string): void {
  const { text, at } = scanner;
  if (char === "`" && readCode(scanner)) return;
  if (char === "<" && skipComment(scanner)) return;
  if (CLOSING_QUOTE[char] !== undefined && readQuote(scanner, char)) return;
  if (char === "*" && !isSpacedBothSides(scanner)) {
    scanner.at++;
  } else if (char === "\\" && at + 1 < scanner.end && classOf(text.charCodeAt(at + 1)) !== SPACE) {
    scanner.at++;
    push(scanner, "mark", scanner.at + 1);
  } else if (char === "-" && startsFlag(scanner)) {
    readWord(scanner);
  } else if (OPENERS.includes(char) && scanner.open.length < DEEPEST_BRACKET) {
    scanner.open.push(scanner.tokens.length);
    push(scanner, "mark", at + 1);
  } else if (CLOSERS.includes(char)) {
    readCloser(scanner, char);
  } else {
    const long = LONG_MARKS.find((mark) => text.startsWith(mark, at));
    push(scanner, "mark", at + (long?.length ?? 1));
  }
}

/** A code span or fence: it ends at the next run of as many backticks. */
function readCode(scanner: Scanner): boolean {
  const { text } = scanner;
  let length = 1;
  while (text[scanner.at + length] === "`") length++;
  let to = scanner.at + length;
  while (to < scanner.end) {
    const next = text.indexOf("`", to);
    if (next < 0 || next >= scanner.end) break;
    let run = 1;
    while (text[next + run] === "`") run++;
    if (run === length) {
      push(scanner, "code", next + run);
      return true;
    }
    to = next + run;
  }
  return false;
}

function isSpacedBothSides({ text, at }: Scanner): boolean {
  return classOf(text.charCodeAt(at - 1)) === SPACE && classOf(text.charCodeAt(at + 1)) === SPACE;
}

function skipComment(scanner: Scanner): boolean {
  if (scanner.commentsEnded || !scanner.text.startsWith("<!--", scanner.at)) return false;
  const close = scanner.text.indexOf("-->", scanner.at + 4);
  if (close < 0 || close >= scanner.end) {
    scanner.commentsEnded = true;
    return false;
  }
  scanner.at = close + 3;
  scanner.spaced = true;
  return true;
}

/** A quotation stands free on its outer sides, so that neither `user's` nor `5"` opens one. */
function readQuote(scanner: Scanner, opening: string): boolean {
  const { text, at } = scanner;
  if (isAlphanumeric(text.charCodeAt(at - 1)) || classOf(text.charCodeAt(at + 1)) === SPACE) return false;
  const closing = CLOSING_QUOTE[opening] ?? opening;
  const limit = Math.min(scanner.end, at + LONGEST_QUOTE);
  for (let to = at + 1; to < limit; to++) {
    if (text[to] !== closing) continue;
    if (closing === opening && isAlphanumeric(text.charCodeAt(to + 1))) continue;
    if (closing === "’" && isAlphanumeric(text.charCodeAt(to + 1))) continue;
    push(scanner, "quote", to + 1);
    return true;
  }
  return false;
}

/** A hyphen that begins a word: `-5`, `--output`; not that of `npm`-installed behind a code span. */
function startsFlag({ text, at, spaced }: Scanner): boolean {
  if (!spaced && !"([{<=,|".includes(text[at - 1] ?? "")) return false;
  const next = text[at + 1] === "-" ? at + 2 : at + 1;
  return isAlphanumeric(text.charCodeAt(next));
}

function readCloser(scanner: Scanner, char: string): void {
  const opener = OPENERS[CLOSERS.indexOf(char)];
  let index = scanner.open.length - 1;
  while (index >= 0 && scanner.tokens[scanner.open[index] ?? 0]?.text !== opener) index--;
  if (index < 0) {
    push(scanner, "mark", scanner.at + 1);
    return;
  }
  const from = scanner.open[index] ?? 0;
  const unclosed = scanner.open.splice(index).length - 1;
  if (unclosed > 0) for (const token of scanner.tokens.slice(from + 1)) token.depth = index + 1;
  push(scanner, "mark", scanner.at + 1, index + 1);
  const opening = scanner.tokens[from];
  if (opening !== undefined) opening.depth = index + 1;
  if (char === "]" && scanner.text[scanner.at] === "(") joinLink(scanner, from);
}

/** `[text](target)`: from the bracket to the parenthesis it is one token. */
function joinLink(scanner: Scanner, from: number): void {
  const { text, at } = scanner;
  const limit = Math.min(scanner.end, at + LONGEST_TARGET);
  let close = at;
  while (close < limit && text[close] !== ")" && text[close] !== "\n") close++;
  const first = scanner.tokens[from];
  if (close >= limit || text[close] !== ")" || first === undefined) return;
  scanner.tokens.length = from;
  scanner.spaced = first.spaced;
  scanner.at = first.start;
  push(scanner, "link", close + 1);
}

/** Takes the depth of brackets that were never closed off what follows them. */
function levelUnclosed({ tokens, open }: Scanner): void {
  let unclosed = 0;
  let next = 0;
  for (let index = open[0] ?? tokens.length; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) break;
    if (open[next] === index) {
      next++;
      unclosed++;
    }
    token.depth = Math.max(0, token.depth - unclosed);
  }
}
