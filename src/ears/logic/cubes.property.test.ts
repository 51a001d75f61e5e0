import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, describe, expect, it } from "vitest";
import { wasmSolver } from "../../host/solver-wasm.js";
import { rational } from "../../model/rational.js";
import type { Formula } from "../formal/formula.js";
import { lexiconOf } from "../formal/lexicon.js";
import { parseGlossary } from "../glossary/parse.js";
import { avoid } from "./avoid.js";
import type { Cube } from "./cubes.js";
import { anyCompatible, cubesOf, truthIn } from "./cubes.js";
import { encoderOf } from "./encode.js";
import { ask } from "./world.js";

/** More values than fit in the bits of a number. */
const MANY = Array.from({ length: 33 }, (_, index) => `place ${index}`);

const { glossary } = parseGlossary(
  "g.yaml",
  `schema: spec-evidence/glossary@1
variables:
  b: { role: input, type: boolean, states: { true: [on] } }
  e: { role: state, type: enum, values: [one, two, three] }
  m: { role: state, type: enum, values: [${MANY.join(", ")}] }
  x: { role: input, type: number, min: 0, max: 3 }
  n: { role: input, type: integer, min: 0, max: 3 }
`,
);
const lexicon = lexiconOf(glossary);
const solver = wasmSolver();
afterAll(() => solver.close());

interface Instant {
  b: boolean;
  e: string;
  m: string;
  /** In halves. */
  x: number;
  n: number;
}

/** Those that formulas speak of, and one of the others. */
const SPOKEN = ["place 0", "place 16", "place 32"];
const SOME = [...SPOKEN, "place 31"];

const instants: Instant[] = [false, true].flatMap((b) =>
  ["one", "two", "three"].flatMap((e) =>
    [0, 1, 2, 3, 4, 5, 6].flatMap((x) => [0, 1, 2, 3].flatMap((n) => SOME.map((m) => ({ b, e, m, x, n })))),
  ),
);

const relation = fc.constantFrom("<", "<=", "=", ">=", ">");
const atom: fc.Arbitrary<Formula> = fc
  .oneof(
    fc.constant({ variable: "b", test: { is: "true" } } as const),
    fc.constantFrom("one", "two", "three").map((value) => ({ variable: "e", test: { is: "value", value } }) as const),
    fc.constantFrom(...SPOKEN).map((value) => ({ variable: "m", test: { is: "value", value } }) as const),
    fc
      .tuple(fc.constantFrom("x", "n"), relation, fc.integer({ min: -1, max: 4 }))
      .map(
        ([variable, each, at]) =>
          ({ variable, test: { is: "compared", relation: each, number: rational(BigInt(at)) } }) as const,
      ),
  )
  .map((each): Formula => ({ kind: "atom", atom: each }));

const { level } = fc.letrec<{ level: Formula }>((tie) => ({
  level: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    atom,
    tie("level").map((of): Formula => ({ kind: "not", of })),
    fc
      .tuple(fc.constantFrom("and", "or"), fc.array(tie("level"), { maxLength: 3 }))
      .map(([kind, of]): Formula => ({ kind, of })),
  ),
}));

/** The meaning of a formula at an instant, by its definition. */
function holds(formula: Formula, at: Instant): boolean {
  if (formula.kind === "not") return !holds(formula.of, at);
  if (formula.kind === "rising") throw new Error("levels only");
  if (formula.kind !== "atom") {
    const parts = formula.of.map((each) => holds(each, at));
    return formula.kind === "and" ? !parts.includes(false) : parts.includes(true);
  }
  const { variable, test } = formula.atom;
  if (test.is === "true") return at.b;
  if (test.is === "value") return (variable === "m" ? at.m : at.e) === test.value;
  const difference = (variable === "x" ? at.x : at.n * 2) - Number(test.number.numerator) * 2;
  if (test.relation === "=") return difference === 0;
  if (test.relation === "<" || test.relation === "<=")
    return difference < 0 || (difference === 0 && test.relation === "<=");
  return difference > 0 || (difference === 0 && test.relation === ">=");
}

describe("normal forms, the solver and the definition", () => {
  it("agree on whether a formula can hold", async () => {
    traceSpec("LOGIC-VACUITY");
    await fc.assert(
      fc.asyncProperty(level, async (formula) => {
        const expected = instants.some((at) => holds(formula, at));
        const cubes = cubesOf(lexicon, formula, "now");
        if (cubes !== null) expect(cubes.length > 0).toBe(expected);
        const world = {
          lexicon,
          encoder: encoderOf(lexicon),
          facts: [],
          solver,
          counts: { queries: 0, unknown: 0, skipped: 0 },
        };
        expect(await ask(world, [{ formula, moment: "now" }])).toBe(expected ? "sat" : "unsat");
      }),
      { numRuns: 200 },
    );
  });

  it("agree on whether two instants of becoming true can coincide", async () => {
    traceSpec("LOGIC-CONFLICT-APART");
    await fc.assert(
      fc.asyncProperty(level, level, async (one, other) => {
        const [a, b]: Formula[] = [
          { kind: "rising", of: one },
          { kind: "rising", of: other },
        ];
        const both = (at: Instant, truth: boolean) => holds(one, at) === truth && holds(other, at) === truth;
        const expected = instants.some((at) => both(at, true)) && instants.some((at) => both(at, false));
        const [ours, theirs] = [a, b].map((each) => (each === undefined ? null : cubesOf(lexicon, each, "now")));
        if (ours && theirs) expect(anyCompatible(ours, theirs)).toBe(expected);
        const world = {
          lexicon,
          encoder: encoderOf(lexicon),
          facts: [],
          solver,
          counts: { queries: 0, unknown: 0, skipped: 0 },
        };
        const parts = [a, b].flatMap((formula) => (formula === undefined ? [] : [{ formula, moment: "now" as const }]));
        expect(await ask(world, parts)).toBe(expected ? "sat" : "unsat");
      }),
      { numRuns: 200 },
    );
  });

  it("agree on what none of several conditions covers", () => {
    traceSpec("LOGIC-GAP");
    fc.assert(
      fc.property(fc.array(level, { maxLength: 4 }), (formulas) => {
        const conditions: Cube[][] = [];
        for (const formula of formulas) {
          const cubes = cubesOf(lexicon, formula, "now");
          if (cubes === null) return;
          conditions.push(cubes);
        }
        const found = avoid(lexicon, new Map(), conditions);
        if (found === "unknown") return;
        const open = instants.some((at) => formulas.every((formula) => !holds(formula, at)));
        expect(found !== null).toBe(open);
        for (const formula of formulas)
          if (found !== null) expect(truthIn(lexicon, found, formula, "now")).not.toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
