import { avoid } from "./avoid.js";
import { inContext } from "./context.js";
import type { Cube } from "./cubes.js";
import { anyCompatible, entails } from "./cubes.js";
import type { Discovery, Tier } from "./discovery.js";

import { compareCases, groupByOutput } from "./pairs.js";
import type { Case, Fact, World } from "./world.js";
import { ask, assertionsOf, isBinding, isConstrained } from "./world.js";

interface Implied {
  one: Case;
  core: Case[];
  /** It implies its only implier too. */
  mutual: boolean;
}

/**
 * Statements that others imply. For each thing a statement demands, the others that demand at least that are asked whether one
 * of them always binds when it does. Never between a requirement and its own scenarios; siblings only when equal.
 */
export async function redundancies(
  world: World,
  cases: readonly Case[],
  settled: (a: Case, b: Case) => boolean,
): Promise<Discovery[]> {
  const binding = cases.filter(isBinding);
  const groups = groupByOutput(binding);
  const implied: Implied[] = [];
  for (const one of binding) {
    const found = await impliedBy(world, one, groups, settled);
    if (found !== null) implied.push(found);
  }
  return arrange(world, implied);
}

async function impliedBy(
  world: World,
  one: Case,
  groups: ReadonlyMap<string, readonly Case[]>,
  settled: (a: Case, b: Case) => boolean,
): Promise<Implied | null> {
  const [demand, more] = one.demandCubes ?? [];
  if (demand === undefined || more !== undefined || one.guardCubes === null) return null;
  const core = new Set<Case>();
  let single: Case | null = null;
  for (const slot of demand.keys()) {
    const part = new Map([...demand].filter(([key]) => key === slot));
    const output = slot.slice(slot.indexOf(" ") + 1);
    const candidates = (groups.get(output) ?? []).filter(
      (other) =>
        other !== one &&
        isIndependent(one, other) &&
        lastsAsLong(one, other) &&
        !settled(one, other) &&
        demands(other, part) &&
        mayMeet(one, other),
    );
    if (candidates.length === 0) return null;
    const direct = candidates.filter((other) => covers(one, other)).sort(compareCases);
    const equal = direct.find((other) => covers(other, one));
    const chosen = equal ?? direct.find((other) => !areSiblings(one, other));
    if (chosen !== undefined) {
      core.add(chosen);
      single = equal ?? null;
      continue;
    }
    const minimal = await minimalCover(
      world,
      one,
      candidates.filter((other) => !areSiblings(one, other)),
    );
    if (minimal === null) return null;
    for (const each of minimal) core.add(each);
  }
  if (core.size === 0) return null;
  const [only] = core;
  const mutual =
    core.size === 1 && single === only && only !== undefined && lastsAsLong(only, one) && implies(only, demand, one);
  return { one, core: [...core].sort(compareCases), mutual };
}

function implies(other: Case, demand: Cube, one: Case): boolean {
  return (other.demandCubes ?? []).every((cube) => entails(demand, cube)) && covers(other, one);
}

function demands(other: Case, part: Cube): boolean {
  return (
    other.demandCubes !== null && other.demandCubes.length > 0 && other.demandCubes.every((cube) => entails(cube, part))
  );
}

function mayMeet(one: Case, other: Case): boolean {
  return one.guardCubes === null || other.guardCubes === null || anyCompatible(one.guardCubes, other.guardCubes);
}

/** Whether `other` binds whenever `one` does, cube by cube: sound, not complete. */
function covers(one: Case, other: Case): boolean {
  if (one.guardKey === other.guardKey) return true;
  return one.guardCubes?.every((cube) => other.guardCubes?.some((wider) => entails(cube, wider)) ?? false) ?? false;
}

/** A statement with an end binds on after its trigger, so only one with the same end may bind as long. */
function lastsAsLong(one: Case, other: Case): boolean {
  return one.endsKey === "" || one.endsKey === other.endsKey;
}

function isIndependent(a: Case, b: Case): boolean {
  const [one, other] = [a.formal.source.origin, b.formal.source.origin];
  const owns = (parent: typeof one, child: typeof one) => child.parent !== null && child.parent === parent.tag;
  return !owns(one, other) && !owns(other, one);
}

