import { Cursor } from "./cursor.js";
import type { Sign } from "./expression.js";
import { lex } from "./lex.js";
import type { AlloyText, Field, Paragraph, Signature } from "./paragraph.js";
import { commandAt, readCommand } from "./read-command.js";
import { readBlock, readDeclarations, readExpression } from "./read-expression.js";

/**
 * Reads Alloy text (Alloy 6, temporal operators included) as paragraphs. What cannot be read becomes a stray paragraph or
 * a null body; it never throws, and its time is linear in the text.
 */
export function parseAlloy(file: string, text: string): AlloyText {
  const { tokens, comments } = lex(text);
  const cursor = new Cursor(tokens);
  const paragraphs: Paragraph[] = [];
  while (cursor.peek() !== undefined) {
    const first = cursor.at;
    const parts = readParagraph(cursor);
    if (cursor.at === first) cursor.at++;
    const place = {
      first,
      last: cursor.at,
      start: tokens[first]?.start ?? 0,
      end: tokens[cursor.at - 1]?.end ?? 0,
    };
    const previous = paragraphs.at(-1);
    if (parts !== null) paragraphs.push({ ...parts, ...place } as Paragraph);
    else if (previous?.kind === "stray") Object.assign(previous, { last: place.last, end: place.end });
    else paragraphs.push({ kind: "stray", ...place });
  }
  return { file, text, tokens, comments, paragraphs };
}

type Parts = Paragraph extends infer P
  ? P extends unknown
    ? Omit<P, "start" | "end" | "first" | "last">
    : never
  : never;

const SIGNATURE_WORDS: ReadonlySet<string> = new Set(["abstract", "lone", "one", "some", "private", "var"]);

/** Reads one paragraph; null for tokens that begin none. */
function readParagraph(cursor: Cursor): Parts | null {
  if (commandAt(cursor)) return readCommand(cursor);
  // `check a => check b`: the second is a command of its own.
  if (cursor.is("=>") && (cursor.is("check", 1) || cursor.is("run", 1))) {
    cursor.at++;
    return readCommand(cursor);
  }
  if (isSignature(cursor)) return readSignature(cursor);
  const isPrivate = cursor.is("private");
  const word = cursor.peek(isPrivate ? 1 : 0);
  const read = word?.kind === "word" && Object.hasOwn(READERS, word.text) ? READERS[word.text] : undefined;
  if (read === undefined || (cursor.is("/", isPrivate ? 2 : 1) && word?.text !== "open")) return null;
  cursor.at += isPrivate ? 2 : 1;
  return read(cursor, isPrivate);
}

const READERS: Readonly<Record<string, (cursor: Cursor, isPrivate: boolean) => Parts | null>> = {
  module: readModule,
  open: readOpen,
  enum: readEnum,
  fact: (cursor) => ({ kind: "fact", name: readTitle(cursor), body: readBody(cursor) }),
  assert: (cursor) => ({ kind: "assert", name: readTitle(cursor), body: readBody(cursor) }),
  pred: (cursor, isPrivate) => readCallable("pred", cursor, isPrivate),
  fun: (cursor, isPrivate) => readCallable("fun", cursor, isPrivate),
  let: readMacro,
};

function readModule(cursor: Cursor): Parts | null {
  const name = cursor.name();
  if (name === null) return null;
  const parameters: Sign[] = [];
  for (const inner of bracketed(cursor)) {
    while (inner.peek() !== undefined) {
      inner.accept("exactly");
      const parameter = inner.name();
      if (parameter !== null) parameters.push(parameter);
      else inner.at++;
    }
  }
  return { kind: "module", name, parameters };
}

function readOpen(cursor: Cursor): Parts | null {
  const path = cursor.name();
  if (path === null) return null;
  const given: string[] = [];
  for (const inner of bracketed(cursor)) {
    for (let token = inner.take(); token !== undefined; token = inner.take()) {
      if (token.text === ",") given.push("");
      else given.push((given.pop() ?? "") + token.text);
    }
  }
  const alias = cursor.accept("as") === null ? null : cursor.name();
  return { kind: "open", path, arguments: given, alias };
}

function readEnum(cursor: Cursor): Parts | null {
  const name = cursor.name();
  if (name === null) return null;
  return { kind: "enum", name, members: bracketed(cursor).flatMap((inner) => inner.names()) };
}

/** A name or a string. */
function readTitle(cursor: Cursor): Sign | null {
  if (cursor.peek()?.kind === "string") return cursor.take() ?? null;
  return cursor.name();
}

function readBody(cursor: Cursor): ReturnType<typeof readBlock> {
  if (!cursor.is("{")) return null;
  const from = cursor.at;
  cursor.skipBrackets();
  return readBlock(cursor.tokens, from, cursor.at);
}

