import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import { collectFiles } from "../../../test/builders/alloy.js";
import type { Expression } from "../text/expression.js";
import { parseAlloy } from "../text/parse.js";
import { auditModels } from "./audit.js";
import { failsByForm, holdsByForm } from "./form.js";

function read(text: string): Expression {
  const [fact] = parseAlloy("a.als", `fact { ${text} }`).paragraphs;
  if (fact?.kind !== "fact" || fact.body === null) throw new Error(`unread: ${text}`);
  return fact.body;
}

describe("by form", () => {
  test.each([
    "",
    "a = a",
    "(a.b) = a.b and c[d, e] in c[d, e]",
    "all x: A | x = x",
    "all x: none | x in B",
    "no x: A | x != x",
    "lone x: none | some x",
    "p => p",
    "p and q => q and p",
    "p and q implies { q p }",
    "p or not p",
    "!p or p",
    "p[x] <=> p[x]",
    "a in a + b",
    "a & b in a",
    "a - b in a",
    "a in univ",
    "none in a",
    "always (p => p)",
    "always after eventually historically once a = a",
    "let x = y | x in x",
    "p => (a = a) else { }",
    "some none => p",
    "not some none",
    "no none",
    "#a >= 0",
    "0 =< #a",
    "not (a < a)",
    "p => a = a",
  ])("`%s` holds", (text) => {
    traceSpec("ALLOY-AUDIT-FORM");
    expect([holdsByForm(read(text)), failsByForm(read(text))]).toEqual([true, false]);
  });

  test.each([
    "a = b",
    "a' = a",
    "all x: A | x = y",
    "some x: A | x = x",
    "one x: none | x = x",
    "before a = a",
    "p => q",
    "q => p and q",
    "p or not q",
    "a in b + c",
    "a + b in a",
    "a in a & b",
    "a in a - b",
    "#a > 0",
    "a =< b",
    "some univ",
    "all x: A | some x",
    "a -> one b = a -> b",
    "{x: A | p} = {x: A | q}",
    "p until a = a",
    "no x: A | x = x",
  ])("`%s` may fail", (text) => {
    traceSpec("ALLOY-AUDIT-FORM");
    expect(holdsByForm(read(text))).toBe(false);
  });

  test("an assertion or checked block that holds is a finding, and its check hollow", () => {
    traceSpec("ALLOY-AUDIT-FORM", "ALLOY-AUDIT-HOLLOW");
    const model =
      "sig A {}\nassert a { all x: A | x = x }\nassert e {}\ncheck a expect 0\ncheck e expect 0\ncheck { A in A } expect 0\ncheck { no A } expect 1";
    const { findings, hollow } = auditModels(collectFiles({ "a.als": model }).models);
    expect(findings.map(({ code, span, message }) => [code, span.line, message.split(",")[0]])).toEqual([
      ["ALLOY009", 2, "Unexpected assertion a that is true by its form"],
      ["ALLOY009", 3, "Unexpected assertion e that says nothing"],
      ["ALLOY009", 6, "Unexpected `check` of a block that is true by its form"],
    ]);
    expect([...(hollow.get("a.als") ?? [])].map(([index]) => index)).toEqual([0, 1, 2]);
  });
});

/** A universe of two atoms: sets are bit masks, and each name has a set or a truth. */
interface World {
  sets: Readonly<Record<string, number>>;
  truths: Readonly<Record<string, boolean>>;
}

const SETS = ["a", "b"];
const TRUTHS = ["p", "q"];

const set: fc.Arbitrary<string> = fc.letrec<{ set: string }>((tie) => ({
  set: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(...SETS, "none", "univ"),
    fc.tuple(tie("set"), fc.constantFrom("+", "-", "&"), tie("set")).map(([l, o, r]) => `(${l} ${o} ${r})`),
  ),
})).set;

