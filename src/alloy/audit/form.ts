import type { Expression } from "../text/expression.js";
import { bare } from "../text/expression.js";

/** Longer conjunctions are not compared part by part: that takes the product of their lengths. */
const MOST_PARTS = 64;

/** Whether a formula is true whatever its names stand for. False when that cannot be told from its form. */
export function holdsByForm(formula: Expression): boolean {
  const expression = bare(formula);
  switch (expression.kind) {
    case "block":
      return expression.formulas.every(holdsByForm);
    case "let":
      return holdsByForm(expression.body);
    case "choice":
      return holdsByForm(expression.consequent) && holdsByForm(expression.alternative);
    case "quantified":
      return quantifiedHolds(expression);
    case "unary":
      return unaryHolds(expression.operator, expression.operand);
    case "binary":
      return binaryHolds(expression.operator, expression.left, expression.right);
    default:
      return false;
  }
}

function quantifiedHolds({ quantifier, declarations, body }: Extract<Expression, { kind: "quantified" }>): boolean {
  const overNothing = declarations.some(({ bound }) => isNone(bound));
  if (quantifier === "all") return overNothing || holdsByForm(body);
  return (quantifier === "no" || quantifier === "lone") && (overNothing || failsByForm(body));
}

function unaryHolds(operator: string, operand: Expression): boolean {
  switch (operator) {
    case "!":
      return failsByForm(operand);
    // `before` is no part of this: before the first state nothing holds.
    case "always":
    case "eventually":
    case "after":
    case "historically":
    case "once":
      return holdsByForm(operand);
    case "no":
    case "lone":
      return isNone(operand);
    default:
      return false;
  }
}

function binaryHolds(operator: string, left: Expression, right: Expression): boolean {
  switch (operator) {
    case "and":
    case ";":
      return holdsByForm(left) && holdsByForm(right);
    case "or":
      return holdsByForm(left) || holdsByForm(right) || opposite(left, right);
    case "=>":
      return holdsByForm(right) || failsByForm(left) || follows(left, right);
    case "<=>":
      return same(left, right) || (holdsByForm(left) && holdsByForm(right));
    case "=":
      return same(left, right);
    case "in":
      return isWithin(left, right);
    case "=<":
      return same(left, right) || (isZero(left) && isCount(right));
    case ">=":
      return same(left, right) || (isCount(left) && isZero(right));
    default:
      return false;
  }
}

/** Whether a formula is false whatever its names stand for. False when that cannot be told from its form. */
export function failsByForm(formula: Expression): boolean {
  const expression = bare(formula);
  switch (expression.kind) {
    case "block":
      return expression.formulas.some(failsByForm);
    case "let":
      return failsByForm(expression.body);
    case "choice":
      return failsByForm(expression.consequent) && failsByForm(expression.alternative);
    case "quantified": {
      const { quantifier, declarations, body } = expression;
      if (quantifier !== "some" && quantifier !== "one") return false;
      return declarations.some(({ bound }) => isNone(bound)) || failsByForm(body);
    }
    case "unary":
      return unaryFails(expression.operator, expression.operand);
    case "binary":
      return binaryFails(expression.operator, expression.left, expression.right);
    default:
      return false;
  }
}

function unaryFails(operator: string, operand: Expression): boolean {
  if (operator === "!") return holdsByForm(operand);
  if (operator === "some" || operator === "one") return isNone(operand);
  return ["always", "eventually", "after", "before", "historically", "once"].includes(operator) && failsByForm(operand);
}

function binaryFails(operator: string, left: Expression, right: Expression): boolean {
  switch (operator) {
    case "and":
      return failsByForm(left) || failsByForm(right) || opposite(left, right);
    case "or":
      return failsByForm(left) && failsByForm(right);
    case "=>":
      return holdsByForm(left) && failsByForm(right);
    case "!=":
    case "!=<":
    case "!>=":
    case "<":
    case ">":
      return same(left, right);
    case "!in":
      return isWithin(left, right);
    default:
      return false;
  }
}

/** The formulas that hold together when this one does. */
export function conjuncts(formula: Expression): Expression[] {
  const parts: Expression[] = [];
  const pending = [formula];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const expression = bare(next);
    if (expression.kind === "block") for (const each of expression.formulas.toReversed()) pending.push(each);
    else if (expression.kind === "binary" && expression.operator === "and")
      pending.push(expression.right, expression.left);
    else parts.push(expression);
  }
  return parts;
}

/** Everything that is concluded is among what is assumed. */
function follows(assumed: Expression, concluded: Expression): boolean {
  const given = conjuncts(assumed);
  const wanted = conjuncts(concluded);
  if (given.length > MOST_PARTS || wanted.length > MOST_PARTS) return false;
  return wanted.every((each) => holdsByForm(each) || given.some((other) => same(each, other)));
}

function opposite(left: Expression, right: Expression): boolean {
  const [a, b] = [bare(left), bare(right)];
  if (a.kind === "unary" && a.operator === "!") return same(a.operand, b);
  return b.kind === "unary" && b.operator === "!" && same(a, b.operand);
}

/** Whether one set is a part of the other by form: itself, an intersection or difference of it, or one of a union. */
function isWithin(left: Expression, right: Expression): boolean {
  const [part, whole] = [bare(left), bare(right)];
  if (isNone(part) || (whole.kind === "constant" && whole.text === "univ") || same(part, whole)) return true;
  if (part.kind === "binary") {
    if (part.operator === "&" && (isWithin(part.left, whole) || isWithin(part.right, whole))) return true;
    if (part.operator === "-" && isWithin(part.left, whole)) return true;
  }
  return whole.kind === "binary" && whole.operator === "+" && (same(part, whole.left) || same(part, whole.right));
}

function isNone(expression: Expression): boolean {
  const set = bare(expression);
  return set.kind === "constant" && set.text === "none";
}

function isZero(expression: Expression): boolean {
  const number = bare(expression);
  return number.kind === "constant" && number.text === "0";
}

function isCount(expression: Expression): boolean {
  const number = bare(expression);
  return number.kind === "unary" && number.operator === "#";
}

/** Whether two expressions are written the same, parentheses aside. */
function same(left: Expression, right: Expression): boolean {
  const [a, b] = [bare(left), bare(right)];
  switch (a.kind) {
    case "name":
      return b.kind === "name" && a.name === b.name;
    case "constant":
      return b.kind === "constant" && a.text === b.text;
    case "unary":
      return b.kind === "unary" && a.operator === b.operator && same(a.operand, b.operand);
    case "binary":
      // Arrows carry multiplicities that the operator's name leaves out.
      return (
        b.kind === "binary" &&
        a.operator === b.operator &&
        a.sign.end - a.sign.start === b.sign.end - b.sign.start &&
        same(a.left, b.left) &&
        same(a.right, b.right)
      );
    case "box":
      return b.kind === "box" && same(a.target, b.target) && sameAll(a.arguments, b.arguments);
    case "block":
      return b.kind === "block" && sameAll(a.formulas, b.formulas);
    default:
      // Binders would have to be compared up to the names they bind.
      return false;
  }
}

function sameAll(a: readonly Expression[], b: readonly Expression[]): boolean {
  return a.length === b.length && a.every((each, index) => same(each, b[index] ?? each));
}