function readCallable(kind: "pred" | "fun", cursor: Cursor, isPrivate: boolean): Parts | null {
  const leading = cursor.name() ?? (cursor.is(".", 1) ? (cursor.take() ?? null) : null);
  const receiver = cursor.accept(".") === null ? null : leading;
  const name = receiver === null ? leading : cursor.name();
  if (name === null) return null;
  const declared = cursor.is("[") || cursor.is("(") ? bracketed(cursor)[0] : undefined;
  const read = declared === undefined ? null : readDeclarations(declared.tokens, declared.at, declared.limit);
  const parameters = declared === undefined ? [] : read?.next === declared.limit ? read.declarations : null;
  let result = null;
  if (kind === "fun" && cursor.accept(":") !== null) {
    const type = readExpression(cursor.tokens, cursor.at);
    result = type.expression;
    cursor.at = type.next;
  }
  return { kind, name, receiver, private: isPrivate, parameters, result, body: readBody(cursor) };
}

function readMacro(cursor: Cursor, isPrivate: boolean): Parts | null {
  const name = cursor.name();
  if (name === null) return null;
  const brackets = cursor.is("[") || cursor.is("(") ? bracketed(cursor) : [];
  const parameters = brackets.flatMap((inner) => inner.names());
  if (cursor.is("{")) return { kind: "let", name, parameters, private: isPrivate, body: readBody(cursor) };
  if (cursor.accept("=") === null) return { kind: "let", name, parameters, private: isPrivate, body: null };
  const read = readExpression(cursor.tokens, cursor.at);
  cursor.at = read.next;
  return { kind: "let", name, parameters, private: isPrivate, body: read.expression };
}

function isSignature(cursor: Cursor): boolean {
  let ahead = 0;
  while (ahead < 12 && cursor.isOneOf(SIGNATURE_WORDS, ahead)) ahead++;
  return cursor.is("sig", ahead);
}

function readSignature(cursor: Cursor): Parts {
  const words = new Set<string>();
  while (!cursor.is("sig")) words.add(cursor.take()?.text ?? "");
  cursor.at++;
  const names = cursor.names();
  let relation: Signature["relation"] = null;
  const parents: Sign[] = [];
  for (const word of ["extends", "in", "="] as const) {
    if (relation !== null || cursor.accept(word) === null) continue;
    relation = word;
    while (cursor.peek() !== undefined && !cursor.is("{")) {
      const parent = cursor.name() ?? cursor.take();
      if (parent !== undefined) parents.push(parent);
      if (cursor.accept("+") === null) break;
    }
  }
  const fields = cursor.is("{") ? readFields(cursor) : null;
  return {
    kind: "sig",
    names,
    abstract: words.has("abstract"),
    variable: words.has("var"),
    private: words.has("private"),
    multiplicity: (["one", "lone", "some"] as const).find((word) => words.has(word)) ?? null,
    relation,
    parents,
    fields,
    body: fields === null ? null : readBody(cursor),
  };
}

function readFields(cursor: Cursor): Field[] | null {
  const [inner] = bracketed(cursor);
  if (inner === undefined) return null;
  const read = readDeclarations(inner.tokens, inner.at, inner.limit);
  if (read === null || read.next !== inner.limit) return null;
  const { tokens } = inner;
  return read.declarations.map(({ names, disjoint, defined, bound }, index) => {
    const before = index === 0 ? inner.at : indexAt(tokens, read.declarations[index - 1]?.bound.end ?? 0, inner);
    const until = names[0]?.start ?? 0;
    let variable = false;
    for (let at = before; at < inner.limit && (tokens[at]?.start ?? until) < until; at++) {
      variable ||= tokens[at]?.text === "var";
    }
    return { names, variable, disjoint: disjoint !== null, defined, bound };
  });
}

/** Index of the first token at or behind an offset. */
function indexAt(tokens: Cursor["tokens"], offset: number, within: Cursor): number {
  let low = within.at;
  let high = within.limit;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the brackets that open here hold, as a cursor of its own, and skips them; empty where none open. */
function bracketed(cursor: Cursor): Cursor[] {
  if (!cursor.is("[") && !cursor.is("(") && !cursor.is("{")) return [];
  const from = cursor.at + 1;
  cursor.skipBrackets();
  const closed = cursor.tokens[cursor.at - 1];
  const isClosed = closed?.text === "]" || closed?.text === ")" || closed?.text === "}";
  return [new Cursor(cursor.tokens, from, Math.max(from, isClosed ? cursor.at - 1 : cursor.at))];
}
