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
import type { AlloyAnswer, AlloyQuestion } from "../../model/alloy.js";
import { ALLOY_OPTIONS } from "../../model/alloy.js";
import { lineSpan } from "../../model/span.js";
import { ablateModels } from "./ablate.js";
import { judgeModels } from "./judge-models.js";

const facts = ["a", "b", "c"].map((name, index) => ({
  index,
  name,
  of: null,
  text: `some ${name}`,
  place: lineSpan("models/box.als", index + 1),
}));

/** Judges one check that holds exactly while `holds` says so of the facts that are left, and ablates it. */
async function ablated(holds: (has: (name: string) => boolean) => boolean | "slow") {
  const command = aCommand();
  const model = aModel(command);
  const answer = (question: AlloyQuestion): AlloyAnswer => {
    if (question.ask === "facts") return FOUND;
    const without = question.ask === "without" ? question.facts : [];
    const said = holds((name) => !without.some((index) => facts[index]?.name === name));
    return said === "slow" ? { status: "timeout", afterMs: 1 } : said ? NOTHING_FOUND : FOUND;
  };
  const engine = new ScriptedEngine({ status: "read", outline: anOutline([command], { facts }) }, answer);
  const input = { models: [model], options: ALLOY_OPTIONS, probes: true };
  const { commands } = await judgeModels(input, engine);
  return ablateModels(input, commands, engine);
}

const names = (all: readonly { name: string | null }[]) => all.map(({ name }) => name);

describe("ablateModels", () => {
  it("names the facts that a check needs, and those it does not", async () => {
    traceSpec("MODEL-ABLATE", "MODEL-ABLATE-UNUSED");
    const result = await ablated((has) => has("a") && has("c"));
    expect(result.commands.map(({ name, needs }) => [name, names(needs)])).toEqual([["closes", ["a", "c"]]]);
    expect(names(result.unneeded)).toEqual(["b"]);
    expect(result.findings).toMatchObject([{ code: "ALLOY042", span: { line: 2 } }]);
  });

  it("names one of two facts that stand in for each other", async () => {
    traceSpec("MODEL-ABLATE-TWINS");
    const result = await ablated((has) => has("a") || has("c"));
    expect(names(result.commands[0]?.needs ?? [])).toEqual(["c"]);
    expect(names(result.unneeded)).toEqual(["a", "b"]);
  });

  it("names none for what the signatures alone give", async () => {
    traceSpec("MODEL-ABLATE");
    const result = await ablated(() => true);
    expect(result.commands[0]?.needs).toEqual([]);
    expect(result.findings).toHaveLength(3);
  });

  it("counts a fact as needed when nobody knows", async () => {
    traceSpec("MODEL-ABLATE-UNUSED");
    const result = await ablated((has) => (has("a") ? has("b") : "slow"));
    expect(result.commands[0]).toMatchObject({ undecided: 1 });
    expect(names(result.commands[0]?.needs ?? [])).toEqual(["a", "b"]);
  });

  it("asks nothing of a check that failed", async () => {
    traceSpec("MODEL-ABLATE");
    expect(await ablated(() => false)).toEqual({ commands: [], unneeded: [], findings: [] });
  });
});
