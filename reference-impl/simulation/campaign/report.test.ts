import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { FAULT_SITES } from "../run.js";
import { settingsFor } from "../settings.js";
import { simulate } from "../simulate.js";
import { CASE_TAGS } from "./case-tags.js";
import type { CampaignItem } from "./file.js";
import { JUDGES } from "./judge-tags.js";
import { campaignReport } from "./report.js";
import type { Tally } from "./tally.js";
import { addRun, addTally, emptyTally } from "./tally.js";

const RAN = {
  seeds: "1..2",
  command: ["npm", "run", "sim"],
  replay: (seed: number) => `npm run sim -- --replay ${seed}`,
  judges: JUDGES,
  settings: "profile all",
};

function items(tally: Tally): CampaignItem[] {
  return (campaignReport(tally, RAN) as { items: CampaignItem[] }).items;
}

function ran(...seeds: number[]): Tally {
  const tally = emptyTally();
  for (const seed of seeds) addRun(tally, simulate(settingsFor(seed, "all", { faultSteps: 1500 })));
  return tally;
}

const broken = {
  seed: 9,
  violation: { judge: "NoDeadDispatch", step: 4, event: null, message: "task x is offered" },
};

describe("a campaign", () => {
  it("has an item for each judge, with its seeds", () => {
    traceSpec("SIM-CAMPAIGN");
    const tally = { ...emptyTally(), met: { NoDeadDispatch: 7 } };
    const item = items(tally).find(({ name }) => name === "NoDeadDispatch");
    expect(item).toMatchObject({
      kind: "simulation",
      tags: ["PROP-NO-DEAD-DISPATCH"],
      outcome: "pass",
      triggered: 7,
      seeds: ["1..2"],
      notes: ["seeds 1..2, profile all"],
    });
  });

  it("says of a judge that was never met that it was not", () => {
    traceSpec("SIM-CAMPAIGN-UNMET");
    expect(items(emptyTally()).find(({ name }) => name === "NoDeadDispatch")?.triggered).toBe(0);
  });

  it("fails the item of a judge that broke, and vouches for no case", () => {
    traceSpec("SIM-CAMPAIGN-BROKEN");
    traceSpec("SIM-CAMPAIGN-CASES-BROKEN");
    const tally = { ...emptyTally(), cases: { R1: 3 }, broken: { NoDeadDispatch: broken } };
    const all = items(tally);
    const item = all.find(({ name }) => name === "NoDeadDispatch");
    expect(item?.outcome).toBe("fail");
    expect(item?.notes?.[1]).toBe("seed 9: task x is offered (npm run sim -- --replay 9)");
    const cases = all.filter(({ name }) => name.startsWith("case: "));
    expect(cases.map(({ outcome, triggered }) => [outcome, triggered])).toEqual([["inconclusive", 3]]);
  });

  it("counts real runs: cases, steps of the mapping and faults", () => {
    traceSpec("SIM-CAMPAIGN-CASES");
    traceSpec("SIM-CAMPAIGN-RULES");
    traceSpec("SIM-CAMPAIGN-FAULTS");
    const tally = ran(1, 2);
    const all = items(tally);
    const tags = new Set(all.flatMap((item) => item.tags));
    for (const tag of ["DUR-PROMISE-CREATE", "DUR-TASK-ACQUIRE", "DUR-TASK-RESUME", "MAP-CAS", "MAP-ARM-FIRST"])
      expect(tags).toContain(tag);
    const sites = all.filter(({ kind }) => kind === "fault-injection");
    expect(sites).toHaveLength(FAULT_SITES.length);
    expect(sites.reduce((sum, { triggered }) => sum + (triggered ?? 0), 0)).toBe(
      Object.values(tally.faults).reduce((sum, count) => sum + count, 0),
    );
    expect(Object.keys(tally.cases).filter((key) => key in CASE_TAGS).length).toBeGreaterThan(20);
  });

  it("adds up the same in one thread and in two", () => {
    traceSpec("SIM-CAMPAIGN");
    const [one, two] = [ran(1), ran(2)];
    addTally(one, two);
    expect(one).toEqual(ran(1, 2));
    const later = { ...emptyTally(), broken: { NoDeadDispatch: broken } };
    const earlier = { ...emptyTally(), broken: { NoDeadDispatch: { ...broken, seed: 3 } } };
    addTally(later, earlier);
    expect(later.broken.NoDeadDispatch?.seed).toBe(3);
  });
});
