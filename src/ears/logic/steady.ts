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
 * be a situation in which no statement does.
 */
export async function certaintyOf(
  world: World,
  set: readonly Case[],
  demanding: ReadonlyMap<string, readonly Case[]>,
): Promise<Tier> {
  const roles = variablesOf(set.map((each) => each.guard)).map((name) => world.lexicon.variable(name)?.role);
  if (roles.includes("output")) return "possible";
  const levels = set.filter((each) => !hasEdge(each.guard)).map((each) => each.guard);
  const changing = variablesOf(levels).flatMap((name) => demanding.get(name) ?? []);
  const steps = [...new Set(changing)].filter(
    (each) => isBinding(each) && set.every((other) => guardsMayMeet(each, other)),
  );
  if (steps.length > 0) {
    const formulas = [
      ...set.map((each) => each.guard),
      ...steps.map((each) => ({ kind: "not", of: each.guard }) as const),
    ];
    const parts = formulas.map((formula) => ({ formula, moment: "now" as const }));
    if ((await ask(world, parts)) !== "sat") return "possible";
  }
  return inContext("proved", set);
}
