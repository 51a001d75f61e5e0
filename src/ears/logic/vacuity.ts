import { hasEdge } from "../formal/formula.js";
import type { Discovery } from "./discovery.js";
import type { Case, Fact, World } from "./world.js";
import { ask, assertionsOf, factsAbout, isConstrained, variablesOf } from "./world.js";

export interface Vacuities {
  discoveries: Discovery[];
  /** Statements that can never bind: the other checks leave them out. */
  vacuous: ReadonlySet<Case>;
}

/** Statements whose guard is impossible, or whose demand no declared value meets. */
export async function vacuities(world: World, cases: readonly Case[]): Promise<Vacuities> {
  const discoveries: Discovery[] = [];
  const vacuous = new Set<Case>();
  for (const each of cases) {
    const found = (await impossibleGuard(world, each)) ?? (await impossibleDemand(world, each));
    if (found === null) continue;
    vacuous.add(each);
    discoveries.push(found);
  }
  return { discoveries, vacuous };
}

async function impossibleGuard(world: World, each: Case): Promise<Discovery | null> {
  const possible = each.guardCubes !== null && each.guardCubes.length > 0;
  if (possible && !isConstrained(world, [each.guard])) return null;
  const parts = [{ formula: each.guard, moment: "now" as const }];
  if ((await ask(world, parts)) !== "unsat") return null;
  const levels = [{ formula: each.level, moment: "now" as const }];
  const readings = !hasEdge(each.guard) ? "unsat" : await ask(world, levels);
  if (readings === "unknown") return null;
  if (readings === "sat") {
    return discovery(world, each, [], "edge-level", "can never become true, though it can hold", parts);
  }
  const needed = await neededFacts(world, each);
  return discovery(world, each, needed, "vacuity", "can never hold", parts);
}

/** A smallest set of facts without which the guard would be possible, by deletion in their order. */
async function neededFacts(world: World, each: Case): Promise<Fact[]> {
  const parts = [{ formula: each.level, moment: "now" as const }];
  let needed = factsAbout(world.facts, variablesOf([each.level]));
  for (const fact of [...needed].reverse()) {
    const fewer = needed.filter((other) => other !== fact);
    if ((await ask(world, parts, fewer)) === "unsat") needed = fewer;
  }
  return needed;
}

async function impossibleDemand(world: World, each: Case): Promise<Discovery | null> {
  if (each.demandCubes !== null && each.demandCubes.length > 0) return null;
  const parts = [{ formula: each.formal.response, moment: "demanded" as const }];
  if ((await ask(world, parts, [])) !== "unsat") return null;
  return discovery(world, each, [], "conflict", "no declared value meets", parts);
}

function discovery(
  world: World,
  each: Case,
  facts: readonly Fact[],
  check: "vacuity" | "edge-level" | "conflict",
  fault: string,
  parts: Parameters<typeof assertionsOf>[1],
): Discovery {
  const { formal } = each;
  const conditions = formal.said.map(({ text }) => JSON.stringify(text)).join(", ");
  const subject =
    check === "conflict"
      ? `Unexpected demand ${JSON.stringify(formal.source.response?.text ?? "")} of ${formal.label} that ${fault}, expected one within the declarations`
      : `Unexpected condition of ${formal.label} that ${fault} (${conditions}), expected a possible one`;
  return {
    check,
    code: check === "vacuity" ? "LOGIC002" : check === "conflict" ? "LOGIC001" : "LOGIC006",
    tier: check === "edge-level" ? "possible" : facts.length > 0 ? "assumed" : "proved",
    cases: [each],
    others: [],
    message: subject,
    scenario: [],
    assumptions: facts.map((fact) => fact.text),
    questions: [{ title: subject, assertions: assertionsOf(world, parts, facts), expected: "unsat" }],
  };
}
