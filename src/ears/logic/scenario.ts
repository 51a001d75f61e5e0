import type { Rational } from "../../model/rational.js";
import {
  add,
  compareRationals,
  divide,
  floor,
  isWhole,
  multiply,
  printRational,
  rational,
} from "../../model/rational.js";
import type { Lexicon } from "../formal/lexicon.js";
import type { Variable } from "../glossary/glossary.js";
import type { Cube } from "./cubes.js";
import { cubesOf, product, slotsOf, truthIn } from "./cubes.js";
import type { Interval, Values } from "./domain.js";
import type { Case, World } from "./world.js";
import { factsAbout, variablesOf } from "./world.js";

/**
 * One situation in which all guards hold: the first cube of their product that the facts allow, so that it depends on the
 * statements alone and not on a solver. Null when it is too large to write down.
 */
export function situationOf(world: World, cases: readonly Case[], level = false): Cube | null {
  let joint: Cube[] | null = [new Map()];
  for (const each of cases) {
    const cubes = level ? each.levelCubes : each.guardCubes;
    joint = joint === null || cubes === null ? null : product(joint, cubes);
  }
  const guards = cases.map((each) => (level ? each.level : each.guard));
  for (const fact of factsAbout(world.facts, variablesOf(guards))) {
    const cubes = cubesOf(world.lexicon, fact.formula, "now");
    joint = joint === null || cubes === null ? null : product(joint, cubes);
  }
  return joint?.[0] ?? null;
}

/** A situation in the words of the statements; numbers with a value that fits. */
export function narrate(world: World, cases: readonly Case[], cube: Cube): string[] {
  const lines = new Set<string>();
  for (const each of cases) {
    for (const { text, formula, part } of each.formal.said) {
      const truth = truthIn(world.lexicon, cube, formula, "now");
      if (truth === null) continue;
      const holds = truth ? text : `not: ${text}`;
      if (!truth && part !== "end") continue;
      lines.add(holds);
    }
  }
  return [...lines, ...numbers(world.lexicon, cube)];
}

/** `temperature is 31 °C` for every number that the situation narrows. */
function numbers(lexicon: Lexicon, cube: Cube): string[] {
  return slotsOf(cube).flatMap((slot) => {
    const values = cube.get(slot);
    const [moment, name] = [slot.slice(0, slot.indexOf(" ")), slot.slice(slot.indexOf(" ") + 1)];
    const variable = lexicon.variable(name);
    if (moment !== "now" || variable?.domain.type !== "number" || values === undefined) return [];
    return [`for example ${describeValues(variable, values)}`];
  });
}

/** `pump mode is idle`, `valve 0 is not open`, `temperature is 31 °C`: the first or simplest of the values. */
export function describeValues(variable: Variable, values: Values): string {
  const { name, domain } = variable;
  if (domain.type === "enum") {
    const at =
      typeof values === "number"
        ? domain.values.findIndex((_, index) => (values & (2 ** index)) !== 0)
        : Number(printRational(sample(variable, values)));
    return `${name} is ${domain.values[at]?.name ?? "something else"}`;
  }
  if (typeof values !== "number") return `${name} is ${amount(variable, sample(variable, values))}`;
  const word = domain.type === "boolean" ? (domain.words.true[0] ?? "true") : "true";
  return (values & 2) !== 0 ? `${name} is ${word}` : `${name} is not ${word}`;
}

export function amount({ domain }: Variable, value: Rational): string {
  const unit = domain.type === "number" ? domain.unit : null;
  return unit === null ? printRational(value) : `${printRational(divide(value, unit.factor))} ${unit.symbol}`;
}

/** A value of the interval with few digits in the variable's own unit. */
function sample({ domain }: Variable, { low, lowOpen, high, highOpen }: Interval): Rational {
  const factor = domain.type === "number" && domain.unit !== null ? domain.unit.factor : rational(1n);
  const from = low === null ? null : divide(low, factor);
  const to = high === null ? null : divide(high, factor);
  const fits = (value: Rational) => {
    const above = from === null ? 1 : compareRationals(value, from);
    const below = to === null ? -1 : compareRationals(value, to);
    return (above > 0 || (above === 0 && !lowOpen)) && (below < 0 || (below === 0 && !highOpen));
  };
  const candidates: Rational[] = [];
  if (from === null && to === null) candidates.push(rational(0n));
  if (from !== null) candidates.push(isWhole(from) && !lowOpen ? from : add(floor(from), rational(1n)));
  if (to !== null) candidates.push(isWhole(to) && highOpen ? add(to, rational(-1n)) : floor(to));
  if (from !== null && to !== null) candidates.push(divide(add(from, to), rational(2n)));
  const chosen = candidates.find(fits) ?? from ?? to ?? rational(0n);
  return multiply(chosen, factor);
}
