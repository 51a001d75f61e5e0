import type { Rational } from "../../model/rational.js";
import type { Relation } from "../../model/solver.js";

/** What a phrase says about declared variables. */
export type Formula =
  | { kind: "atom"; atom: Atom }
  | { kind: "not"; of: Formula }
  | { kind: "and" | "or"; of: readonly Formula[] }
  /** The instant at which `of` becomes true: it holds now and did not before. */
  | { kind: "rising"; of: Formula };

export interface Atom {
  variable: string;
  test: Test;
}

export type Test =
  | { is: "true" }
  | { is: "value"; value: string }
  /** In base units. */
  | { is: "compared"; relation: Relation; number: Rational };

export function not(formula: Formula): Formula {
  return formula.kind === "not" ? formula.of : { kind: "not", of: formula };
}

/** Conjunction or disjunction; of one formula that formula. */
export function join(kind: "and" | "or", of: readonly Formula[]): Formula {
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind, of };
}

/** Every atom in order of place. */
export function atomsOf(formula: Formula): Atom[] {
  if (formula.kind === "atom") return [formula.atom];
  if (formula.kind === "not" || formula.kind === "rising") return atomsOf(formula.of);
  return formula.of.flatMap(atomsOf);
}

/** With WHEN read as a level: an instant counts as the state it begins. */
export function asLevel(formula: Formula): Formula {
  if (formula.kind === "atom") return formula;
  if (formula.kind === "rising") return asLevel(formula.of);
  if (formula.kind === "not") return not(asLevel(formula.of));
  return { kind: formula.kind, of: formula.of.map(asLevel) };
}

export function hasEdge(formula: Formula): boolean {
  if (formula.kind === "atom") return false;
  if (formula.kind === "rising") return true;
  return formula.kind === "not" ? hasEdge(formula.of) : formula.of.some(hasEdge);
}
