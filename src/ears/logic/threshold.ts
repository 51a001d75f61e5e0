import type { Formula } from "../formal/formula.js";
import type { Discovery } from "./discovery.js";
import { compareCases } from "./pairs.js";
import { amount } from "./scenario.js";
import type { Case, World } from "./world.js";
import { isBinding } from "./world.js";

interface Threshold {
  shape: string;
  numbers: { variable: string; text: string }[];
}

/** Statements that demand the same under conditions that differ in one number of an inequality only. */
export function thresholds(world: World, cases: readonly Case[]): Discovery[] {
  const groups = new Map<string, { each: Case; numbers: Threshold["numbers"] }[]>();
  for (const each of cases.filter(isBinding)) {
    const numbers: Threshold["numbers"] = [];
    const shape = `${each.demandKey}\n${shapeOf(world, each.guard, numbers)}`;
    if (numbers.length === 0) continue;
    groups.set(shape, [...(groups.get(shape) ?? []), { each, numbers }]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...rest] = group.sort((a, b) => compareCases(a.each, b.each));
    if (first === undefined) return [];
    const differing = rest.filter(({ numbers }) => differences(first.numbers, numbers).length === 1);
    const [other, ...others] = differing;
    return other === undefined ? [] : [describe(first, other, others)];
  });
}

type Placed = { each: Case; numbers: Threshold["numbers"] };

function differences(a: Threshold["numbers"], b: Threshold["numbers"]) {
  return a.flatMap((one, index) => (one.text === b[index]?.text ? [] : [{ one, other: b[index] }]));
}

function describe(first: Placed, other: Placed, others: readonly Placed[]): Discovery {
  const [difference] = differences(first.numbers, other.numbers);
  const stated =
    difference === undefined
      ? ""
      : ` of ${difference.one.variable}: ${difference.one.text} in ${first.each.formal.label}, ${difference.other?.text} in ${other.each.formal.label}`;
  return {
    check: "threshold",
    code: "LOGIC008",
    tier: "possible",
    cases: [first.each, other.each],
    others: others.map(({ each }) => each),
    message: `Unexpected second threshold${stated}; expected one for the same demand`,
    scenario: [],
    assumptions: [],
    questions: [],
  };
}

/** The formula with the numbers of its inequalities taken out, in the order of the text. */
function shapeOf(world: World, formula: Formula, numbers: Threshold["numbers"]): string {
  if (formula.kind === "atom") {
    const { variable: name, test } = formula.atom;
    if (test.is === "true") return JSON.stringify(name);
    if (test.is === "value") return `${JSON.stringify(name)}=${JSON.stringify(test.value)}`;
    const variable = world.lexicon.variable(name);
    const text = variable === undefined ? "" : amount(variable, test.number);
    if (test.relation === "=") return `${JSON.stringify(name)}=${text}`;
    numbers.push({ variable: name, text });
    return `${JSON.stringify(name)}${test.relation}#`;
  }
  if (formula.kind === "not" || formula.kind === "rising")
    return `${formula.kind}(${shapeOf(world, formula.of, numbers)})`;
  return `${formula.kind}(${formula.of.map((each) => shapeOf(world, each, numbers)).join(",")})`;
}
