import { compareText } from "../../model/span.js";
import { anyCompatible } from "./cubes.js";
import type { Case, World } from "./world.js";
import { ask } from "./world.js";

/** Two statements whose demands exclude each other. */
export interface Rivals {
  output: string;
  one: Case;
  other: Case;
}

/** Comparisons of guards one analysis may make: a minute of work. What is beyond is counted as skipped. */
const MOST_PAIRS = 20_000_000;

/** Demands that exclude each other, by demand keys: what the pairs are made of. */
export async function rivalDemands(world: World, cases: readonly Case[]): Promise<(a: Case, b: Case) => boolean> {
  const byDemand = new Map<string, Case>();
  for (const each of cases) if (!byDemand.has(each.demandKey)) byDemand.set(each.demandKey, each);
  const exclusive = new Set<string>();
  const byOutput = groupByOutput([...byDemand.values()]);
  for (const group of byOutput.values()) {
    for (const [index, one] of group.entries()) {
      for (const other of group.slice(index + 1)) {
        if (await areExclusive(world, one, other)) exclusive.add(pairKey(one.demandKey, other.demandKey));
      }
    }
  }
  return (a, b) => exclusive.has(pairKey(a.demandKey, b.demandKey));
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

async function areExclusive(world: World, one: Case, other: Case): Promise<boolean> {
  if (one.demandCubes !== null && other.demandCubes !== null) {
    return !anyCompatible(one.demandCubes, other.demandCubes);
  }
  const parts = [one, other].map((each) => ({ formula: each.formal.response, moment: "demanded" as const }));
  return (await ask(world, parts, [])) === "unsat";
}

export function groupByOutput(cases: readonly Case[]): Map<string, Case[]> {
  const groups = new Map<string, Case[]>();
  for (const each of cases) {
    for (const output of each.formal.outputs) {
      const group = groups.get(output);
      if (group === undefined) groups.set(output, [each]);
      else group.push(each);
    }
  }
  return new Map([...groups].sort(([a], [b]) => compareText(a, b)));
}

/**
 * Every pair of statements about one output with exclusive demands whose guards `mayMeet`, by output and then in the order of
 * keys. A pair that shares several outputs is given for the first.
 */
export function rivalsOf(
  world: World,
  cases: readonly Case[],
  excluded: (a: Case, b: Case) => boolean,
  mayMeet: (a: Case, b: Case) => boolean,
): Rivals[] {
  const found: Rivals[] = [];
  const seen = new Map<Case, Set<Case>>();
  let compared = 0;
  for (const [output, group] of groupByOutput(cases)) {
    const demands = [...new Set(group.map((each) => each.demandKey))];
    if (demands.length < 2) continue;
    const classes = demands.map((key) => group.filter((each) => each.demandKey === key));
    for (const [index, ones] of classes.entries()) {
      for (const others of classes.slice(index + 1)) {
        const [first, second] = [ones[0], others[0]];
        if (first === undefined || second === undefined || !excluded(first, second)) continue;
        compared += ones.length * others.length;
        if (compared > MOST_PAIRS) {
          world.counts.skipped += ones.length * others.length;
          continue;
        }
        for (const one of ones) {
          for (const other of others) {
            if (seen.get(one)?.has(other) || !mayMeet(one, other)) continue;
            seen.set(one, (seen.get(one) ?? new Set()).add(other));
            found.push(
              one.formal.key <= other.formal.key ? { output, one, other } : { output, one: other, other: one },
            );
          }
        }
      }
    }
  }
  return found;
}

/** Whether the guards of two statements may hold at one instant, as far as can be said without a solver. */
export function guardsMayMeet(a: Case, b: Case): boolean {
  return a.guardCubes === null || b.guardCubes === null || anyCompatible(a.guardCubes, b.guardCubes);
}

export function levelsMayMeet(a: Case, b: Case): boolean {
  return a.levelCubes === null || b.levelCubes === null || anyCompatible(a.levelCubes, b.levelCubes);
}

/** A star of pairs with one cause: one statement that is at odds with several. */
export interface Knot {
  output: string;
  pair: readonly [Case, Case];
  others: Case[];
}

/**
 * Groups pairs by cause: statements of one family count as one, and a statement at odds with several is the cause of them
 * all. Greedy, most pairs first; ties by key.
 */
export function knotsOf(pairs: readonly Rivals[]): Knot[] {
  const left = new Set(pairs);
  const knots: Knot[] = [];
  while (left.size > 0) {
    const degree = new Map<string, number>();
    for (const { one, other } of left) {
      for (const end of [one.family, other.family]) degree.set(end, (degree.get(end) ?? 0) + 1);
    }
    const [center] = [...degree].sort(([a, m], [b, n]) => n - m || compareText(a, b))[0] ?? [""];
    const star = [...left]
      .filter(({ one, other }) => one.family === center || other.family === center)
      .sort(compareRivals);
    for (const each of star) left.delete(each);
    const [first] = star;
    if (first === undefined) break;
    const members = new Set(star.flatMap(({ one, other }) => [one, other]));
    members.delete(first.one);
    members.delete(first.other);
    knots.push({ output: first.output, pair: [first.one, first.other], others: [...members].sort(compareCases) });
  }
  return knots.sort((a, b) => compareCases(a.pair[0], b.pair[0]) || compareCases(a.pair[1], b.pair[1]));
}

/** Requirements before scenarios: the rule before its illustration. */
function compareRivals(a: Rivals, b: Rivals): number {
  const rank = ({ one, other }: Rivals) =>
    [one, other].filter((each) => each.formal.source.origin.kind === "scenario").length;
  return rank(a) - rank(b) || compareCases(a.one, b.one) || compareCases(a.other, b.other);
}

export function compareCases(a: Case, b: Case): number {
  return compareText(a.formal.key, b.formal.key);
}
