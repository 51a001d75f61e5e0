import type { FindingCode } from "../../model/codes/index.js";
import type { Term } from "../../model/solver.js";
import type { Case } from "./world.js";

export const LOGIC_CHECKS = [
  "conflict",
  "vacuity",
  "redundancy",
  "gap",
  "permission",
  "edge-level",
  "vocabulary",
  "threshold",
] as const;

export type LogicCheck = (typeof LOGIC_CHECKS)[number];

/** `proved`: follows from the statements and declarations. `assumed`: needs assumptions too. `possible`: worth a look. */
export type Tier = "proved" | "assumed" | "possible";

/** Something a check found, before it is put into words. */
export interface Discovery {
  check: LogicCheck;
  code: FindingCode;
  tier: Tier;
  /** The minimal set, in the order of keys. Empty where the finding is about a declaration. */
  cases: readonly Case[];
  /** Statements in the same trouble for the same cause. */
  others: readonly Case[];
  message: string;
  /** The situation, in the author's words where there are some. */
  scenario: readonly string[];
  /** Texts of the assumptions that it needs. */
  assumptions: readonly string[];
  /** What was asked and what the answer was. */
  questions: readonly { title: string; assertions: readonly Term[]; expected: "sat" | "unsat" }[];
  /** Name of the variable a gap is about. */
  variable?: string;
}
