interface Base {
  /** Offsets in the text, the end exclusive. */
  start: number;
  end: number;
  /** Levels below and with this one: bounded, so that walks may recurse. */
  depth: number;
}

/** A sign or word in the text. */
export interface Sign {
  text: string;
  start: number;
  end: number;
}

export interface Declaration {
  names: Sign[];
  disjoint: Sign | null;
  /** `=` instead of `:`. */
  defined: boolean;
  bound: Expression;
}

/** Alloy formulas and expressions, which share one grammar. Blank in what they name: nothing is resolved. */
export type Expression =
  | (Base & { kind: "name"; name: string })
  /** Numbers, strings, `none`, `univ`, `iden`, `this`, `Int`. */
  | (Base & { kind: "constant"; text: string })
  /** Prefix operators, and `'`, which stands behind its operand. */
  | (Base & { kind: "unary"; operator: string; sign: Sign; operand: Expression })
  /** `operator` is written the short way: `and`, `or`, `=>`, `<=>`, `!=`, `!in`, `->`. */
  | (Base & { kind: "binary"; operator: string; sign: Sign; left: Expression; right: Expression })
  | (Base & { kind: "choice"; condition: Expression; consequent: Expression; alternative: Expression })
  | (Base & {
      kind: "quantified";
      quantifier: string;
      sign: Sign;
      declarations: Declaration[];
      body: Expression;
    })
  | (Base & { kind: "comprehension"; declarations: Declaration[]; body: Expression | null })
  | (Base & { kind: "let"; bindings: { name: Sign; value: Expression }[]; body: Expression })
  /** `{ … }`: all formulas hold. */
  | (Base & { kind: "block"; formulas: Expression[] })
  | (Base & { kind: "group"; inner: Expression })
  /** `target[arguments]`: a join, or a call. */
  | (Base & { kind: "box"; target: Expression; arguments: Expression[] });

/** The parts of an expression, in order of place; bounds of declarations included. */
export function childrenOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case "name":
    case "constant":
      return [];
    case "unary":
      return [expression.operand];
    case "binary":
      return [expression.left, expression.right];
    case "choice":
      return [expression.condition, expression.consequent, expression.alternative];
    case "quantified":
      return [...expression.declarations.map(({ bound }) => bound), expression.body];
    case "comprehension":
      return [
        ...expression.declarations.map(({ bound }) => bound),
        ...(expression.body === null ? [] : [expression.body]),
      ];
    case "let":
      return [...expression.bindings.map(({ value }) => value), expression.body];
    case "block":
      return expression.formulas;
    case "group":
      return [expression.inner];
    case "box":
      return [expression.target, ...expression.arguments];
  }
}

/** The expression and everything in it, in order of place. */
export function* walk(expression: Expression): Generator<Expression> {
  const pending = [expression];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    yield next;
    for (const child of childrenOf(next).toReversed()) pending.push(child);
  }
}

/** What parentheses, and braces around a single formula, hold. */
export function bare(expression: Expression): Expression {
  let inner = expression;
  for (;;) {
    if (inner.kind === "group") inner = inner.inner;
    else if (inner.kind === "block" && inner.formulas.length === 1 && inner.formulas[0] !== undefined) {
      inner = inner.formulas[0];
    } else return inner;
  }
}
