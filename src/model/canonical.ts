import { compareText } from "./span.js";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * JSON with object keys in code-unit order and no `undefined` members, two-space indented, ending in a newline: equal
 * values give equal bytes. Throws TypeError on numbers JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  return `${JSON.stringify(ordered(value), null, 2)}\n`;
}

/** The same on one line without the newline, for hashing. */
export function compactCanonicalJson(value: unknown): string {
  return JSON.stringify(ordered(value));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => ordered(each === undefined ? null : each));
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new TypeError(`Unexpected number ${value}, expected one that JSON can hold`);
  }
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => compareText(a, b));
  return Object.fromEntries(entries.map(([key, member]) => [key, ordered(member)]));
}
