import type { AnyNode, Comment } from "acorn";
import { parse, parseExpressionAt } from "acorn";

/** A statement that may have an expectation behind it. */
export interface StatementPlace {
  node: AnyNode;
  /** Whether other statements may be put beside it. */
  inList: boolean;
  topLevel: boolean;
  /** Whether `await` is allowed where it stands. */
  mayAwait: boolean;
}

export interface ParsedProgram {
  code: string;
  comments: Comment[];
  /** In order of place, outer ones first. */
  statements: StatementPlace[];
  imports: { specifier: string; start: number }[];
}

/** Parses JavaScript as a module. Throws acorn's SyntaxError, whose `pos` is the offset. */
export function parseProgram(code: string): ParsedProgram {
  const comments: Comment[] = [];
  const tree = parse(code, { ecmaVersion: "latest", sourceType: "module", onComment: comments });
  const parsed: ParsedProgram = { code, comments, statements: [], imports: [] };
  visit(tree, { inList: false, topLevel: false, mayAwait: true }, parsed);
  return parsed;
}

/** The text's expression, or null when the text is none. */
export function parseExpression(text: string): { node: AnyNode; source: string } | null {
  // Parentheses let an object literal be an expression, and the line end a comment behind it.
  const wrapped = `(${text}\n)`;
  try {
    const node = parseExpressionAt(wrapped, 0, {
      ecmaVersion: "latest",
      sourceType: "module",
      allowAwaitOutsideFunction: true,
      preserveParens: true,
    });
    if (node.type !== "ParenthesizedExpression" || node.end !== wrapped.length) return null;
    const { expression } = node;
    return { node: expression, source: wrapped.slice(expression.start, expression.end) };
  } catch {
    return null;
  }
}

type Surroundings = Omit<StatementPlace, "node">;

function visit(node: AnyNode, around: Surroundings, into: ParsedProgram): void {
  if (isStatement(node)) into.statements.push({ node, ...around });
  noteImport(node, into);
  const inside = surroundingsInside(node, around);
  for (const [key, value] of Object.entries(node)) {
    const inList = key === "declaration" || ((key === "body" || key === "consequent") && Array.isArray(value));
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, { ...inside, inList }, into);
    }
  }
}

/** Recursion in acorn is bounded by the stack as well, so nothing deeper than it parsed comes here. */
function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

function surroundingsInside(node: AnyNode, around: Surroundings): Surroundings {
  const topLevel = node.type === "Program";
  if (FUNCTIONS.has(node.type)) return { ...around, topLevel, mayAwait: "async" in node && node.async === true };
  if (node.type === "StaticBlock" || node.type === "PropertyDefinition")
    return { ...around, topLevel, mayAwait: false };
  return { ...around, topLevel };
}

/** A block is no statement of its own here: what its last statement gives is not what the block gives. */
function isStatement(node: AnyNode): boolean {
  if (node.type === "BlockStatement" || node.type === "EmptyStatement") return false;
  return /(?:Statement|Declaration)$/u.test(node.type);
}

function noteImport(node: AnyNode, into: ParsedProgram): void {
  const isImport =
    node.type === "ImportDeclaration" ||
    node.type === "ImportExpression" ||
    node.type === "ExportNamedDeclaration" ||
    node.type === "ExportAllDeclaration";
  if (!isImport || node.source?.type !== "Literal" || typeof node.source.value !== "string") return;
  into.imports.push({ specifier: node.source.value, start: node.start });
}

/** Names that a pattern binds, in order. */
export function boundNames(pattern: AnyNode | null): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((each) => boundNames(each.type === "Property" ? each.value : each.argument));
    case "ArrayPattern":
      return pattern.elements.flatMap(boundNames);
    case "AssignmentPattern":
      return boundNames(pattern.left);
    case "RestElement":
      return boundNames(pattern.argument);
    default:
      return [];
  }
}

/** Whether an expression gives the same whatever the code around it does: literals, and operators on them. */
export function isConstant(node: AnyNode | null | undefined): boolean {
  switch (node?.type) {
    case "Literal":
      return true;
    case "TemplateLiteral":
      return node.expressions.every(isConstant);
    case "UnaryExpression":
      return isConstant(node.argument);
    case "BinaryExpression":
    case "LogicalExpression":
      return isConstant(node.left) && isConstant(node.right);
    case "ConditionalExpression":
      return [node.test, node.consequent, node.alternate].every(isConstant);
    case "SequenceExpression":
      return node.expressions.every(isConstant);
    case "ArrayExpression":
      return node.elements.every((each) => each === null || isConstant(each));
    case "ObjectExpression":
      return node.properties.every((each) => each.type === "Property" && !each.computed && isConstant(each.value));
    default:
      return false;
  }
}
