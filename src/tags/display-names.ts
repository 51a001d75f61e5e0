import { literalsIn } from "./declaring-calls.js";
import type { DisplayForm } from "./language.js";
import { HEAD_LIMIT } from "./reach.js";
import type { Code, Literal } from "./source.js";
import { skipBlank } from "./source.js";

/** What reports may say in place of a function's name; fields of Declaration. */
export interface DisplayNames {
  title?: string;
  template?: string;
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
    return given === undefined ? { template: template.otherwise } : given === null ? {} : { template: given };
  }
  const title = titleBeside(code, form.beside, headStart(code, start), name);
  return title === null ? {} : { title };
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

function titleBeside(code: Code, pattern: RegExp, from: number, to: number): string | null {
  const found = pattern.exec(code.text.slice(from, to));
  if (found === null) return null;
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

/** Where the annotations in front of a marker begin. */
function headStart({ text, partners }: Code, start: number): number {
  for (let at = start - 1; at >= 0 && start - at < HEAD_LIMIT; at--) {
    const char = text[at] ?? "";
    if (char === ";" || char === "{" || char === "}") return at + 1;
    if (char === ")") at = Math.min(at, partners[at] ?? at);
  }
  return Math.max(0, start - HEAD_LIMIT);
}
