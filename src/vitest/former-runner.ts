import { VitestTestRunner } from "vitest/runners";
import { getFn } from "vitest/suite";
import type { RunnerClass } from "./setup.js";

/**
 * Where the runner stood before vitest 4.1. In a file of its own, since the modules it names are gone in vitest 5 and
 * Vite resolves every import of a file that it loads.
 */
export const formerRunner: RunnerClass = { prototype: VitestTestRunner.prototype, getTestFn: getFn };
