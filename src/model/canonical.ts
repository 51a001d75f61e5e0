/** Containers above this depth get a line per member, those below stay on the line of their record. */
const LINED_DEPTH = 3;

/** Characters after which a text is handed on: large enough to write, small enough to forget. */
const PIECE_LENGTH = 1 << 18;

/**
 * JSON with object keys in code-unit order and no `undefined` members, ending in a newline: equal values give equal
 * bytes. The outer three levels are indented and a record further inside stands on one line, so that a difference
 * between two files shows record by record. Throws TypeError on what JSON cannot hold: numbers that are not finite,
 * functions, symbols, bigints.
 */
export function canonicalJson(value: unknown): string {
  return [...canonicalPieces(value)].join("");
}

/**
 * The same text in pieces of bounded length, for one too large to hold in memory at once. A list of the outer levels may be
 * any iterable, whose members are then made one by one.
 */
export function* canonicalPieces(value: unknown): Generator<string> {
  const writer = new Writer();
  yield* writer.lined(value, 0);
  yield `${writer.take()}\n`;
}

/** The same on one line without the newline, for hashing. */
export function compactCanonicalJson(value: unknown): string {
  const writer = new Writer();
  writer.write(value);
  return writer.take();
}

/** What `JSON.stringify` would escape: control characters, quotes, backslashes and lone surrogates. */
const ESCAPED = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** Key lists met last, each with its order: records come in long runs of one shape. */
const SHAPES = 8;

interface Shape {
  keys: readonly string[];
  /** In code-unit order, each with the text that stands before its value. */
  sorted: readonly { key: string; text: string }[];
}

class Writer {
  #out = "";
  readonly #shapes: Shape[] = [];
  #oldest = 0;

  take(): string {
    const out = this.#out;
    this.#out = "";
    return out;
  }

  /** Writes a value of the outer levels; yields what was written so far whenever it has become long. */
  *lined(value: unknown, depth: number): Generator<string> {
    if (depth >= LINED_DEPTH || typeof value !== "object" || value === null) this.write(value);
    else if (isList(value)) yield* this.#linedList(value, depth);
    else yield* this.#linedRecord(value as Record<string, unknown>, depth);
  }

  *#linedList(list: Iterable<unknown>, depth: number): Generator<string> {
    const indent = lineAt(depth + 1);
    let separator = `[${indent}`;
    const isOuter = depth + 1 < LINED_DEPTH;
    for (const member of list) {
      this.#out += separator;
      if (isOuter) yield* this.lined(member, depth + 1);
      else this.write(member);
      if (this.#out.length >= PIECE_LENGTH) yield this.take();
      separator = `,${indent}`;
    }
    this.#out += separator.startsWith("[") ? "[]" : `${lineAt(depth)}]`;
  }

  *#linedRecord(record: Readonly<Record<string, unknown>>, depth: number): Generator<string> {
    const indent = lineAt(depth + 1);
    let separator = `{${indent}`;
    for (const key of sortedKeys(Object.keys(record))) {
      const member = record[key];
      if (member === undefined) continue;
      this.#out += `${separator}${JSON.stringify(key)}: `;
      yield* this.lined(member, depth + 1);
      if (this.#out.length >= PIECE_LENGTH) yield this.take();
      separator = `,${indent}`;
    }
    this.#out += separator.startsWith("{") ? "{}" : `${lineAt(depth)}}`;
  }

  write(value: unknown): void {
    switch (typeof value) {
      case "string":
        this.#out += ESCAPED.test(value) ? JSON.stringify(value) : `"${value}"`;
        return;
      case "number":
        if (!Number.isFinite(value)) throw new TypeError(`Unexpected number ${value}, expected one that JSON can hold`);
        this.#out += JSON.stringify(value);
        return;
      case "boolean":
        this.#out += value ? "true" : "false";
        return;
      case "undefined":
        this.#out += "null";
        return;
      case "object":
        if (value === null) this.#out += "null";
        else if (Array.isArray(value)) this.#array(value);
        else this.#record(value as Record<string, unknown>);
        return;
      default:
        throw new TypeError(`Unexpected ${typeof value}, expected a value that JSON can hold`);
    }
  }

  #array(values: readonly unknown[]): void {
    this.#out += "[";
    for (let at = 0; at < values.length; at++) {
      if (at > 0) this.#out += ",";
      this.write(values[at]);
    }
    this.#out += "]";
  }

  #record(record: Readonly<Record<string, unknown>>): void {
    let separator = "{";
    for (const { key, text } of this.#sorted(Object.keys(record))) {
      const member = record[key];
      if (member === undefined) continue;
      this.#out += separator + text;
      this.write(member);
      separator = ",";
    }
    this.#out += separator === "{" ? "{}" : "}";
  }

  #sorted(keys: readonly string[]): Shape["sorted"] {
    for (const shape of this.#shapes) if (equalLists(shape.keys, keys)) return shape.sorted;
    const sorted = sortedKeys(keys).map((key) => ({ key, text: `${JSON.stringify(key)}:` }));
    this.#shapes[this.#oldest] = { keys, sorted };
    this.#oldest = (this.#oldest + 1) % SHAPES;
    return sorted;
  }
}

function isList(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

/** A line's end and the indentation of the next one. */
function lineAt(depth: number): string {
  return `\n${"  ".repeat(depth)}`;
}

/** The default order of sort() is by code unit, whatever the locale. */
function sortedKeys(keys: readonly string[]): string[] {
  return [...keys].sort();
}

function equalLists(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