function areSiblings(a: Case, b: Case): boolean {
  return a.family === b.family;
}

/** The statements of which one binds whenever `one` does, fewest by deletion from the last; null when there is an escape. */
async function minimalCover(world: World, one: Case, candidates: readonly Case[]): Promise<Case[] | null> {
  if (candidates.length === 0) return null;
  const constrained = isConstrained(
    world,
    [one, ...candidates].map((each) => each.guard),
  );
  const known = candidates.flatMap((each) => (each.guardCubes === null ? [] : [each.guardCubes]));
  if (!constrained && known.length === candidates.length) {
    const out = (one.guardCubes ?? []).map((cube) => avoid(world.lexicon, cube, known));
    if (out.some((way) => way !== null && way !== "unknown")) return null;
  }
  const isCover = async (set: readonly Case[]) => (await ask(world, question(one, set))) === "unsat";
  let cover = [...candidates].sort(compareCases);
  if (!(await isCover(cover))) return null;
  for (const each of [...cover].reverse()) {
    const fewer = cover.filter((other) => other !== each);
    if (fewer.length > 0 && (await isCover(fewer))) cover = fewer;
  }
  return cover;
}

function question(one: Case, cover: readonly Case[]) {
  const parts = [one.guard, ...cover.map((each) => ({ kind: "not", of: each.guard }) as const)];
  return parts.map((formula) => ({ formula, moment: "now" as const }));
}

/** Equal statements become one finding; a family that repeats another one does so once. */
async function arrange(world: World, implied: readonly Implied[]): Promise<Discovery[]> {
  const told = new Map<string, Discovery>();
  const equals = new Map<Case, Case>();
  const discoveries: Discovery[] = [];
  for (const { one, core, mutual } of [...implied].sort(compareImplied)) {
    const [first] = core;
    if (first === undefined) continue;
    if (mutual && equals.get(first) === one) continue;
    if (discoveries.some(({ cases }) => cases.length > 2 && [one, ...core].every((each) => cases.includes(each))))
      continue;
    if (mutual) equals.set(one, first);
    const families = [one, ...core]
      .map((each) => each.family)
      .sort()
      .join("\n");
    const earlier = told.get(families);
    if (earlier !== undefined) {
      earlier.others = [...new Set([...earlier.others, one, ...core])]
        .filter((each) => !earlier.cases.includes(each))
        .sort(compareCases);
      continue;
    }
    const found = await describe(world, one, core, mutual);
    if (found === null) continue;
    told.set(families, found);
    discoveries.push(found);
  }
  return discoveries;
}

/** What needs several others comes first: that each of those follows from it is part of the same matter. */
function compareImplied(a: Implied, b: Implied): number {
  return b.core.length - a.core.length || rank(a) - rank(b) || compareCases(a.one, b.one);
}

function rank({ one }: Implied): number {
  return one.formal.source.origin.kind === "requirement" ? 0 : 1;
}

async function describe(world: World, one: Case, core: readonly Case[], mutual: boolean): Promise<Discovery | null> {
  const needed: Fact[] = [];
  const parts = question(one, core);
  const bare = await ask(world, parts, []);
  if (bare !== "unsat") {
    if ((await ask(world, parts)) !== "unsat") return null;
    needed.push(...world.facts);
  }
  const tier: Tier = inContext(needed.length > 0 ? "assumed" : "proved", [one, ...core]);
  const names = core.map((each) => each.formal.label).join(" and ");
  const message = mutual
    ? `Unexpected repetition: ${one.formal.label} says the same as ${names}, expected to be said once`
    : `Unexpected repetition: ${one.formal.label} follows from ${names}, expected something that is not said yet`;
  return {
    check: "redundancy",
    code: "LOGIC003",
    tier,
    cases: [one, ...core],
    others: [],
    message,
    scenario: [],
    assumptions: needed.map((fact) => fact.text),
    questions: [
      {
        title: "it binds and none of the others does",
        assertions: assertionsOf(world, parts, needed),
        expected: "unsat",
      },
    ],
  };
}
