import { literalsIn } from "./declaring-calls.js";
import type { DisplayForm } from "./language.js";
import { HEAD_LIMIT, skipAnnotation, skipWord } from "./reach.js";
import type { Code, Literal } from "./source.js";
import { skipBlank } from "./source.js";

/** What reports may say in place of a function's name; fields of Declaration. */
export interface DisplayNames {
  title?: string;
  template?: string;
  /** It is not known what else they say. */
  anything?: true;
}

/**
 * How a test is shown by runners that report display names: by the title beside its marker, or, where it runs with
 * several values, by a template.
 *
 * @param start where the marker stands.
 * @param after where the marker's own arguments begin.
 * @param name where the function's name stands.
 */
export function displayNames(code: Code, form: DisplayForm, start: number, after: number, name: number): DisplayNames {
  const { template } = form;
  if (template !== undefined) {
    const given = templateOf(code, template.argument, after);
    return given === null ? { anything: true } : { template: given ?? template.otherwise };
  }
  const title = titleBeside(code, form.beside, start, name);
  const isOpen = title === null || form.dynamic === true;
  return { ...(typeof title === "string" ? { title } : {}), ...(isOpen ? { anything: true } : {}) };
}

/** Undefined where the argument is not given, null where its text is not known. */
function templateOf(code: Code, argument: RegExp, after: number): string | null | undefined {
  const open = skipBlank(code.text, after);
  const close = code.partners[open] ?? -1;
  if (code.text[open] !== "(" || close < 0) return undefined;
  const given = argument.exec(code.text.slice(open, close));
  if (given === null) return undefined;
  return textAt(code, open + given.index + given[0].length, close);
}

/**
 * The title in the last such annotation before the name, unless that one belongs to an earlier declaration. Undefined where
 * there is none, null where its text is not known.
 */
function titleBeside(code: Code, pattern: RegExp, start: number, name: number): string | null | undefined {
  const from = Math.max(0, start - HEAD_LIMIT);
  const found = [...code.text.slice(from, name).matchAll(pattern)].at(-1);
  if (found === undefined || !leadsTo(code, from + found.index, start)) return undefined;
  const open = skipBlank(code.text, from + found.index + found[0].length);
  const close = code.partners[open] ?? -1;
  return code.text[open] === "(" && close > 0 ? textAt(code, open + 1, close) : null;
}

/** The text of the one literal from here on; null where there is more than it, or holes or escapes are in it. */
function textAt(code: Code, from: number, close: number): string | null {
  const start = skipBlank(code.text, from);
  const literal: Literal | undefined = literalsIn(code, start, close)[0];
  if (literal === undefined || literal.start !== start || !literal.plain) return null;
  const next = skipBlank(code.text, literal.end);
  if (next < close && code.text[next] !== ",") return null;
  const text = code.source.text.slice(literal.innerStart, literal.innerEnd);
  return text.includes("\\") || text.includes("\n") ? null : text;
}

/** What may stand among the annotations of a function: Java's modifiers and Kotlin's. */
const MODIFIER = new RegExp(
  "^(?:public|protected|private|internal|static|final|abstract|default|synchronized|strictfp|" +
    "open|override|suspend|inline|infix|operator|tailrec|external|expect|actual)$",
);

/** Whether nothing but annotations and modifiers stands between an annotation and a marker behind it. */
function leadsTo(code: Code, annotation: number, marker: number): boolean {
  let at = annotation;
  while (at < marker) {
    const end = skipAnnotation(code, at);
    const word = end === at ? skipWord(code.text, at) : end;
    if (end === at && !MODIFIER.test(code.text.slice(at, word))) return false;
    at = skipBlank(code.text, word);
  }
  return true;
}
