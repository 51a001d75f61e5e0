import type { ModelCommand, Models } from "../../src/model/models.js";
import { lineSpan } from "../../src/model/span.js";

export const NO_MODELS: Models = {
  engine: null,
  options: { solver: "sat4j", noOverflow: true, skolemDepth: 1, symmetry: 20 },
  commands: [],
};

/** A check with a counterexample of one box, as the manifest holds it. */
export function aModelCommand(over: Partial<ModelCommand> = {}): ModelCommand {
  return {
    module: "openspec/specs/box/spec.md",
    place: lineSpan("openspec/specs/box/spec.md", 30),
    index: 0,
    kind: "check",
    name: "closes",
    label: "closes",
    target: "closes",
    expect: 0,
    tags: ["BOX-CLOSE"],
    scope: "for 3",
    answer: "counterexample",
    outcome: "fail",
    reason: null,
    cannotFail: null,
    resolved: { Box: 3, int: 4 },
    solver: "sat4j",
    variables: 12,
    clauses: 34,
    probes: null,
    instance: {
      states: [
        {
          signatures: [{ name: "Box", of: null, tuples: [["Box$0"]], parent: null, subsetOf: [], builtin: false }],
          fields: [{ name: "lid", of: "Box", tuples: [["Box$0", "Lid$0"]] }],
          skolems: [],
        },
      ],
      loop: null,
      omitted: { states: 0, tuples: 0 },
    },
    ...over,
  };
}
