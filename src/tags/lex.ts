import type { BlockComment, Lexis, LineComment, StringForm } from "./language.js";
import {
  announceHeredoc,
  announceScalar,
  openRegex,
  readHeredocs,
  readScalar,
  trackParenthesis,
} from "./lex-special.js";
import type { Frame, LexState, Segment } from "./lex-state.js";
import { BACKSLASH, emit, isBlank, lineEnd, NEWLINE, pushCode } from "./lex-state.js";
import { openString, resumeString } from "./lex-string.js";

export type { Segment } from "./lex-state.js";

export interface Lexed {
  /** In order, without gaps or overlaps, covering the text; none is empty. */
  segments: Segment[];
  /** How many characters were looked at: the measure of effort. */
  steps: number;
}

/** Tries to read what may open at an offset. Returns where lexing goes on, or -1 when it is code after all. */
type Opener = (state: LexState, at: number) => number;

interface Compiled {
  /** 1 for the UTF-16 units at which code may end. */
  stops: Uint8Array;
  openers: Opener[][];
}

const COMPILED = new WeakMap<Lexis, Compiled>();

/**
 * Splits a text into comments, strings and code in one pass, in time linear in its length whatever it holds. A string
 * that may not span lines ends at the end of its line; an unterminated comment or other string ends with the text.
 */
export function lex(text: string, lexis: Lexis): Lexed {
  const { stops, openers } = compile(lexis);
  const state: LexState = {
    text,
    lexis,
    segments: [],
    frames: [],
    steps: 0,
    codeStart: 0,
    valueBefore: false,
    parens: [],
    lastParenControls: false,
    noRegexBefore: 0,
    heredocs: [],
    lineIndex: null,
    scalarIndent: null,
  };
  let at = 0;
  while (at < text.length) {
    const from = at;
    const hole = state.frames.at(-1);
    if (hole === undefined) while (at < text.length && stops[text.charCodeAt(at)] === 0) at++;
    else while (at < text.length && !isStopInHole(stops, hole, text.charCodeAt(at))) at++;
    state.steps += at - from + 1;
    if (at < text.length) at = readAt(state, openers, at);
  }
  pushCode(state, text.length);
  return { segments: state.segments, steps: state.steps };
}

function isStopInHole(stops: Uint8Array, { form: { hole } }: Frame, code: number): boolean {
  if (stops[code] === 1 || code === NEWLINE) return true;
  return hole !== undefined && (code === hole.nest.charCodeAt(0) || code === hole.close.charCodeAt(0));
}

function readAt(state: LexState, openers: Opener[][], at: number): number {
  const code = state.text.charCodeAt(at);
  const resumed = readInHole(state, code, at);
  if (resumed >= 0) return resumed;
  for (const opener of openers[code] ?? []) {
    const next = opener(state, at);
    if (next >= 0) return next;
  }
  return at + 1;
}

/** Counts the brackets of a hole and goes back to its string behind the last; a newline gives a one-line string up. */
function readInHole(state: LexState, code: number, at: number): number {
  const frame = state.frames.at(-1);
  const hole = frame?.form.hole;
  if (frame === undefined || hole === undefined) return -1;
  if (code === NEWLINE && frame.form.lines !== true) state.frames.pop();
  else if (code === hole.nest.charCodeAt(0)) frame.depth++;
  else if (code === hole.close.charCodeAt(0)) {
    if (frame.depth-- > 0) return -1;
    state.frames.pop();
    return resumeString(state, frame.form, frame.close, at);
  }
  return -1;
}

