import type { AlloyInstance, AlloyRelation, AlloyState } from "../../model/alloy.js";
import type { ModelInstance } from "../../model/models.js";

/** Tuples of one instance that are kept; a person reads fewer, and a manifest holds many instances. */
const MOST_TUPLES = 2_000;
const MOST_STATES = 50;

/**
 * The instance in a size that can be kept: the first states and, in order of signatures, fields and skolems of each, the
 * first tuples, with a count of what was left out. A loop into a state that is left out is none.
 */
export function boundInstance(instance: AlloyInstance, mostTuples = MOST_TUPLES): ModelInstance {
  let room = mostTuples;
  let omitted = 0;
  const bounded = <R extends AlloyRelation>(relation: R): R => {
    const tuples = relation.tuples.slice(0, room).map((tuple) => [...tuple]);
    room -= tuples.length;
    omitted += relation.tuples.length - tuples.length;
    return { ...relation, tuples };
  };
  const states = instance.states.slice(0, MOST_STATES).map((state): AlloyState => {
    const own = state.signatures.filter((each) => !each.builtin).map(bounded);
    const fields = state.fields.map(bounded);
    const skolems = state.skolems.map(bounded);
    const used = new Set([...fields, ...skolems].flatMap(({ tuples }) => tuples.flat()));
    return { signatures: [...own, ...builtinsUsed(state, used)], fields, skolems };
  });
  const loop = instance.loop !== null && instance.loop < states.length ? instance.loop : null;
  return { states, loop, omitted: { states: instance.states.length - states.length, tuples: omitted } };
}

/** Numbers and strings that something holds; all the others are there in every instance. */
function builtinsUsed({ signatures }: AlloyState, used: ReadonlySet<string>): AlloyState["signatures"] {
  return signatures
    .filter(({ builtin }) => builtin)
    .map((each) => ({ ...each, tuples: each.tuples.filter(([atom]) => used.has(atom ?? "")) }))
    .filter(({ tuples }) => tuples.length > 0);
}
