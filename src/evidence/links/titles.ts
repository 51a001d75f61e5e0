import type { Outline, OutlineNode } from "../../tags/outline.js";
import { enclosing, following, readOutline } from "../../tags/outline.js";
import type { Code, Literal } from "../../tags/source.js";

/** A text in source that could be the title of a test. Lines count from 1. */
export interface Title {
  /** Where the test is declared: what a link should name. */
  line: number;
  /** Every line from the first annotation to the title is the test's place. */
  fromLine: number;
  toLine: number;
  /** Titles of the suites around it, outermost first, as they are compared; holes as in `HOLE`. */
  suites: string[];
  /** Fixed parts of the title, as they are compared; between two of them anything may stand. */
  parts: string[];
  /** Whether it is known to declare a test or suite. */
  declared: boolean;
}

/** Stands for a hole in a literal; a code point for private use. */
const HOLE = "\uE000";

const MOST_PIECES = 16;

/** How a line begins with an annotation or attribute, in the languages that do not write `@` for it, or not only. */
const ANNOTATIONS: Readonly<Record<string, RegExp>> = {
  c: /^\s*\[\[/,
  csharp: /^\s*\[/,
  rust: /^\s*#!?\[/,
  // `@name` is a variable.
  ruby: /(?!)/,
};

/** What stands between two literals that make one text: `+`, nothing (C, Python), or `+ value +`. */
const JOINT = /^\s*(?:\+|\.\.|&|\\)?\s*$/;
const JOINT_WITH_VALUE = /^\s*\+\s*[\p{L}\p{N}_$.()[\]]{1,80}\s*\+\s*$/u;

/** Every literal of a file, joined with those it is concatenated with, as a possible title. */
export function readTitles(code: Code): Title[] {
  const outline = readOutline(code);
  const nodes = outline.nodes.filter((node) => node.titles.length > 0);
  const owners = new Map<number, OutlineNode>();
  for (const node of nodes)
    for (const literal of node.titles) if (!owners.has(literal.start)) owners.set(literal.start, node);
  const names = new Map(nodes.map((node) => [node, comparable(withHoles(node.name, false))]));
  const titles: Title[] = [];
  for (let index = 0; index < code.literals.length; ) {
    const { text, count } = joined(code, index);
    const literal = code.literals[index];
    index += count;
    if (literal === undefined) continue;
    const node = owners.get(literal.start) ?? annotated(outline, literal);
    titles.push({ ...placeOf(code, literal, node), suites: suitesOf(node, names), ...shapeOf(text, node) });
  }
  return titles;
}

function shapeOf(text: string, node: OutlineNode | undefined): Pick<Title, "parts" | "declared"> {
  return { parts: text.split(HOLE).map(comparable), declared: node !== undefined };
}

function suitesOf(node: OutlineNode | undefined, names: Map<OutlineNode, string>): string[] {
  const suites: string[] = [];
  for (let each = node?.parent ?? null; each !== null; each = each.parent) {
    suites.unshift(names.get(each) ?? comparable(withHoles(each.name, false)));
  }
  return suites;
}

/** A literal with what it is concatenated with; `count` is how many literals that took. */
function joined(code: Code, index: number): { text: string; count: number } {
  let text = "";
  for (let count = 0; ; count++) {
    const literal = code.literals[index + count];
    if (literal === undefined) return { text, count: Math.max(1, count) };
    text += textOf(code, literal);
    const next = code.literals[index + count + 1];
    if (next === undefined || count + 1 >= MOST_PIECES || next.start - literal.end > 400 || next.start < literal.end) {
      return { text, count: count + 1 };
    }
    const between = code.text.slice(literal.end, next.start);
    if (JOINT_WITH_VALUE.test(between)) text += HOLE;
    else if (!JOINT.test(between)) return { text, count: count + 1 };
  }
}

function textOf(code: Code, literal: Literal): string {
  return withHoles(code.source.text.slice(literal.innerStart, literal.innerEnd), literal.plain);
}

function withHoles(raw: string, plain: boolean): string {
  const holes = plain ? raw : raw.replace(/[$#]?\{[^{}]{0,500}(?:\{[^{}]{0,500}\}[^{}]{0,500}){0,4}\}|\$\w+/g, HOLE);
  // Placeholders of parameterised tests: `%s` of printf, `$name` and `$a.b` of vitest and jest, `{0}` of JUnit.
  return holes.replace(/%[sdifjopO#$]|\$[A-Za-z_][\w.]*|\$\{[^{}]{0,200}\}|\{\d{1,2}\}/g, HOLE);
}

function placeOf(
  code: Code,
  literal: Literal,
  node: OutlineNode | undefined,
): Pick<Title, "line" | "fromLine" | "toLine"> {
  const { lines } = code.source;
  const own = lines.lineAt(literal.start);
  if (node !== undefined) {
    const start = firstAnnotation(code, lines.lineAt(node.start));
    const at = lines.lineAt(node.at);
    return { line: at, fromLine: Math.min(start, own), toLine: Math.max(own, at) };
  }
  // A title on a line of its own belongs to the call whose line ends in the parenthesis before it.
  const before = code.text.slice(Math.max(0, literal.start - 200), literal.start);
  const opening = /\([ \t\r]*\n\s*$/.test(before)
    ? lines.lineAt(literal.start - (/\n\s*$/.exec(before)?.[0].length ?? 0))
    : own;
  return { line: opening, fromLine: opening, toLine: own };
}

/** The test below an annotation that holds a literal: `@DisplayName("…")`. */
function annotated(outline: Outline, literal: Literal): OutlineNode | undefined {
  const { text, source } = outline.code;
  const start = source.lines.startOf(source.lines.lineAt(literal.start));
  if (!isAnnotation(outline.code, text.slice(start, literal.start))) return undefined;
  const around = enclosing(outline, literal.start);
  return following(outline, start) ?? (around !== null && around.at > literal.start ? around : undefined);
}

/** The first of the annotations above a line. */
export function firstAnnotation(code: Code, line: number): number {
  const { lines } = code.source;
  const isAbove = (above: number) =>
    above > 0 && isAnnotation(code, code.text.slice(lines.startOf(above), lines.startOf(above + 1)));
  let first = line;
  while (line - first < 20 && isAbove(first - 1)) first--;
  return first;
}

function isAnnotation({ source }: Code, line: string): boolean {
  return (ANNOTATIONS[source.language.name] ?? /^\s*@/).test(line);
}

/**
 * A title as it is compared: without quotes, backslashes, code signs and bracketed tags, runs of blanks as one. Letters and
 * their case have to be the same.
 */
export function comparable(title: string): string {
  return title
    .replace(/\\[nrt]/g, " ")
    .replace(/\[[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+\]/g, " ")
    .replace(/["'`\\*]|[“”‘’]/gu, "")
    .replace(/\s+/g, " ")
    .replace(/\(\)$/u, "")
    .trim();
}

/** What reports put between the titles of suites and of a test. */
const SEPARATOR = /\s+(?:>|›|»|→|\/|::)\s+/gu;

/** Whether a title, or the titles of its suites and its own, are what a link says. */
export function isTitled(title: Title, written: string): boolean {
  const wanted = comparable(written);
  if (wanted === "") return false;
  if (fitsWithin(title, wanted, " ")) return true;
  // A sign between blanks may belong to a title or stand between two.
  for (const sign of new Set(wanted.match(SEPARATOR))) if (fitsWithin(title, wanted, sign)) return true;
  if (wanted.includes("/") && [title, underscored(title)].some((each) => fitsWithin(each, wanted, "/"))) return true;
  const blank = comparable(wanted.replace(SEPARATOR, " "));
  return blank !== wanted && blank !== "" && fitsWithin(title, blank, " ");
}

/** As Go writes the names of subtests. */
function underscored({ suites, parts, ...rest }: Title): Title {
  const named = (text: string) => text.replaceAll(" ", "_");
  return { ...rest, suites: suites.map(named), parts: parts.map(named) };
}

function fitsWithin({ suites, parts }: Title, wanted: string, separator: string): boolean {
  const cut = /^(.{8,}?)\s*(?:…|\.\.\.)$/u.exec(wanted)?.[1];
  if (fits(parts, wanted, cut)) return true;
  const own = parts.join(HOLE);
  for (let from = suites.length - 1; from >= 0; from--) {
    const whole = [...suites.slice(from), own].join(separator);
    if (fits(whole.split(HOLE).map(comparable), wanted, cut)) return true;
  }
  return false;
}

function fits(parts: readonly string[], wanted: string, cut: string | undefined): boolean {
  if (parts.length === 1) return parts[0] === wanted || (cut !== undefined && (parts[0] ?? "").startsWith(cut));
  // The link may write the holes as the source does.
  const holes = wanted.split(/\$\{[^{}]*\}|%[sdifjopO#$]|\$[A-Za-z_][\w.]*|<[^<>\s]+>/u).map((part) => part.trim());
  if (holes.length === parts.length && holes.every((part, index) => part === parts[index]))
    return parts.some((part) => part !== "");
  return matchesPattern(parts, wanted);
}

/** Anything may stand in the holes, so what is fixed has to be two fifths of the title or more, and three letters. */
function matchesPattern(parts: readonly string[], wanted: string): boolean {
  const fixed = parts.join("");
  const letters = fixed.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (letters < 3 || fixed.length * 5 < wanted.length * 2) return false;
  const [first = ""] = parts;
  const last = parts.at(-1) ?? "";
  if (!wanted.startsWith(first) || !wanted.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = wanted.indexOf(part, at + 1);
    if (found < 0) return false;
    at = found + part.length;
  }
  // Something stands in a hole between two texts; at the end there may be nothing, as for a plural.
  const hole = wanted.slice(at, Math.max(at, wanted.length - last.length));
  return last === "" || hole.trim() !== "";
}
