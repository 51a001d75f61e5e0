import type { Rational } from "../../model/rational.js";
import { add, compareRationals, floor, isWhole, rational } from "../../model/rational.js";
import type { Atom } from "../formal/formula.js";
import type { Variable } from "../glossary/glossary.js";

/**
 * Values that are left for a variable. Booleans and enums as a bit per value (booleans: 1 false, 2 true); enums with more
 * values than a number has bits as whole numbers, the places of the values.
 */
export type Values = number | Interval;

export interface Interval {
  /** Null: unbounded. */
  low: Rational | null;
  lowOpen: boolean;
  high: Rational | null;
  highOpen: boolean;
}

const MOST_BITS = 30;

/** Every value that the declaration allows. */
export function allValues({ domain }: Variable): Values {
  if (domain.type === "boolean") return 3;
  if (domain.type === "enum") {
    const { length } = domain.values;
    return length > MOST_BITS ? places(0, length - 1) : 2 ** length - 1;
  }
  const { min, max, whole } = domain;
  const interval = { low: min, lowOpen: false, high: max, highOpen: false };
  return whole ? wholeBounds(interval) : interval;
}

/** The values of which an atom (or its denial) is true, one entry per connected part; null when they cannot be listed. */
export function valuesOf(variable: Variable, { test }: Atom, affirmed: boolean): Values[] | null {
  const { domain } = variable;
  if (test.is === "true") return [affirmed ? 2 : 1];
  if (test.is === "value") {
    if (domain.type !== "enum") return null;
    const { length } = domain.values;
    const at = domain.values.findIndex((value) => value.name === test.value);
    if (length <= MOST_BITS) return [affirmed ? 2 ** at : 2 ** length - 1 - 2 ** at];
    if (affirmed) return [places(at, at)];
    return [...(at === 0 ? [] : [places(0, at - 1)]), ...(at === length - 1 ? [] : [places(at + 1, length - 1)])];
  }
  const { relation, number } = test;
  const whole = domain.type === "number" && domain.whole;
  const intervals = affirmed ? [within(relation, number)] : outside(relation, number);
  return whole ? intervals.map(wholeBounds) : intervals;
}

function places(first: number, last: number): Interval {
  return { low: rational(BigInt(first)), lowOpen: false, high: rational(BigInt(last)), highOpen: false };
}

type Compared = Extract<Atom["test"], { is: "compared" }>["relation"];

function within(relation: Compared, number: Rational): Interval {
  const above = relation === ">" || relation === ">=" || relation === "=";
  const below = relation === "<" || relation === "<=" || relation === "=";
  return {
    low: above ? number : null,
    lowOpen: relation === ">",
    high: below ? number : null,
    highOpen: relation === "<",
  };
}

const OPPOSITE: Record<Compared, readonly Compared[]> = {
  "<": [">="],
  "<=": [">"],
  "=": ["<", ">"],
  ">=": ["<"],
  ">": ["<="],
};

function outside(relation: Compared, number: Rational): Interval[] {
  return OPPOSITE[relation].map((each) => within(each, number));
}

/** The values of one part that the variable can have; null when there are none. */
export function ofDomain({ domain }: Variable, values: Values): Values | null {
  if (typeof values === "number" || (domain.type === "number" && !domain.whole)) return values;
  const bounds = wholeBounds(values);
  return intersect(bounds, bounds);
}

/** The same whole numbers between closed whole bounds. */
function wholeBounds({ low, lowOpen, high, highOpen }: Interval): Interval {
  const one = rational(1n);
  const first = low === null ? null : isWhole(low) ? (lowOpen ? add(low, one) : low) : add(floor(low), one);
  const last = high === null ? null : isWhole(high) ? (highOpen ? add(high, rational(-1n)) : high) : floor(high);
  return { low: first, lowOpen: false, high: last, highOpen: false };
}

/** What both leave; null when nothing. */
export function intersect(a: Values, b: Values): Values | null {
  if (typeof a === "number" || typeof b === "number") {
    const both = typeof a === "number" && typeof b === "number" ? a & b : 0;
    return both === 0 ? null : both;
  }
  const low = tighter(a.low, a.lowOpen, b.low, b.lowOpen, 1);
  const high = tighter(a.high, a.highOpen, b.high, b.highOpen, -1);
  if (low.bound !== null && high.bound !== null) {
    const order = compareRationals(low.bound, high.bound);
    if (order > 0 || (order === 0 && (low.open || high.open))) return null;
  }
  return { low: low.bound, lowOpen: low.open, high: high.bound, highOpen: high.open };
}

function tighter(a: Rational | null, aOpen: boolean, b: Rational | null, bOpen: boolean, sign: 1 | -1) {
  if (a === null) return { bound: b, open: bOpen };
  if (b === null) return { bound: a, open: aOpen };
  const order = compareRationals(a, b) * sign;
  if (order === 0) return { bound: a, open: aOpen || bOpen };
  return order > 0 ? { bound: a, open: aOpen } : { bound: b, open: bOpen };
}

/** Whether every value of `a` is one of `b`. */
export function isWithin(a: Values, b: Values): boolean {
  if (typeof a === "number" || typeof b === "number") {
    return typeof a === "number" && typeof b === "number" && (a & ~b) === 0;
  }
  const low = tighter(a.low, a.lowOpen, b.low, b.lowOpen, 1);
  const high = tighter(a.high, a.highOpen, b.high, b.highOpen, -1);
  return sameBound(low, a.low, a.lowOpen) && sameBound(high, a.high, a.highOpen);
}

function sameBound(found: { bound: Rational | null; open: boolean }, bound: Rational | null, open: boolean): boolean {
  if (found.bound === null || bound === null) return found.bound === bound;
  return compareRationals(found.bound, bound) === 0 && found.open === open;
}
