import type { Declaration, Expression, Sign } from "../text/expression.js";
import { bare } from "../text/expression.js";
import type { AlloyText, Callable, Command, Signature } from "../text/paragraph.js";
import { lastPart } from "../text/uses.js";
import { conjuncts } from "./form.js";

/** A place that speaks of more atoms than a scope allows. */
export interface TooSmall {
  at: Sign;
  signature: string;
  needed: number;
  given: number;
}

/**
 * The most atoms a command gives each signature, for those where that can be told from the text alone: nothing extends
 * them, and the scope names them or they stand at the top.
 */
export function mostAtoms(texts: readonly AlloyText[], command: Command): Map<string, number> {
  const signatures = texts.flatMap(({ paragraphs }) =>
    paragraphs.filter((each): each is Signature => each.kind === "sig"),
  );
  const extended = new Set(signatures.flatMap(({ parents }) => parents.map(({ text }) => lastPart(text))));
  const most = new Map<string, number>();
  // Without overall scope Alloy takes 3, unless the scope lists signatures: then it works the rest out from these.
  const overall = command.scope?.overall ?? (command.scope === null ? 3 : null);
  for (const { names, multiplicity, relation } of signatures) {
    if (multiplicity === "some" || multiplicity === "one" || relation === "in" || relation === "=") continue;
    for (const { text } of names) {
      if (extended.has(text)) continue;
      const entry = command.scope?.entries.find(({ name }) => lastPart(name.text) === text);
      if (entry !== undefined && entry.to !== null) most.set(text, entry.to);
      else if (entry === undefined && relation === null && overall !== null) most.set(text, overall);
    }
  }
  return most;
}

/**
 * Where what is checked cannot fail in its scope: a universal formula over a signature without atoms, or over more
 * different atoms than the signature has. Only formulas that all have to hold are looked at.
 */
export function tooSmallToFail(formula: Expression, most: ReadonlyMap<string, number>): TooSmall[] {
  return conjuncts(formula).flatMap((part) => {
    if (part.kind === "unary" && part.operator === "always") return tooSmallToFail(part.operand, most);
    if (part.kind !== "quantified" || (part.quantifier !== "all" && part.quantifier !== "no")) return [];
    const short = shortOf(part.declarations, most, part.sign) ?? pairShort(part, most);
    if (short !== null) return [short];
    return part.quantifier === "all" ? tooSmallToFail(part.body, most) : [];
  });
}

/** Where what is run cannot hold in its scope: it asks for more different atoms than there are. */
export function tooSmallToHold(formula: Expression, most: ReadonlyMap<string, number>): TooSmall[] {
  return conjuncts(formula).flatMap((part) => {
    if (part.kind !== "quantified" || (part.quantifier !== "some" && part.quantifier !== "one")) return [];
    const short = shortOf(part.declarations, most, part.sign);
    return short === null ? tooSmallToHold(part.body, most) : [short];
  });
}

/** As above for the parameters of a predicate, each of which needs a value. */
export function tooSmallForParameters(called: Callable, most: ReadonlyMap<string, number>): TooSmall[] {
  const short = shortOf(called.parameters ?? [], most, called.name);
  return short === null ? [] : [short];
}

function shortOf(declarations: readonly Declaration[], most: ReadonlyMap<string, number>, at: Sign): TooSmall | null {
  for (const declaration of declarations) {
    const signature = boundOf(declaration);
    const given = signature === null ? undefined : most.get(signature);
    const needed = declaration.disjoint === null ? 1 : declaration.names.length;
    if (signature !== null && given !== undefined && given < needed) return { at, signature, needed, given };
  }
  return null;
}

/** `all a, b: S | a != b => …` with room for one. */
function pairShort(
  { declarations, body, sign }: Extract<Expression, { kind: "quantified" }>,
  most: ReadonlyMap<string, number>,
): TooSmall | null {
  const implication = bare(body);
  if (implication.kind !== "binary" || implication.operator !== "=>") return null;
  const apart = conjuncts(implication.left).map(differing);
  for (const declaration of declarations) {
    const signature = boundOf(declaration);
    const names = declaration.names.map(({ text }) => text);
    if (signature === null || most.get(signature) !== 1) continue;
    if (apart.some((pair) => pair !== null && pair[0] !== pair[1] && pair.every((name) => names.includes(name)))) {
      return { at: sign, signature, needed: 2, given: 1 };
    }
  }
  return null;
}

/** The names that `a != b`, `not a = b` and `disj[a, b]` keep apart. */
function differing(expression: Expression): [string, string] | null {
  if (expression.kind === "unary" && expression.operator === "!") {
    const inner = bare(expression.operand);
    return inner.kind === "binary" && inner.operator === "=" ? namesOf([inner.left, inner.right]) : null;
  }
  if (expression.kind === "binary" && expression.operator === "!=") return namesOf([expression.left, expression.right]);
  if (expression.kind !== "box" || expression.target.kind !== "constant") return null;
  return expression.target.text.startsWith("disj") ? namesOf(expression.arguments) : null;
}

function namesOf(expressions: readonly Expression[]): [string, string] | null {
  const [a, b] = expressions.map(bare);
  return a?.kind === "name" && b?.kind === "name" && expressions.length === 2 ? [a.name, b.name] : null;
}

/** The signature that a variable ranges over one by one; null for sets and anything but a name. */
function boundOf({ bound, defined }: Declaration): string | null {
  const inner = bare(bound);
  const named = inner.kind === "unary" && inner.operator === "one" ? bare(inner.operand) : inner;
  return !defined && named.kind === "name" ? lastPart(named.name) : null;
}
