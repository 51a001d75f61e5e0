import type { AnyNode, VariableDeclaration } from "acorn";
import type { PlannedExpectation } from "../run.js";
import type { BoundExpectations } from "./bind.js";
import type { ParsedProgram, StatementPlace } from "./program.js";
import { boundNames, parseExpression } from "./program.js";

interface Edit {
  from: number;
  to: number;
  text: string;
}

/** What the inserted code needs to know. */
interface Context {
  program: ParsedProgram;
  expectations: readonly PlannedExpectation[];
  /** Number of the first expectation: no other example of the process has its numbers. */
  base: number;
  /** Start of every inserted name; the example holds no such name. */
  mark: string;
}

export interface Observer {
  /** Of the module that takes the calls. */
  url: string;
  /** Number of the first expectation in them. */
  base: number;
}

/**
 * The example with calls of an observer put in, line for line. Every
 * top-level statement announces itself first, by its line in the example.
 */
export function instrument(program: ParsedProgram, bound: BoundExpectations, { url, base }: Observer): string {
  const context: Context = { program, expectations: bound.expectations, base, mark: freeName(program.code) };
  const edits: Edit[] = [];
  const open: { end: number; edits: Edit[] }[] = [];
  for (const place of program.statements) {
    const { start, end } = place.node;
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= start) edits.push(...(open.pop()?.edits ?? []));
    if (place.topLevel && announces(place.node)) {
      edits.push({ from: start, to: start, text: `${context.mark}.at(${lineIn(program.code, start)});` });
    }
    const own = bound.byStatement.get(place.node);
    const wrapped = own === undefined ? { before: [], after: [] } : wrap(place, own, context);
    edits.push(...wrapped.before);
    open.push({ end, edits: wrapped.after });
  }
  while (open.length > 0) edits.push(...(open.pop()?.edits ?? []));
  return `import*as ${context.mark} from ${JSON.stringify(url)};${applyEdits(program.code, edits)}`;
}

function freeName(code: string): string {
  let name = "$evidence";
  while (code.includes(name)) name += "_";
  return name;
}

function announces({ type }: AnyNode): boolean {
  return type !== "ImportDeclaration" && type !== "FunctionDeclaration";
}

