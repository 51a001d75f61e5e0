import type { Node, Pair } from "yaml";
import { isMap, isNode, isScalar, isSeq, Lexer, LineCounter, Parser, parseDocument } from "yaml";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Span } from "../model/span.js";
import { fileSpan } from "../model/span.js";
import type { FindingWaiver, Waiver } from "../model/waiver.js";
import { findingWaiverSchema, waiverSchema } from "../model/waiver.js";
import type { SchemaIssue } from "./schema-issues.js";
import { schemaIssues } from "./schema-issues.js";

export interface WaiversFile {
  /** In the order of the file; each verdict of a tag once. Expiry and use are judged elsewhere. */
  waivers: Waiver[];
  /** Those that excuse a finding by its id; each id once. */
  findingWaivers: FindingWaiver[];
  /** EVD004, EVD007, EVD008. */
  findings: Finding[];
}

/** Nobody waives that much; the limit bounds the time that a hostile file can take. */
const MAX_LENGTH = 500_000;

/** Collections within collections: the reader of the YAML library is recursive, and a waivers file needs four levels. */
const MAX_DEPTH = 50;

/**
 * Reads the text of a waivers file (YAML). A file that is not YAML of the documented form gives no waiver at all; of one
 * that is, each malformed entry is left out with its findings. An empty file holds no waivers.
 */
export function parseWaivers(path: string, text: string): WaiversFile {
  const counter = new LineCounter();
  const place: Locate = (range) => spanOf(path, counter, range);
  const hostile = hostility(text);
  if (hostile !== null) return unreadable(fileSpan(path), `Unexpected ${hostile}, expected a list of waivers`);
  // Checking keys and embellishing errors takes the library quadratic time, so both are done here.
  const document = parseDocument(text, {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: false,
    stringKeys: true,
  });
  const broken = document.errors[0];
  if (broken !== undefined) {
    return unreadable(place(broken.pos), `Unexpected YAML error (${broken.message}), expected a list of waivers`);
  }
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null))
    return { waivers: [], findingWaivers: [], findings: [] };
  if (!isMap(root)) return unreadable(place(root.range), 'Unexpected content, expected "waivers:" with a list');
  const [only, other] = root.items;
  if (only === undefined) return { waivers: [], findingWaivers: [], findings: [] };
  const wrong = keyOf(only) === "waivers" ? other : only;
  if (wrong !== undefined) {
    const key = JSON.stringify(keyOf(wrong));
    return unreadable(place(rangeOf(wrong.key)), `Unexpected key ${key}, expected "waivers" once`);
  }
  const list = only.value;
  if (list === null || (isScalar(list) && list.value === null))
    return { waivers: [], findingWaivers: [], findings: [] };
  if (!isSeq(list)) return unreadable(place(rangeOf(list)), "Unexpected value, expected a list of waivers");
  return readEntries(list.items.filter(isNode), (node) => node.toJS(document), place);
}

/** What of a text has no place among waivers and could keep the library busy for long or exhaust its stack. */
function hostility(text: string): string | null {
  if (text.length > MAX_LENGTH) return `length of more than ${MAX_LENGTH} characters`;
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

function readEntries(entries: readonly Node[], plain: (node: Node) => unknown, place: Locate): WaiversFile {
  const waivers = new Map<string, Waiver>();
  const findingWaivers = new Map<string, FindingWaiver>();
  const findings: Finding[] = [];
  for (const entry of entries) {
    const value = plain(entry);
    const twice = repeatedKey(entry);
    const schema = namesFinding(entry) ? findingWaiverSchema : waiverSchema;
    const parsed = schema.safeParse(value);
    if (!parsed.success) findings.push(...malformed(entry, schemaIssues(schema, value, parsed.error), place));
    if (twice !== null) {
      const message = `Unexpected second ${JSON.stringify(twice.name)}, expected one`;
      findings.push(malformedFinding(message, place(twice.range)));
    }
    if (!parsed.success || twice !== null) continue;
    const waiver = { ...parsed.data, span: place(entry.range) };
    if ("finding" in waiver) keep(findingWaivers, waiver.finding, waiver, findings);
    else keep(waivers, `${waiver.tag} ${waiver.verdict}`, waiver, findings);
  }
  return { waivers: [...waivers.values()], findingWaivers: [...findingWaivers.values()], findings };
}

function namesFinding(entry: Node): boolean {
  return isMap(entry) && entry.items.some((pair) => keyOf(pair) === "finding");
}

function keep<W extends Waiver | FindingWaiver>(
  known: Map<string, W>,
  key: string,
  waiver: W,
  findings: Finding[],
): void {
  const earlier = known.get(key);
  if (earlier === undefined) known.set(key, waiver);
  else findings.push(repeated(waiver, earlier));
}

/** Each issue at the field it is about; at the entry when the field is not there. */
function malformed(entry: Node, issues: readonly SchemaIssue[], place: Locate): Finding[] {
  const fields = new Map((isMap(entry) ? entry.items : []).map((pair) => [keyOf(pair), pair]));
  return issues.map(({ path, onKey, message }) => {
    const field = fields.get(String(path[0]));
    const node = onKey ? field?.key : (field?.value ?? field?.key);
    return malformedFinding(message, place(rangeOf(node) ?? entry.range));
  });
}

function malformedFinding(message: string, span: Span): Finding {
  return finding({ code: "EVD004", message, span });
}

/** The first key that an entry gives a second time. */
function repeatedKey(entry: Node): { name: string; range: Range } | null {
  const seen = new Set<string>();
  for (const pair of isMap(entry) ? entry.items : []) {
    const name = keyOf(pair);
    if (seen.has(name)) return { name, range: rangeOf(pair.key) };
    seen.add(name);
  }
  return null;
}

function repeated(waiver: Waiver | FindingWaiver, earlier: Waiver | FindingWaiver): Finding {
  const what = "finding" in waiver ? waiver.finding : `${waiver.verdict} for ${waiver.tag}`;
  return finding({
    code: "EVD008",
    message: `Unexpected second waiver of ${what}, expected one`,
    span: waiver.span,
    tags: "finding" in waiver ? [] : [waiver.tag],
    related: [{ span: earlier.span, message: "first waiver" }],
  });
}

function unreadable(span: Span, message: string): WaiversFile {
  return { waivers: [], findingWaivers: [], findings: [finding({ code: "EVD007", message, span })] };
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
