import { hasEdge } from "../formal/formula.js";
import type { Discovery, Tier } from "./discovery.js";
import type { Rivals } from "./pairs.js";
import { groupByOutput, guardsMayMeet, knotsOf, levelsMayMeet, rivalDemands, rivalsOf } from "./pairs.js";
import { narrate, situationOf } from "./scenario.js";
import { certaintyOf } from "./steady.js";
import { triplesOf } from "./triples.js";
import type { Case, World } from "./world.js";
import { ask, assertionsOf, isBinding } from "./world.js";

/**
 * Conflicts, permissions against obligations, and pairs on which the two readings of WHEN differ. The environment can force
 * a conflict when the guards can hold together and no output satisfies both demands.
 */
export async function rivalries(world: World, cases: readonly Case[]): Promise<Discovery[]> {
  const excluded = await rivalDemands(world, cases);
  const { met, open } = await together(world, rivalsOf(world, cases, excluded, guardsMayMeet));
  const conflicts = met.filter(({ one, other }) => isBinding(one) && isBinding(other));
  const soft = met.filter(({ one, other }) => isBinding(one) !== isBinding(other));
  const settled = new Set([...met, ...open].map(keyOfPair));
  const levels = rivalsOf(world, cases.filter(isBinding), excluded, levelsMayMeet).filter(
    (pair) => !settled.has(keyOfPair(pair)) && (hasEdge(pair.one.guard) || hasEdge(pair.other.guard)),
  );
  const readings = (await together(world, levels, true)).met;
  const demanding = groupByOutput(cases);
  return [
    ...(await threeway(world, cases.filter(isBinding), demanding)),
    ...(await byTier(world, "conflict", conflicts, demanding)),
    ...(await byTier(world, "permission", soft, demanding)),
    ...knotsOf(readings).map((knot) => describe(world, "edge-level", "possible", knot)),
  ];
}

type Demanding = ReadonlyMap<string, readonly Case[]>;

async function threeway(world: World, cases: readonly Case[], demanding: Demanding): Promise<Discovery[]> {
  const discoveries: Discovery[] = [];
  for (const set of triplesOf(cases)) {
    const parts = set.map((each) => ({ formula: each.guard, moment: "now" as const }));
    if ((await ask(world, parts)) !== "sat") continue;
    const output = [...new Set(set.flatMap((each) => each.formal.outputs))].join(" and ");
    const tier = await certaintyOf(world, set, demanding);
    discoveries.push(describe(world, "conflict", tier, { output, pair: set, others: [] }));
  }
  return discoveries;
}

/** Proved pairs and possible ones are grouped apart, so that a finding is as certain as its tier says about each pair. */
async function byTier(
  world: World,
  check: "conflict" | "permission",
  pairs: readonly Rivals[],
  demanding: Demanding,
): Promise<Discovery[]> {
  const groups: Record<Tier, Rivals[]> = { proved: [], assumed: [], possible: [] };
  for (const pair of pairs) groups[await certaintyOf(world, [pair.one, pair.other], demanding)].push(pair);
  return (["proved", "possible"] as const).flatMap((tier) =>
    knotsOf(groups[tier]).map((knot) => describe(world, check, tier, knot)),
  );
}

/** More pairs are not asked about, but counted as skipped: nobody reads as many conflicts. */
const MOST_QUESTIONS = 5_000;

/** The pairs whose guards the solver says can hold together. */
async function together(
  world: World,
  pairs: readonly Rivals[],
  level = false,
): Promise<{ met: Rivals[]; open: Rivals[] }> {
  const met: Rivals[] = [];
  const open: Rivals[] = [];
  world.counts.skipped += Math.max(0, pairs.length - MOST_QUESTIONS);
  for (const pair of pairs.slice(0, MOST_QUESTIONS)) {
    const parts = [pair.one, pair.other].map((each) => ({
      formula: level ? each.level : each.guard,
      moment: "now" as const,
    }));
    const status = await ask(world, parts);
    if (status === "sat") met.push(pair);
    else if (status === "unknown") open.push(pair);
  }
  return { met, open: [...open, ...pairs.slice(MOST_QUESTIONS)] };
}

function keyOfPair({ one, other }: Rivals): string {
  return `${one.formal.key}\n${other.formal.key}`;
}

const CODES = { conflict: "LOGIC001", permission: "LOGIC005", "edge-level": "LOGIC006" } as const;

function describe(
  world: World,
  check: keyof typeof CODES,
  tier: Tier,
  { output, pair, others }: { output: string; pair: readonly Case[]; others: readonly Case[] },
): Discovery {
  const level = check === "edge-level";
  const cube = situationOf(world, pair, level);
  const scenario = cube === null ? [] : narrate(world, pair, cube);
  const parts = pair.map((each) => ({ formula: level ? each.level : each.guard, moment: "now" as const }));
  const demands = pair.map((each) => ({ formula: each.formal.response, moment: "demanded" as const }));
  return {
    check,
    code: CODES[check],
    tier,
    cases: pair,
    others,
    message: message(check, output, pair, scenario),
    scenario,
    assumptions: [],
    questions: [
      {
        title: "the conditions can hold together",
        assertions: assertionsOf(world, parts, world.facts),
        expected: "sat",
      },
      { title: "no output meets all demands", assertions: assertionsOf(world, demands, []), expected: "unsat" },
    ],
  };
}

function message(
  check: keyof typeof CODES,
  output: string,
  pair: readonly Case[],
  scenario: readonly string[],
): string {
  const when = scenario.length === 0 ? "at one instant" : `when ${scenario.join(", and ")}`;
  const demands = pair.map((each) => `${each.formal.label} says ${said(each)}`).join(" and ");
  if (check === "conflict")
    return `Unexpected conflict over ${output}: ${when}, ${demands}; expected demands that can all be met`;
  if (check === "permission") {
    return `Unexpected permission or advice against an obligation about ${output}: ${when}, ${demands}; expected them to agree`;
  }
  return `Unexpected difference between the readings of WHEN about ${output}: as states, ${when}, ${demands}, and as instants they never meet; expected both readings to agree`;
}

function said({ formal }: Case): string {
  const { modal, response, items } = formal.source;
  return JSON.stringify(`${modal.text} ${response?.text ?? items.map((item) => item.text).join("; ")}`);
}
