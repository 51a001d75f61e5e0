import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { AlloyInstance } from "../../model/alloy.js";
import { boundInstance } from "./bound.js";

const tuples = fc.array(fc.array(fc.constantFrom("A$0", "B$1"), { minLength: 1, maxLength: 3 }), { maxLength: 30 });
const relation = fc.record({ name: fc.string(), of: fc.constant(null), tuples });
const state = fc.record({
  signatures: fc.array(
    fc.record({
      name: fc.string(),
      of: fc.constant(null),
      tuples,
      parent: fc.constant(null),
      subsetOf: fc.constant<string[]>([]),
      builtin: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  fields: fc.array(relation, { maxLength: 3 }),
  skolems: fc.array(relation, { maxLength: 2 }),
});
const instance: fc.Arbitrary<AlloyInstance> = fc.record({
  states: fc.array(state, { minLength: 1, maxLength: 60 }),
  loop: fc.option(fc.nat(59), { nil: null }),
});

const count = (states: AlloyInstance["states"]) =>
  states
    .flatMap(({ signatures, fields, skolems }) => [
      ...signatures.filter(({ builtin }) => !builtin),
      ...fields,
      ...skolems,
    ])
    .reduce((sum, each) => sum + each.tuples.length, 0);

describe("boundInstance", () => {
  it("keeps the first tuples and counts the others", () => {
    traceSpec("MODEL-CHECK-BOUNDED");
    fc.assert(
      fc.property(instance, fc.nat(100), (given, most) => {
        const kept = boundInstance(given, most);
        const shown = given.states.slice(0, kept.states.length);
        expect(count(kept.states)).toBe(Math.min(most, count(shown)));
        expect(kept.omitted.tuples).toBe(count(shown) - count(kept.states));
        expect(kept.omitted.states + kept.states.length).toBe(given.states.length);
        expect(kept.loop === null || kept.loop < kept.states.length).toBe(true);
        for (const { signatures, fields, skolems } of kept.states) {
          const used = new Set([...fields, ...skolems].flatMap(({ tuples: held }) => held.flat()));
          const builtins = signatures
            .filter(({ builtin }) => builtin)
            .flatMap(({ tuples: held }) => held.map(([atom = ""]) => atom));
          expect(builtins.every((atom) => used.has(atom))).toBe(true);
        }
      }),
    );
  });

  it("keeps 2,000 tuples unless told otherwise", () => {
    traceSpec("MODEL-CHECK-BOUNDED");
    const many = Array.from({ length: 3000 }, (_, at) => [`A$${at}`]);
    const states = [{ signatures: [], fields: [{ name: "f", of: "A", tuples: many }], skolems: [] }];
    const kept = boundInstance({ states, loop: null });
    expect(kept.states[0]?.fields[0]?.tuples).toHaveLength(2000);
    expect(kept.omitted).toEqual({ states: 0, tuples: 1000 });
  });
});
