import type { AnyNode, Comment } from "acorn";
import { foldWhitespace } from "../../../model/digest.js";
import { readComment } from "../../../specs/examples.js";
import { nearMiss } from "../near-miss.js";
import type { PlannedExpectation, PlanProblem } from "../run.js";
import type { ParsedProgram, StatementPlace } from "./program.js";
import { isConstant } from "./program.js";

export interface BoundExpectations {
  expectations: PlannedExpectation[];
  /** Indices of expectations by the statement they are about. */
  byStatement: Map<AnyNode, number[]>;
  problems: PlanProblem[];
}

/**
 * Gives each expectation the statement it is about: the last one that ends before the comment, with nothing but blank
 * space and comments between. `lineOf` gives the line in the specification of an offset.
 */
export function bindExpectations(program: ParsedProgram, lineOf: (offset: number) => number): BoundExpectations {
  const bound: BoundExpectations = { expectations: [], byStatement: new Map(), problems: [] };
  const ends = [...program.statements].sort((a, b) => a.node.end - b.node.end || a.node.start - b.node.start);
  let at = 0;
  for (const [index, comment] of program.comments.entries()) {
    const expectation = readComment(sourceOf(program, comment), lineOf(comment.start));
    while ((ends[at]?.node.end ?? Number.POSITIVE_INFINITY) <= comment.start) at += 1;
    if (expectation === null) {
      const near = nearMiss(sourceOf(program, comment), comment.type === "Line");
      if (near !== null) bound.problems.push({ ...near, line: lineOf(comment.start) });
      continue;
    }
    const place = ends[at - 1];
    if (place === undefined || !onlyBlank(program, place.node.end, index)) {
      bound.problems.push(homeless(expectation.line, program, comment));
      continue;
    }
    if (!canCarry(place, expectation.kind)) {
      bound.problems.push(valueless(expectation.line, program, comment));
      continue;
    }
    const known = bound.byStatement.get(place.node) ?? [];
    bound.byStatement.set(place.node, [...known, bound.expectations.length]);
    bound.expectations.push({ ...expectation, cannotFail: cannotFail(place.node, expectation.expected, program) });
  }
  return bound;
}

function sourceOf({ code }: ParsedProgram, { start, end }: Comment): string {
  return code.slice(start, end);
}

/** Whether only blank space and comments stand between an offset and a comment. */
function onlyBlank(program: ParsedProgram, from: number, before: number): boolean {
  let to = program.comments[before]?.start ?? 0;
  for (let index = before; index >= 0; index -= 1) {
    const comment = program.comments[index];
    if (comment === undefined) break;
    if (comment.end <= from) break;
    if (index < before) {
      if (program.code.slice(comment.end, to).trim() !== "") return false;
      to = comment.start;
    }
  }
  return /^[\s;]*$/u.test(program.code.slice(from, Math.max(from, to)));
}

function homeless(line: number, program: ParsedProgram, comment: Comment): PlanProblem {
  const text = sourceOf(program, comment);
  const message = `Unexpected expectation \`${text}\` inside a statement or before the first one, expected it behind a statement's end`;
  return { code: "EX006", line, message, subject: text };
}

function valueless(line: number, program: ParsedProgram, comment: Comment): PlanProblem {
  const text = sourceOf(program, comment);
  const message = `Unexpected expectation \`${text}\` behind a statement without a value, expected an expression, a declaration or a \`return\` before it`;
  return { code: "EX006", line, message, subject: text };
}

/** Statements that have a value to compare. */
function hasValue({ node, inList }: StatementPlace): boolean {
  switch (node.type) {
    case "ExpressionStatement":
      return true;
    case "ReturnStatement":
      return node.argument !== null && node.argument !== undefined;
    case "VariableDeclaration":
      return inList;
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return inList && node.id !== null;
    case "ExportDefaultDeclaration":
      return node.declaration.type !== "FunctionDeclaration" && node.declaration.type !== "ClassDeclaration";
    default:
      return false;
  }
}

const UNCATCHABLE = new Set([
  "ImportDeclaration",
  "ExportAllDeclaration",
  "ExportNamedDeclaration",
  "ExportDefaultDeclaration",
  "FunctionDeclaration",
  "ClassDeclaration",
]);

function canCarry(place: StatementPlace, kind: PlannedExpectation["kind"]): boolean {
  if (kind === "any") return true;
  if (kind !== "throws") return hasValue(place);
  if (place.node.type === "VariableDeclaration") return place.inList;
  return !UNCATCHABLE.has(place.node.type);
}

function cannotFail(node: AnyNode, expected: string, { code }: ParsedProgram): string | null {
  if (node.type === "ThrowStatement") return "it throws what it says";
  const value = comparedBy(node);
  if (value === null) return null;
  if (isConstant(value)) return "it compares constants";
  return foldWhitespace(code.slice(value.start, value.end)) === foldWhitespace(expected)
    ? "it compares an expression with itself"
    : null;
}

/** The expression whose value a statement is compared by; null where there is none in the text. */
function comparedBy(node: AnyNode): AnyNode | null {
  switch (node.type) {
    case "ExpressionStatement":
      return node.expression;
    case "ReturnStatement":
      return node.argument ?? null;
    case "VariableDeclaration":
      return node.declarations.at(-1)?.init ?? null;
    default:
      return null;
  }
}
