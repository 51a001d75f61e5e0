import { assemble, writesCapitals } from "./assemble.js";
import type { Block, ListItem } from "./blocks.js";
import { cellsOf } from "./blocks.js";
import { keywordOf, splitClauses } from "./conditions.js";
import type { Obligation } from "./obligations.js";
import { readSentence } from "./obligations.js";
import { partsOf, phraseOf } from "./parts.js";
import type { Places } from "./places.js";
import { sentencesOf } from "./sentences.js";
import type { Clause, Doubt, EarsStatement, Origin, Phrase, UnreadReason } from "./statement.js";
import { isSteps, readSteps } from "./steps.js";
import type { Token } from "./token.js";
import { isMark, isWord } from "./token.js";

/** What statements of one requirement or scenario are collected into. */
export interface Collector {
  origin: Origin;
  places: Places;
  /** The file writes its modals in capitals. */
  capitals: boolean;
  statements: EarsStatement[];
}

/** What a colon may announce. */
type Following = { kind: "list"; items: ListItem[] } | { kind: "table"; columns: Token[]; rows: Token[][] };

/** Reads the prose blocks of one requirement or scenario, in order. */
export function readBlocks(collector: Collector, blocks: readonly Block[]): void {
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    const next = blocks[index + 1];
    if (block === undefined) continue;
    if (block.kind === "list") readItems(collector, block.items, []);
    else if (block.kind === "table") readRows(collector, block.rows, []);
    else {
      const following = next !== undefined && next.kind !== "paragraph" && announces(block.tokens) ? next : null;
      readText(collector, block.tokens, following, []);
      if (following !== null) index++;
    }
  }
}

/** A text that ends in a colon, or without any end mark, is completed by the list or table behind it. */
function announces(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return last !== undefined && (last.kind !== "mark" || last.depth > 0 || isMark(last, ":"));
}

function readItems(collector: Collector, items: readonly ListItem[], conditions: readonly Clause[]): void {
  if (isSteps(items)) {
    readSteps(collector, items, readText);
    return;
  }
  for (const item of items) {
    const nested = item.children.length > 0 ? { kind: "list" as const, items: item.children } : null;
    const following = nested !== null && announces(item.tokens) ? nested : null;
    readText(collector, item.tokens, following, conditions);
    if (nested !== null && following === null) readItems(collector, item.children, conditions);
  }
}

/** Reads the sentences of one text; `following` completes the last of them. */
function readText(
  collector: Collector,
  tokens: readonly Token[],
  following: Following | null,
  conditions: readonly Clause[],
): void {
  const sentences = sentencesOf(tokens);
  let conditional = false;
  for (const [index, sentence] of sentences.entries()) {
    const completion = index === sentences.length - 1 ? following : null;
    const reading = readSentence(sentence, collector.capitals);
    if ("unread" in reading) {
      readUnread(collector, sentence, reading.unread, completion, conditions);
      continue;
    }
    const from = collector.statements.length;
    addObligations(collector, sentence, reading.obligations, completion, conditions);
    const bare = reading.obligations.every((each) => each.clauses.length === 0 && each.preamble === null);
    if (bare && conditional) doubtFrom(collector, from, "condition-scope");
    conditional ||= !bare;
  }
  if (sentences.length === 0 && following !== null) readFollowing(collector, following, conditions);
}

/** Adds a doubt to every statement read since the one with index `from`. */
function doubtFrom(collector: Collector, from: number, doubt: Doubt): void {
  for (let index = from; index < collector.statements.length; index++) {
    const statement = collector.statements[index];
    if (statement?.status !== "read" || statement.doubts.includes(doubt)) continue;
    collector.statements[index] = { ...statement, doubts: [...statement.doubts, doubt] };
  }
}

