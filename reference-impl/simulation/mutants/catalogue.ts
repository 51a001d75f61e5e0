import type { Mutant } from "./mutant.js";

/** Every planted defect. */
export const MUTANTS: readonly Mutant[] = [];
