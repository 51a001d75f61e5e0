import type { Solver, Term } from "../../model/solver.js";
import { compareText } from "../../model/span.js";
import type { FormalStatement } from "../formal/formalise.js";
import type { Formula } from "../formal/formula.js";
import { asLevel, atomsOf } from "../formal/formula.js";
import type { Lexicon } from "../formal/lexicon.js";
import { meaningOf } from "../formal/phrase.js";
import type { Cube, Moment } from "./cubes.js";
import { cubesOf } from "./cubes.js";
import type { Encoder } from "./encode.js";
import { mentions } from "./encode.js";

/** What is assumed of the environment, formalised. */
export interface Fact {
  text: string;
  formula: Formula;
  variables: readonly string[];
}

/** A formal statement with what the checks ask of it again and again. */
export interface Case {
  formal: FormalStatement;
  /** Its guard as it is read, and with every WHEN as a level. */
  guard: Formula;
  level: Formula;
  /** Null: too many alternatives; the solver decides. */
  guardCubes: readonly Cube[] | null;
  levelCubes: readonly Cube[] | null;
  demandCubes: readonly Cube[] | null;
  demandKey: string;
  guardKey: string;
  /** Empty where nothing ends it. */
  endsKey: string;
  /** Requirement it belongs to: a requirement and its scenarios are one family. */
  family: string;
  /** False for a scenario that may leave out a condition of its requirement: what it says holds in that context only. */
  selfContained: boolean;
  /** Of such a scenario: the requirement has one context, which its scenarios then have in common. */
  sharesContext: boolean;
}

/** What the checks share. */
export interface World {
  lexicon: Lexicon;
  encoder: Encoder;
  facts: readonly Fact[];
  solver: Solver;
  counts: { queries: number; unknown: number; skipped: number };
}

export interface Part {
  formula: Formula;
  moment: Moment;
}

export function caseOf(lexicon: Lexicon, formal: FormalStatement): Case {
  const level = asLevel(formal.guard);
  const { origin } = formal.source;
  return {
    formal,
    guard: formal.guard,
    level,
    guardCubes: cubesOf(lexicon, formal.guard, "now"),
    levelCubes: cubesOf(lexicon, level, "now"),
    demandCubes: cubesOf(lexicon, formal.response, "demanded"),
    demandKey: meaningOf(formal.response),
    guardKey: meaningOf(formal.guard),
    endsKey: formal.ends.map(meaningOf).sort().join("\n"),
    family: origin.parent ?? origin.tag ?? formal.label,
    selfContained: true,
    sharesContext: true,
  };
}

/** Asks the solver whether all parts can hold together, given the declarations and the facts that concern them. */
export async function ask(
  world: World,
  parts: readonly Part[],
  facts = world.facts,
): Promise<"sat" | "unsat" | "unknown"> {
  world.counts.queries++;
  const answer = await world.solver.check(assertionsOf(world, parts, facts));
  if (answer.status === "unknown") world.counts.unknown++;
  return answer.status;
}

/** The whole question: parts, declarations of what they mention, and facts about that. */
export function assertionsOf(world: World, parts: readonly Part[], facts: readonly Fact[]): Term[] {
  const mentioned = new Map<string, Set<Moment>>();
  for (const { formula, moment } of parts) mentions(formula, moment, mentioned);
  const concerned = factsAbout(facts, [...mentioned.keys()]);
  const before = [...mentioned.values()].some((moments) => moments.has("before"));
  const moments: readonly Moment[] = before ? ["now", "before"] : ["now"];
  const given = concerned.flatMap((fact) => moments.map((moment) => ({ formula: fact.formula, moment })));
  for (const { formula, moment } of given) mentions(formula, moment, mentioned);
  const variables = [...mentioned.keys()].sort(compareText);
  const declared = variables.flatMap((name) =>
    [...(mentioned.get(name) ?? [])].sort(compareText).flatMap((moment) => world.encoder.declared(name, moment)),
  );
  return [...declared, ...given, ...parts].map((each) =>
    "op" in each ? each : world.encoder.term(each.formula, each.moment),
  );
}

/** The facts that speak about some of the variables, or about what another such fact speaks about. */
export function factsAbout(facts: readonly Fact[], variables: readonly string[]): Fact[] {
  const reached = new Set(variables);
  const taken = new Set<Fact>();
  for (let grew = true; grew; ) {
    grew = false;
    for (const fact of facts) {
      if (taken.has(fact) || !fact.variables.some((name) => reached.has(name))) continue;
      taken.add(fact);
      for (const name of fact.variables) reached.add(name);
      grew = true;
    }
  }
  return facts.filter((fact) => taken.has(fact));
}

export function variablesOf(formulas: readonly Formula[]): string[] {
  return [...new Set(formulas.flatMap((formula) => atomsOf(formula).map((atom) => atom.variable)))].sort(compareText);
}

/** Whether some fact concerns the formulas, so that a situation found without facts may be excluded. */
export function isConstrained(world: World, formulas: readonly Formula[]): boolean {
  return world.facts.length > 0 && factsAbout(world.facts, variablesOf(formulas)).length > 0;
}

export const isBinding = (each: Case) => each.formal.modality === "shall";
