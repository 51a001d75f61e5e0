import { readFileSync } from "node:fs";
import { transformSync } from "@swc/wasm-typescript";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { mutate } from "../../cli/variant.js";
import { DETECTORS } from "../forbidden/catalogue.js";
import { ALGORITHM_MUTANTS } from "./algorithm.js";

const ROOT = new URL("../../", import.meta.url);

/** Judges of whole runs that a mutant may name beside the detectors. */
const OTHERS = ["linearizability", "every-workflow-ends", "differential"];

describe("the algorithm's mutants", () => {
  it("have names and reasons of their own, and say which judge they are for", () => {
    traceSpec("SIM-MUTANTS");
    expect(ALGORITHM_MUTANTS.length).toBeGreaterThanOrEqual(25);
    expect(new Set(ALGORITHM_MUTANTS.map(({ name }) => name)).size).toBe(ALGORITHM_MUTANTS.length);
    expect(new Set(ALGORITHM_MUTANTS.map(({ why }) => why)).size).toBe(ALGORITHM_MUTANTS.length);
    const judges = new Set([...DETECTORS.map(({ name }) => name), ...OTHERS]);
    expect(ALGORITHM_MUTANTS.flatMap(({ breaks }) => breaks).filter((name) => !judges.has(name))).toEqual([]);
    expect(ALGORITHM_MUTANTS.filter(({ breaks }) => breaks.length === 0)).toEqual([]);
  });

  it.each(ALGORITHM_MUTANTS.map((mutant) => [mutant.name, mutant] as const))("%s changes one place", (_, mutant) => {
    traceSpec("SIM-MUTANTS");
    const source = readFileSync(new URL(mutant.file, ROOT), "utf8");
    const changed = mutate(source, mutant);
    expect(changed).not.toBe(source);
    expect(transformSync(changed, { mode: "strip-only", module: true }).code.length).toBeGreaterThan(0);
  });
});
