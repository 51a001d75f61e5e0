import type { Code } from "./source.js";
import { skipBlank } from "./source.js";

/** How far a head may be from its body: long enough for real code, short enough to stay linear on hostile input. */
export const HEAD_LIMIT = 600;

/** The block that follows a head, or the expression of `fun f() = …`; null when the declaration has no body. */
export function bracedBody(code: Code, from: number): { start: number; end: number } | null {
  const { text, partners } = code;
  const limit = Math.min(text.length, from + HEAD_LIMIT);
  for (let at = from; at < limit; at++) {
    const char = text[at];
    if (char === ";" || char === "}") return null;
    if (char === "{") return { start: at + 1, end: closing(code, at) + 1 };
    if (char === "(" || char === "[") at = Math.max(at, partners[at] ?? -1);
    if (char === "=") return { start: at + 1, end: expressionEnd(code, at + 1) };
  }
  return null;
}

/** The end of an expression: the semicolon or newline outside its brackets. */
function expressionEnd(code: Code, from: number): number {
  const { text, partners } = code;
  for (let at = skipBlank(text, from), steps = 0; at < text.length && steps < HEAD_LIMIT; at++, steps++) {
    const char = text[at];
    if (char === ";" || char === "\n" || char === "}") return at;
    if (char === "(" || char === "[" || char === "{") at = Math.max(at, partners[at] ?? -1);
  }
  return Math.min(text.length, from + HEAD_LIMIT);
}

/** The offset of the bracket that closes the one at an offset; of the last character when nothing does. */
export function closing(code: Code, open: number): number {
  const partner = code.partners[open] ?? -1;
  return partner < 0 ? code.text.length - 1 : partner;
}

/** The end of the annotation or attribute at an offset (`@Name(…)`, `#[…]`, `[…]`), or the offset itself. */
export function skipAnnotation(code: Code, at: number): number {
  const { text, partners } = code;
  const bracket = text[at] === "#" && text[at + 1] === "[" ? at + 1 : at;
  if (text[bracket] === "[") {
    const close = partners[bracket] ?? -1;
    return close < 0 ? at : close + 1;
  }
  if (text[at] !== "@") return at;
  let end = at + 1;
  while (end - at < 200 && /[\w.:$]/.test(text[end] ?? "")) end++;
  const open = skipBlank(text, end);
  const close = text[open] === "(" ? (partners[open] ?? -1) : -1;
  return close < 0 ? end : close + 1;
}

/** Behind the word at an offset. */
export function skipWord(text: string, from: number): number {
  let at = from;
  while (at < text.length && at - from < 300 && /[\w$]/.test(text[at] ?? "")) at++;
  return at;
}

/** Behind the `>` that ends type arguments; behind the `<` when none does within reach. */
export function skipAngles(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length && at - from < HEAD_LIMIT; at++) {
    if (text[at] === "<") depth++;
    else if (text[at] === ">" && text[at - 1] !== "=" && --depth === 0) return at + 1;
  }
  return from + 1;
}
