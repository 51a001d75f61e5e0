import type { Declaration } from "./declaration.js";
import { callDeclaration, commandDeclaration, literalsIn } from "./declaring-calls.js";
import { displayNames } from "./display-names.js";
import type { FunctionForm, MarkerForm, TestForms } from "./language.js";
import { bracedBody, closing, HEAD_LIMIT, skipAngles, skipAnnotation, skipWord } from "./reach.js";
import type { Code, Literal } from "./source.js";
import { literalAt, skipBlank } from "./source.js";

/** Every test and suite the patterns find, in no particular order, possibly the same one twice. */
export function findDeclarations(code: Code, forms: TestForms): Declaration[] {
  const found: (Declaration | null)[] = [];
  for (const form of forms.functions ?? []) {
    for (const match of code.text.matchAll(form.pattern)) found.push(functionDeclaration(code, form, match));
  }
  for (const form of forms.calls ?? []) {
    for (const match of code.text.matchAll(form.pattern)) {
      const start = skipBlank(code.text, match.index);
      const after = match.index + match[0].length;
      found.push(
        form.shape === "command"
          ? commandDeclaration(code, form, start, after)
          : callDeclaration(code, form, start, after),
      );
    }
  }
  for (const form of forms.markers ?? []) {
    for (const match of code.text.matchAll(form.pattern)) {
      found.push(marked(code, form, match.index, match.index + match[0].length));
    }
  }
  return found.filter((each) => each !== null);
}

function functionDeclaration(code: Code, form: FunctionForm, match: RegExpExecArray): Declaration | null {
  const name = match.groups?.name ?? "";
  const start = skipBlank(code.text, match.index);
  const after = match.index + match[0].length;
  const common = { kind: form.kind, start, at: after - name.length, name, ownSuites: [], titles: [] };
  if (form.body === "indent") {
    return { ...common, end: after, body: { start: headEnd(code, after), end: after }, indented: true };
  }
  const body = bracedBody(code, after);
  return body === null ? null : { ...common, end: body.end, body, indented: false };
}

/** Behind the parameters and the colon of Python's `def name(…) -> type:`. */
function headEnd(code: Code, from: number): number {
  for (let at = from; at < code.text.length && at - from < HEAD_LIMIT; at++) {
    const char = code.text[at];
    if (char === ":") return at + 1;
    if (char === "\n") return at;
    if (char === "(" || char === "[") at = Math.max(at, code.partners[at] ?? -1);
  }
  return from;
}

/** The function below an annotation such as `@Test`. */
function marked(code: Code, form: MarkerForm, found: number, after: number): Declaration | null {
  const start = attributeStart(code, found);
  const named = functionBehind(code, form.keyword, start);
  if (named === null) return null;
  const parameters = code.text.indexOf("(", named.end);
  const body = bracedBody(code, parameters < 0 ? named.end : closing(code, parameters) + 1);
  const literal = literalAt(code, named.at);
  const source = code.source.text;
  const name =
    literal === undefined ? source.slice(named.at, named.end) : source.slice(literal.innerStart, literal.innerEnd);
  return {
    kind: "test",
    start,
    at: named.at,
    end: body?.end ?? named.end,
    name,
    ownSuites: [],
    titles: [...markerTitles(code, form, after), ...(literal === undefined ? [] : [literal])],
    body,
    indented: false,
    ...(form.shown === undefined ? {} : { shown: displayNames(code, form.shown, start, after, named.at) }),
  };
}

/** The bracket of the attribute list that a name stands in: `[Category("A"), Test]` starts at its bracket. */
function attributeStart({ text, partners }: Code, name: number): number {
  if (!/\w/.test(text[name] ?? "")) return name;
  for (let at = name - 1; at >= 0 && name - at < HEAD_LIMIT; at--) {
    if (text[at] === "[" && (partners[at] ?? -1) > name) return at;
  }
  return name;
}

function markerTitles(code: Code, form: MarkerForm, after: number): Literal[] {
  const open = skipBlank(code.text, after);
  const close = code.partners[open] ?? -1;
  const wanted = form.title;
  if (wanted === undefined || code.text[open] !== "(" || close < 0) return [];
  const literals = literalsIn(code, open, close);
  if (wanted === "first") return literals.slice(0, 1).filter((each) => each.start === skipBlank(code.text, open + 1));
  return literals.filter((each) => wanted.test(code.text.slice(Math.max(open, each.start - 40), each.start)));
}

/** The name of the function that annotations, modifiers and a return type lead to. */
function functionBehind(code: Code, keyword: string | null, from: number): { at: number; end: number } | null {
  const { text } = code;
  let keywordSeen = keyword === null;
  let at = from;
  for (let hops = 0; hops < 60; hops++) {
    at = skipBlank(text, at);
    const annotation = skipAnnotation(code, at);
    if (annotation > at) {
      at = annotation;
      continue;
    }
    const char = text[at] ?? "";
    if (char === "" || char === "{" || char === "}" || char === ";" || char === "=") return null;
    const end = char === '"' ? (literalAt(code, at)?.end ?? at + 1) : skipWord(text, at);
    if (end === at) at = char === "<" ? skipAngles(text, at) : char === "(" ? closing(code, at) + 1 : at + 1;
    else {
      const next = skipBlank(text, end);
      const opens = text[text[next] === "<" ? skipBlank(text, skipAngles(text, next)) : next] === "(";
      if (opens && keywordSeen && text.slice(at, end) !== "pub") return { at, end };
      keywordSeen ||= text.slice(at, end) === keyword;
      at = end;
    }
  }
  return null;
}
