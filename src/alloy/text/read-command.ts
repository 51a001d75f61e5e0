import type { Cursor } from "./cursor.js";
import { isName } from "./lex.js";
import type { Command, Scope, ScopeEntry } from "./paragraph.js";
import { readBlock } from "./read-expression.js";

type CommandParts = Omit<Command, "start" | "end" | "first" | "last">;

/** Whether `check` or `run` stands here, with its label in front or not. */
export function commandAt(cursor: Cursor): boolean {
  return isVerb(cursor, 0) || isLabelled(cursor);
}

function isVerb(cursor: Cursor, ahead: number): boolean {
  return cursor.is("check", ahead) || cursor.is("run", ahead);
}

/** `label: check name` or `label: check {`. */
function isLabelled(cursor: Cursor): boolean {
  return isName(cursor.peek()) && cursor.is(":", 1) && isVerb(cursor, 2);
}

/** Reads `[label:] check|run [label] (name|block) [for …] [expect n]`. */
export function readCommand(cursor: Cursor): CommandParts | null {
  let label = null;
  if (isLabelled(cursor)) {
    label = cursor.name();
    cursor.at++;
  }
  const keyword = cursor.take();
  if (keyword === undefined || (keyword.text !== "check" && keyword.text !== "run")) return null;
  const parts: CommandParts = {
    kind: keyword.text,
    keyword,
    label,
    target: null,
    block: null,
    scope: null,
    expect: null,
  };
  if (!isLabelled(cursor)) parts.target = cursor.name();
  if (parts.target !== null && (cursor.is("{") || (isName(cursor.peek()) && !isLabelled(cursor)))) {
    parts.label ??= parts.target;
    parts.target = cursor.is("{") ? null : cursor.name();
  }
  if (parts.target === null && cursor.is("{")) {
    const from = cursor.at;
    const start = cursor.peek()?.start ?? 0;
    cursor.skipBrackets();
    const end = cursor.tokens[cursor.at - 1]?.end ?? start;
    parts.block = { start, end, body: readBlock(cursor.tokens, from, cursor.at) };
  }
  if (cursor.is("for")) parts.scope = readScope(cursor);
  if (cursor.is("expect") && cursor.peek(1)?.kind === "number") {
    cursor.at++;
    parts.expect = numberOf(cursor.take()?.text);
  }
  return parts;
}

function readScope(cursor: Cursor): Scope {
  const start = cursor.take()?.start ?? 0;
  const scope: Scope = { start, end: start, overall: null, entries: [] };
  const isOverall =
    cursor.peek()?.kind === "number" && !namesType(cursor, 1) && !cursor.is(".", 1) && !cursor.is(":", 1);
  if (isOverall) scope.overall = numberOf(cursor.take()?.text);
  if (!isOverall || cursor.accept("but") !== null) {
    for (let entry = readEntry(cursor); entry !== null; entry = readEntry(cursor)) {
      scope.entries.push(entry);
      if (cursor.accept(",") === null) break;
    }
  }
  scope.end = cursor.tokens[cursor.at - 1]?.end ?? start;
  return scope;
}

const TYPES: ReadonlySet<string> = new Set(["Int", "int", "seq", "univ", "String", "steps", "none", "this"]);

function namesType(cursor: Cursor, ahead: number): boolean {
  if (cursor.isOneOf(TYPES, ahead)) return true;
  if (!isName(cursor.peek(ahead))) return false;
  return !(cursor.is(":", ahead + 1) && isVerb(cursor, ahead + 2));
}

/** `[exactly] n[..[m]][:step] name`. */
function readEntry(cursor: Cursor): ScopeEntry | null {
  const exactly = cursor.accept("exactly") !== null;
  if (cursor.peek()?.kind !== "number") return null;
  const from = numberOf(cursor.take()?.text);
  let to: number | null = from;
  if (cursor.is(".") && cursor.is(".", 1)) {
    cursor.at += 2;
    to = cursor.peek()?.kind === "number" ? numberOf(cursor.take()?.text) : null;
  }
  if (cursor.is(":") && cursor.peek(1)?.kind === "number") {
    if (to === from) to = null;
    cursor.at += 2;
  }
  const name = namesType(cursor, 0) ? (cursor.name() ?? cursor.take() ?? null) : null;
  return name === null ? null : { exactly, from, to, name };
}

/** Decimal, `0x` and `0b` numbers with underscores; what is no number counts as 0. */
function numberOf(text: string | undefined): number {
  const value = Number((text ?? "").replaceAll("_", ""));
  return Number.isSafeInteger(value) ? value : 0;
}