function compile(lexis: Lexis): Compiled {
  const known = COMPILED.get(lexis);
  if (known !== undefined) return known;
  const forms: { start: string; open: Opener }[] = [
    ...(lexis.docstrings ?? []).map((form) => ({ start: form.open, open: blockOpener(form) })),
    ...lexis.blocks.map((form) => ({ start: form.open, open: blockOpener(form) })),
    ...lexis.lines.map((form) => ({ start: form.start, open: lineOpener(form) })),
    ...lexis.strings.map((form) => ({ start: form.start, open: stringOpener(form) })),
  ];
  if (lexis.regex !== undefined) {
    forms.push({ start: "/", open: openRegex });
    for (const start of "()") forms.push({ start, open: trackParenthesis });
  }
  if (lexis.heredocs !== undefined) {
    forms.push({ start: "<", open: announceHeredoc });
    forms.push({ start: "\n", open: (state, at) => (state.heredocs.length > 0 ? readHeredocs(state, at) : -1) });
  }
  if (lexis.blockScalars === true) {
    for (const start of "|>") forms.push({ start, open: announceScalar });
    forms.push({ start: "\n", open: (state, at) => (state.scalarIndent !== null ? readScalar(state, at) : -1) });
  }
  if (lexis.codeEscape === true) forms.push({ start: "\\", open: (_, at) => at + 2 });
  const compiled: Compiled = { stops: new Uint8Array(0x10000), openers: [] };
  for (const { start, open } of forms) {
    const code = start.charCodeAt(0);
    compiled.stops[code] = 1;
    compiled.openers[code] ??= [];
    compiled.openers[code].push((state, at) => (state.text.startsWith(start, at) ? open(state, at) : -1));
  }
  COMPILED.set(lexis, compiled);
  return compiled;
}

function stringOpener(form: StringForm): Opener {
  return (state, at) => openString(state, form, at);
}

function lineOpener(form: LineComment): Opener {
  return (state, at) => {
    if (!mayStart(state, form.at, at)) return -1;
    const { text } = state;
    let end = lineEnd(text, at);
    while (form.splices === true && end < text.length && text.charCodeAt(end - 1) === BACKSLASH) {
      end = lineEnd(text, end + (text[end] === "\r" ? 2 : 1));
    }
    state.steps += end - at;
    const innerStart = at + form.start.length;
    emit(state, { kind: "comment", start: at, end, innerStart, innerEnd: end, line: true });
    return end;
  };
}

function blockOpener(form: BlockComment): Opener {
  return (state, at) => {
    if (!mayStart(state, form.at, at) || !isGuarded(state.text, form.guard, at)) return -1;
    const innerStart = at + form.open.length;
    const innerEnd = blockEnd(state.text, form, innerStart);
    const end = Math.min(innerEnd + form.close.length, state.text.length);
    state.steps += end - at;
    const documents = form.documents === true ? { documents: true } : {};
    emit(state, { kind: "comment", start: at, end, innerStart, innerEnd: Math.min(innerEnd, end), ...documents });
    return end;
  };
}

function isGuarded(text: string, guard: RegExp | undefined, at: number): boolean {
  if (guard === undefined) return true;
  guard.lastIndex = at;
  return guard.test(text);
}

/** Where a block comment's closing text starts; the end of the text when it has none. */
function blockEnd(text: string, form: BlockComment, from: number): number {
  if (form.nested !== true) {
    let end = text.indexOf(form.close, from);
    while (form.escape !== undefined && end > 0 && isEscaped(text, from, end)) end = text.indexOf(form.close, end + 1);
    return end < 0 ? text.length : end;
  }
  const open = form.open.charCodeAt(0);
  const close = form.close.charCodeAt(0);
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === close && text.startsWith(form.close, at)) {
      if (--depth === 0) return at;
      at += form.close.length - 1;
    } else if (code === open && text.startsWith(form.open, at)) {
      depth++;
      at += form.open.length - 1;
    }
  }
  return text.length;
}

/** Whether an odd number of backslashes stands in front of an offset. */
function isEscaped(text: string, from: number, at: number): boolean {
  let first = at;
  while (first > from && text.charCodeAt(first - 1) === BACKSLASH) first--;
  return (at - first) % 2 === 1;
}

const BEFORE_WORD = /[\s;&|()`]/;

function mayStart(state: LexState, where: "word" | "line" | undefined, at: number): boolean {
  if (where === undefined || at === 0) return true;
  const { text } = state;
  if (where === "word") return BEFORE_WORD.test(text[at - 1] ?? "");
  let start = at;
  while (start > 0 && text[start - 1] !== "\n" && isBlank(text.charCodeAt(start - 1))) start--;
  state.steps += at - start;
  return start === 0 || text[start - 1] === "\n";
}
