import type { Lexicon } from "../formal/lexicon.js";
import type { Cube } from "./cubes.js";
import type { Interval, Values } from "./domain.js";
import { allValues, intersect, isWithin, ofDomain } from "./domain.js";

/** Steps of the search; a person's specifications need a few. */
const MOST_STEPS = 20_000;

/** The search is recursive, one level per condition. */
const DEEPEST = 2_000;

/**
 * A part of `from` in which none of the conditions holds, each given by its cubes: found by narrowing one value at a time, in
 * a fixed order. Null: there is none. "unknown": not found within the limit.
 */
export function avoid(lexicon: Lexicon, from: Cube, conditions: readonly (readonly Cube[])[]): Cube | null | "unknown" {
  const obstacles = conditions.flat();
  const cube = new Map(from);
  let steps = 0;
  const search = (at: number): "found" | "none" | "unknown" => {
    if (++steps > MOST_STEPS || at > DEEPEST) return "unknown";
    let next = at;
    while (next < obstacles.length && isAvoided(cube, obstacles[next] ?? new Map())) next++;
    const obstacle = obstacles[next];
    if (obstacle === undefined) return "found";
    for (const [slot, values] of obstacle) {
      const variable = lexicon.variable(slot.slice(slot.indexOf(" ") + 1));
      const earlier = cube.get(slot);
      const own = earlier ?? (variable === undefined ? null : allValues(variable));
      if (variable === undefined || own === null) continue;
      for (const part of without(own, values)) {
        const rest = ofDomain(variable, part);
        if (rest === null) continue;
        cube.set(slot, rest);
        const found = search(next + 1);
        if (found !== "none") return found;
      }
      if (earlier === undefined) cube.delete(slot);
      else cube.set(slot, earlier);
    }
    return "none";
  };
  const found = search(0);
  return found === "found" ? cube : found === "none" ? null : "unknown";
}

function isAvoided(cube: Cube, obstacle: Cube): boolean {
  for (const [slot, values] of obstacle) {
    const own = cube.get(slot);
    if (own !== undefined && intersect(own, values) === null) return true;
  }
  return false;
}

/** What is left of `own` outside `values`, in connected parts. */
function without(own: Values, values: Values): Values[] {
  if (isWithin(own, values)) return [];
  if (typeof own === "number" || typeof values === "number") {
    const left = typeof own === "number" && typeof values === "number" ? own & ~values : 0;
    return left === 0 ? [] : [left];
  }
  const { low, lowOpen, high, highOpen } = values;
  const below: Interval | null = low === null ? null : { low: null, lowOpen: false, high: low, highOpen: !lowOpen };
  const above: Interval | null = high === null ? null : { low: high, lowOpen: !highOpen, high: null, highOpen: false };
  return [below, above].flatMap((part) => {
    const left = part === null ? null : intersect(own, part);
    return left === null ? [] : [left];
  });
}
