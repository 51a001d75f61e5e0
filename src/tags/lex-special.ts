import type { LexState } from "./lex-state.js";
import { emit, isBlank, lineEnd, valueStandsBefore, wordEndingAt } from "./lex-state.js";

/** Reads a regular expression literal at a slash, if one can stand there. Returns where lexing goes on, or -1. */
export function openRegex(state: LexState, start: number): number {
  if (start < state.noRegexBefore || valueStandsBefore(state, start)) return -1;
  const { text } = state;
  let inClass = false;
  let at = start + 1;
  for (; at < text.length; at++) {
    const char = text[at];
    if (char === "\n" || (char === "\\" && text[at + 1] === "\n")) break;
    if (char === "\\") at++;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if (char === "/" && !inClass) {
      let end = at + 1;
      while (end < text.length && end - at < 10 && /[a-z]/.test(text[end] ?? "")) end++;
      state.steps += end - start;
      emit(state, { kind: "string", start, end, innerStart: start + 1, innerEnd: at });
      return end;
    }
  }
  state.steps += at - start;
  state.noRegexBefore = at;
  return -1;
}

const CONTROL_WORDS = new Set(["if", "while", "for", "with"]);

/** Keeps account of parentheses, so that a slash behind `if (…)` is known from one behind a call. They stay code. */
export function trackParenthesis(state: LexState, at: number): -1 {
  if (state.text[at] === ")") {
    state.lastParenControls = state.parens.pop() ?? false;
    return -1;
  }
  let end = at;
  while (end > state.codeStart && at - end < 8 && isBlank(state.text.charCodeAt(end - 1))) end--;
  state.parens.push(CONTROL_WORDS.has(wordEndingAt(state.text, end, state.codeStart)));
  return -1;
}

const HEREDOC = {
  shell: /(?<!<)<<(?!<)(-?)[ \t]{0,20}(?:"([^"\n]{1,80})"|'([^'\n]{1,80})'|\\?([A-Za-z_][\w-]{0,80}))/y,
  ruby: /(?<![\w<])<<([~-]?)(?:"([^"\n]{1,80})"|'([^'\n]{1,80})'|([A-Z_][A-Za-z0-9_]{0,80}))/y,
};

/** Notes the here-document announced at `<<`; its body starts on the next line. */
export function announceHeredoc(state: LexState, at: number): number {
  const pattern = HEREDOC[state.lexis.heredocs ?? "shell"];
  pattern.lastIndex = at;
  const match = pattern.exec(state.text);
  state.steps += 32;
  if (match === null) return -1;
  state.heredocs.push({ id: match[2] ?? match[3] ?? match[4] ?? "", indented: match[1] !== "" });
  return at + match[0].length;
}

/**
 * Reads the bodies that are due behind a newline, which counts as part of the string, so that the code has no line
 * there. One whose last line is nowhere was no here-document.
 */
export function readHeredocs(state: LexState, newline: number): number {
  let at = newline + 1;
  for (const { id, indented } of state.heredocs.splice(0)) {
    const end = terminatorLine(state, `${indented ? "~" : "="}${id}`, at);
    if (end < 0) continue;
    const last = lineEnd(state.text, end);
    state.steps += last - at;
    emit(state, { kind: "string", start: at - 1, end: last, innerStart: at, innerEnd: end });
    at = Math.min(last + (state.text[last] === "\r" ? 2 : 1), state.text.length);
  }
  return at;
}

function terminatorLine(state: LexState, key: string, from: number): number {
  state.lineIndex ??= indexLines(state);
  const offsets = state.lineIndex.get(key) ?? [];
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
    state.steps++;
  }
  return offsets[low] ?? -1;
}

/** Every short line, so that the end of a here-document is found without reading on from each. */
function indexLines(state: LexState): Map<string, number[]> {
  const { text } = state;
  const index = new Map<string, number[]>();
  const add = (key: string, offset: number) => {
    const known = index.get(key);
    if (known === undefined) index.set(key, [offset]);
    else known.push(offset);
  };
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    state.steps += end - start + 1;
    if (end - start < 200) {
      const line = text.slice(start, end);
      add(`=${line}`, start);
      add(`~${line.trim()}`, start);
    }
    start = end + (text[end] === "\r" ? 2 : 1);
  }
  return index;
}

const SCALAR_HEADER =
  /(?<=[:?-][ \t]{1,40}(?:[!&][^\s]{0,40}[ \t]{1,10}){0,2})[|>][-+0-9]{0,2}[ \t]*(?:[ \t]#[^\n]*)?(?=\r?\n|$)/y;

/** Notes the block scalar announced at `|` or `>`. */
export function announceScalar(state: LexState, at: number): number {
  SCALAR_HEADER.lastIndex = at;
  const match = SCALAR_HEADER.exec(state.text);
  state.steps += 32;
  if (match === null) return -1;
  const lineStart = state.text.lastIndexOf("\n", at) + 1;
  state.steps += at - lineStart + match[0].length;
  state.scalarIndent = indentation(state.text, lineStart);
  return at + 1;
}

/** Reads the lines of a block scalar: those indented at least like its first one, and empty ones between. */
export function readScalar(state: LexState, newline: number): number {
  const { text } = state;
  const parent = state.scalarIndent ?? 0;
  state.scalarIndent = null;
  let own: number | null = null;
  let end = newline;
  for (let start = newline + 1; start < text.length; ) {
    const stop = lineEnd(text, start);
    const indent = indentation(text, start);
    state.steps += stop - start + 1;
    if (start + indent < stop) {
      own ??= indent;
      if (indent < own || indent <= parent) break;
      end = stop;
    }
    start = stop + (text[stop] === "\r" ? 2 : 1);
  }
  if (end === newline) return newline + 1;
  emit(state, { kind: "string", start: newline + 1, end, innerStart: newline + 1, innerEnd: end });
  return end;
}

function indentation(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === " ") at++;
  return at - lineStart;
}
