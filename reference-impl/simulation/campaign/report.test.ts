import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { FAULT_SITES } from "../run.js";
import { settingsFor } from "../settings.js";
import { simulate } from "../simulate.js";
import { CASE_TAGS } from "./case-tags.js";
import type { CampaignItem } from "./file.js";
import { guardsOf, isSound } from "./guards.js";
import { type Part, USUAL, words } from "./plan.js";
import { campaignReport, type Ran } from "./report.js";
import type { PartTally, Tally } from "./tally.js";
import { addRun, addTally, emptyTally } from "./tally.js";
import { UNMEETABLE } from "./unmeetable.js";

const RAN: Ran = {
  command: ["npm", "run", "sim"],
  replay: (seed, part) => `npm run sim -- --replay ${seed} ${words(part).join(" ")}`,
};

const PART: Part = { ...USUAL, seeds: { first: 1, last: 9 } };
const STRICT: Part = { ...USUAL, seeds: { first: 11, last: 12 }, profile: "none", mode: "strict" };

function items(...tallies: Tally[]): CampaignItem[] {
  const parts = tallies.map((tally, at): PartTally => ({ part: at === 0 ? PART : STRICT, tally }));
  return (campaignReport(parts, RAN) as { items: CampaignItem[] }).items;
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
      seeds: ["1..9"],
      notes: ["met in compat mode: 7 in seeds 1..9 (--profile all)"],
    });
  });

  it("says of each part how often a judge was met there, and how its seeds are run", () => {
    traceSpec("SIM-CAMPAIGN-PARTS");
    const [one, two] = [{ NoDeadDispatch: 7 }, { NoDeadDispatch: 2 }].map((met) => ({ ...emptyTally(), met, runs: 3 }));
    const item = items(one ?? emptyTally(), two ?? emptyTally()).find(({ name }) => name === "NoDeadDispatch");
    expect(item).toMatchObject({
      triggered: 9,
      seeds: ["1..9", "11..12"],
      strength: { runs: 6 },
      notes: [
        "met in compat mode: 7 in seeds 1..9 (--profile all)",
        "met in strict mode: 2 in seeds 11..12 (--profile none --mode strict)",
      ],
    });
  });

  it("says of a judge that was never met that it was not", () => {
    traceSpec("SIM-CAMPAIGN-UNMET");
    expect(items(emptyTally()).find(({ name }) => name === "NoDeadDispatch")?.triggered).toBe(0);
  });

  it("says how many histories the search for an order gave up on", () => {
    traceSpec("SIM-CAMPAIGN-UNDECIDED");
    const item = items({ ...emptyTally(), undecided: 2 }, { ...emptyTally(), undecided: 1 }).find(
      ({ name }) => name === "linearizability",
    );
    expect(item?.notes).toContain("histories that the search gave up on: 3");
    const run = simulate(settingsFor(1, "none", { judges: "all", faultSteps: 500, searchLimit: 3 }));
    expect(run.undecided).toBeGreaterThan(0);
    const tally = { ...emptyTally(), undecided: 2 };
    addRun(tally, run);
    addTally(tally, { ...emptyTally(), undecided: 1 });
    expect(tally.undecided).toBe(run.undecided + 3);
  });

  it("says why a judge that was never met cannot be, unless it was", () => {
    traceSpec("SIM-CAMPAIGN-ARGUED");
    const judge = "preserved_state_under_disabled_R1";
    const notes = (tally: Tally) => items(tally).find(({ name }) => name === judge)?.notes ?? [];
    expect(notes(emptyTally())[1]).toBe(`cannot be met in a simulated run: ${UNMEETABLE[judge]}`);
    expect(notes({ ...emptyTally(), met: { [judge]: 1 } })).toHaveLength(1);
  });

  it("fails the item of a judge that broke, and vouches for no case", () => {
    traceSpec("SIM-CAMPAIGN-BROKEN");
    traceSpec("SIM-CAMPAIGN-CASES-BROKEN");
    const tally = { ...emptyTally(), cases: { R1: 3 }, broken: { NoDeadDispatch: broken } };
    const all = items(tally);
    const item = all.find(({ name }) => name === "NoDeadDispatch");
    expect(item?.outcome).toBe("fail");
    expect(item?.notes?.[1]).toBe("seed 9: task x is offered (npm run sim -- --replay 9 --profile all)");
    const cases = all.filter(({ name }) => name.startsWith("case: "));
    expect(cases.map(({ outcome, triggered }) => [outcome, triggered])).toEqual([["inconclusive", 3]]);
  });

  it.each([
    ["none", false],
    ["cheap", false],
    ["loss", false],
    ["properties", true],
    ["all", true],
  ] as const)("with the judges %s vouches for cases and steps of the mapping: %s", (judges, vouches) => {
    traceSpec("SIM-CAMPAIGN-CASES-UNJUDGED");
    const tally = { ...emptyTally(), cases: { R1: 3 }, rules: { "MAP-CAS": 2 } };
    const { items: found } = campaignReport([{ part: { ...PART, judges }, tally }], RAN) as { items: CampaignItem[] };
    const counted = found.filter(({ name }) => name.startsWith("case: ") || name.startsWith("step of "));
    expect(counted.map(({ outcome, triggered }) => [outcome, triggered])).toEqual(
      vouches
        ? [
            ["pass", 3],
            ["pass", 2],
          ]
        : [],
    );
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

  it("tells guards that were not met from those that cannot be, and from arguments that are wrong", () => {
    traceSpec("SIM-CAMPAIGN-ARGUED");
    const argued = Object.keys(UNMEETABLE);
    const nothing = guardsOf([{ part: PART, tally: emptyTally() }]);
    expect(nothing.argued).toEqual(nothing.judges.filter((judge) => argued.includes(judge)));
    expect(nothing.unmet).toHaveLength(nothing.judges.length - argued.length);
    const [first = ""] = argued;
    const refuted = guardsOf([{ part: PART, tally: { ...emptyTally(), met: { [first]: 1, NoDeadDispatch: 1 } } }]);
    expect(refuted.refuted).toEqual([first]);
    expect(refuted.argued).not.toContain(first);
    expect(refuted.unmet).not.toContain("NoDeadDispatch");
  });

  it("counts a guard as met only where its judge looked on", () => {
    traceSpec("SIM-PLAN-UNMET", "SIM-PLAN-REFUTED");
    const judge = "linearizability";
    const [argued = ""] = Object.keys(UNMEETABLE);
    const tally = { ...emptyTally(), met: { [judge]: 3, [argued]: 1 } };
    const loss: PartTally = { part: { ...STRICT, judges: "loss" }, tally };
    const { judges, unmet, refuted } = guardsOf([{ part: PART, tally: emptyTally() }, loss]);
    expect(judges).toContain(argued);
    expect(unmet).toContain(judge);
    expect(refuted).toEqual([]);
    const met = guardsOf([
      { part: PART, tally },
      { ...loss, tally: emptyTally() },
    ]);
    expect(met.unmet).not.toContain(judge);
    expect(met.refuted).toEqual([argued]);
  });

  it("is not sound where a planned judge had nothing to judge, against an argument had, or broke", () => {
    traceSpec("SIM-PLAN-UNMET");
    traceSpec("SIM-PLAN-REFUTED");
    const { judges, argued } = guardsOf([{ part: PART, tally: emptyTally() }]);
    const met = Object.fromEntries(judges.filter((each) => !argued.includes(each)).map((each) => [each, 1]));
    const sound = (tally: Partial<Tally>, planned = true) =>
      isSound([{ part: PART, tally: { ...emptyTally(), ...tally } }], planned);
    expect(sound({ met })).toBe(true);
    expect(sound({ met: { ...met, NoDeadDispatch: 0 } })).toBe(false);
    expect(sound({ met: { ...met, [argued[0] ?? ""]: 1 } })).toBe(false);
    expect(sound({ met: {} }, false)).toBe(true);
    expect(sound({ met, broken: { NoDeadDispatch: broken } })).toBe(false);
    expect(sound({ met: {}, broken: { NoDeadDispatch: broken } }, false)).toBe(false);
  });
});
