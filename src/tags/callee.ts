import { skipWord } from "./reach.js";
import type { Code } from "./source.js";
import { skipBlank } from "./source.js";

/** What stands before a parenthesis that calls something. */
export interface Callee {
  /** Dotted: `assert.equal`, `assert_eq!`, `Some::path`; with a leading dot behind a call or bracket: `.then`. */
  name: string;
  start: number;
}

const NOT_CALLED =
  /^(?:if|for|while|switch|catch|function|return|await|typeof|with|in|of|and|or|not|is|elif|match|when|async|yield|void|delete|new|do|else|case|super|fn|fun|func|def|lambda|using|lock|foreach|sizeof)$/;

/** The callee of the call whose parenthesis opens at an offset; null for grouping, control flow and declarations. */
export function calleeBefore(text: string, open: number, from: number): Callee | null {
  const floor = Math.max(from, open - 200);
  let end = open;
  while (end > floor && text.charCodeAt(end - 1) <= 32) end--;
  if (text[end - 1] === ">") end = angleStart(text, end, floor);
  let start = end;
  while (start > floor && /[\w$.!#:?@]/.test(text[start - 1] ?? "")) start--;
  while (start < end && (/[!?:]/.test(text[start] ?? "") || text.startsWith("..", start))) start++;
  start = receiverStart(text, start, floor);
  const name = text.slice(start, end).replace(/\?\.|\s+/g, (found) => (found === "?." ? "." : ""));
  if (NOT_CALLED.test(name) || !/[\w$]/.test(name)) return null;
  return /(?<![\w$.])function\s*\*?\s*$/.test(text.slice(Math.max(floor, start - 12), start)) ? null : { name, start };
}

/** The start of the words that a method on the next line hangs on. */
function receiverStart(text: string, from: number, floor: number): number {
  let start = from;
  while (text[start] === ".") {
    let end = start;
    while (end > floor && text.charCodeAt(end - 1) <= 32) end--;
    if (end === start || !/[\w$]/.test(text[end - 1] ?? "")) break;
    start = end;
    while (start > floor && /[\w$.]/.test(text[start - 1] ?? "")) start--;
  }
  return start;
}

function angleStart(text: string, end: number, floor: number): number {
  let depth = 0;
  for (let at = end - 1; at > floor; at--) {
    if (text[at] === ">" && text[at - 1] !== "=") depth++;
    else if (text[at] === "<" && --depth === 0) return at;
  }
  return end;
}

/**
 * Where a call stands: its value assigned, among the arguments of another call, behind the dot of another call, or
 * where it may be there for what it does.
 */
export function placeOf(code: Code, callee: Callee, from: number): "assigned" | "argument" | "chained" | "statement" {
  const { text, partners } = code;
  const { start } = callee;
  if (text[start] === ".") {
    const close = skipBlankBack(text, start, from);
    const open = text[close] === ")" ? (partners[close] ?? -1) : -1;
    return open > from && calleeBefore(text, open, from) !== null ? "chained" : "statement";
  }
  const before = text
    .slice(Math.max(from, start - 60), start)
    .replace(/(?:(?<![\w$])(?:await|new)\s+)+$/, "")
    .trimEnd();
  if (/(?:^|[^=!<>])=$/.test(before)) return "assigned";
  return /[(,[]$/.test(before) ? "argument" : "statement";
}

/** Whether a call stands at the begin of a statement, so that its value is nobody's; false where that is in doubt. */
export function beginsStatement({ text }: Code, callee: Callee): boolean {
  const start = Math.max(0, callee.start - 200);
  const before = text.slice(start, callee.start).replace(/(?:(?<![\w$])(?:await|void)\s+)+$/, "");
  return /[;{}]\s*$/.test(before) || /[\w$)\]"'`]\s*\n\s*$/.test(before);
}

/** Whether a call is a statement of its own, not the arm of an `if`, `else` or short circuit. */
export function isUnconditional(code: Code, callee: Callee, from: number): boolean {
  const { text, partners } = code;
  const start = Math.max(from, callee.start - 60);
  const before = text
    .slice(start, callee.start)
    .replace(/(?:(?<![\w$])(?:await|return|void)\s+)+$/, "")
    .trimEnd();
  if (/(?:&&|\|\||\?|:|(?<![\w$])(?:else|do))$/.test(before)) return false;
  if (!before.endsWith(")")) return true;
  const open = partners[start + before.length - 1] ?? -1;
  return open > from && calleeBefore(text, open, from) !== null;
}

function skipBlankBack(text: string, before: number, from: number): number {
  let at = before - 1;
  while (at > from && before - at < 200 && text.charCodeAt(at) <= 32) at--;
  return at;
}

/** The arguments of all calls in a chain such as `expect(a).not.toBe(b)`, and where the chain ends. */
export function readChain(code: Code, open: number, limit: number): { values: string[]; end: number } {
  const { text, partners } = code;
  const values: string[] = [];
  let at = open;
  while (at < limit) {
    if (text[at] === "(") {
      const close = partners[at] ?? -1;
      if (close < 0 || close > limit) break;
      values.push(text.slice(at + 1, close));
      at = close + 1;
      continue;
    }
    const dot = skipBlank(text, at);
    const behind = text[dot] === "?" ? dot + 1 : dot;
    if (text[behind] !== ".") break;
    const word = skipBlank(text, behind + 1);
    at = skipWord(text, word);
    if (at === word) break;
    if (text[at] === "<") at = Math.max(at, angleEnd(text, at));
  }
  return { values, end: Math.max(at, open + 1) };
}

function angleEnd(text: string, from: number): number {
  const end = text.slice(from, from + 200).search(/>\s*\(/);
  return end < 0 ? from : from + end + 1;
}
