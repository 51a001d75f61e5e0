import type { Cube } from "./cubes.js";
import { anyCompatible, product } from "./cubes.js";
import { compareCases, groupByOutput, guardsMayMeet } from "./pairs.js";
import type { Case } from "./world.js";

/** Statements about the same outputs that one with alternatives is compared with. */
const MOST_NEIGHBOURS = 100;

/**
 * Three statements of which any two can be met and all three cannot: only where one leaves a choice (`open the valve or start
 * the pump`, `SHALL NOT set the mode to idle`). With single values, three exclude each other only if two do.
 */
export function triplesOf(cases: readonly Case[]): (readonly [Case, Case, Case])[] {
  const groups = groupByOutput(cases);
  const found = new Map<string, readonly [Case, Case, Case]>();
  for (const wide of cases.filter(leavesChoice)) {
    const sharing = wide.formal.outputs.flatMap((output) => groups.get(output) ?? []);
    const neighbours = [...new Set(sharing)].filter(
      (each) => each !== wide && canBeMetWith(wide, each) && guardsMayMeet(wide, each),
    );
    const near = neighbours.sort(compareCases).slice(0, MOST_NEIGHBOURS);
    for (const [index, one] of near.entries()) {
      for (const other of near.slice(index + 1)) {
        if (!canBeMetWith(one, other) || !guardsMayMeet(one, other) || !excludeEachOther(wide, one, other)) continue;
        const [a, b, c] = [wide, one, other].sort(compareCases);
        if (a && b && c) found.set([a, b, c].map((each) => each.formal.key).join("\n"), [a, b, c]);
      }
    }
  }
  return [...found.values()];
}

function leavesChoice({ demandCubes }: Case): boolean {
  if (demandCubes === null) return false;
  return demandCubes.length > 1 || demandCubes.some((cube) => [...cube.values()].some(hasSeveral));
}

function hasSeveral(values: number | object): boolean {
  return typeof values === "number" && (values & (values - 1)) !== 0;
}

function canBeMetWith(a: Case, b: Case): boolean {
  return a.demandCubes === null || b.demandCubes === null || anyCompatible(a.demandCubes, b.demandCubes);
}

function excludeEachOther(...cases: readonly Case[]): boolean {
  let joint: Cube[] | null = [new Map()];
  for (const { demandCubes } of cases)
    joint = joint === null || demandCubes === null ? null : product(joint, demandCubes);
  return joint?.length === 0;
}
