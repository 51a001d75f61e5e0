import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import { RICH } from "../../../test/builders/alloy.js";
import type { AlloyText, Paragraph } from "../text/paragraph.js";
import { parseAlloy } from "../text/parse.js";
import { mutantsOf, mutate } from "./mutants.js";

function changed(fact: string): [string, string][] {
  const text = `fact { ${fact} }`;
  return mutantsOf(parseAlloy("a.als", text)).map((mutant) => [
    mutant.change,
    mutate(text, mutant).slice(7, -2).replace(/ +/g, " ").trim(),
  ]);
}

describe("a change", () => {
  test.each([
    ["some a", "some to no", "no a"],
    ["no a", "no to some", "some a"],
    ["lone a", "lone to one", "one a"],
    ["one a", "one to lone", "lone a"],
    ["all x: A | p", "all to some", "some x: A | p"],
    ["no x: A | p", "no to some", "some x: A | p"],
    ["some x: lone A | p", "multiplicity lone to set", "some x: set A | p"],
    ["a = b", "equality to inclusion", "a in b"],
    ["a=b", "equality to inclusion", "a in b"],
    ["a in b", "inclusion to equality", "a = b"],
    ["a not in b", "exclusion to inclusion", "a in b"],
    ["a != b", "inequality to equality", "a = b"],
    ["#a < 3", "bound moved", "#a =< 3"],
    ["#a <= 3", "bound moved", "#a < 3"],
    ["#a > 3", "bound moved", "#a >= 3"],
    ["some a + b", "union to difference", "some a - b"],
    ["some a - b", "difference to union", "some a + b"],
    ["some a & b", "intersection to union", "some ((a) + (b))"],
    ["some a ++ b", "override to union", "some ((a) + (b))"],
    ["some a.^b", "closure made reflexive", "some a.*b"],
    ["some a.*b", "closure made irreflexive", "some a.^b"],
    ["some ~b", "transpose dropped", "some b"],
    ["p => q", "implication to equivalence", "((p) <=> (q))"],
    ["p iff q", "equivalence to implication", "((p) => (q))"],
    ["p or q and r", "or to and", "((p) and (q and r))"],
    ["p and q => r", "and to or", "((p) or (q)) => r"],
    ["p && q", "and to or", "((p) or (q))"],
    ["p and q", "conjunct dropped", "q"],
    ["p and q", "conjunct negated", "p and (not (q))"],
    ["p q", "conjunct dropped", "p"],
    ["not p", "negation dropped", "p"],
    ["always p", "always to eventually", "eventually p"],
    ["eventually p", "eventually to always", "always p"],
    ["historically p", "historically to once", "once p"],
    ["once p", "once to historically", "historically p"],
    ["after p", "after dropped", "p"],
    ["before p", "before dropped", "p"],
    ["some a'", "prime dropped", "some a"],
    ["p until q", "until to releases", "p releases q"],
    ["p since q", "since to triggered", "p triggered q"],
    ["a = b fun/add c", "sum to difference", "a = b fun/sub c"],
  ])("to `%s`: %s", (before, change, after) => {
    traceSpec("ALLOY-MUTANT", "ALLOY-MUTANT-KINDS", "ALLOY-MUTANT-LOCAL");
    expect(changed(before)).toContainEqual([change, after]);
  });

  test("reaches into quantifiers, implications and conjunctions", () => {
    traceSpec("ALLOY-MUTANT-KINDS");
    expect(changed("all x: A | p => { q and r }").filter(([change]) => change.startsWith("conjunct"))).toEqual([
      ["conjunct dropped", ""],
      ["conjunct negated", "(not (all x: A | p => { q and r }))"],
      ["conjunct dropped", "all x: A | p => { r }"],
      ["conjunct negated", "all x: A | p => { (not (q)) and r }"],
      ["conjunct dropped", "all x: A | p => { }"],
      ["conjunct negated", "all x: A | p => { (not (q and r)) }"],
      ["conjunct dropped", "all x: A | p => { q }"],
      ["conjunct negated", "all x: A | p => { q and (not (r)) }"],
    ]);
  });

  test("leaves multiplicities alone that only stand behind `in`", () => {
    traceSpec("ALLOY-MUTANT-READABLE");
    expect(changed("f in A one -> B").map(([change]) => change)).toEqual(["conjunct dropped", "conjunct negated"]);
    expect(changed("p ; q").map(([change]) => change)).not.toContain("and to or");
  });

  test("of a field is one of its multiplicity", () => {
    traceSpec("ALLOY-MUTANT-KINDS");
    const text = "sig A { f: lone A, g: A -> B, var h: some A } { some f }";
    expect(
      mutantsOf(parseAlloy("a.als", text)).map(({ within, change, before, after }) => [within, change, before, after]),
    ).toEqual([
      ["A", "multiplicity lone to set", "lone", "set"],
      ["A", "multiplicity some to set", "some", "set"],
      ["A", "some to no", "some", "no"],
      ["A", "conjunct dropped", "some f", ""],
      ["A", "conjunct negated", "some f", "(not (some f))"],
    ]);
  });

  test("keeps the places of what stands behind a dropped conjunct", () => {
    traceSpec("ALLOY-MUTANT-EXACT");
    const text = "fact {\n  some\n    a\n  some b\n}\ncheck c";
    const [first] = mutantsOf(parseAlloy("a.als", text)).filter(({ change }) => change === "conjunct dropped");
    expect(first).toMatchObject({
      span: { line: 2, column: 3, endLine: 3, endColumn: 6 },
      before: "some\n    a",
      after: "",
    });
    expect(mutate(text, first ?? { edits: [] })).toBe("fact {\n      \n     \n  some b\n}\ncheck c");
  });
});

