import type { Node } from "yaml";
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Span } from "../model/span.js";
import { fileSpan } from "../model/span.js";
import type { Waiver } from "../model/waiver.js";
import { waiverSchema } from "../model/waiver.js";
import type { SchemaIssue } from "./schema-issues.js";
import { schemaIssues } from "./schema-issues.js";

export interface WaiversFile {
  /** In the order of the file; each verdict of a tag once. Expiry and use are judged elsewhere. */
  waivers: Waiver[];
  /** EVD004, EVD007, EVD008. */
  findings: Finding[];
}

/** Aliases that expand to more nodes than this are an attack, not a list of waivers. */
const MAX_ALIASES = 100;

/**
 * Reads the text of a waivers file (YAML). A file that is not YAML of the documented form gives no waiver at all; of one
 * that is, each malformed entry is left out with its findings. An empty file holds no waivers.
 */
export function parseWaivers(path: string, text: string): WaiversFile {
  const counter = new LineCounter();
  const document = attempt(() => parseDocument(text, { lineCounter: counter, stringKeys: true }));
  if (document === null) return unreadable(fileSpan(path), "Unexpected nesting, expected a list of waivers");
  const place = (range: readonly [number, number, ...number[]] | null | undefined) => spanOf(path, counter, range);
  const broken = document.errors[0];
  if (broken !== undefined) {
    return unreadable(
      place(broken.pos),
      `Unexpected YAML error (${headline(broken.message)}), expected a list of waivers`,
    );
  }
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return { waivers: [], findings: [] };
  if (!isMap(root)) return unreadable(place(root.range), 'Unexpected content, expected "waivers:" with a list');
  const other = root.items.find(({ key }) => !(isScalar(key) && key.value === "waivers"));
  if (other !== undefined) {
    return unreadable(
      place(rangeOf(other.key)),
      `Unexpected key ${JSON.stringify(String(other.key))}, expected only "waivers"`,
    );
  }
  const list = root.get("waivers", true);
  if (list === undefined || (isScalar(list) && list.value === null)) return { waivers: [], findings: [] };
  if (!isSeq(list)) return unreadable(place(list.range), "Unexpected value, expected a list of waivers");
  return readEntries(list.items.filter(isNode), (node) => node.toJS(document, { maxAliasCount: MAX_ALIASES }), place);
}

type Locate = (range: Node["range"]) => Span;

function readEntries(entries: readonly Node[], plain: (node: Node) => unknown, place: Locate): WaiversFile {
  const waivers = new Map<string, Waiver>();
  const findings: Finding[] = [];
  for (const entry of entries) {
    const value = attempt(() => plain(entry));
    const parsed = waiverSchema.safeParse(value);
    if (!parsed.success) {
      findings.push(...malformed(entry, schemaIssues(waiverSchema, value, parsed.error), place));
      continue;
    }
    const waiver: Waiver = { ...parsed.data, span: place(entry.range) };
    const identity = `${waiver.tag} ${waiver.verdict}`;
    const earlier = waivers.get(identity);
    if (earlier === undefined) waivers.set(identity, waiver);
    else findings.push(repeated(waiver, earlier));
  }
  return { waivers: [...waivers.values()], findings };
}

/** Each issue at the field it is about; at the entry when the field is not there. */
function malformed(entry: Node, issues: readonly SchemaIssue[], place: Locate): Finding[] {
  return issues.map(({ path, onKey, message }) => {
    const field = isMap(entry) ? entry.items.find(({ key }) => isScalar(key) && key.value === path[0]) : undefined;
    const node = onKey ? field?.key : (field?.value ?? field?.key);
    return finding({ code: "EVD004", message, span: place(rangeOf(node) ?? entry.range) });
  });
}

function repeated(waiver: Waiver, earlier: Waiver): Finding {
  return finding({
    code: "EVD008",
    message: `Unexpected second waiver of ${waiver.verdict} for ${waiver.tag}, expected one`,
    span: waiver.span,
    tags: [waiver.tag],
    related: [{ span: earlier.span, message: "first waiver" }],
  });
}

function unreadable(span: Span, message: string): WaiversFile {
  return { waivers: [], findings: [finding({ code: "EVD007", message, span })] };
}

/** Null when the reader gives up: nesting that exhausts the stack, aliases that expand too far. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}

function rangeOf(node: unknown): Node["range"] {
  return isNode(node) ? node.range : null;
}

function spanOf(
  file: string,
  counter: LineCounter,
  range: readonly [number, number, ...number[]] | null | undefined,
): Span {
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

function headline(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
}
