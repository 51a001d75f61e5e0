import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { PROFILES, sitesOf } from "../profiles.js";
import { FAULT_SITES } from "../run.js";
import { GATE } from "./plan.js";

it("the plan of the gate has every profile in both modes", () => {
  traceSpec("SIM-PLAN-EACH");
  const run = new Set(GATE.map(({ profile, mode }) => `${profile} ${mode}`));
  for (const profile of PROFILES) {
    for (const mode of ["compat", "strict"]) expect(run).toContain(`${profile} ${mode}`);
  }
  expect(new Set(GATE.flatMap(({ profile }) => sitesOf(profile))).size).toBe(FAULT_SITES.length);
});

it("the plan of the gate judges lost writes by what holds even so, and nothing else", () => {
  traceSpec("SIM-LOSS");
  for (const { profile, judges } of GATE) expect(judges).toBe(profile === "power" ? "loss" : "all");
});

it("the plan of the gate has no seed twice", () => {
  traceSpec("SIM-PLAN-REPLAY");
  const seeds = GATE.map((part) => part.seeds).sort((one, other) => one.first - other.first);
  for (const [at, { first, last }] of seeds.entries()) {
    expect(last).toBeGreaterThanOrEqual(first);
    expect(first).toBeGreaterThan(seeds[at - 1]?.last ?? 0);
  }
});
