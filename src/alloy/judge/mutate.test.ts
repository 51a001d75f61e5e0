import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import {
  aCommand,
  aModel,
  anOutline,
  FOUND,
  NOTHING_FOUND,
  ScriptedEngine,
} from "../../../test/builders/scripted-alloy.js";
import type { AlloyAnswer, AlloyModule } from "../../model/alloy.js";
import { ALLOY_OPTIONS } from "../../model/alloy.js";
import { lineSpan } from "../../model/span.js";
import { judgeModels } from "./judge-models.js";
import type { Mutant } from "./mutate.js";
import { mutateModels, spread } from "./mutate.js";

const commands = [aCommand(), aCommand({ index: 1, kind: "run", label: "opens", expect: 1 })];

/** A mutant that the engine below knows by its text. */
function mutant(text: string, line: number): Mutant {
  const module: AlloyModule = { root: "models/box.als", files: { "models/box.als": text } };
  return { module, span: lineSpan("models/box.als", line), before: "some", after: text };
}

async function mutated(mutants: Mutant[], limit: number | null = null) {
  const textOf = ({ files }: AlloyModule) => files["models/box.als"];
  const engine = new ScriptedEngine(
    (module) =>
      textOf(module) === "refused"
        ? { status: "error", message: "no", place: null }
        : { status: "read", outline: anOutline(commands) },
    ({ command }, module): AlloyAnswer => {
      if (textOf(module) === "slow" && command === 0) return { status: "timeout", afterMs: 1 };
      if (textOf(module) === "breaks") return { status: "error", message: "scope", place: null };
      const isFound = command === 1 ? textOf(module) !== "no instance" : textOf(module) === "counterexample";
      return isFound ? FOUND : NOTHING_FOUND;
    },
  );
  const input = { models: [aModel(...commands)], options: ALLOY_OPTIONS, probes: false };
  const judged = await judgeModels(input, engine);
  return mutateModels({ ...input, limit, mutantsOf: () => mutants }, judged.commands, engine);
}

describe("mutateModels", () => {
  it("counts changes by their fate and reports those that nobody notices", async () => {
    traceSpec("MODEL-MUTATE", "MODEL-MUTATE-SCORE");
    const texts = ["no instance", "counterexample", "all", "refused", "breaks", "slow"];
    const { scores, findings } = await mutated(texts.map((text, at) => mutant(text, at + 1)));
    expect(scores).toEqual([
      { module: "models/box.als", killed: 2, survived: 1, invalid: 2, undecided: 1, possible: 6 },
    ]);
    expect(findings).toMatchObject([{ code: "ALLOY043", span: { line: 3 } }]);
    expect(findings[0]?.message).toContain("`some` becomes `all`");
  });

  it("tries no more than it is told", async () => {
    traceSpec("MODEL-MUTATE-LIMIT");
    const { scores, findings } = await mutated(
      Array.from({ length: 100 }, (_, at) => mutant("all", at + 1)),
      4,
    );
    expect(scores).toMatchObject([{ survived: 4, possible: 100 }]);
    expect(findings.map(({ span }) => span.line)).toEqual([1, 26, 51, 76]);
  });
});

describe("spread", () => {
  it("takes different values in order", () => {
    traceSpec("MODEL-MUTATE-LIMIT");
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 50 }), (length, limit) => {
        const taken = spread([...Array(length).keys()], limit);
        expect(taken).toHaveLength(Math.min(length, limit));
        expect([...new Set(taken)].sort((a, b) => a - b)).toEqual(taken);
      }),
    );
  });
});