const formula: fc.Arbitrary<string> = fc.letrec<{ formula: string }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...TRUTHS),
    fc.tuple(set, fc.constantFrom("=", "!=", "in", "!in"), set).map(([l, o, r]) => `(${l} ${o} ${r})`),
    fc.tuple(fc.constantFrom("no", "some", "lone", "one"), set).map(([o, s]) => `(${o} ${s})`),
    fc
      .tuple(tie("formula"), fc.constantFrom("and", "or", "=>", "<=>"), tie("formula"))
      .map(([l, o, r]) => `(${l} ${o} ${r})`),
    tie("formula").map((f) => `(not ${f})`),
    fc.tuple(tie("formula"), tie("formula"), tie("formula")).map(([c, t, e]) => `(${c} => ${t} else ${e})`),
    fc
      .tuple(fc.constantFrom("all", "some", "no", "lone", "one"), set, tie("formula"))
      .map(([q, s, f]) => `(${q} x: ${s} | ${f})`),
  ),
})).formula;

function setOf(expression: Expression, world: World): number {
  switch (expression.kind) {
    case "group":
      return setOf(expression.inner, world);
    case "constant":
      return expression.text === "univ" ? 3 : 0;
    case "name":
      return world.sets[expression.name] ?? 0;
    case "binary": {
      const [left, right] = [setOf(expression.left, world), setOf(expression.right, world)];
      return expression.operator === "+" ? left | right : expression.operator === "&" ? left & right : left & ~right;
    }
    default:
      throw new Error(expression.kind);
  }
}

function counted(word: string, count: number): boolean {
  return { no: count === 0, some: count > 0, lone: count <= 1, one: count === 1 }[word] ?? false;
}

const sizeOf = (mask: number) => (mask & 1) + (mask >> 1);

function isTrue(expression: Expression, world: World): boolean {
  switch (expression.kind) {
    case "block":
      return expression.formulas.every((each) => isTrue(each, world));
    case "group":
      return isTrue(expression.inner, world);
    case "name":
      return world.truths[expression.name] ?? false;
    case "choice":
      return isTrue(isTrue(expression.condition, world) ? expression.consequent : expression.alternative, world);
    case "unary":
      return expression.operator === "!"
        ? !isTrue(expression.operand, world)
        : counted(expression.operator, sizeOf(setOf(expression.operand, world)));
    case "quantified": {
      const mask = setOf(expression.declarations[0]?.bound ?? expression.body, world);
      const atoms = [1, 2].filter((atom) => (mask & atom) !== 0);
      const count = atoms.filter((x) => isTrue(expression.body, { ...world, sets: { ...world.sets, x } })).length;
      return expression.quantifier === "all" ? count === atoms.length : counted(expression.quantifier, count);
    }
    case "binary":
      return compared(expression, world);
    default:
      throw new Error(expression.kind);
  }
}

function compared(expression: Extract<Expression, { kind: "binary" }>, world: World): boolean {
  const { operator, left, right } = expression;
  const truths = () => [isTrue(left, world), isTrue(right, world)] as const;
  const values = () => [setOf(left, world), setOf(right, world)] as const;
  switch (operator) {
    case "and":
      return truths().every(Boolean);
    case "or":
      return truths().some(Boolean);
    case "=>":
      return !truths()[0] || truths()[1];
    case "<=>":
      return truths()[0] === truths()[1];
    case "=":
      return values()[0] === values()[1];
    case "!=":
      return values()[0] !== values()[1];
    case "in":
      return (values()[0] & ~values()[1]) === 0;
    default:
      return (values()[0] & ~values()[1]) !== 0;
  }
}

test("what is called true or false by form is so in every world of two atoms", () => {
  traceSpec("ALLOY-AUDIT-SOUND");
  const worlds: World[] = [];
  for (let bits = 0; bits < 64; bits++) {
    const sets = { a: bits & 3, b: (bits >> 2) & 3 };
    worlds.push({ sets, truths: { p: (bits & 16) !== 0, q: (bits & 32) !== 0 } });
  }
  let decided = 0;
  fc.assert(
    fc.property(formula, (text) => {
      const expression = read(text);
      if (holdsByForm(expression)) {
        decided++;
        expect([text, worlds.every((world) => isTrue(expression, world))]).toEqual([text, true]);
      }
      if (failsByForm(expression)) {
        decided++;
        expect([text, worlds.some((world) => isTrue(expression, world))]).toEqual([text, false]);
      }
    }),
    { numRuns: 3000 },
  );
  expect(decided).toBeGreaterThan(100);
});
