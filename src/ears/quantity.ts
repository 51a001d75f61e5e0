import type { Token } from "./token.js";
import { unitOf } from "./units.js";

/** A number with a unit, as stated. `unitOf(unit)` says what the unit is. */
export interface Quantity {
  /** Decimal, without grouping or superfluous zeros: `0.5`, `1000`. */
  value: string;
  /** Symbol of the unit: `s`, `MiB`. */
  unit: string;
}

/** A quantity found at a place: tokens `from` to `to` (exclusive). */
export interface FoundQuantity extends Quantity {
  dimension: string;
  to: number;
}

const SPELLED: ReadonlyMap<string, string> = new Map(
  "one two three four five six seven eight nine ten eleven twelve"
    .split(" ")
    .map((word, index) => [word, `${index + 1}`]),
);

/** No person writes a longer number. */
const LONGEST_NUMBER = 40;

const PARTS = /^([+-]?\d[\d,_]*(?:\.\d+)?)-?([^\d]*)$/u;

/** The number that a token begins with, normalised, and what is glued to it; null when it is no number. */
export function numberAt(tokens: readonly Token[], index: number): { value: string; suffix: string } | null {
  const token = tokens[index];
  if (token === undefined) return null;
  const spelled = token.kind === "word" ? SPELLED.get(token.lower) : undefined;
  if (spelled !== undefined) return { value: spelled, suffix: "" };
  if (token.kind !== "number" || token.text.length > LONGEST_NUMBER) return null;
  const parts = PARTS.exec(token.text);
  return parts === null || !isGrouped(parts[1] ?? "")
    ? null
    : { value: normalised(parts[1] ?? ""), suffix: parts[2] ?? "" };
}

/** The quantity that begins at a token: `5 seconds`, `500ms`, `5-minute`, `five minutes`; null when none does. */
export function quantityAt(tokens: readonly Token[], index: number): FoundQuantity | null {
  const number = numberAt(tokens, index);
  if (number === null) return null;
  const next = tokens[index + 1];
  const glued = number.suffix !== "";
  if (!glued && (next === undefined || next.kind !== "word")) return null;
  const unit = unitOf(glued ? number.suffix : (next?.text ?? ""));
  if (unit === null) return null;
  return { value: number.value, unit: unit.symbol, dimension: unit.dimension, to: index + (glued ? 1 : 2) };
}

/** `1,000` and `1_000` group digits; `1,5` may be one and a half. */
function isGrouped(digits: string): boolean {
  return !digits.includes(",") || /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u.test(digits);
}

function normalised(digits: string): string {
  if (/^[1-9]\d*$/u.test(digits)) return digits;
  const plain = digits.replace(/[,_]/gu, "").replace(/^\+/u, "");
  const [whole = "", fraction = ""] = plain.split(".");
  const kept = fraction.replace(/0+$/u, "");
  const lead = whole.replace(/^(-?)0+(?=\d)/u, "$1");
  return kept === "" ? lead : `${lead}.${kept}`;
}

/** The value in the base unit of its dimension as a reduced fraction of integers; null when the unit is unknown. */
export function exactValue(quantity: Quantity): { numerator: bigint; denominator: bigint } | null {
  const unit = unitOf(quantity.unit);
  if (unit === null) return null;
  const [whole = "0", fraction = ""] = quantity.value.split(".");
  const numerator = BigInt(`${whole}${fraction}`) * unit.numerator;
  const denominator = 10n ** BigInt(fraction.length) * unit.denominator;
  const divisor = greatestCommonDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger === 0n ? 1n : larger;
}
