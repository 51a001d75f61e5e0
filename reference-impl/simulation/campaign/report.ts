import { LINEARIZABILITY } from "../linearizability/judge.js";
import { FAULT_SITES } from "../run.js";
import { CASE_TAGS } from "./case-tags.js";
import type { CampaignItem } from "./file.js";
import { campaignOf } from "./file.js";
import { JUDGES, judgesFor, tagsOfJudge } from "./judge-tags.js";
import { type Part, words } from "./plan.js";
import { type PartTally, type Tally, totalOf } from "./tally.js";
import { UNMEETABLE } from "./unmeetable.js";

/** What was run, in the words of the command line. */
export interface Ran {
  /** The command that ran it, as an argument vector. */
  readonly command: readonly string[];
  /** What replays a seed of the part. */
  readonly replay: (seed: number, part: Part) => string;
}

/** How often something was met in a part. */
type Count = (tally: Tally) => number;

/**
 * What a campaign says about which requirement: an item for each judge, for each case of the specification that was met and
 * for each step of the mapping that was carried out while the named properties were judged, and for each fault site. A judge
 * that was never met says so. Every item says how often it was met in which seeds, and what these were run with.
 */
export function campaignReport(parts: readonly PartTally[], ran: Ran): object {
  const total = totalOf(parts);
  // Where few judges look at the steps, these are no evidence.
  const judged = parts.filter(({ part: { judges } }) => judges === "all" || judges === "properties");
  return campaignOf("durable simulation", ran.command, [
    ...judgeItems(parts, ran),
    ...caseItems(judged, total),
    ...ruleItems(judged, total),
    ...faultItems(parts, total),
  ]);
}

function judgeItems(all: readonly PartTally[], ran: Ran): CampaignItem[] {
  return JUDGES.flatMap((judge): CampaignItem[] => {
    const parts = all.filter(({ part, tally }) => judgesFor(part.judges).includes(judge) || judge in tally.broken);
    if (parts.length === 0) return [];
    const { broken, met, undecided } = totalOf(parts);
    const triggered = met[judge] ?? 0;
    const found = broken[judge];
    const argument = triggered === 0 ? UNMEETABLE[judge] : undefined;
    return [
      {
        kind: "simulation",
        name: judge,
        tags: tagsOfJudge(judge),
        outcome: found === undefined ? "pass" : "fail",
        triggered,
        ...about(parts, (tally) => tally.met[judge] ?? 0, [
          ...(found === undefined
            ? []
            : [`seed ${found.seed}: ${found.violation.message} (${replayOf(found.seed, parts, ran.replay)})`]),
          ...(judge === LINEARIZABILITY ? [`histories that the search gave up on: ${undecided}`] : []),
          ...(argument === undefined ? [] : [`cannot be met in a simulated run: ${argument}`]),
        ]),
      },
    ];
  });
}

/** The command that replays the seed: no seed is in two parts. */
export function replayOf(seed: number, parts: readonly PartTally[], replay: Ran["replay"]): string {
  const found = parts.find(({ part: { seeds } }) => seeds.first <= seed && seed <= seeds.last);
  return found === undefined ? "" : replay(seed, found.part);
}

function caseItems(parts: readonly PartTally[], { broken }: Tally): CampaignItem[] {
  const { cases } = totalOf(parts);
  return Object.entries(CASE_TAGS).flatMap(([name, tags]) =>
    (cases[name] ?? 0) === 0 ? [] : [counted(`case: ${name}`, tags, parts, (tally) => tally.cases[name] ?? 0, broken)],
  );
}

function ruleItems(parts: readonly PartTally[], { broken }: Tally): CampaignItem[] {
  const { rules } = totalOf(parts);
  return Object.keys(rules).map((tag) =>
    counted(`step of the mapping: ${tag}`, [tag], parts, (tally) => tally.rules[tag] ?? 0, broken),
  );
}

/** That a site struck, which needs no judge: what else went wrong in the run makes it doubtful all the same. */
function faultItems(parts: readonly PartTally[], { broken }: Tally): CampaignItem[] {
  return FAULT_SITES.map((site) => ({
    ...counted(`fault: ${site}`, ["SIM-FAULT-SITES"], parts, (tally) => tally.faults[site] ?? 0, broken),
    kind: "fault-injection" as const,
  }));
}

/** What was counted in a campaign in which no judge broke: where one did, it is no evidence. */
function counted(
  name: string,
  tags: readonly string[],
  parts: readonly PartTally[],
  count: Count,
  broken: Tally["broken"],
): CampaignItem {
  const judges = Object.keys(broken).sort();
  return {
    kind: "simulation",
    name,
    tags,
    outcome: judges.length === 0 ? "pass" : "inconclusive",
    triggered: parts.reduce((sum, { tally }) => sum + count(tally), 0),
    ...about(parts, count, judges.length === 0 ? [] : [`broken in the same campaign: ${judges.join(", ")}`]),
  };
}

function about(parts: readonly PartTally[], count: Count, notes: readonly string[]) {
  const { runs, steps, operations, faults } = totalOf(parts);
  const taken = Object.values(faults).reduce((sum, each) => sum + each, 0);
  return {
    seeds: parts.map(({ part }) => rangeOf(part)),
    strength: { runs, steps, "platform operations": operations, faults: taken },
    notes: [...placesOf(parts, count), ...notes],
  };
}

/** In which seeds it was met how often, a line for each mode; the words in brackets are what replays one of the seeds. */
function placesOf(parts: readonly PartTally[], count: Count): string[] {
  return (["compat", "strict"] as const).flatMap((mode) => {
    const of = parts.filter(({ part }) => part.mode === mode);
    const places = of.flatMap(({ part, tally }) => {
      const times = count(tally);
      return times === 0 ? [] : [`${times} in seeds ${rangeOf(part)} (${words(part).join(" ")})`];
    });
    if (of.length === 0) return [];
    return [places.length === 0 ? `never met in ${mode} mode` : `met in ${mode} mode: ${places.join(", ")}`];
  });
}

export function rangeOf({ seeds }: Part): string {
  return `${seeds.first}..${seeds.last}`;
}
