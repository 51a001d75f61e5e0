import type { Declaration } from "./declaration.js";
import type { CallForm } from "./language.js";
import { bracedBody, closing, HEAD_LIMIT, skipAngles, skipWord } from "./reach.js";
import type { Code, Literal } from "./source.js";
import { firstFrom, literalAt, skipBlank } from "./source.js";

/** `callee.modifier(…)("title", …)`: modifiers and the arguments of `each` stand before the call that counts. */
export function callDeclaration(code: Code, form: CallForm, start: number, after: number): Declaration | null {
  const { text } = code;
  if (/function\s*\*?\s*$/.test(text.slice(Math.max(0, start - 20), start))) return null;
  let at = skipBlank(text, after);
  let { kind } = form;
  for (let hops = 0; hops < 12; hops++) {
    const char = text[at];
    if (char === ".") {
      const word = skipBlank(text, at + 1);
      at = skipBlank(text, skipWord(text, word));
      const modifier = text.slice(word, at).trim();
      if (form.otherModifier?.test(modifier) === true) return null;
      if (form.suiteModifier?.test(modifier) === true) kind = "suite";
    } else if (char === "<") at = skipBlank(text, skipAngles(text, at));
    else if (char === '"') at = skipBlank(text, literalAt(code, at)?.end ?? at + 1);
    else if (char === "(") {
      const close = code.partners[at] ?? -1;
      if (close < 0) return null;
      const next = skipBlank(text, close + 1);
      if (text[next] !== "(") return called(code, { ...form, kind }, { start, open: at, close, next });
      at = next;
    } else return null;
  }
  return null;
}

function called(
  code: Code,
  form: CallForm,
  { start, open, close, next }: { start: number; open: number; close: number; next: number },
): Declaration | null {
  const follows = code.text[next] === "{";
  if (follows !== (form.body === "braces")) return null;
  const end = follows ? closing(code, next) + 1 : close + 1;
  const common = { kind: form.kind, start, at: start, end, indented: false };
  if (form.shape === "suite-and-name") {
    const names = /^\s*(\w+)\s*,\s*(\w+)/.exec(code.text.slice(open + 1, Math.min(close, open + HEAD_LIMIT)));
    if (names === null) return null;
    const [, suite = "", name = ""] = names;
    return { ...common, name, ownSuites: [suite], titles: [], body: { start: next + 1, end } };
  }
  const first = firstArgument(code, open, close);
  if (first.end <= skipBlank(code.text, first.start)) return null;
  const titles = literalsIn(code, first.start, follows ? close : first.end);
  const body = follows ? { start: next + 1, end } : { start: first.end, end: close };
  return { ...common, name: nameOf(code, first.start, first.end), ownSuites: [], titles, body };
}

function firstArgument(code: Code, open: number, close: number): { start: number; end: number } {
  const limit = Math.min(close, open + 4 * HEAD_LIMIT);
  for (let at = open + 1; at < limit; at++) {
    const char = code.text[at];
    if (char === ",") return { start: open + 1, end: at };
    if (char === '"') at = (literalAt(code, at)?.end ?? at + 1) - 1;
    else if (char === "(" || char === "[" || char === "{") at = Math.max(at, code.partners[at] ?? -1);
  }
  return { start: open + 1, end: close };
}

/** The literals between two offsets: the first twenty, more make no title. */
export function literalsIn(code: Code, start: number, end: number): Literal[] {
  const found: Literal[] = [];
  for (let index = firstFrom(code.literals, start); index < code.literals.length && found.length < 20; index++) {
    const literal = code.literals[index];
    if (literal === undefined || literal.start >= end) break;
    found.push(literal);
  }
  return found;
}

/** The text of one literal or of literals joined by `+`; otherwise the expression as it stands. */
function nameOf(code: Code, start: number, end: number): string {
  const literals = literalsIn(code, start, end);
  const between = code.text.slice(start, Math.min(end, start + 4 * HEAD_LIMIT)).replace(/"_*"?/g, "");
  const source = code.source.text;
  if (literals.length > 0 && /^[\s+]*$/.test(between)) {
    return literals.map((each) => unescaped(source.slice(each.innerStart, each.innerEnd))).join("");
  }
  const only = literals[0];
  if (literals.length === 1 && only !== undefined && !only.plain && only.start === skipBlank(code.text, start)) {
    return unescaped(source.slice(only.innerStart, only.innerEnd));
  }
  return source.slice(start, Math.min(end, start + 200)).trim();
}

function unescaped(text: string): string {
  return text.replace(/\\(["'`\\])/g, "$1");
}

/** `it "title" do … end` and `@test "title" {…}`: what stands on the line up to its block. */
export function commandDeclaration(code: Code, form: CallForm, start: number, after: number): Declaration | null {
  const { text } = code;
  const head = /^[^\n]{0,600}?(?=\bdo\b|\{|\n|$)/.exec(text.slice(after, after + HEAD_LIMIT))?.[0] ?? "";
  const end = after + head.length;
  const name = literalsIn(code, after, end)[0];
  const common = {
    kind: form.kind,
    start,
    at: start,
    name: name === undefined ? head.trim() : nameOf(code, name.start, name.end),
    ownSuites: [],
    titles: name === undefined ? [] : [name],
  };
  if (form.body === "indent") return { ...common, end, body: { start: end, end }, indented: true };
  const body = bracedBody(code, end);
  return body === null ? null : { ...common, end: body.end, body, indented: false };
}
