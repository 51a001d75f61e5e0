import type { Document, Node, Pair } from "yaml";
import { isMap, isNode, isScalar, isSeq, Lexer, LineCounter, Parser, parseDocument } from "yaml";
import type { Span } from "../model/span.js";
import { fileSpan } from "../model/span.js";

/** One entry of a list of records, as a person wrote it. */
export interface YamlEntry {
  value: unknown;
  span: Span;
  /** Names of its fields. */
  fields: readonly string[];
  /** The first field that is given a second time. */
  twice: { name: string; span: Span } | null;
  /** Where a field stands, its name or its value; the entry when it has no such field. */
  placeOf(field: string, part: "name" | "value"): Span;
}

export interface YamlProblem {
  span: Span;
  message: string;
}

/** Nobody writes that much by hand; the limit bounds the time that a hostile file can take. */
const MAX_LENGTH = 500_000;

/** Collections within collections: the reader of the YAML library is recursive, and such a file needs four levels. */
const MAX_DEPTH = 50;

/**
 * Reads a YAML file of named lists of records; `names` are the lists it may have, `noun` what they hold. A list that is
 * absent or empty has no entries, and neither has an empty file. What has another form as a whole is a problem.
 */
export function readYamlLists(
  path: string,
  text: string,
  names: readonly string[],
  { noun, maxLength = MAX_LENGTH }: { noun: string; maxLength?: number },
): { lists: ReadonlyMap<string, YamlEntry[]> } | { problem: YamlProblem } {
  const counter = new LineCounter();
  const place: Locate = (range) => spanOf(path, counter, range);
  const hostile = hostility(text, maxLength);
  if (hostile !== null) return problem(fileSpan(path), `Unexpected ${hostile}, expected a list of ${noun}`);
  // Checking keys and embellishing errors takes the library quadratic time, so both are done here.
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
  });
  const broken = document.errors[0];
  if (broken !== undefined) {
    return problem(place(broken.pos), `Unexpected YAML error (${broken.message}), expected a list of ${noun}`);
  }
  const root = document.contents;
  if (isEmpty(root)) return { lists: new Map() };
  const expected = names.map((name) => JSON.stringify(name)).join(" or ");
  if (!isMap(root))
    return problem(place(root?.range ?? null), `Unexpected content, expected "${names[0]}:" with a list`);
  const lists = new Map<string, YamlEntry[]>();
  for (const pair of root.items) {
    const name = keyOf(pair);
    if (!names.includes(name) || lists.has(name)) {
      const message = `Unexpected key ${JSON.stringify(name)}, expected ${expected} once`;
      return problem(place(rangeOf(pair.key)), message);
    }
    const list = pair.value;
    if (!isEmpty(list) && !isSeq(list)) {
      return problem(place(rangeOf(list)), `Unexpected value, expected a list of ${noun}`);
    }
    const entries = isSeq(list) ? list.items.filter(isNode) : [];
    lists.set(
      name,
      entries.map((node) => entryOf(node, document, place)),
    );
  }
  return { lists };
}

function problem(span: Span, message: string): { problem: YamlProblem } {
  return { problem: { span, message } };
}

function isEmpty(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

/** What of a text has no place among records and could keep the library busy for long or exhaust its stack. */
function hostility(text: string, maxLength: number): string | null {
  if (text.length > maxLength) return `length of more than ${maxLength} characters`;
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    if (/^[*&!]/.test(lexeme)) return "alias, anchor or type";
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH) return `nesting of more than ${MAX_DEPTH} levels`;
  }
  return null;
}

type Range = Node["range"];

type Locate = (range: Range | readonly [number, number]) => Span;

function entryOf(node: Node, document: Document, place: Locate): YamlEntry {
  const pairs = isMap(node) ? node.items : [];
  const byName = new Map(pairs.map((pair) => [keyOf(pair), pair]));
  return {
    value: node.toJS(document),
    span: place(node.range),
    fields: [...byName.keys()],
    twice: repeatedField(pairs, place),
    placeOf: (field, part) => {
      const pair = byName.get(field);
      const chosen = part === "name" ? pair?.key : (pair?.value ?? pair?.key);
      return place(rangeOf(chosen) ?? node.range);
    },
  };
}

function repeatedField(pairs: readonly Pair[], place: Locate): YamlEntry["twice"] {
  const seen = new Set<string>();
  for (const pair of pairs) {
    const name = keyOf(pair);
    if (seen.has(name)) return { name, span: place(rangeOf(pair.key)) };
    seen.add(name);
  }
  return null;
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

function rangeOf(node: unknown): Range {
  return isNode(node) ? node.range : null;
}

function spanOf(file: string, counter: LineCounter, range: Range | readonly [number, number]): Span {
  if (range === null || range === undefined) return fileSpan(file);
  const start = counter.linePos(range[0]);
  const end = counter.linePos(range[1]);
  return {
    file,
    line: Math.max(1, start.line),
    column: Math.max(1, start.col),
    endLine: Math.max(1, end.line),
    endColumn: Math.max(1, end.col),
  };
}
