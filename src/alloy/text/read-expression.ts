import { Cursor } from "./cursor.js";
import type { Declaration, Expression, Sign } from "./expression.js";
import { childrenOf } from "./expression.js";
import type { Token } from "./lex.js";
import { isName } from "./lex.js";
import { binaryAt, LEVEL, PREFIX, QUANTIFIERS } from "./operators.js";

/** Deeper expressions are not read: nobody writes them, and what walks them may recurse. */
const DEPTH_LIMIT = 500;

/**
 * The expression that starts at a token, null when it cannot be read, and the index behind what was read. Follows the
 * grammar of Alloy 6 with its precedences, and is generous where Alloy is strict. Time is linear in what it reads.
 */
export function readExpression(
  tokens: readonly Token[],
  from: number,
  limit = tokens.length,
): { expression: Expression | null; next: number } {
  const reader = new ExpressionReader(new Cursor(tokens, from, limit));
  return { expression: reader.expression(), next: reader.cursor.at };
}

/** A block `{ … }` that takes all tokens from one index up to another; null when it cannot be read as one. */
export function readBlock(tokens: readonly Token[], from: number, limit: number): Expression | null {
  const { expression, next } = readExpression(tokens, from, limit);
  return next === limit && expression?.kind === "block" ? expression : null;
}

/** Declarations `a, b: X, c: Y` from a token on, and the index behind them. */
export function readDeclarations(
  tokens: readonly Token[],
  from: number,
  limit: number,
): { declarations: Declaration[]; next: number } | null {
  const reader = new ExpressionReader(new Cursor(tokens, from, limit));
  const declarations = reader.declarations();
  return declarations === null ? null : { declarations, next: reader.cursor.at };
}

/** Every method gives null where it cannot read on; then nothing reads on. */
class ExpressionReader {
  readonly cursor: Cursor;
  #nesting = 0;

  constructor(cursor: Cursor) {
    this.cursor = cursor;
  }

  expression(level: number = LEVEL.sequence): Expression | null {
    if (this.#nesting >= DEPTH_LIMIT) return null;
    this.#nesting++;
    let left = this.#prefix();
    while (left !== null) {
      const longer = this.#longer(left, level);
      if (longer === undefined) break;
      left = longer;
    }
    this.#nesting--;
    return left;
  }

  /** The expression with one more operator behind it; undefined where none follows, null where its operand is missing. */
  #longer(left: Expression, level: number): Expression | null | undefined {
    const { cursor } = this;
    if (cursor.is("'")) {
      const sign = this.#sign(1);
      return this.#made({ kind: "unary", operator: "'", sign, operand: left, start: left.start, end: sign.end });
    }
    if (cursor.is("[") && level <= LEVEL.join) return this.#box(left);
    const binary = binaryAt(cursor);
    if (binary === null || binary.level < level) return undefined;
    cursor.at += binary.length;
    const right = this.expression(binary.right ? binary.level : binary.level + 1);
    if (right === null) return null;
    if (binary.operator === "=>" && cursor.accept("else") !== null) {
      const alternative = this.expression(LEVEL.implies);
      if (alternative === null) return null;
      const parts = { condition: left, consequent: right, alternative };
      return this.#made({ kind: "choice", ...parts, start: left.start, end: alternative.end });
    }
    const { operator, sign } = binary;
    return this.#made({ kind: "binary", operator, sign, left, right, start: left.start, end: right.end });
  }

