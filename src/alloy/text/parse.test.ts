import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import { RICH } from "../../../test/builders/alloy.js";
import type { Expression } from "./expression.js";
import { bare, walk } from "./expression.js";
import type { Command, Paragraph } from "./paragraph.js";
import { parseAlloy } from "./parse.js";

function paragraphs(text: string): Paragraph[] {
  return parseAlloy("a.als", text).paragraphs;
}

function commands(text: string): Command[] {
  return paragraphs(text).filter((each): each is Command => each.kind === "check" || each.kind === "run");
}

/** A formula with all its parentheses. */
function shown(expression: Expression): string {
  switch (expression.kind) {
    case "name":
      return expression.name;
    case "constant":
      return expression.text;
    case "unary":
      return `(${expression.operator} ${shown(expression.operand)})`;
    case "binary":
      return `(${shown(expression.left)} ${expression.operator} ${shown(expression.right)})`;
    case "choice":
      return `(${shown(expression.condition)} ? ${shown(expression.consequent)} : ${shown(expression.alternative)})`;
    case "quantified":
      return `(${expression.quantifier} ${expression.declarations.map((each) => each.names.map(({ text }) => text)).join()} | ${shown(expression.body)})`;
    case "box":
      return `${shown(expression.target)}[${expression.arguments.map(shown).join(", ")}]`;
    case "block":
      return `{${expression.formulas.map(shown).join(" ")}}`;
    case "group":
      return shown(expression.inner);
    case "comprehension":
      return `{set | ${expression.body === null ? "" : shown(expression.body)}}`;
    case "let":
      return `(let ${expression.bindings.map(({ name, value }) => `${name.text}=${shown(value)}`).join()} | ${shown(expression.body)})`;
  }
}

function formula(text: string): string {
  const [fact] = paragraphs(`fact { ${text} }`);
  return fact?.kind === "fact" && fact.body !== null ? shown(bare(fact.body)) : "unread";
}

describe("a text", () => {
  test("is read paragraph by paragraph", () => {
    traceSpec("ALLOY-READ", "ALLOY-READ-FORMS");
    const read = paragraphs(RICH);
    expect(read.map(({ kind }) => kind)).toEqual([
      ...["module", "open", "open", "sig", "sig", "sig", "sig", "enum", "fact", "fact", "fact", "let", "let"],
      ...["pred", "pred", "fun", "fun", "assert", "check", "check", "run", "run", "run", "check"],
    ]);
    const [module, ordering, money, , cart, order, both, colour] = read;
    expect(module).toMatchObject({ name: { text: "shop/orders" }, parameters: [{ text: "Item" }] });
    expect(ordering).toMatchObject({
      path: { text: "util/ordering" },
      arguments: ["Order"],
      alias: { text: "orders" },
    });
    expect(money).toMatchObject({ path: { text: "lib/money" }, arguments: [], alias: null });
    expect(cart).toMatchObject({ multiplicity: "one", variable: true, relation: "in", parents: [{ text: "Thing" }] });
    expect(
      cart?.kind === "sig" &&
        cart.fields?.map((each) => [each.names.map(({ text }) => text), each.variable, each.disjoint]),
    ).toEqual([
      [["items"], true, false],
      [["a", "b"], false, true],
    ]);
    expect(order).toMatchObject({
      private: true,
      multiplicity: "lone",
      names: [{ text: "Order" }, { text: "Return" }],
    });
    expect(order?.kind === "sig" && order.fields?.map(({ defined }) => defined)).toEqual([false, true]);
    expect(both).toMatchObject({ relation: "in", parents: [{ text: "Order" }, { text: "Return" }] });
    expect(colour).toMatchObject({ name: { text: "Colour" }, members: [{ text: "Red" }, { text: "Green" }] });
  });

  test("gives every body that it can read", () => {
    traceSpec("ALLOY-READ-FORMS");
    const bodies = paragraphs(RICH).flatMap((each) =>
      each.kind === "fact" ||
      each.kind === "assert" ||
      each.kind === "pred" ||
      each.kind === "fun" ||
      each.kind === "let"
        ? [each.body]
        : [],
    );
    expect(bodies).toHaveLength(10);
    expect(bodies.every((body) => body !== null)).toBe(true);
    const named = bodies
      .flatMap((body) => (body === null ? [] : [...walk(body)]))
      .filter(({ kind }) => kind === "name");
    expect(named).toHaveLength(34);
  });

  test("has places of its own file", () => {
    traceSpec("ALLOY-READ");
    const text = "sig A {}\n\n  fact f { some A }";
    const read = paragraphs(text);
    expect(read.map(({ start, end }) => text.slice(start, end))).toEqual(["sig A {}", "fact f { some A }"]);
    const [, fact] = read;
    expect(fact?.kind === "fact" && fact.name !== null && text.slice(fact.name.start, fact.name.end)).toBe("f");
  });
});

