import type { Formula } from "../formal/formula.js";
import { hasEdge } from "../formal/formula.js";
import { inContext } from "./context.js";
import type { Tier } from "./discovery.js";
import { guardsMayMeet } from "./pairs.js";
import type { Case, World } from "./world.js";
import { ask, isBinding, variablesOf } from "./world.js";

/**
 * How certain a conflict between statements is whose guards can hold together. Proved only if the environment alone brings it
 * about: a guard over an output is the system's own doing. And a level (`WHILE the mode is idle`) may end at the very instant
 * at which some statement changes the state it depends on (`WHEN start is pressed, … set the mode to running`), so there must
 * be a situation in which no statement does. And an obligation that something ends is over once that has held, so there must
 * be one in which it did not hold just before either.
 */
export async function certaintyOf(
  world: World,
  set: readonly Case[],
  demanding: ReadonlyMap<string, readonly Case[]>,
): Promise<Tier> {
  const roles = variablesOf(set.map((each) => each.guard)).map((name) => world.lexicon.variable(name)?.role);
  if (roles.includes("output") || needsJump(set)) return "possible";
  const levels = set.filter((each) => !hasEdge(each.guard)).map((each) => each.guard);
  const changing = variablesOf(levels).flatMap((name) => demanding.get(name) ?? []);
  const steps = [...new Set(changing)].filter(
    (each) => isBinding(each) && set.every((other) => guardsMayMeet(each, other)),
  );
  const ended = set.filter((each) => !hasEdge(each.guard)).flatMap((each) => each.formal.ends);
  if (steps.length > 0 || ended.length > 0) {
    const formulas = [
      ...set.map((each) => each.guard),
      ...steps.map((each) => ({ kind: "not", of: each.guard }) as const),
    ];
    const parts = [
      ...formulas.map((formula) => ({ formula, moment: "now" as const })),
      ...ended.map((end) => ({ formula: { kind: "not", of: end } as const, moment: "before" as const })),
    ];
    if ((await ask(world, parts)) !== "sat") return "possible";
  }
  return inContext("proved", set);
}

/**
 * Whether the statements bind together only if a number crosses two thresholds at one instant: `WHEN the pressure rises above
 * 5 bar` and `WHEN the pressure rises above 6 bar` follow one another where numbers change gradually.
 */
function needsJump(set: readonly Case[]): boolean {
  const crossings = new Map<string, string>();
  for (const each of set) {
    for (const { variable, threshold } of crossingsOf(each.guard)) {
      const first = crossings.get(variable);
      if (first !== undefined && first !== threshold) return true;
      crossings.set(variable, threshold);
    }
  }
  return false;
}

/** The instants in a conjunction at which one number crosses one threshold. */
function crossingsOf(guard: Formula): { variable: string; threshold: string }[] {
  if (guard.kind === "and") return guard.of.flatMap(crossingsOf);
  if (guard.kind !== "rising") return [];
  const crossed = guard.of.kind === "not" ? guard.of.of : guard.of;
  if (crossed.kind !== "atom" || crossed.atom.test.is !== "compared") return [];
  const { numerator, denominator } = crossed.atom.test.number;
  return [{ variable: crossed.atom.variable, threshold: `${numerator}/${denominator}` }];
}
