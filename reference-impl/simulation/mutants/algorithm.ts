import { COMMIT_MUTANTS } from "./algorithm-commits.js";
import { TIMER_MUTANTS } from "./algorithm-timers.js";
import type { Mutant } from "./mutant.js";

/** Defects of the algorithm that runs the machine on weak primitives: one for each hazard of the mapping. */
export const ALGORITHM_MUTANTS: readonly Mutant[] = [...COMMIT_MUTANTS, ...TIMER_MUTANTS];