describe("a command", () => {
  test("has all its parts", () => {
    traceSpec("ALLOY-READ-COMMAND");
    const [small, plain, paid, second, inline, block] = commands(RICH);
    expect(small).toMatchObject({ kind: "check", label: { text: "small" }, target: { text: "holds" }, expect: 0 });
    expect(small?.scope?.overall).toBe(3);
    expect(small?.scope?.entries.map(({ exactly, from, to, name }) => [exactly, from, to, name.text])).toEqual([
      [true, 2, 2, "Order"],
      [false, 5, 5, "Int"],
      [false, 1, 4, "steps"],
    ]);
    expect(plain).toMatchObject({ label: null, target: { text: "holds" }, scope: null, expect: null });
    expect(paid?.scope?.entries.map(({ exactly, from, to, name }) => [exactly, from, to, name.text])).toEqual([
      [true, 2, 3, "Item"],
      [false, 2, null, "Cart"],
    ]);
    expect(second).toMatchObject({ label: { text: "second" }, target: null, expect: 1 });
    expect(second?.block?.body?.kind).toBe("block");
    expect(inline).toMatchObject({ label: { text: "inline" }, target: null, expect: 1, scope: null });
    expect(block).toMatchObject({ kind: "check", label: null, target: null });
  });

  test("ends where the next one's label begins", () => {
    traceSpec("ALLOY-READ-COMMAND");
    const text = "run show\nx: check a for 3\ny: run b for 1.. steps\nz: run {}\ncheck c => check d expect 1";
    expect(commands(text).map((each) => [each.kind, each.label?.text, each.target?.text, each.scope?.overall])).toEqual(
      [
        ["run", undefined, "show", undefined],
        ["check", "x", "a", 3],
        ["run", "y", "b", null],
        ["run", "z", undefined, undefined],
        ["check", undefined, "c", undefined],
        ["check", undefined, "d", undefined],
      ],
    );
  });
});

test.each([
  ["a and b or c => d else e <=> f", "((a and b) or ((c ? d : e) <=> f))"],
  ["a => b => c else d", "(a => (b ? c : d))"],
  ["not a in b && c", "((! (a in b)) and c)"],
  ["a !in b.c'.d - e & f -> some g", "(a !in (((b . (' c)) . d) - (e & (f -> g))))"],
  ["always a until eventually b", "((always a) until (eventually b))"],
  ["always all x: A | x' = x ; b", "(always (all x | (((' x) = x) ; b)))"],
  ["#a.b + 1 > 2", "(((# (a . b)) + 1) > 2)"],
  ["a.b[c, d].e", "((a . b)[c, d] . e)"],
  ["some x some y: A | x no z", "{(some x) (some y | x) (no z)}"],
  ["~a.*b.^c", "(((~ a) . (* b)) . (^ c))"],
  ["a one -> lone b ++ c", "((a -> b) ++ c)"],
  ["{x: A | p} in {x: A, y: B} {p q}", "{({set | p} in {set | }) {p q}}"],
  ["let x = a, y = x | disj[x, y]", "(let x=a,y=x | disj[x, y])"],
  ["seq/Int in @f and pred/totalOrder[a, b]", "((seq/Int in f) and pred/totalOrder[a, b])"],
  ["one a: lone A, b: B | a = b", "(one a,b | (a = b))"],
])("the formula %s", (text, expected) => {
  traceSpec("ALLOY-READ-TEMPORAL");
  expect(formula(text)).toBe(expected);
});

test("comments and strings are no paragraphs", () => {
  traceSpec("ALLOY-READ-COMMENT");
  const text =
    'sig A {} // check a\n-- check b\n/* check c\n check d */ fact "run e {" { some A } /** run f */ run g /* open';
  const read = parseAlloy("a.als", text);
  expect(read.paragraphs.map(({ kind }) => kind)).toEqual(["sig", "fact", "run"]);
  expect(read.comments.map((each) => each.text)).toEqual([
    "// check a",
    "-- check b",
    "/* check c\n check d */",
    "/** run f */",
    "/* open",
  ]);
});

test("what cannot be read leaves the rest readable", () => {
  traceSpec("ALLOY-HOSTILE", "ALLOY-HOSTILE-DEPTH");
  const deep = `${"(".repeat(100_000)}a${")".repeat(100_000)}`;
  const chain = "a + ".repeat(100_000);
  const text = `fact { ${deep} } fact { ${chain}a } ) sig = 3 } fact { some } check x for 3 fun f: ${deep} {} let l = ${"! ".repeat(9_999)}`;
  const read = paragraphs(`${text}\nassert y { some A }`);
  expect(read.map((each) => [each.kind, "body" in each && each.body !== null])).toEqual([
    ["fact", false],
    ["fact", false],
    ["stray", false],
    ["sig", false],
    ["stray", false],
    ["fact", false],
    ["check", false],
    ["fun", false],
    ["stray", false],
    ["let", false],
    ["stray", false],
    ["assert", true],
  ]);
});
