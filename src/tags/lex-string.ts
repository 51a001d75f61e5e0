import type { StringForm } from "./language.js";
import type { LexState } from "./lex-state.js";
import { BACKSLASH, emit, NEWLINE } from "./lex-state.js";

/** Reads a string that opens at an offset if the form's guard agrees. Returns where lexing goes on, or -1. */
export function openString(state: LexState, form: StringForm, start: number): number {
  let inner = start + form.start.length;
  let close = form.close ?? "";
  if (form.guard !== undefined) {
    form.guard.lastIndex = start;
    const match = form.guard.exec(state.text);
    state.steps += 32;
    if (match === null) return -1;
    inner = start + match[0].length;
    close = close.replace("$1", () => match[1] ?? "");
    if (form.close === null) {
      emit(state, { kind: "string", start, end: inner, innerStart: start + 1, innerEnd: inner - 1 });
      return inner;
    }
  }
  return readString(state, form, close, { start, inner, resumed: false });
}

/** Reads on in a string behind its hole, whose closing bracket stands at an offset. */
export function resumeString(state: LexState, form: StringForm, close: string, start: number): number {
  return readString(state, form, close, { start, inner: start + 1, resumed: true });
}

interface Opening {
  start: number;
  inner: number;
  resumed: boolean;
}

function readString(state: LexState, form: StringForm, close: string, opening: Opening): number {
  const stop = findStop(state.text, form, close, opening.inner);
  const { start, inner, resumed } = opening;
  state.steps += stop.end - start;
  const part = stop.hole ? (resumed ? "middle" : "head") : resumed ? "tail" : "whole";
  emit(state, { kind: "string", start, end: stop.end, innerStart: inner, innerEnd: stop.inner, part });
  if (stop.hole) state.frames.push({ form, close, depth: 0 });
  return stop.end;
}

interface Stop {
  /** End of the text inside. */
  inner: number;
  /** End with the delimiter. */
  end: number;
  hole: boolean;
}

function findStop(text: string, form: StringForm, close: string, from: number): Stop {
  const { hole, nest } = form;
  const closing = close.charCodeAt(0);
  const opening = hole?.open.charCodeAt(0);
  const nesting = nest?.charCodeAt(0);
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === opening && hole !== undefined && text.startsWith(hole.open, at)) {
      return { inner: at, end: at + hole.open.length, hole: true };
    }
    if (code === BACKSLASH && form.escape === "backslash") {
      at += escapedLength(text, form, at);
    } else if (code === closing && text.startsWith(close, at)) {
      if (depth > 0) {
        depth--;
        at++;
      } else if (form.escape === "doubled" && text.startsWith(close, at + close.length)) {
        at += 2 * close.length;
      } else {
        return closed(text, form, close, at);
      }
    } else if (code === NEWLINE && form.lines !== true) {
      const end = at > from && text[at - 1] === "\r" ? at - 1 : at;
      return { inner: end, end, hole: false };
    } else {
      if (code === nesting) depth++;
      at++;
    }
  }
  return { inner: text.length, end: text.length, hole: false };
}

function closed(text: string, form: StringForm, close: string, at: number): Stop {
  let inner = at;
  while (form.greedy === true && text.charCodeAt(inner + close.length) === close.charCodeAt(0)) inner++;
  return { inner, end: inner + close.length, hole: false };
}

/** Length of an escape; the backslash alone where a newline follows that it may not hide. */
function escapedLength(text: string, form: StringForm, at: number): number {
  const carriage = text[at + 1] === "\r" && text[at + 2] === "\n" ? 1 : 0;
  if (text[at + 1 + carriage] !== "\n") return Math.min(2, text.length - at);
  return form.lines === true || form.splices === true ? 2 + carriage : 1;
}
