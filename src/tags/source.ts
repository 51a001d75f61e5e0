import type { Language } from "./language.js";
import type { Segment } from "./lex.js";
import { lex } from "./lex.js";
import { LineIndex } from "./lines.js";

/** A file split into its segments. */
export interface Source {
  path: string;
  text: string;
  language: Language;
  segments: Segment[];
  lines: LineIndex;
}

/** A string literal in one piece or, with holes, from its first quote to its last. */
export interface Literal {
  start: number;
  end: number;
  innerStart: number;
  innerEnd: number;
  /** Has no holes: its text is known. */
  plain: boolean;
}

/** The code of a file alone, as long as the file: what declarations and calls are searched in. */
export interface Code {
  source: Source;
  /** Comments are blanks, strings `"___"`, without newlines of their own. */
  text: string;
  /** For every bracket the offset of its partner; -1 elsewhere and for those without one. */
  partners: Int32Array;
  literals: Literal[];
}

export function readSource(path: string, text: string, language: Language): Source {
  const { segments } = lex(text, language.lexis);
  return { path, text, language, segments, lines: new LineIndex(path, text) };
}

export function readCode(source: Source): Code {
  const pieces: string[] = [];
  for (const { kind, start, end } of source.segments) {
    if (kind === "code") pieces.push(source.text.slice(start, end));
    else if (kind === "comment") pieces.push(" ".repeat(end - start));
    else pieces.push(end - start === 1 ? '"' : `"${"_".repeat(end - start - 2)}"`);
  }
  const text = pieces.join("");
  return { source, text, partners: pairBrackets(text), literals: joinLiterals(source.segments) };
}

function joinLiterals(segments: readonly Segment[]): Literal[] {
  const literals: Literal[] = [];
  const open: Literal[] = [];
  for (const { kind, part, start, end, innerStart, innerEnd } of segments) {
    if (kind !== "string") continue;
    if (part === "whole" || part === "head") {
      const literal = { start, end, innerStart, innerEnd, plain: part === "whole" };
      literals.push(literal);
      if (part === "head") open.push(literal);
      continue;
    }
    const literal = part === "tail" ? open.pop() : open.at(-1);
    if (literal !== undefined) Object.assign(literal, { end, innerEnd });
  }
  return literals;
}

const CLOSING: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Pairs brackets; one that is closed by nothing, or by an outer bracket's partner, stays alone. */
function pairBrackets(code: string): Int32Array {
  const partners = new Int32Array(code.length).fill(-1);
  const stack: number[] = [];
  const open: Record<string, number> = { "(": 0, "[": 0, "{": 0 };
  for (let at = 0; at < code.length; at++) {
    const unit = code.charCodeAt(at);
    if (unit !== 40 && unit !== 41 && unit !== 91 && unit !== 93 && unit !== 123 && unit !== 125) continue;
    const char = code[at] ?? "";
    const opener = CLOSING[char];
    if (opener === undefined) {
      stack.push(at);
      open[char] = (open[char] ?? 0) + 1;
      continue;
    }
    if ((open[opener] ?? 0) === 0) continue;
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const bracket = code[top] ?? "";
      open[bracket] = (open[bracket] ?? 0) - 1;
      if (bracket !== opener) continue;
      partners[top] = at;
      partners[at] = top;
      break;
    }
  }
  return partners;
}

/** The first offset from which code has something else than white space. */
export function skipBlank(code: string, from: number): number {
  let at = from;
  while (at < code.length && code.charCodeAt(at) <= 32) at++;
  return at;
}

/** The literal that starts at an offset; undefined without. */
export function literalAt(code: Code, offset: number): Literal | undefined {
  const index = firstFrom(code.literals, offset);
  const literal = code.literals[index];
  return literal?.start === offset ? literal : undefined;
}

/** Index of the first item that starts at or behind an offset, in items ordered by start. */
export function firstFrom(items: readonly { start: number }[], offset: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
