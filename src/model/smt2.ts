import type { Rational } from "./rational.js";
import type { Sort, Term } from "./solver.js";
import { compareText } from "./span.js";

/** A term in SMT-LIB 2. */
export function smtTerm(term: Term): string {
  if (term.op === "constant") return smtSymbol(term.name);
  if (term.op === "not") return `(not ${smtTerm(term.of)})`;
  if (term.op === "compare") {
    return `(${term.relation} ${smtSymbol(term.left.name)} ${smtNumber(term.right, term.left.sort)})`;
  }
  const [only] = term.of;
  if (only === undefined) return term.op === "and" ? "true" : "false";
  return term.of.length === 1 ? smtTerm(only) : `(${term.op} ${term.of.map(smtTerm).join(" ")})`;
}

/** Declarations of every constant of the terms, in code-unit order. */
export function smtDeclarations(terms: readonly Term[]): string[] {
  const sorts = new Map<string, Sort>();
  for (const term of terms) collect(term, sorts);
  return [...sorts]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, sort]) => `(declare-const ${smtSymbol(name)} ${sort})`);
}

function collect(term: Term, sorts: Map<string, Sort>): void {
  if (term.op === "constant") sorts.set(term.name, term.sort);
  else if (term.op === "compare") sorts.set(term.left.name, term.left.sort);
  else if (term.op === "not") collect(term.of, sorts);
  else for (const each of term.of) collect(each, sorts);
}

/** A quoted symbol. The two characters it cannot hold, and what is not ASCII, are written as their code point. */
export function smtSymbol(name: string): string {
  const safe = name.replace(/[|\\]|[^ -~]/gu, (character) => `{${character.codePointAt(0)?.toString(16)}}`);
  return `|${safe}|`;
}

function smtNumber({ numerator, denominator }: Rational, sort: "Int" | "Real"): string {
  const size = numerator < 0n ? -numerator : numerator;
  const point = sort === "Real" ? ".0" : "";
  const positive = denominator === 1n ? `${size}${point}` : `(/ ${size}.0 ${denominator}.0)`;
  return numerator < 0n ? `(- ${positive})` : positive;
}
