import fc from "fast-check";
import type { AlloyInstance, AlloyRelation, AlloySignature, AlloyState } from "../../src/model/alloy.js";
import { hostileText } from "./hostile.js";

interface StateParts {
  /** Atoms by signature: `Man in Person` extends, `Cart sub Thing` is a subset, `Int!` is built in. */
  signatures: Record<string, string>;
  /** Tuples by `Signature.field`, each of atoms joined by `>`. */
  fields?: Record<string, string>;
  skolems?: Record<string, string>;
}

/** A state from texts: `{ signatures: { Node: "Node$0 Node$1" }, fields: { "Node.next": "Node$0>Node$1" } }`. */
function alloyState({ signatures, fields = {}, skolems = {} }: StateParts): AlloyState {
  return {
    signatures: Object.entries(signatures).map(([key, atoms]): AlloySignature => {
      const [written = "", relation, other = ""] = key.split(" ");
      const name = written.replace("!", "");
      return {
        ...relationOf(name, null, atoms),
        parent: relation === "in" ? other : null,
        subsetOf: relation === "sub" ? [other] : [],
        builtin: written.endsWith("!"),
      };
    }),
    fields: Object.entries(fields).map(([key, tuples]) => {
      const [of = "", name = ""] = key.split(".");
      return relationOf(name, of, tuples);
    }),
    skolems: Object.entries(skolems).map(([name, tuples]) => relationOf(name, null, tuples)),
  };
}

function relationOf(name: string, of: string | null, tuples: string): AlloyRelation {
  const rows = tuples.split(" ").filter((row) => row !== "");
  return { name, of, tuples: rows.map((row) => row.split(">")) };
}

export function alloyInstance(states: StateParts[], loop: number | null = null): AlloyInstance {
  return { states: states.map(alloyState), loop };
}

/** Instances with any names at all. */
export function hostileInstance(): fc.Arbitrary<AlloyInstance> {
  const name = hostileText();
  const relation = (width: number) =>
    fc.record({
      name,
      of: fc.option(name),
      tuples: fc.array(fc.array(name, { minLength: width, maxLength: width }), { maxLength: 4 }),
    });
  const signature = fc
    .tuple(relation(1), fc.option(name), fc.array(name, { maxLength: 2 }), fc.boolean())
    .map(([made, parent, subsetOf, builtin]): AlloySignature => ({ ...made, of: null, parent, subsetOf, builtin }));
  const state = fc.record({
    signatures: fc.array(signature, { maxLength: 3 }),
    fields: fc.array(fc.oneof(relation(2), relation(3)), { maxLength: 3 }),
    skolems: fc.array(relation(1), { maxLength: 2 }),
  });
  return fc
    .array(state, { minLength: 1, maxLength: 3 })
    .chain((states) => fc.record({ states: fc.constant(states), loop: fc.option(fc.nat(states.length - 1)) }));
}
