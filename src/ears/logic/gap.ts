import { hasEdge } from "../formal/formula.js";
import type { Variable } from "../glossary/glossary.js";
import { avoid } from "./avoid.js";
import type { Cube } from "./cubes.js";
import { slotOf } from "./cubes.js";
import type { Discovery } from "./discovery.js";
import { allValues } from "./domain.js";
import { describeValues } from "./scenario.js";
import type { Case, World } from "./world.js";
import { ask, assertionsOf, isBinding, isConstrained } from "./world.js";

/**
 * What no statement covers, of terms declared complete: a situation in which an output is left open, or a value of another
 * variable that no statement deals with. WHEN counts as a level. `touched`: variables that unread or opaque statements name;
 * those may cover the gap, so a finding about them is possible only.
 */
export async function gaps(world: World, cases: readonly Case[], touched: ReadonlySet<string>): Promise<Discovery[]> {
  const discoveries: Discovery[] = [];
  const binding = cases.filter(isBinding);
  for (const variable of world.lexicon.glossary.variables.filter((each) => each.complete)) {
    const found =
      variable.role === "output" ? await openOutput(world, variable, binding) : unmetValue(world, variable, binding);
    if (found === null) continue;
    discoveries.push(touched.has(variable.name) ? { ...found, tier: "possible" } : found);
  }
  return discoveries;
}

async function openOutput(world: World, variable: Variable, cases: readonly Case[]): Promise<Discovery | null> {
  const deciding = cases.filter((each) => each.formal.outputs.includes(variable.name));
  if (deciding.length === 0) return null;
  const parts = deciding.map((each) => ({ formula: { kind: "not", of: each.level } as const, moment: "now" as const }));
  if ((await ask(world, parts)) !== "sat") return null;
  const cubes = deciding.map((each) => each.levelCubes);
  const known = cubes.filter((each) => each !== null);
  const constrained = isConstrained(
    world,
    deciding.map((each) => each.level),
  );
  const way = known.length < cubes.length || constrained ? "unknown" : avoid(world.lexicon, new Map(), known);
  const scenario = way === null || way === "unknown" ? [] : tell(world, way);
  const where = scenario.length === 0 ? "in some situation" : `when ${scenario.join(", and ")}`;
  return {
    check: "gap",
    code: "LOGIC004",
    tier: deciding.some(bindsOn) ? "possible" : "proved",
    cases: [],
    others: deciding,
    variable: variable.name,
    message: `Unexpected silence about ${variable.name} ${where}, expected a statement for every situation`,
    scenario,
    assumptions: [],
    questions: [{ title: "no statement binds", assertions: assertionsOf(world, parts, world.facts), expected: "sat" }],
  };
}

/** From an instant up to an end: it also covers situations in which neither its trigger nor its end holds. */
function bindsOn({ formal, endsKey }: Case): boolean {
  return endsKey !== "" && hasEdge(formal.guard);
}

/** A value that the conditions of no statement about the variable allow. */
function unmetValue(world: World, variable: Variable, cases: readonly Case[]): Discovery | null {
  const slot = slotOf("now", variable.name);
  const about = cases.filter((each) => each.levelCubes === null || each.levelCubes.some((cube) => cube.has(slot)));
  const all = allValues(variable);
  if (about.length === 0 || about.some((each) => each.levelCubes === null)) return null;
  const met: Cube[] = about.flatMap((each) =>
    (each.levelCubes ?? []).map((cube) => new Map([[slot, cube.get(slot) ?? all]])),
  );
  const way = avoid(world.lexicon, new Map([[slot, all]]), [met]);
  if (way === null || way === "unknown") return null;
  const scenario = tell(world, way);
  return {
    check: "gap",
    code: "LOGIC004",
    tier: "proved",
    cases: [],
    others: about,
    variable: variable.name,
    message: `Unexpected silence when ${scenario.join(", and ")}, expected a statement for every value of ${variable.name}`,
    scenario,
    assumptions: [],
    questions: [],
  };
}

function tell(world: World, cube: Cube): string[] {
  return [...cube].flatMap(([slot, values]) => {
    const variable = world.lexicon.variable(slot.slice(slot.indexOf(" ") + 1));
    return variable === undefined ? [] : [describeValues(variable, values)];
  });
}
