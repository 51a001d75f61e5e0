import type { Lexis, StringForm } from "./language.js";

/** A stretch of a file that is comment, string or code. Offsets are UTF-16 units, ends exclusive. */
export interface Segment {
  kind: "comment" | "string" | "code";
  start: number;
  end: number;
  /** Without delimiters; for code the same as `start` and `end`. */
  innerStart: number;
  innerEnd: number;
  /** Which piece of a string with holes it is; everything else is `whole`. */
  part: "whole" | "head" | "middle" | "tail";
  /** A comment that runs to the end of its line. */
  line: boolean;
  /** A comment about what the head right before it declares. */
  documents?: boolean;
}

/** A string that was left for a hole and goes on behind it. */
export interface Frame {
  form: StringForm;
  close: string;
  /** Brackets open inside the hole. */
  depth: number;
}

/** What a lexer run carries along. */
export interface LexState {
  readonly text: string;
  readonly lexis: Lexis;
  readonly segments: Segment[];
  readonly frames: Frame[];
  /** Characters looked at. */
  steps: number;
  /** Where the code not yet emitted starts. */
  codeStart: number;
  /** Whether a value stood last before `codeStart`, so that a slash would divide it. */
  valueBefore: boolean;
  /** For each open parenthesis, whether it belongs to `if`, `while` and the like. */
  readonly parens: boolean[];
  /** The same of the parenthesis closed last. */
  lastParenControls: boolean;
  /** No regular expression literal starts before this offset: one was tried and its line ended first. */
  noRegexBefore: number;
  readonly heredocs: { id: string; indented: boolean }[];
  /** Offsets of lines by their text (`=EOF`) and by their text without indentation (`~EOF`); made when first needed. */
  lineIndex: Map<string, number[]> | null;
  /** Indentation of the line that announced a block scalar; null when none is due. */
  scalarIndent: number | null;
}

export const NEWLINE = 10;
export const BACKSLASH = 92;

/** Ends the code before a comment or string and adds that segment. */
export function emit(
  state: LexState,
  segment: Pick<Segment, "kind" | "start" | "end" | "innerStart" | "innerEnd"> & Partial<Segment>,
): void {
  if (segment.start > state.codeStart) {
    if (state.lexis.regex !== undefined) state.valueBefore = valueStandsBefore(state, segment.start);
    pushCode(state, segment.start);
  }
  if (segment.kind === "string") state.valueBefore = segment.part !== "head" && segment.part !== "middle";
  state.segments.push({ part: "whole", line: false, ...segment });
  state.codeStart = segment.end;
}

/** Adds the code up to an offset. */
export function pushCode(state: LexState, end: number): void {
  const start = state.codeStart;
  if (end <= start) return;
  state.segments.push({ kind: "code", start, end, innerStart: start, innerEnd: end, part: "whole", line: false });
  state.codeStart = end;
}

/** The end of the line that holds an offset: its newline, or the carriage return before that. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === "\r" ? newline - 1 : newline;
}

const WORD = /[\w$]/;
const OPERATOR_WORDS: Record<"javascript" | "ruby", ReadonlySet<string>> = {
  javascript: new Set(
    "return typeof case in of delete void throw new else do instanceof yield await default extends".split(" "),
  ),
  ruby: new Set("return if elsif unless while until and or not when in case then else do puts".split(" ")),
};

/**
 * Whether the code before an offset ends in a value, after which a slash divides; otherwise it would open a regular
 * expression. The rule of thumb of every highlighter; see "Read JavaScript source code using an SLR automaton" for why
 * exactness needs a parser. `}` counts as a value and `</` never opens one, which suits JSX.
 */
export function valueStandsBefore(state: LexState, offset: number): boolean {
  const { text, codeStart } = state;
  let at = offset - 1;
  while (at >= codeStart && isBlank(text.charCodeAt(at))) at--;
  state.steps += offset - at;
  if (at < codeStart) return state.valueBefore;
  const char = text[at] ?? "";
  if (char === ")") return !state.lastParenControls;
  if (char === "]" || char === "}") return true;
  if (char === "<") return at === offset - 1;
  if (char === ">") return text[at - 1] !== "=";
  if (char === "+" || char === "-") return text[at - 1] === char;
  if (char.charCodeAt(0) < 128 && !WORD.test(char)) return false;
  const flavour = state.lexis.regex ?? "javascript";
  const word = wordEndingAt(text, at + 1, codeStart);
  if (OPERATOR_WORDS[flavour].has(word) && text[at - word.length] !== ".") return false;
  // Ruby itself takes `puts /x/` as an argument and `a / b` as division.
  return flavour === "javascript" || at === offset - 1 || isBlank(text.charCodeAt(offset + 1));
}

/** The word of at most twelve characters that ends at an offset. */
export function wordEndingAt(text: string, end: number, from: number): string {
  let start = end;
  while (start > from && end - start < 12 && WORD.test(text[start - 1] ?? "")) start--;
  return text.slice(start, end);
}

export function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff;
}
