import type { Rational } from "./rational.js";

/** What a solver is asked, as data. Constants of one name must have one sort. */
export type Term =
  | { readonly op: "constant"; readonly name: string; readonly sort: Sort }
  | { readonly op: "not"; readonly of: Term }
  /** Of nothing: true. */
  | { readonly op: "and"; readonly of: readonly Term[] }
  /** Of nothing: false. */
  | { readonly op: "or"; readonly of: readonly Term[] }
  | { readonly op: "compare"; readonly relation: Relation; readonly left: NumberConstant; readonly right: Rational };

export type Sort = "Bool" | "Int" | "Real";

export type Relation = "<" | "<=" | "=" | ">=" | ">";

export interface NumberConstant {
  readonly name: string;
  readonly sort: "Int" | "Real";
}

export type Answer =
  /** One truth value for each watched term, of one model. Models differ between solvers: no output may depend on them. */
  | { readonly status: "sat"; readonly holds: readonly boolean[] }
  | { readonly status: "unsat" }
  /** The limit was reached, or the solver gave up. */
  | { readonly status: "unknown"; readonly reason: string };

/** A satisfiability solver for terms. */
export interface Solver {
  /** Whether all assertions can hold together. Bounded by work, not by time, so that machines agree. */
  check(assertions: readonly Term[], watched?: readonly Term[]): Promise<Answer>;
  /** Ends it; a later check starts it anew. */
  close(): Promise<void>;
}

/** Work one check may do, in Z3's `rlimit` units: some seconds at most. */
export const CHECK_LIMIT = 20_000_000;
