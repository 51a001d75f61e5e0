import { byCodeUnits } from "./order.js";

/**
 * The one JSON text of a value: keys by code units, no spaces, fields that are undefined left out. Values that are equal
 * in JSON have the same text. Throws a TypeError for what JSON cannot carry back: numbers that are not finite, functions,
 * and nesting too deep for the stack throws a RangeError.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`${value} is no JSON`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object") throw new TypeError(`a ${typeof value} is no JSON`);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => byCodeUnits(a, b));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(",")}}`;
}
