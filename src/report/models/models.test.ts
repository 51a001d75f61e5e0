import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aModelCommand, NO_MODELS } from "../../../test/builders/models.js";
import type { AlloyReport } from "../../model/alloy-report.js";
import { alloyReportSchema } from "../../model/alloy-report.js";
import { lineSpan } from "../../model/span.js";
import { modelsJson } from "./json.js";
import { modelsText } from "./text.js";

const fact = { name: "shut", of: null, text: "some Lid", place: lineSpan("openspec/specs/box/spec.md", 15) };

const report: AlloyReport = {
  facts: { models: 1, passed: 1, failed: 1, hollow: 1, notRun: 1 },
  models: {
    ...NO_MODELS,
    commands: [
      aModelCommand(),
      aModelCommand({ index: 1, name: "opens", answer: "no counterexample", outcome: "pass", instance: null }),
      aModelCommand({
        index: 2,
        name: "vac",
        answer: "no counterexample",
        outcome: "pass",
        cannotFail: "nothing that it is about can occur in its scope",
        instance: null,
        tags: [],
      }),
      aModelCommand({
        index: 3,
        name: "late",
        answer: "not run",
        outcome: null,
        reason: "there is no Java",
        instance: null,
      }),
    ],
  },
  findings: [],
  ablation: null,
  mutation: null,
};

const lines = (over: Partial<AlloyReport> = {}, detail: "quiet" | "normal" | "verbose" = "normal") =>
  modelsText({ ...report, ...over }, { width: 80, colour: false, detail })
    .trimEnd()
    .split("\n");

describe("modelsText", () => {
  it("lists every command with place, verdict, tags, scope and the reason of a doubtful one", () => {
    traceSpec("MODEL-COMMAND");
    expect(lines().slice(0, 11)).toEqual([
      "PASS  4 commands of 1 model, 1 passed, 1 failed, 1 hollow, 1 not run",
      "",
      "openspec/specs/box/spec.md",
      "",
      "  30  fail     check closes  BOX-CLOSE  for 3",
      "  30  pass     check opens   BOX-CLOSE  for 3",
      "  30  hollow   check vac     (no tag)  for 3",
      "      nothing that it is about can occur in its scope",
      "  30  not run  check late    BOX-CLOSE  for 3",
      "      there is no Java",
      "",
    ]);
  });

  it("shows what was found as tables", () => {
    traceSpec("MODEL-COMMAND-TABLE");
    expect(lines().slice(11)).toEqual([
      "What was found (1)",
      "",
      "  fail  check closes for 3",
      "    openspec/specs/box/spec.md:30",
      "    counterexample (expect 0)",
      "    Box 3, int 4, sat4j, 12 variables, 34 clauses",
      "",
      "  Box  Box$0",
      "  lid  Box$0 → Lid$0",
    ]);
  });

  it("says how much of a large instance is left out", () => {
    traceSpec("MODEL-CHECK-BOUNDED");
    const command = aModelCommand();
    const instance = command.instance === null ? null : { ...command.instance, omitted: { states: 1, tuples: 7 } };
    const models = { ...NO_MODELS, commands: [{ ...command, instance }] };
    expect(lines({ models }).at(-1)).toBe("  … without 1 state and 7 tuples");
  });

  it("says how many parts of an assertion some instance puts to the test", () => {
    traceSpec("MODEL-COMMAND");
    const part = (holds: "possible" | "impossible") => ({ text: "", place: lineSpan("a.als", 1), holds });
    const probes = { facts: "possible" as const, antecedents: [part("possible"), part("impossible")] };
    const models = { ...NO_MODELS, commands: [aModelCommand({ probes, instance: null })] };
    const words = lines({ models }, "verbose").join(" ").replace(/ +/gu, " ");
    expect(words).toContain("1 of 2 asserted parts put to the test");
  });

  it("says which facts are needed and how many changes were noticed", () => {
    traceSpec("MODEL-ABLATE", "MODEL-ABLATE-UNUSED", "MODEL-MUTATE-SCORE");
    const module = "openspec/specs/box/spec.md";
    const ablation = {
      commands: [
        { module, name: "opens", needs: [fact], undecided: 0 },
        { module, name: "shuts", needs: [], undecided: 0 },
      ],
      unneeded: [{ ...fact, name: null, of: "Box" }],
    };
    const mutation = [{ module, killed: 7, survived: 2, invalid: 1, undecided: 0, possible: 30 }];
    const text = lines({ ablation, mutation }).join("\n");
    expect(text).toContain("  opens  shut (line 15)\n  shuts  no fact\n  No command needs fact of Box (line 15).");
    expect(text).toContain(`  ${module}  7 of 9 (1 invalid, 20 not tried)`);
  });

  it("is one line when quiet, and everything when verbose", () => {
    traceSpec("MODEL-COMMAND");
    expect(lines({}, "quiet")).toHaveLength(1);
    expect(lines({}, "verbose").join("\n")).toContain(
      "could not have failed: nothing that it is about can occur in its scope",
    );
  });
});

describe("modelsJson", () => {
  it("is a document of the published schema", () => {
    traceSpec("MODEL-COMMAND-JSON");
    expect(alloyReportSchema.parse(JSON.parse(modelsJson(report)))).toMatchObject({
      schema: "spec-evidence/alloy@1",
      models: { commands: [{ name: "closes" }, { name: "opens" }, { name: "vac" }, { name: "late" }] },
    });
  });
});