function lineIn(code: string, offset: number): number {
  let line = 1;
  for (let at = code.indexOf("\n"); at >= 0 && at < offset; at = code.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** Edits in the order of their places; at one place in the order given. */
function applyEdits(code: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { from, to, text } of [...edits].sort((a, b) => a.from - b.from)) {
    parts.push(code.slice(done, from), text);
    done = to;
  }
  parts.push(code.slice(done));
  return parts.join("");
}

interface Wrapping {
  before: Edit[];
  after: Edit[];
}

function wrap(place: StatementPlace, own: readonly number[], context: Context): Wrapping {
  const throwing = own.filter((index) => context.expectations[index]?.kind === "throws");
  const { node } = place;
  switch (node.type) {
    case "ExpressionStatement":
      return throwing.length > 0 ? guarded(place, own, context) : compared(node, "", own, context);
    case "ReturnStatement":
      if (node.argument === null || node.argument === undefined) break;
      return throwing.length > 0 ? guarded(place, own, context) : compared(node, "return", own, context);
    case "VariableDeclaration":
      return throwing.length > 0 ? guardedDeclaration(node, place, own, context) : declared(node, own, context);
    case "FunctionDeclaration":
    case "ClassDeclaration":
      return behind(node, node.id?.name ?? "undefined", own, context);
    case "ExportDefaultDeclaration":
      return held(node.declaration, node.end, own, context);
    default:
  }
  if (throwing.length > 0) return guarded(place, own, context);
  return place.inList ? behind(node, "undefined", own, context) : { before: [], after: [] };
}

function insert(at: number, text: string): Edit {
  return { from: at, to: at, text };
}

/** Without the semicolon at its end. */
function bodyEnd({ code }: ParsedProgram, { start, end }: AnyNode): number {
  return code[end - 1] === ";" && end - 1 > start ? end - 1 : end;
}

/** `f();` becomes `{let v=(f());compare…}`, and `return f();` the same with `return v` at its end. */
function compared(node: AnyNode, keyword: "" | "return", own: readonly number[], context: Context): Wrapping {
  const value = `${context.mark}v`;
  const tail = keyword === "return" ? `return ${value}` : "";
  return {
    before: [{ from: node.start, to: node.start + keyword.length, text: `{let ${value}=(` }],
    after: [
      insert(bodyEnd(context.program, node), ")"),
      insert(node.end, `;${comparisons(own, value, context)}${tail}}`),
    ],
  };
}

/** The statement in a `try`; what it gives is compared behind it, unless it threw. */
function guarded({ node, mayAwait }: StatementPlace, own: readonly number[], context: Context): Wrapping {
  const { mark } = context;
  const returns = node.type === "ReturnStatement" && node.argument !== null && node.argument !== undefined;
  const hasValue = returns || node.type === "ExpressionStatement";
  const keyword = returns ? "return".length : 0;
  const assign = hasValue ? `${mark}v=(` : "";
  const settle = hasValue && mayAwait ? `;${mark}v=await ${mark}.settle(${mark}v)` : "";
  return {
    before: [{ from: node.start, to: node.start + keyword, text: `{let ${mark}v,${mark}c=1;try{${assign}` }],
    after: [
      insert(bodyEnd(context.program, node), hasValue ? ")" : ""),
      insert(node.end, `${settle}${caught(own, context)}${returns ? `return ${mark}v` : ""}}`),
    ],
  };
}

/** `const x = f();` becomes `let x;{try{v=(x = f());}catch…}`, so that the names stay where they were. */
function guardedDeclaration(
  node: VariableDeclaration,
  { mayAwait }: StatementPlace,
  own: readonly number[],
  context: Context,
): Wrapping {
  const { mark, program } = context;
  const names = node.declarations.flatMap(({ id }) => boundNames(id)).join(",");
  const keyword = node.kind === "var" ? "var" : "let";
  const first = node.declarations[0]?.start ?? node.start;
  const declares = names === "" ? "" : `${keyword} ${names};`;
  const settle = mayAwait ? `;${mark}v=await ${mark}.settle(${mark}v)` : "";
  return {
    before: [{ from: node.start, to: first, text: `${declares}{let ${mark}v,${mark}c=1;try{${mark}v=(` }],
    after: [insert(bodyEnd(program, node), ")"), insert(node.end, `${settle}${caught(own, context)}}`)],
  };
}

function caught(own: readonly number[], context: Context): string {
  const { mark, base } = context;
  const throwing = own.filter((index) => context.expectations[index]?.kind === "throws");
  const calm = throwing.map((index) => `${mark}.calm(${base + index},${mark}v);`).join("");
  const rest = own.filter((index) => !throwing.includes(index));
  return `}catch(${mark}x){${mark}c=0;${throwing.map((index) => `${mark}.threw(${base + index},${mark}x);`).join("")}}if(${mark}c){${calm}${comparisons(rest, `${mark}v`, context)}}`;
}

function declared(node: VariableDeclaration, own: readonly number[], context: Context): Wrapping {
  const last = node.declarations.at(-1);
  if (last?.id.type === "Identifier") return behind(node, last.id.name, own, context);
  return held(last?.init ?? null, node.end, own, context);
}

/** Compares a value that can be named behind the statement. */
function behind({ end }: AnyNode, value: string, own: readonly number[], context: Context): Wrapping {
  const name = `${context.mark}v`;
  return { before: [], after: [insert(end, `;{let ${name}=${value};${comparisons(own, name, context)}}`)] };
}

/** Lets an expression leave its value with the observer, and compares it behind the statement. */
function held(expression: AnyNode | null, end: number, own: readonly number[], context: Context): Wrapping {
  if (expression === null) return { before: [], after: [] };
  const { mark } = context;
  return {
    before: [insert(expression.start, `${mark}.hold((`)],
    after: [insert(expression.end, "))"), ...behind({ end } as AnyNode, `${mark}.held()`, own, context).after],
  };
}

function comparisons(own: readonly number[], value: string, context: Context): string {
  return own.map((index) => comparison(index, value, context)).join("");
}

/** Expressions as which plain words are read: `spec.md`, `my-dir`, `--unknown`. */
const MAY_BE_TEXT = new Set([
  "Identifier",
  "MemberExpression",
  "BinaryExpression",
  "UnaryExpression",
  "UpdateExpression",
]);

function comparison(index: number, value: string, { expectations, mark, base }: Context): string {
  const expectation = expectations[index];
  const number = base + index;
  if (expectation?.kind === "any") return `${mark}.any(${number});`;
  if (expectation?.kind === "type") return `${mark}.type(${number},${value});`;
  const expression = parseExpression(expectation?.expected ?? "");
  if (expression === null) return `${mark}.text(${number},${value},null);`;
  const named = MAY_BE_TEXT.has(expression.node.type);
  const source = expression.source.replace(/[\r\n\u2028\u2029]+/gu, " ");
  return `{let ${mark}e;try{${mark}e=${mark}.given((${source}))}catch(${mark}x){${mark}e=${mark}.failed(${mark}x)}${mark}.${named ? "text" : "value"}(${number},${value},${mark}e);}`;
}
