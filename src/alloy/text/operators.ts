import type { Cursor } from "./cursor.js";
import type { Sign } from "./expression.js";

/** How tightly operators bind, the loosest first. */
export const LEVEL = {
  sequence: 1,
  or: 3,
  iff: 4,
  implies: 5,
  and: 6,
  until: 7,
  formula: 8,
  compare: 9,
  shift: 10,
  union: 11,
  multiply: 12,
  number: 13,
  override: 14,
  intersect: 15,
  arrow: 16,
  domain: 17,
  range: 18,
  join: 19,
  closure: 20,
} as const;

/** A binary operator as written, by its short name. */
export interface BinaryOperator {
  operator: string;
  level: number;
  right: boolean;
  sign: Sign;
  /** Tokens it takes. */
  length: number;
}

const BINARY: Readonly<Record<string, { operator: string; level: number; right?: true }>> = {
  ";": { operator: ";", level: LEVEL.sequence, right: true },
  "||": { operator: "or", level: LEVEL.or },
  or: { operator: "or", level: LEVEL.or },
  "<=>": { operator: "<=>", level: LEVEL.iff },
  iff: { operator: "<=>", level: LEVEL.iff },
  "=>": { operator: "=>", level: LEVEL.implies, right: true },
  implies: { operator: "=>", level: LEVEL.implies, right: true },
  "&&": { operator: "and", level: LEVEL.and },
  and: { operator: "and", level: LEVEL.and },
  until: { operator: "until", level: LEVEL.until },
  since: { operator: "since", level: LEVEL.until },
  triggered: { operator: "triggered", level: LEVEL.until },
  releases: { operator: "releases", level: LEVEL.until },
  in: { operator: "in", level: LEVEL.compare },
  "=": { operator: "=", level: LEVEL.compare },
  "<": { operator: "<", level: LEVEL.compare },
  ">": { operator: ">", level: LEVEL.compare },
  "=<": { operator: "=<", level: LEVEL.compare },
  "<=": { operator: "=<", level: LEVEL.compare },
  ">=": { operator: ">=", level: LEVEL.compare },
  "<<": { operator: "<<", level: LEVEL.shift },
  ">>": { operator: ">>", level: LEVEL.shift },
  ">>>": { operator: ">>>", level: LEVEL.shift },
  "+": { operator: "+", level: LEVEL.union },
  "-": { operator: "-", level: LEVEL.union },
  "++": { operator: "++", level: LEVEL.override },
  "&": { operator: "&", level: LEVEL.intersect },
  "->": { operator: "->", level: LEVEL.arrow, right: true },
  "<:": { operator: "<:", level: LEVEL.domain },
  ":>": { operator: ":>", level: LEVEL.range },
  ".": { operator: ".", level: LEVEL.join },
  "::": { operator: ".", level: LEVEL.join },
};

const ARITHMETIC: Readonly<Record<string, number>> = {
  add: LEVEL.union,
  sub: LEVEL.union,
  mul: LEVEL.multiply,
  div: LEVEL.multiply,
  rem: LEVEL.multiply,
};

const COMPARED: ReadonlySet<string> = new Set(["in", "=", "<", ">", "=<", "<=", ">="]);
const ARROW_MULTIPLICITIES: ReadonlySet<string> = new Set(["some", "one", "lone", "set"]);

/** The binary operator that stands here; null where none does. Nothing is taken. */
export function binaryAt(cursor: Cursor): BinaryOperator | null {
  const token = cursor.peek();
  if (token === undefined || token.kind === "string" || token.kind === "number") return null;
  const made = (operator: string, level: number, length: number, right = false): BinaryOperator => {
    const end = cursor.peek(length - 1)?.end ?? token.end;
    return { operator, level, right, length, sign: { text: operator, start: token.start, end } };
  };
  if ((token.text === "!" || token.text === "not") && cursor.isOneOf(COMPARED, 1)) {
    const compared = cursor.peek(1)?.text ?? "";
    return made(`!${compared === "<=" ? "=<" : compared}`, LEVEL.compare, 2);
  }
  if (token.text === "fun" && cursor.is("/", 1)) {
    const name = cursor.peek(2)?.text ?? "";
    const level = Object.hasOwn(ARITHMETIC, name) ? ARITHMETIC[name] : undefined;
    return level === undefined ? null : made(`fun/${name}`, level, 3);
  }
  if (ARROW_MULTIPLICITIES.has(token.text)) {
    if (!cursor.is("->", 1)) return null;
    return made("->", LEVEL.arrow, cursor.isOneOf(ARROW_MULTIPLICITIES, 2) ? 3 : 2, true);
  }
  if (token.text === "->" && cursor.isOneOf(ARROW_MULTIPLICITIES, 1)) return made("->", LEVEL.arrow, 2, true);
  const known = Object.hasOwn(BINARY, token.text) ? BINARY[token.text] : undefined;
  return known === undefined ? null : made(known.operator, known.level, 1, known.right === true);
}

/** Prefix operators, and how tightly what stands behind them has to bind. */
export const PREFIX: Readonly<Record<string, { operator: string; operand: number }>> = {
  "!": { operator: "!", operand: LEVEL.formula },
  not: { operator: "!", operand: LEVEL.formula },
  always: { operator: "always", operand: LEVEL.formula },
  eventually: { operator: "eventually", operand: LEVEL.formula },
  after: { operator: "after", operand: LEVEL.formula },
  before: { operator: "before", operand: LEVEL.formula },
  historically: { operator: "historically", operand: LEVEL.formula },
  once: { operator: "once", operand: LEVEL.formula },
  no: { operator: "no", operand: LEVEL.shift },
  some: { operator: "some", operand: LEVEL.shift },
  lone: { operator: "lone", operand: LEVEL.shift },
  one: { operator: "one", operand: LEVEL.shift },
  set: { operator: "set", operand: LEVEL.shift },
  seq: { operator: "seq", operand: LEVEL.shift },
  "#": { operator: "#", operand: LEVEL.number },
  sum: { operator: "sum", operand: LEVEL.number },
  int: { operator: "int", operand: LEVEL.number },
  "~": { operator: "~", operand: LEVEL.closure },
  "^": { operator: "^", operand: LEVEL.closure },
  "*": { operator: "*", operand: LEVEL.closure },
};

export const QUANTIFIERS: ReadonlySet<string> = new Set(["all", "no", "some", "lone", "one", "sum"]);
