import { FAULT_SITES } from "../run.js";
import { CASE_TAGS } from "./case-tags.js";
import type { CampaignItem } from "./file.js";
import { campaignOf } from "./file.js";
import { JUDGES, tagsOfJudge } from "./judge-tags.js";
import type { Tally } from "./tally.js";

/** What was run, in the words of the command line. */
export interface Ran {
  /** A range of seeds, such as `1..1000`. */
  readonly seeds: string;
  /** The command that ran it, as an argument vector. */
  readonly command: readonly string[];
  /** What replays the seed. */
  readonly replay: (seed: number) => string;
  /** Names of the judges that looked. */
  readonly judges: readonly string[];
  /** Profile, mode and whatever else was chosen, for people. */
  readonly settings: string;
}

/**
 * What a campaign says about which requirement: an item for each judge, for each case of the specification that was met,
 * for each step of the mapping that was carried out, and for each fault site. A judge that was never met says so.
 */
export function campaignReport(tally: Tally, ran: Ran): object {
  return campaignOf("durable simulation", ran.command, [
    ...judgeItems(tally, ran),
    ...caseItems(tally, ran),
    ...ruleItems(tally, ran),
    ...faultItems(tally, ran),
  ]);
}

function judgeItems(tally: Tally, ran: Ran): CampaignItem[] {
  return JUDGES.filter((judge) => ran.judges.includes(judge) || tally.broken[judge] !== undefined).map((judge) => {
    const broken = tally.broken[judge];
    const failed = broken && `seed ${broken.seed}: ${broken.violation.message} (${ran.replay(broken.seed)})`;
    return {
      kind: "simulation",
      name: judge,
      tags: tagsOfJudge(judge),
      outcome: failed === undefined ? "pass" : "fail",
      triggered: tally.met[judge] ?? 0,
      ...common(tally, ran, failed),
    };
  });
}

function caseItems(tally: Tally, ran: Ran): CampaignItem[] {
  return Object.entries(CASE_TAGS).flatMap(([name, tags]) => {
    const count = tally.cases[name] ?? 0;
    return count === 0 ? [] : [counted(`case: ${name}`, tags, count, tally, ran)];
  });
}

function ruleItems(tally: Tally, ran: Ran): CampaignItem[] {
  return Object.entries(tally.rules).map(([tag, count]) =>
    counted(`step of the mapping: ${tag}`, [tag], count, tally, ran),
  );
}

function faultItems(tally: Tally, ran: Ran): CampaignItem[] {
  return FAULT_SITES.map((site) => ({
    ...counted(`fault: ${site}`, ["SIM-FAULT-SITES"], tally.faults[site] ?? 0, tally, ran),
    kind: "fault-injection" as const,
  }));
}

/** Steps that were taken while every judge looked on: where one broke, they are no evidence. */
function counted(name: string, tags: readonly string[], count: number, tally: Tally, ran: Ran): CampaignItem {
  const broken = Object.keys(tally.broken);
  const note = broken.length === 0 ? undefined : `broken in the same campaign: ${broken.sort().join(", ")}`;
  return {
    kind: "simulation",
    name,
    tags,
    outcome: broken.length === 0 ? "pass" : "inconclusive",
    triggered: count,
    ...common(tally, ran, note),
  };
}

function common(tally: Tally, ran: Ran, note: string | undefined) {
  const faults = Object.values(tally.faults).reduce((sum, count) => sum + count, 0);
  return {
    seeds: [ran.seeds],
    strength: { runs: tally.runs, steps: tally.steps, "platform operations": tally.operations, faults },
    notes: [`seeds ${ran.seeds}, ${ran.settings}`, ...(note === undefined ? [] : [note])],
  };
}
