import { firstFault } from "./json-fault.js";
import { skipSpace } from "./json-space.js";

export interface JsonPlace {
  /** From 1. */
  line: number;
  /** From 1, in UTF-16 units. */
  column: number;
}

export type JsonRead = { value: unknown; fault: null } | { value: null; fault: JsonPlace & { what: string } };

export type JsonPath = readonly (string | number)[];

/** Parses JSON; the engine's own messages name no place in some versions, so a fault is located by a scan of our own. */
export function readJson(text: string): JsonRead {
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  try {
    return { value: JSON.parse(body), fault: null };
  } catch {
    const at = firstFault(body);
    const what = at >= body.length ? "end of file" : JSON.stringify(String.fromCodePoint(body.codePointAt(at) ?? 0));
    return { value: null, fault: { ...placeOf(body, at), what } };
  }
}

/** Line and column of an offset. */
export function placeOf(text: string, offset: number): JsonPlace {
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", lineStart)) {
    line += 1;
    lineStart = at + 1;
  }
  return { line, column: Math.min(offset, text.length) - lineStart + 1 };
}

/** Line and column of many ascending offsets in one pass. */
export function placesOf(text: string, offsets: readonly number[]): JsonPlace[] {
  let line = 1;
  let lineStart = 0;
  let next = text.indexOf("\n");
  return offsets.map((offset) => {
    while (next >= 0 && next < offset) {
      line += 1;
      lineStart = next + 1;
      next = text.indexOf("\n", lineStart);
    }
    return { line, column: offset - lineStart + 1 };
  });
}

/** `/items/3/outcome`, as JSON Pointer (RFC 6901) writes it. */
export function jsonPointer(path: JsonPath): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Offset of the value at a path in valid JSON, or of its nearest ancestor that is there. */
export function offsetOf(text: string, path: JsonPath, from = 0): number {
  let at = skipSpace(text, text.startsWith("\uFEFF") && from === 0 ? 1 : from);
  for (const step of path) {
    const inside = typeof step === "number" ? elementOffset(text, at, step) : memberOffset(text, at, step);
    if (inside === null) return at;
    at = inside;
  }
  return at;
}

/** Offsets of all elements of the array that starts at an offset in valid JSON; empty when none does. */
export function elementOffsets(text: string, arrayAt: number): number[] {
  const offsets: number[] = [];
  for (const at of children(text, arrayAt, "[")) offsets.push(at);
  return offsets;
}

function elementOffset(text: string, arrayAt: number, index: number): number | null {
  let count = 0;
  for (const at of children(text, arrayAt, "[")) {
    if (count === index) return at;
    count += 1;
  }
  return null;
}

/** The last member of that name counts, as it does for JSON.parse. */
function memberOffset(text: string, objectAt: number, name: string): number | null {
  let found: number | null = null;
  for (const keyAt of children(text, objectAt, "{")) {
    const keyEnd = stringEnd(text, keyAt);
    if (JSON.parse(text.slice(keyAt, keyEnd)) !== name) continue;
    found = skipSpace(text, skipSpace(text, keyEnd) + 1);
  }
  return found;
}

/** Offsets of the elements of an array, or of the keys of an object, in valid JSON. */
function* children(text: string, at: number, opening: "[" | "{"): Generator<number> {
  if (text[at] !== opening) return;
  let child = skipSpace(text, at + 1);
  while (child < text.length && text[child] !== "]" && text[child] !== "}") {
    yield child;
    const value = opening === "{" ? skipSpace(text, skipSpace(text, stringEnd(text, child)) + 1) : child;
    const end = skipSpace(text, valueEnd(text, value));
    if (text[end] !== ",") return;
    child = skipSpace(text, end + 1);
  }
}

/** End of the value at an offset in valid JSON. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') at = stringEnd(text, at) - 1;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") depth -= 1;
    else if (depth === 0 && /[\s,]/u.test(character ?? "")) return at;
    if (depth < 0) return at;
    at += 1;
    if (depth === 0 && /["}\]]/u.test(text[at - 1] ?? "")) return at;
  }
  return at;
}

function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, text.length);
}
