import type { Span } from "../model/span.js";

/** JSON text read with the place of every value and key. */
export interface JsonSource {
  value: unknown;
  /** Place of the value at a path of keys and indexes; of the nearest enclosing one when there is none. */
  spanOf(path: readonly PropertyKey[]): Span;
  /** Place of the key that a path ends in. */
  keySpanOf(path: readonly PropertyKey[]): Span;
}

/** Deeper nesting is no configuration, and would exhaust the stack. */
const MAX_DEPTH = 100;

interface Place {
  start: number;
  end: number;
  key: { start: number; end: number } | null;
}

class JsonProblem extends Error {
  readonly offset: number;
  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/**
 * Reads JSON (RFC 8259; a byte order mark is passed over, a key given twice is refused). Returns the value with places, or
 * the first thing that is wrong and where.
 */
export function readJson(file: string, text: string): JsonSource | { span: Span; message: string } {
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  const spanBetween = (start: number, end: number): Span => {
    const from = position(lineStarts, start);
    const to = position(lineStarts, end);
    return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  };
  const places = new Map<string, Place>();
  try {
    const value = new Reader(text, places).document();
    const place = (path: readonly PropertyKey[]) => nearest(places, path);
    return {
      value,
      spanOf: (path) => spanBetween(place(path).start, place(path).end),
      keySpanOf: (path) => {
        const { key, start, end } = place(path);
        return spanBetween(key?.start ?? start, key?.end ?? end);
      },
    };
  } catch (caught) {
    if (!(caught instanceof JsonProblem)) throw caught;
    return { span: spanBetween(caught.offset, caught.offset), message: caught.message };
  }
}

const WORDS: readonly [string, unknown][] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

class Reader {
  private at: number;
  private readonly text: string;
  private readonly places: Map<string, Place>;

  constructor(text: string, places: Map<string, Place>) {
    this.text = text;
    this.places = places;
    this.at = text.startsWith("\uFEFF") ? 1 : 0;
  }

  document(): unknown {
    const value = this.element([], null);
    if (this.at < this.text.length) this.fail("the end of the file");
    return value;
  }

  private element(path: readonly PropertyKey[], key: Place["key"]): unknown {
    if (path.length > MAX_DEPTH)
      throw new JsonProblem(this.at, `Unexpected nesting, expected at most ${MAX_DEPTH} levels`);
    this.blank();
    const start = this.at;
    const value = this.value(path);
    this.places.set(pathKey(path), { start, end: this.at, key });
    this.blank();
    return value;
  }

  private value(path: readonly PropertyKey[]): unknown {
    const character = this.text[this.at];
    if (character === "{") return this.object(path);
    if (character === "[") return this.array(path);
    if (character === '"') return this.string();
    const word = WORDS.find(([name]) => this.text.startsWith(name, this.at));
    if (word !== undefined) {
      this.at += word[0].length;
      return word[1];
    }
    return this.number();
  }

  private object(path: readonly PropertyKey[]): unknown {
    const entries = new Map<string, unknown>();
    this.at += 1;
    this.blank();
    if (this.take("}")) return {};
    do {
      this.blank();
      const start = this.at;
      if (this.text[start] !== '"') this.fail("a key in double quotes");
      const name = this.string();
      if (entries.has(name))
        throw new JsonProblem(start, `Unexpected second ${JSON.stringify(name)}, expected each key once`);
      const key = { start, end: this.at };
      this.blank();
      if (!this.take(":")) this.fail('":"');
      entries.set(name, this.element([...path, name], key));
    } while (this.take(","));
    if (!this.take("}")) this.fail('"," or "}"');
    return Object.fromEntries(entries);
  }

  private array(path: readonly PropertyKey[]): unknown {
    const values: unknown[] = [];
    this.at += 1;
    this.blank();
    if (this.take("]")) return values;
    do values.push(this.element([...path, values.length], null));
    while (this.take(","));
    if (!this.take("]")) this.fail('"," or "]"');
    return values;
  }

  private string(): string {
    const start = this.at;
    for (let at = start + 1; at < this.text.length; at += 1) {
      const character = this.text[at];
      if (character === "\n") break;
      if (character === "\\") at += 1;
      if (character !== '"') continue;
      this.at = at + 1;
      return String(this.parsed(start));
    }
    throw new JsonProblem(start, "Unexpected end of a string, expected a closing quotation mark on its line");
  }

  private number(): unknown {
    const start = this.at;
    while (this.at < this.text.length && /[-+.0-9A-Za-z]/.test(this.text[this.at] ?? "")) this.at += 1;
    if (this.at === start) this.fail("a value");
    return this.parsed(start);
  }

  /** Leaves the grammar of scalars to the platform. */
  private parsed(start: number): unknown {
    const text = this.text.slice(start, this.at);
    try {
      return JSON.parse(text);
    } catch {
      throw new JsonProblem(start, `Unexpected ${excerpt(text)}, expected a value`);
    }
  }

  private blank(): void {
    while (" \t\r\n".includes(this.text[this.at] ?? "x")) this.at += 1;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private fail(expected: string): never {
    const rest = this.text.slice(this.at, this.at + 1);
    const comment = /^\/[/*]/.test(this.text.slice(this.at, this.at + 2)) ? "comment, which JSON does not have" : null;
    throw new JsonProblem(
      this.at,
      `Unexpected ${comment ?? (rest === "" ? "end of the file" : excerpt(rest))}, expected ${expected}`,
    );
  }
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

function pathKey(path: readonly PropertyKey[]): string {
  return path.map((step) => JSON.stringify(String(step))).join("/");
}

function nearest(places: ReadonlyMap<string, Place>, path: readonly PropertyKey[]): Place {
  for (let length = path.length; length >= 0; length -= 1) {
    const place = places.get(pathKey(path.slice(0, length)));
    if (place !== undefined) return place;
  }
  return { start: 0, end: 0, key: null };
}

function position(lineStarts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