const FORMULA = fc.letrec<{ formula: string; set: string }>((tie) => ({
  set: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom("A", "b", "c'", "univ"),
    fc
      .tuple(tie("set"), fc.constantFrom(".", "+", "-", "&", "++", "->", "<:"), tie("set"))
      .map((parts) => parts.join(" ")),
    fc.tuple(fc.constantFrom("~", "^", "*"), tie("set")).map(([sign, set]) => `${sign}(${set})`),
  ),
  formula: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(fc.constantFrom("some", "no", "lone", "one"), tie("set")).map((parts) => parts.join(" ")),
    fc.tuple(tie("set"), fc.constantFrom("=", "!=", "in", "not in"), tie("set")).map((parts) => parts.join(" ")),
    fc
      .tuple(tie("formula"), fc.constantFrom("and", "or", "=>", "iff", "&&", "||", "until"), tie("formula"))
      .map(([l, o, r]) => `(${l}) ${o} (${r})`),
    fc
      .tuple(fc.constantFrom("not", "always", "after", "once", "!"), tie("formula"))
      .map(([sign, formula]) => `${sign} (${formula})`),
    fc
      .tuple(fc.constantFrom("all", "some", "no"), tie("set"), tie("formula"))
      .map(([q, set, formula]) => `${q} x: ${set} | ${formula}`),
    fc.tuple(tie("formula"), tie("formula")).map(([a, b]) => `{ (${a}) ${b} }`),
  ),
})).formula;

const MODEL = fc
  .record({ fact: fc.array(FORMULA, { maxLength: 3 }), pred: FORMULA, rest: fc.constantFrom(RICH, "") })
  .map(({ fact, pred, rest }) =>
    [
      "sig A { b: lone A, c: set A }",
      `fact f { ${fact.map((each) => `(${each})`).join("\n")} }`,
      `assert a { ${pred} }`,
      `pred p { ${pred} }`,
      `fun g: set A { A + ${"b"} }`,
      "check a for 3 expect 0 run p for 2",
      rest,
    ].join("\n"),
  );

function kept(text: AlloyText): string[] {
  const isKept = ({ kind }: Paragraph) => kind !== "fact" && kind !== "pred" && kind !== "sig";
  return text.paragraphs.filter(isKept).map(({ start, end }) => text.text.slice(start, end));
}

test("whatever the model, changes are what they are said to be", () => {
  traceSpec("ALLOY-MUTANT-KEEPS", "ALLOY-MUTANT-EXACT", "ALLOY-MUTANT-READABLE", "ALLOY-MUTANT-ORDER");
  fc.assert(
    fc.property(MODEL, (model) => {
      const text = parseAlloy("a.als", model);
      const unread = ({ paragraphs }: AlloyText) =>
        paragraphs.filter(
          (each) => each.kind === "stray" || ((each.kind === "fact" || each.kind === "pred") && each.body === null),
        );
      const mutants = mutantsOf(text);
      expect(mutants.length).toBeGreaterThan(2);
      expect(mutantsOf(parseAlloy("a.als", model))).toEqual(mutants);
      const places = mutants.map(({ span }) => span.line * 100_000 + span.column);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      for (const mutant of mutants) {
        const mutated = mutate(model, mutant);
        const read = parseAlloy("a.als", mutated);
        expect([mutant, mutated === model]).toEqual([mutant, false]);
        expect([mutant, kept(read)]).toEqual([mutant, kept(text)]);
        expect([mutant, unread(read).length]).toEqual([mutant, unread(text).length]);
        // Undone, the edits give the text back: nothing else was touched.
        let shift = 0;
        const undo = mutant.edits.map(({ start, end, text: put }) => {
          const undone = { start: start + shift, end: start + shift + put.length, text: model.slice(start, end) };
          shift += put.length - (end - start);
          return undone;
        });
        expect(mutate(mutated, { edits: undo })).toBe(model);
      }
    }),
    { numRuns: 25 },
  );
});