function addObligations(
  collector: Collector,
  sentence: readonly Token[],
  obligations: readonly Obligation[],
  following: Following | null,
  conditions: readonly Clause[],
): void {
  const parts = partsOf(sentence, collector.places);
  for (const [index, obligation] of obligations.entries()) {
    const last = index === obligations.length - 1;
    const split =
      last && following !== null ? splitFollowing(collector, following) : { items: [], columns: null, own: [] };
    const around = { conditions, items: split.items, columns: split.columns };
    const owner = { origin: collector.origin, ordinal: collector.statements.length + 1 };
    const statement = assemble(parts, obligation, around, owner);
    if (statement === null) addUnread(collector, sentence, "no-response");
    else collector.statements.push(statement);
    if (split.own.length === 0) continue;
    const own = obligation.clauses.map((range) => parts.clause(range));
    const from = collector.statements.length;
    readItems(collector, split.own, [...conditions, ...own]);
    if (conditions.length + own.length > 0) doubtFrom(collector, from, "condition-scope");
  }
}

/** Parts a list into items that complete the response and items that are sentences with an obligation of their own. */
function splitFollowing(
  collector: Collector,
  following: Following,
): { items: Phrase[]; columns: Phrase | null; own: ListItem[] } {
  const phrase = (tokens: readonly Token[]) => phraseOf(tokens, 0, lengthWithoutEnd(tokens), collector.places);
  if (following.kind === "table") {
    const columns = following.columns.length > 0 ? phrase(following.columns) : null;
    return { items: following.rows.filter((row) => row.length > 0).map(phrase), columns, own: [] };
  }
  const items: Phrase[] = [];
  const own: ListItem[] = [];
  const visit = (item: ListItem) => {
    const isOwn = collector.capitals && writesCapitals(item.tokens) && "obligations" in readSentence(item.tokens, true);
    if (isOwn) {
      own.push(item);
      return;
    }
    if (item.tokens.length > 0) items.push(phrase(item.tokens));
    item.children.forEach(visit);
  };
  following.items.forEach(visit);
  return { items, columns: null, own };
}

function lengthWithoutEnd(tokens: readonly Token[]): number {
  const last = tokens.length - 1;
  return last > 0 && [".", ";", ","].some((mark) => isMark(tokens[last], mark)) ? last : tokens.length;
}

/** A sentence without an obligation: `WHEN x:` before a list gives its condition to the items. */
function readUnread(
  collector: Collector,
  sentence: readonly Token[],
  reason: UnreadReason,
  following: Following | null,
  conditions: readonly Clause[],
): void {
  const last = sentence.length - 1;
  const lead =
    following !== null && reason === "no-modal" && keywordOf(sentence[0]) !== null && isMark(sentence[last], ":");
  const clauses = lead ? splitClauses(sentence, 0, last) : null;
  if (following !== null && clauses !== null) {
    const parts = partsOf(sentence, collector.places);
    const own = clauses.map((range) => parts.clause(range));
    readFollowing(collector, following, [...conditions, ...own]);
    return;
  }
  const steps =
    reason === "no-modal" && keywordOf(sentence[0]) !== null && sentence.some((token) => isWord(token, "then"));
  addUnread(collector, sentence, steps ? "steps" : reason);
  if (following !== null) readFollowing(collector, following, conditions);
}

function readFollowing(collector: Collector, following: Following, conditions: readonly Clause[]): void {
  if (following.kind === "list") readItems(collector, following.items, conditions);
  else readRows(collector, following.rows, conditions);
}

/** Rows that complete no sentence: a cell that holds an obligation is read, a row without one is unread as a whole. */
function readRows(collector: Collector, rows: readonly (readonly Token[])[], conditions: readonly Clause[]): void {
  for (const row of rows) {
    const cells = cellsOf(row);
    const isRead = cells.some((cell) => "obligations" in readSentence(cell, collector.capitals));
    for (const text of isRead ? cells : [row]) readText(collector, text, null, conditions);
  }
}

function addUnread(collector: Collector, tokens: readonly Token[], reason: UnreadReason): void {
  const { origin, statements, places } = collector;
  const { span, sentence } = partsOf(tokens, places);
  statements.push({ origin, ordinal: statements.length + 1, span, sentence, status: "unread", reason });
}
