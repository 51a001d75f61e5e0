import type { Rational } from "../../model/rational.js";
import { multiply, parseDecimal, rational } from "../../model/rational.js";
import type { Relation } from "../../model/solver.js";
import type { Domain } from "../glossary/glossary.js";
import type { Word } from "../glossary/words.js";
import { numberAt, quantityAt } from "../quantity.js";
import { unitOf } from "../units.js";
import type { OpaqueReason } from "./reading.js";

type NumberDomain = Extract<Domain, { type: "number" }>;

export interface Comparison {
  relation: Relation;
  number: Rational;
}

export type ComparisonReading = { comparisons: Comparison[]; note: string } | { opaque: OpaqueReason };

/** Longest first where one begins another. `reaches` is left out: it depends on the side from which. */
const COMPARATORS: readonly (readonly [words: string, relation: Relation])[] = [
  ["greater than or equal to", ">="],
  ["less than or equal to", "<="],
  ["equal to", "="],
  ["greater than", ">"],
  ["more than", ">"],
  ["higher than", ">"],
  ["longer than", ">"],
  ["larger than", ">"],
  ["less than", "<"],
  ["lower than", "<"],
  ["fewer than", "<"],
  ["shorter than", "<"],
  ["smaller than", "<"],
  ["no more than", "<="],
  ["no less than", ">="],
  ["no fewer than", ">="],
  ["no longer than", "<="],
  ["at or above", ">="],
  ["at or below", "<="],
  ["at least", ">="],
  ["at most", "<="],
  ["rises above", ">"],
  ["rise above", ">"],
  ["falls below", "<"],
  ["fall below", "<"],
  ["drops below", "<"],
  ["drop below", "<"],
  ["exceeds", ">"],
  ["exceed", ">"],
  ["above", ">"],
  ["over", ">"],
  ["below", "<"],
  ["under", "<"],
  ["exactly", "="],
  ["equals", "="],
  [">=", ">="],
  ["≥", ">="],
  ["<=", "<="],
  ["≤", "<="],
  [">", ">"],
  ["<", "<"],
  ["==", "="],
  ["=", "="],
];

/**
 * What words `from` to the end say about a number: `above 5 bar`, `between 2 s and 3 s inclusive`, `5`. Null when they say
 * nothing about a number.
 */
export function readComparison(
  words: readonly Word[],
  from: number,
  domain: NumberDomain,
  between: "inclusive" | "exclusive" | null,
): ComparisonReading | null {
  if (words[from]?.key === "between") return readBetween(words, from + 1, domain, between);
  const found = COMPARATORS.find(([text]) => text.split(" ").every((key, index) => words[from + index]?.key === key));
  const start = found === undefined ? from : from + found[0].split(" ").length;
  const amount = amountAt(words, start, domain);
  if (amount === null || (!("opaque" in amount) && amount.to !== words.length)) return null;
  if ("opaque" in amount) return amount;
  return { comparisons: [{ relation: found?.[1] ?? "=", number: amount.number }], note: found?.[0] ?? "equals" };
}

function readBetween(
  words: readonly Word[],
  from: number,
  domain: NumberDomain,
  declared: "inclusive" | "exclusive" | null,
): ComparisonReading | null {
  const last = words.at(-1)?.key;
  const stated = last === "inclusive" || last === "exclusive" ? last : null;
  const end = words.length - (stated === null ? 0 : 1);
  const separator = words.findIndex((word, index) => index > from && word.key === "and");
  if (separator < 0) return null;
  const high = amountAt(words, separator + 1, domain);
  if (high === null || "opaque" in high) return high;
  if (high.to !== end) return null;
  const lent = words.slice(high.from + 1, high.to);
  const own = amountAt(words.slice(0, separator), from, domain);
  const low =
    own !== null && !("opaque" in own) ? own : amountAt([...words.slice(0, separator), ...lent], from, domain);
  if (low === null || "opaque" in low) return low;
  const inclusivity = stated ?? declared;
  if (inclusivity === null) return { opaque: "open-range" };
  const inclusive = inclusivity === "inclusive";
  return {
    comparisons: [
      { relation: inclusive ? ">=" : ">", number: low.number },
      { relation: inclusive ? "<=" : "<", number: high.number },
    ],
    note: `between, ${inclusivity}`,
  };
}

/** A number in the domain's dimension at a word, in base units. */
export function amountAt(
  words: readonly Word[],
  at: number,
  domain: NumberDomain,
): { number: Rational; from: number; to: number } | { opaque: OpaqueReason } | null {
  const tokens = words.map((word) => word.token);
  const signed = words[at]?.key === "-" || words[at]?.key === "−";
  const start = signed ? at + 1 : at;
  const quantity = quantityAt(tokens, start);
  const sign = rational(signed ? -1n : 1n);
  if (quantity !== null) {
    const unit = unitOf(quantity.unit);
    const value = parseDecimal(quantity.value);
    if (unit === null || value === null) return null;
    if (domain.unit === null || unit.dimension !== domain.unit.dimension) return { opaque: "other-dimension" };
    const factor = rational(unit.numerator, unit.denominator);
    return { number: multiply(multiply(value, factor), sign), from: start, to: quantity.to };
  }
  const marked = unitMark(words, start);
  if (marked !== null && domain.unit !== null && marked.symbol === domain.unit.symbol) {
    return { number: multiply(multiply(marked.value, domain.unit.factor), sign), from: start, to: marked.to };
  }
  const plain = numberAt(tokens, start);
  if (plain === null || plain.suffix !== "") return null;
  const value = parseDecimal(plain.value);
  if (value === null) return null;
  return domain.unit === null
    ? { number: multiply(value, sign), from: start, to: start + 1 }
    : { opaque: "missing-unit" };
}

/** `20 %`, `20 ° C`: units that are punctuation to the tokenizer. */
function unitMark(words: readonly Word[], at: number): { value: Rational; symbol: string; to: number } | null {
  const plain = numberAt(
    words.map((word) => word.token),
    at,
  );
  const value = plain === null || plain.suffix !== "" ? null : parseDecimal(plain.value);
  if (value === null) return null;
  for (const length of [2, 1]) {
    const text = words
      .slice(at + 1, at + 1 + length)
      .map((word) => word.token.text)
      .join("");
    const unit = unitOf(text);
    if (unit !== null) return { value, symbol: unit.symbol, to: at + 1 + length };
  }
  return null;
}
