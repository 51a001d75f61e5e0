import { ALGORITHM_MUTANTS } from "./algorithm.js";
import { KERNEL_MUTANTS } from "./kernel.js";
import type { Mutant } from "./mutant.js";
import { NAIVE_MUTANTS } from "./naive.js";

/** Every planted defect. */
export const MUTANTS: readonly Mutant[] = [...KERNEL_MUTANTS, ...ALGORITHM_MUTANTS, ...NAIVE_MUTANTS];
