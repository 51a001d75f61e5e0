import type { ExampleLanguage } from "../model/example-language.js";
import { exampleLanguage } from "../model/example-language.js";
import type { Example, Expectation } from "../model/requirement.js";
import type { Block } from "./blocks.js";
import { isFenced } from "./fences.js";
import type { Source } from "./source.js";
import { lineAt, spanAt } from "./source.js";

/** The example in a fence, or in a block that is code by its indentation. */
export function readExample(source: Source, block: Block, language: string, code: string): Example {
  const firstLine = lineAt(source, block.start) + (isFenced(source, block) ? 1 : 0);
  return {
    language,
    span: spanAt(source, block.start, block.end),
    code,
    firstLine,
    expectations: readExpectations(code, firstLine, exampleLanguage(language)),
  };
}

/** The expectations of an example's code in order: comments that open with `//=>` or `//*`; in Python `#=>` or `#*`. */
export function readExpectations(
  code: string,
  firstLine: number,
  language: ExampleLanguage | null = null,
): Expectation[] {
  const expectations: Expectation[] = [];
  let line = firstLine;
  for (const token of language === "python" ? hashComments(code) : lineComments(code)) {
    line += token.newlines;
    const expectation = readComment(token.comment, line);
    if (expectation !== null) expectations.push(expectation);
  }
  return expectations;
}

/** The expectation that a comment states, `//` or `#` included; null for any other comment. */
export function readComment(comment: string, line: number): Expectation | null {
  if (/^(?:\/\/|#)\*[ \t]*$/.test(comment)) return { kind: "any", expected: "", line };
  const arrow = /^(?:\/\/|#)[ \t]*=>/.exec(comment);
  if (arrow === null) return null;
  const expected = comment.slice(arrow[0].length).trim();
  const kind = /^(type|throws)(?:[ \t]+|$)/.exec(expected);
  if (kind === null) return { kind: "value", expected, line };
  return { kind: kind[1] === "type" ? "type" : "throws", expected: expected.slice(kind[0].length), line };
}

interface LineComment {
  /** From `//` to the end of its line. */
  comment: string;
  /** Line ends between the comment before it, or the start, and this one. */
  newlines: number;
}

/** The `//` comments of C-like code that stand outside strings, templates, block comments and regular expressions. */
function* lineComments(code: string): Generator<LineComment> {
  let newlines = 0;
  let at = 0;
  let before = "";
  while (at < code.length) {
    const sign = code[at] ?? "";
    if (sign === "/" && code[at + 1] === "/") {
      const end = endOfLine(code, at);
      yield { comment: code.slice(at, end), newlines };
      newlines = 0;
      at = end;
      continue;
    }
    const end = skipToken(code, at, before);
    for (let each = at; each < end; each += 1) if (code[each] === "\n") newlines += 1;
    if (!/\s/.test(sign)) before = sign;
    at = end;
  }
}

/** The `#` comments of Python code that stand outside strings. */
function* hashComments(code: string): Generator<LineComment> {
  let newlines = 0;
  for (let at = 0; at < code.length; ) {
    const sign = code[at];
    if (sign === "#") {
      const end = endOfLine(code, at);
      yield { comment: code.slice(at, end), newlines };
      newlines = 0;
      at = end;
      continue;
    }
    const triple = sign === '"' || sign === "'" ? sign.repeat(3) : "";
    const end = triple !== "" && code.startsWith(triple, at) ? tripleEnd(code, at, triple) : pythonTokenEnd(code, at);
    for (let each = at; each < end; each += 1) if (code[each] === "\n") newlines += 1;
    at = end;
  }
}

function tripleEnd(code: string, start: number, quotes: string): number {
  for (let at = start + 3; at < code.length; at += 1) {
    if (code[at] === "\\") at += 1;
    else if (code.startsWith(quotes, at)) return at + 3;
  }
  return code.length;
}

function pythonTokenEnd(code: string, at: number): number {
  const sign = code[at] ?? "";
  return sign === '"' || sign === "'" ? quotedEnd(code, at, sign) : at + 1;
}

/** No person's regular expression literal is longer; looking further for its end would take quadratic time. */
const LONGEST_REGEX = 1000;

/** The offset behind the string, template, block comment, regular expression, escape or single character that starts here. */
function skipToken(code: string, at: number, before: string): number {
  const sign = code[at];
  if (sign === "\\") return at + 2;
  if (sign === '"' || sign === "'" || sign === "`") return quotedEnd(code, at, sign);
  if (sign === "/" && code[at + 1] === "*") {
    const end = code.indexOf("*/", at + 2);
    return end < 0 ? code.length : end + 2;
  }
  if (sign === "/" && (before === "" || "(,=:[!&|?{};+-*%<>~^".includes(before))) return regexEnd(code, at);
  return at + 1;
}

/** Behind the closing quote; an unclosed one is an apostrophe or a mistake, and what follows it is code like any other. */
function quotedEnd(code: string, start: number, quote: string): number {
  for (let at = start + 1; at < code.length; at += 1) {
    const sign = code[at];
    if (sign === "\\") at += 1;
    else if (sign === quote) return at + 1;
    else if (sign === "\n" && quote !== "`") break;
  }
  return start + 1;
}

function regexEnd(code: string, start: number): number {
  let inClass = false;
  for (let at = start + 1; at < start + LONGEST_REGEX; at += 1) {
    const sign = code[at];
    if (sign === undefined || sign === "\n") break;
    if (sign === "\\") at += 1;
    else if (sign === "[") inClass = true;
    else if (sign === "]") inClass = false;
    else if (sign === "/" && !inClass) return at + 1;
  }
  return start + 1;
}

function endOfLine(code: string, from: number): number {
  const end = code.indexOf("\n", from);
  return end < 0 ? code.length : end;
}
