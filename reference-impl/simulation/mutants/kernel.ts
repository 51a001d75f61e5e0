import { BIRTH_MUTANTS } from "./kernel-birth.js";
import { GUARDED_MUTANTS } from "./kernel-guarded.js";
import { PROMISE_MUTANTS } from "./kernel-promises.js";
import { STEP_MUTANTS } from "./kernel-steps.js";
import { STORE_MUTANTS } from "./kernel-store.js";
import { TASK_MUTANTS } from "./kernel-tasks.js";
import { TIME_MUTANTS } from "./kernel-times.js";
import type { Mutant } from "./mutant.js";

/** Defects of the machine itself. */
export const KERNEL_MUTANTS: readonly Mutant[] = [
  ...BIRTH_MUTANTS,
  ...PROMISE_MUTANTS,
  ...TASK_MUTANTS,
  ...GUARDED_MUTANTS,
  ...STORE_MUTANTS,
  ...STEP_MUTANTS,
  ...TIME_MUTANTS,
];
