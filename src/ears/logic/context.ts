import { keyOf, wordsOf } from "../glossary/words.js";
import type { EarsStatement } from "../statement.js";
import { entails } from "./cubes.js";
import type { Tier } from "./discovery.js";
import type { Case } from "./world.js";

/**
 * Marks the scenarios that may take a condition of their requirement for granted ("WHEN `up` is invoked, …" above, "IF the
 * instance is stopped, …" in the scenario). A scenario stands by itself when its requirement has no conditions, or when it
 * states those of one of the requirement's statements again.
 */
export function withContexts(cases: readonly Case[], statements: readonly EarsStatement[]): Case[] {
  const conditional = new Set<string>();
  for (const each of statements) {
    const { tag, kind } = each.origin;
    const bare = each.status === "read" && each.clauses.length === 0 && each.preamble === null;
    if (kind === "requirement" && tag !== null && !bare) conditional.add(tag);
  }
  const requirements = new Map<string, Case[]>();
  for (const each of cases) {
    const { tag, kind } = each.formal.source.origin;
    if (kind !== "requirement" || tag === null) continue;
    requirements.set(tag, [...(requirements.get(tag) ?? []), each]);
  }
  const ambiguous = new Set([...conditional].filter((tag) => !hasOneContext(tag, requirements, statements)));
  return cases.map((each) => {
    const { kind, parent } = each.formal.source.origin;
    if (kind !== "scenario" || parent === null || !conditional.has(parent)) return each;
    const restates = (requirements.get(parent) ?? []).some((owner) => isNarrower(each, owner));
    return restates ? each : { ...each, selfContained: false, sharesContext: !ambiguous.has(parent) };
  });
}

/** `WHEN up or down is invoked` may give each scenario another half of it; so may what was not understood. */
function hasOneContext(
  tag: string,
  requirements: ReadonlyMap<string, readonly Case[]>,
  statements: readonly EarsStatement[],
): boolean {
  const formal = requirements.get(tag) ?? [];
  const all = statements.filter(({ origin }) => origin.kind === "requirement" && origin.tag === tag);
  const contexts = new Set(formal.map((each) => each.guardKey));
  return formal.length === all.length && contexts.size === 1 && formal.every((each) => each.levelCubes?.length === 1);
}

/** Whether a guard holds only where another does; compared as levels, which is what the context is. */
function isNarrower({ levelCubes: own }: Case, { levelCubes: context }: Case): boolean {
  return own?.every((cube) => context?.some((wider) => entails(cube, wider)) ?? false) ?? false;
}

/**
 * A tier for a finding: possible where a scenario may lack its context (within one requirement, unless the scenarios have it in
 * common), and where the statements set an act of one system beside a demand on another.
 */
export function inContext(tier: Tier, cases: readonly Case[]): Tier {
  const families = new Set(cases.map((each) => each.family));
  const lacking = cases.some((each) => !each.selfContained && (families.size > 1 || !each.sharesContext));
  return lacking || actApart(cases) ? "possible" : tier;
}

/** Whether one of several systems acts. Who is not named may be anyone. */
function actApart(cases: readonly Case[]): boolean {
  const systems = new Set(
    cases.flatMap(({ formal }) => (formal.source.system === null ? [] : [keyOf(wordsOf(formal.source.system.tokens))])),
  );
  return systems.size > 1 && cases.some(({ formal }) => formal.isAct);
}
