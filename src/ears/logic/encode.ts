import type { Rational } from "../../model/rational.js";
import { floor, isWhole } from "../../model/rational.js";
import type { NumberConstant, Relation, Term } from "../../model/solver.js";
import type { Formula } from "../formal/formula.js";
import type { Lexicon } from "../formal/lexicon.js";
import type { Variable } from "../glossary/glossary.js";
import type { Moment } from "./cubes.js";

/** Formulas as terms, and with them what is declared of every variable they mention. */
export interface Encoder {
  /** The term of a formula at a moment. One formula object gives one term object. */
  term(formula: Formula, moment: Moment): Term;
  /** What holds of a variable at a moment: one value of an enum, a number within its range. */
  declared(variable: string, moment: Moment): readonly Term[];
}

export function encoderOf(lexicon: Lexicon): Encoder {
  const cache: Record<Moment, WeakMap<Formula, Term>> = {
    now: new WeakMap(),
    before: new WeakMap(),
    demanded: new WeakMap(),
  };
  const domains = new Map<string, readonly Term[]>();
  const term = (formula: Formula, moment: Moment): Term => {
    const known = cache[moment].get(formula);
    if (known !== undefined) return known;
    const made = encode(formula, moment);
    cache[moment].set(formula, made);
    return made;
  };
  const encode = (formula: Formula, moment: Moment): Term => {
    if (formula.kind === "not") return { op: "not", of: term(formula.of, moment) };
    if (formula.kind === "rising") {
      return { op: "and", of: [term(formula.of, "now"), { op: "not", of: term(formula.of, "before") }] };
    }
    if (formula.kind !== "atom") return { op: formula.kind, of: formula.of.map((each) => term(each, moment)) };
    const { variable: name, test } = formula.atom;
    const variable = lexicon.variable(name);
    if (variable === undefined) throw new TypeError(`Unexpected variable ${name}, expected a declared one`);
    if (test.is === "true") return { op: "constant", name: named(name, moment), sort: "Bool" };
    if (test.is === "value") return valueTerm(variable, test.value, moment);
    return comparison(numberOf(variable, moment), test.relation, test.number);
  };
  return {
    term,
    declared: (name, moment) => {
      const key = named(name, moment);
      const known = domains.get(key);
      if (known !== undefined) return known;
      const variable = lexicon.variable(name);
      const made = variable === undefined ? [] : domainTerms(variable, moment);
      domains.set(key, made);
      return made;
    },
  };
}

/** Whole numbers are compared with whole numbers only, as SMT-LIB wants it. */
function comparison(left: NumberConstant, relation: Relation, number: Rational): Term {
  if (left.sort === "Real" || isWhole(number)) return { op: "compare", relation, left, right: number };
  if (relation === "=") return { op: "or", of: [] };
  const below = floor(number);
  const above = relation === ">" || relation === ">=";
  return above
    ? { op: "compare", relation: ">", left, right: below }
    : { op: "compare", relation: "<=", left, right: below };
}

function named(variable: string, moment: Moment): string {
  return moment === "now" ? variable : `${variable}, ${moment}`;
}

function valueTerm(variable: Variable, value: string, moment: Moment): Term {
  return { op: "constant", name: `${named(variable.name, moment)} = ${value}`, sort: "Bool" };
}

function numberOf(variable: Variable, moment: Moment): NumberConstant {
  const whole = variable.domain.type === "number" && variable.domain.whole;
  return { name: named(variable.name, moment), sort: whole ? "Int" : "Real" };
}

function domainTerms(variable: Variable, moment: Moment): Term[] {
  const { domain } = variable;
  if (domain.type === "boolean") return [];
  if (domain.type === "enum") {
    const values = domain.values.map((value) => valueTerm(variable, value.name, moment));
    const exclusive = values.flatMap((one, index) =>
      values.slice(index + 1).map((other): Term => ({ op: "not", of: { op: "and", of: [one, other] } })),
    );
    return [{ op: "or", of: values }, ...exclusive];
  }
  const left = numberOf(variable, moment);
  const { min, max } = domain;
  return [
    ...(min === null ? [] : [comparison(left, ">=", min)]),
    ...(max === null ? [] : [comparison(left, "<=", max)]),
  ];
}

/** The moments at which a formula asks for each of its variables, as `moment` sets by variable. */
export function mentions(
  formula: Formula,
  moment: Moment,
  into = new Map<string, Set<Moment>>(),
): Map<string, Set<Moment>> {
  if (formula.kind === "atom") {
    const moments = into.get(formula.atom.variable) ?? new Set();
    into.set(formula.atom.variable, moments.add(moment));
  } else if (formula.kind === "not") mentions(formula.of, moment, into);
  else if (formula.kind === "rising") {
    mentions(formula.of, "now", into);
    mentions(formula.of, "before", into);
  } else for (const each of formula.of) mentions(each, moment, into);
  return into;
}