  #box(target: Expression): Expression | null {
    this.cursor.at++;
    const given: Expression[] = [];
    while (!this.cursor.is("]")) {
      const argument = this.expression();
      if (argument === null) return null;
      given.push(argument);
      if (this.cursor.accept(",") === null) break;
    }
    const close = this.cursor.accept("]");
    if (close === null) return null;
    return this.#made({ kind: "box", target, arguments: given, start: target.start, end: close.end });
  }

  #prefix(): Expression | null {
    const { cursor } = this;
    const token = cursor.peek();
    if (token === undefined) return null;
    if (token.kind === "string" || token.kind === "number") return this.#constant(1);
    if (token.text === "let") return this.#let();
    if (QUANTIFIERS.has(token.text) && !this.#isBound() && this.#declares(1)) return this.#quantified();
    const casts = (token.text === "sum" || token.text === "int") && cursor.is("[", 1);
    const prefix = Object.hasOwn(PREFIX, token.text) && !casts ? PREFIX[token.text] : undefined;
    const isQualified = token.text === "seq" && cursor.is("/", 1);
    if (prefix === undefined || isQualified) return this.#base(token);
    const sign = this.#sign(1);
    const operand = this.expression(prefix.operand);
    if (operand === null) return null;
    const { operator } = prefix;
    return this.#made({ kind: "unary", operator, sign, operand, start: sign.start, end: operand.end });
  }

  #base(token: Token): Expression | null {
    const { cursor } = this;
    if (token.text === "(") {
      cursor.at++;
      const inner = this.expression();
      const close = inner === null ? null : cursor.accept(")");
      if (inner === null || close === null) return null;
      return this.#made({ kind: "group", inner, start: token.start, end: close.end });
    }
    if (token.text === "{") return this.#declares(1, false) ? this.#comprehension() : this.#block();
    if (token.text === "-" && cursor.peek(1)?.kind === "number") return this.#constant(2);
    if ((token.text === "pred" || token.text === "fun") && cursor.is("/", 1)) return this.#constant(3);
    if (token.text === "seq" && cursor.is("Int", 2)) return this.#constant(3);
    const at = cursor.accept("@");
    const name = cursor.name();
    if (name !== null) {
      const start = at?.start ?? name.start;
      return this.#made({ kind: "name", name: name.text, start, end: name.end });
    }
    return at === null && CONSTANTS.has(token.text) ? this.#constant(1) : null;
  }

  #constant(length: number): Expression {
    const sign = this.#sign(length);
    return this.#made({ kind: "constant", ...sign }) ?? { kind: "constant", ...sign, depth: 1 };
  }

  /** Directly behind a colon `lone A, b: B` is a multiplicity and the next declaration. */
  #isBound(): boolean {
    const { cursor } = this;
    return cursor.is(":", -1) || cursor.is("disj", -1) || cursor.is("disjoint", -1);
  }

  /** Whether declarations stand here: names and a colon; `=` does not declare where a formula may stand. */
  #declares(ahead: number, qualified = true): boolean {
    const { cursor } = this;
    let at = ahead;
    while (cursor.isOneOf(QUALIFIERS, at)) at++;
    if (qualified && at > ahead && isName(cursor.peek(at))) return true;
    while (isName(cursor.peek(at))) {
      if (cursor.is(":", at + 1)) return true;
      if (!cursor.is(",", at + 1)) return false;
      at += 2;
    }
    return false;
  }

  declarations(): Declaration[] | null {
    const { cursor } = this;
    const found: Declaration[] = [];
    for (;;) {
      while (cursor.accept(",") !== null);
      if (!cursor.isOneOf(QUALIFIERS) && !isName(cursor.peek())) return found;
      let disjoint: Sign | null = null;
      while (cursor.isOneOf(QUALIFIERS)) {
        const sign = this.#sign(1);
        if (sign.text.startsWith("disj")) disjoint = sign;
      }
      const names = cursor.names();
      const defined = cursor.accept("=") !== null;
      if (names.length === 0 || (!defined && cursor.accept(":") === null)) return null;
      if (cursor.is("disj") || cursor.is("disjoint")) disjoint ??= this.#sign(1);
      const bound = this.expression(LEVEL.or);
      if (bound === null) return null;
      found.push({ names, disjoint, defined, bound });
      if (!cursor.is(",")) return found;
    }
  }

  #quantified(): Expression | null {
    const sign = this.#sign(1);
    const declarations = this.declarations();
    const body = declarations === null ? null : this.#body();
    if (declarations === null || body === null) return null;
    const quantifier = sign.text;
    return this.#made({ kind: "quantified", quantifier, sign, declarations, body, start: sign.start, end: body.end });
  }

  #let(): Expression | null {
    const { start } = this.#sign(1);
    const bindings: { name: Sign; value: Expression }[] = [];
    do {
      const name = this.cursor.name();
      if (name === null || this.cursor.accept("=") === null) return null;
      const value = this.expression();
      if (value === null) return null;
      bindings.push({ name, value });
    } while (this.cursor.accept(",") !== null);
    const body = this.#body();
    return body === null ? null : this.#made({ kind: "let", bindings, body, start, end: body.end });
  }

  /** `| formula` or `{ … }`. */
  #body(): Expression | null {
    if (this.cursor.accept("|") !== null) return this.expression();
    return this.cursor.is("{") ? this.#block() : null;
  }

  #comprehension(): Expression | null {
    const { start } = this.#sign(1);
    const declarations = this.declarations();
    if (declarations === null) return null;
    const body = this.cursor.is("}") ? null : this.#body();
    const close = this.cursor.accept("}");
    if (close === null) return null;
    return this.#made({ kind: "comprehension", declarations, body, start, end: close.end });
  }

  #block(): Expression | null {
    if (this.#nesting >= DEPTH_LIMIT) return null;
    this.#nesting++;
    const { start } = this.#sign(1);
    const formulas: Expression[] = [];
    while (this.cursor.peek() !== undefined && !this.cursor.is("}")) {
      const formula = this.expression();
      if (formula === null) return null;
      formulas.push(formula);
    }
    this.#nesting--;
    const close = this.cursor.accept("}");
    return close === null ? null : this.#made({ kind: "block", formulas, start, end: close.end });
  }

  /** Takes tokens as one sign. */
  #sign(length: number): Sign {
    const { cursor } = this;
    const first = cursor.peek();
    const last = cursor.peek(length - 1) ?? first;
    let text = "";
    for (let taken = 0; taken < length; taken++) text += cursor.take()?.text ?? "";
    return { text, start: first?.start ?? 0, end: last?.end ?? 0 };
  }

  #made(expression: WithoutDepth<Expression>): Expression | null {
    const whole = { ...expression, depth: 1 };
    let depth = 1;
    for (const child of childrenOf(whole)) depth = Math.max(depth, child.depth + 1);
    return depth > DEPTH_LIMIT ? null : { ...whole, depth };
  }
}

type WithoutDepth<T> = T extends unknown ? Omit<T, "depth"> : never;

const QUALIFIERS: ReadonlySet<string> = new Set([
  "var",
  "private",
  "disj",
  "disjoint",
  "part",
  "partition",
  "exh",
  "exhaustive",
]);
const CONSTANTS: ReadonlySet<string> = new Set(
  "iden this univ none Int String steps seq disj disjoint int sum".split(" "),
);
