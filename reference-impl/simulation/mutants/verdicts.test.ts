import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Mutant } from "./mutant.js";
import type { Hunt } from "./verdicts.js";
import { mutantVerdicts } from "./verdicts.js";

function mutant(name: string, ...breaks: string[]): Mutant {
  return { name, file: "kernel/step.ts", from: "a", to: "b", breaks, why: "x" };
}

function hunt(name: string, seedsToKill: number | null, ...judges: string[]): Hunt {
  return {
    mutant: name,
    by: seedsToKill === null ? null : "simulation",
    seedsToKill,
    seed: seedsToKill,
    judges,
    tried: 9,
    ended: null,
  };
}

describe("verdicts on mutants", () => {
  it("tell killed from survived and argued ones", () => {
    traceSpec("SIM-MUTANTS-SURVIVOR");
    const argued = { ...mutant("c"), equivalent: "nobody reads it" };
    const hunts = [hunt("a", 1, "NoDeadDispatch"), hunt("b", null), hunt("c", null)];
    const verdicts = mutantVerdicts([mutant("a"), mutant("b"), argued], hunts);
    expect(verdicts.killed.map((each) => each.mutant)).toEqual(["a"]);
    expect(verdicts.survived.map((each) => each.mutant)).toEqual(["b"]);
    expect(verdicts.equivalent.map((each) => each.mutant)).toEqual(["c"]);
  });

  it("do not excuse an argued mutant that was killed", () => {
    traceSpec("SIM-MUTANTS-SURVIVOR");
    const verdicts = mutantVerdicts([{ ...mutant("c"), equivalent: "nobody reads it" }], [hunt("c", 3, "x")]);
    expect(verdicts.killed).toHaveLength(1);
    expect(verdicts.equivalent).toEqual([]);
  });

  it("count as killed what an exhaustive search breaks, without a seed", () => {
    traceSpec("SIM-MUTANTS-SURVIVOR");
    const found: Hunt = { ...hunt("a", null, "linearizability"), by: "exhaustive" };
    const verdicts = mutantVerdicts([mutant("a", "linearizability")], [found]);
    expect(verdicts).toMatchObject({ killed: [found], survived: [], medianSeedsToKill: null, unbroken: [] });
  });

  it("count what does not end as killed", () => {
    traceSpec("SIM-MUTANTS-HANG");
    const endless: Hunt = { ...hunt("a", null), ended: "hang" };
    expect(mutantVerdicts([mutant("a")], [endless]).killed).toEqual([endless]);
  });

  it("count a variant that cannot be run neither as killed nor as argued", () => {
    traceSpec("SIM-MUTANTS-UNABLE");
    const unable: Hunt = { ...hunt("a", null), ended: "unable" };
    const verdicts = mutantVerdicts([{ ...mutant("a"), equivalent: "nobody reads it" }], [unable]);
    expect(verdicts).toMatchObject({ killed: [], survived: [], equivalent: [], untried: [unable] });
  });

  it.each([
    [[5], 5],
    [[4, 1, 9], 4],
    [[8, 2, 4, 1], 2],
    [[], null],
  ])("give the median of %j as %j", (counts, expected) => {
    traceSpec("SIM-MUTANTS-MEDIAN");
    const hunts = counts.map((count, at) => hunt(`m${at}`, count, "x"));
    const mutants = hunts.map((each) => mutant(each.mutant));
    expect(mutantVerdicts(mutants, hunts).medianSeedsToKill).toBe(expected);
  });

  it("say what was not broken as meant, and who broke what", () => {
    traceSpec("SIM-MUTANTS");
    const hunts = [hunt("b", 1, "x", "y"), hunt("a", 1, "y")];
    const verdicts = mutantVerdicts([mutant("b", "x", "z"), mutant("a", "y")], hunts);
    expect(verdicts.unbroken).toEqual(["b: z"]);
    expect([...verdicts.byJudge]).toEqual([
      ["x", ["b"]],
      ["y", ["a", "b"]],
    ]);
  });
});
