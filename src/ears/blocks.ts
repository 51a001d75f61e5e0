import type { Statement } from "../model/requirement.js";
import type { Places } from "./places.js";
import type { Token } from "./token.js";
import { isMark } from "./token.js";
import { tokenize } from "./tokenize.js";

/** One block of normative prose as tokens. */
export type Block =
  | { kind: "paragraph"; tokens: Token[] }
  | { kind: "list"; items: ListItem[] }
  | { kind: "table"; columns: Token[]; rows: Token[][] };

export interface ListItem {
  /** Its own text, without its marker and without nested items. */
  tokens: Token[];
  children: ListItem[];
}

const MARKER = /[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+(?:\[[ xX]\][ \t]+)?|$)/uy;
const FENCE = /[ \t]*(?:```|~~~)/uy;
const DELIMITER_ROW = /^[\s|:-]+$/u;

export function readBlock(block: Statement, places: Places): Block {
  const { start, end } = places.offsets(block.span);
  if (block.kind === "list") return { kind: "list", items: readList(places, start, end, block.span.column - 1) };
  if (block.kind === "table") return readTable(places, start, end);
  return { kind: "paragraph", tokens: tokenize(places.text, start, end, places.words) };
}

interface OpenItem {
  indent: number;
  item: ListItem;
}

/** Items by the column of their marker: two columns deeper is nested. Lines within fences belong to their item. */
function readList({ text, words }: Places, start: number, end: number, indent: number): ListItem[] {
  const roots: ListItem[] = [];
  const open: OpenItem[] = [];
  let fenced = false;
  let contentFrom = start;
  const finish = (to: number) => {
    const current = open.at(-1);
    if (current !== undefined && to > contentFrom) current.item.tokens = tokenize(text, contentFrom, to, words);
  };
  for (const line of lines(text, start, end)) {
    FENCE.lastIndex = line.from;
    if (FENCE.test(text)) fenced = !fenced;
    MARKER.lastIndex = line.from;
    const marker = fenced ? null : MARKER.exec(text);
    if (marker === null) continue;
    const column = marker[0].length - marker[0].trimStart().length + (line.from === start ? indent : 0);
    finish(line.from);
    while (open.length > 0 && column < (open.at(-1)?.indent ?? 0) + 2) open.pop();
    const item: ListItem = { tokens: [], children: [] };
    (open.at(-1)?.item.children ?? roots).push(item);
    open.push({ indent: column, item });
    contentFrom = Math.min(end, line.from + marker[0].length);
  }
  finish(end);
  return roots;
}

function readTable({ text, words }: Places, start: number, end: number): Block {
  const rows = lines(text, start, end).flatMap(({ from, to }) => {
    const line = text.slice(from, to);
    return line.trim() === "" || DELIMITER_ROW.test(line) ? [] : [withoutEdges(tokenize(text, from, to, words))];
  });
  return { kind: "table", columns: rows[0] ?? [], rows: rows.slice(1) };
}

/** The cells of a row. */
export function cellsOf(row: readonly Token[]): Token[][] {
  const cells: Token[][] = [[]];
  for (const token of row) {
    if (isMark(token, "|")) cells.push([]);
    else cells.at(-1)?.push(token);
  }
  return cells.filter((cell) => cell.length > 0);
}

function withoutEdges(tokens: Token[]): Token[] {
  const from = isMark(tokens[0], "|") ? 1 : 0;
  const last = tokens.length - 1;
  return tokens.slice(from, last > 0 && isMark(tokens[last], "|") ? last : tokens.length);
}

function lines(text: string, start: number, end: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let from = start;
  while (from < end) {
    const next = text.indexOf("\n", from);
    const to = next < 0 || next >= end ? end : next;
    found.push({ from, to });
    from = to + 1;
  }
  return found;
}
