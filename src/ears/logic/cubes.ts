import { compareText } from "../../model/span.js";
import type { Formula } from "../formal/formula.js";
import type { Lexicon } from "../formal/lexicon.js";
import type { Values } from "./domain.js";
import { allValues, intersect, isWithin, valuesOf } from "./domain.js";

/** When a value is taken: at the instant in question, just before it, or as the statements demand it. */
export type Moment = "now" | "before" | "demanded";

/** A conjunction: the values left for each variable at a moment, by `moment variable`. */
export type Cube = ReadonlyMap<string, Values>;

/** A formula with more alternatives is left to the solver. */
const MOST_CUBES = 64;

export function slotOf(moment: Moment, variable: string): string {
  return `${moment} ${variable}`;
}

/**
 * The disjunctive normal form of a formula over finite sets and intervals: exact, and the order of its cubes depends on the
 * formula alone. None: it cannot hold. Null when it is too large.
 */
export function cubesOf(lexicon: Lexicon, formula: Formula, moment: Moment, affirmed = true): Cube[] | null {
  if (formula.kind === "atom") {
    const variable = lexicon.variable(formula.atom.variable);
    if (variable === undefined) return null;
    const all = allValues(variable);
    const parts = valuesOf(variable, formula.atom, affirmed);
    if (parts === null) return null;
    const slot = slotOf(moment, formula.atom.variable);
    return parts.flatMap((part) => {
      const left = intersect(all, part);
      return left === null ? [] : [new Map([[slot, left]])];
    });
  }
  if (formula.kind === "not") return cubesOf(lexicon, formula.of, moment, !affirmed);
  if (formula.kind === "rising") {
    const now = cubesOf(lexicon, formula.of, "now", true);
    const before = cubesOf(lexicon, formula.of, "before", false);
    if (affirmed) return now === null || before === null ? null : product(now, before);
    const notNow = cubesOf(lexicon, formula.of, "now", false);
    const already = cubesOf(lexicon, formula.of, "before", true);
    return notNow === null || already === null ? null : bounded([...notNow, ...already]);
  }
  const parts: Cube[][] = [];
  for (const each of formula.of) {
    const cubes = cubesOf(lexicon, each, moment, affirmed);
    if (cubes === null) return null;
    parts.push(cubes);
  }
  const conjunctive = (formula.kind === "and") === affirmed;
  if (!conjunctive) return bounded(parts.flat());
  let joint: Cube[] | null = [new Map()];
  for (const part of parts) joint = joint === null ? null : product(joint, part);
  return joint;
}

function bounded(cubes: Cube[]): Cube[] | null {
  return cubes.length > MOST_CUBES ? null : cubes;
}

/** Every combination that leaves something; null when there are too many. */
export function product(a: readonly Cube[], b: readonly Cube[]): Cube[] | null {
  const joint: Cube[] = [];
  for (const one of a) {
    for (const other of b) {
      const both = conjoin(one, other);
      if (both === null) continue;
      if (joint.length === MOST_CUBES) return null;
      joint.push(both);
    }
  }
  return joint;
}

function conjoin(a: Cube, b: Cube): Cube | null {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  const joint = new Map(large);
  for (const [slot, values] of small) {
    const other = large.get(slot);
    const left = other === undefined ? values : intersect(values, other);
    if (left === null) return null;
    joint.set(slot, left);
  }
  return joint;
}

/** Whether two conjunctions can hold together; cheaper than `conjoin`. */
function compatible(a: Cube, b: Cube): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  for (const [slot, values] of small) {
    const other = large.get(slot);
    if (other !== undefined && intersect(values, other) === null) return false;
  }
  return true;
}

export function anyCompatible(a: readonly Cube[], b: readonly Cube[]): boolean {
  return a.some((one) => b.some((other) => compatible(one, other)));
}

/** Whether whatever satisfies `a` satisfies `b`. */
export function entails(a: Cube, b: Cube): boolean {
  for (const [slot, values] of b) {
    const own = a.get(slot);
    if (own === undefined || !isWithin(own, values)) return false;
  }
  return true;
}

/** Whether a formula is true (or false) in every situation of a cube; null when that depends. */
export function truthIn(lexicon: Lexicon, cube: Cube, formula: Formula, moment: Moment): boolean | null {
  const holds = cubesOf(lexicon, formula, moment);
  const fails = cubesOf(lexicon, formula, moment, false);
  if (holds?.some((each) => entails(cube, each))) return true;
  if (fails?.some((each) => entails(cube, each))) return false;
  return null;
}

export function slotsOf(cube: Cube): string[] {
  return [...cube.keys()].sort(compareText);
}
