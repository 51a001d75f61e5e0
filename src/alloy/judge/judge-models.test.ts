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
import type { AlloyAnswer, AlloyCommand, AlloyOutline, AlloyQuestion } from "../../model/alloy.js";
import { ALLOY_OPTIONS } from "../../model/alloy.js";
import { lineSpan } from "../../model/span.js";
import type { JudgedModels } from "./judge-models.js";
import { judgeModels, leaveModels } from "./judge-models.js";

const of = (model: ReturnType<typeof aModel>, probes = false) => ({ models: [model], options: ALLOY_OPTIONS, probes });

async function judged(
  command: AlloyCommand,
  answer: AlloyAnswer | ((question: AlloyQuestion) => AlloyAnswer),
  outline: Partial<AlloyOutline> = {},
  probes = false,
): Promise<JudgedModels & { asked: AlloyQuestion[] }> {
  const engine = new ScriptedEngine(
    { status: "read", outline: anOutline([command], outline) },
    typeof answer === "function" ? answer : () => answer,
  );
  return { ...(await judgeModels(of(aModel(command), probes), engine)), asked: engine.asked };
}

const codes = ({ findings }: JudgedModels) => findings.map(({ code, severity }) => `${code} ${severity}`);

describe("judgeModels", () => {
  it.each([
    ["check", null, NOTHING_FOUND, "no counterexample", "pass", []],
    ["check", 0, NOTHING_FOUND, "no counterexample", "pass", []],
    ["check", 1, NOTHING_FOUND, "no counterexample", "fail", ["ALLOY031 error"]],
    ["check", null, FOUND, "counterexample", "fail", ["ALLOY030 error"]],
    ["check", 0, FOUND, "counterexample", "fail", ["ALLOY030 error"]],
    ["check", 1, FOUND, "counterexample", "pass", ["ALLOY045 warning"]],
    ["run", null, FOUND, "instance", "pass", []],
    ["run", 1, FOUND, "instance", "pass", []],
    ["run", 0, FOUND, "instance", "fail", ["ALLOY031 error"]],
    ["run", null, NOTHING_FOUND, "no instance", "inconclusive", ["ALLOY032 warning"]],
    ["run", 0, NOTHING_FOUND, "no instance", "pass", []],
    ["run", 1, NOTHING_FOUND, "no instance", "fail", ["ALLOY031 error"]],
  ] as const)("%s expect %s", async (kind, expected, answer, said, outcome, found) => {
    traceSpec(
      "MODEL-CHECK",
      "MODEL-CHECK-COUNTEREXAMPLE",
      "MODEL-CHECK-REPORTED",
      "MODEL-RUN",
      "MODEL-RUN-NONE",
      "MODEL-EXPECT",
      "MODEL-EXPECT-COUNTEREXAMPLE",
      "MODEL-EXPECT-ABSENCE",
    );
    const result = await judged(aCommand({ kind, expect: expected }), answer);
    expect(result.commands[0]).toMatchObject({ answer: said, outcome, place: lineSpan("models/box.als", 10) });
    expect(codes(result)).toEqual(found);
    expect(result.findings.every((each) => each.tags[0] === "BOX-CLOSE")).toBe(true);
  });

  it("keeps what was found and how large the question was", async () => {
    traceSpec("MODEL-CHECK-KEPT");
    const { commands } = await judged(aCommand(), FOUND);
    expect(commands[0]).toMatchObject({
      instance: { states: [{ fields: [{ name: "lid", tuples: [["Box$0", "Lid$0"]] }] }], loop: null },
      resolved: { Box: 3 },
      solver: "sat4j",
      variables: 12,
      clauses: 34,
    });
  });

  it.each([
    [{ status: "timeout", afterMs: 2500 }, "timeout", "inconclusive", "ALLOY035 warning", "no answer within 2.5 s"],
    [{ status: "unknown", reason: "unbounded" }, "unknown", "inconclusive", "ALLOY037 warning", "unbounded"],
    [{ status: "error", message: "bad scope", place: null }, "error", "error", "ALLOY038 error", "bad scope"],
  ] as const)("counts %j neither way", async (answer, said, outcome, code, reason) => {
    traceSpec("MODEL-UNANSWERED", "MODEL-TIMEOUT", "MODEL-UNKNOWN", "MODEL-ERROR");
    const result = await judged(aCommand(), answer, {}, true);
    expect(result.commands[0]).toMatchObject({ answer: said, outcome, reason, probes: null });
    expect(codes(result)).toEqual([code]);
    expect(result.findings[0]?.message).toContain(reason);
  });

  it("reports once what Alloy refuses, where Alloy says", async () => {
    traceSpec("MODEL-SYNTAX", "MODEL-ERROR");
    const place = lineSpan("models/box.als", 4, 7, 3);
    const engine = new ScriptedEngine({ status: "error", message: "There is no such name", place }, () => FOUND);
    const commands = [aCommand(), aCommand({ index: 1, label: "opens" })];
    const result = await judgeModels(of(aModel(...commands)), engine);
    expect(result.commands.map(({ outcome }) => outcome)).toEqual(["error", "error"]);
    expect(result.findings).toMatchObject([{ code: "ALLOY036", severity: "error", span: place, tags: ["BOX-CLOSE"] }]);
    expect(engine.asked).toEqual([]);
  });

  it("reads a model in which no command was recognised", async () => {
    traceSpec("MODEL-UNRECOGNISED", "MODEL-SYNTAX");
    const stranger = anOutline([aCommand()]);
    const found = await judgeModels(
      of(aModel()),
      new ScriptedEngine({ status: "read", outline: stranger }, () => FOUND),
    );
    expect(found.findings).toMatchObject([{ code: "ALLOY044", span: { line: 10 } }]);
    const refused = new ScriptedEngine({ status: "error", message: "no", place: null }, () => FOUND);
    expect((await judgeModels(of(aModel()), refused)).findings).toMatchObject([
      { code: "ALLOY036", span: { line: 1 } },
    ]);
  });

  it("gives no answer to a command that Alloy does not know", async () => {
    traceSpec("MODEL-UNRECOGNISED");
    const mine = [aCommand(), aCommand({ index: 1, label: "opens" })];
    const theirs = anOutline([{ ...aCommand(), span: lineSpan("models/box.als", 11) }]);
    const engine = new ScriptedEngine({ status: "read", outline: theirs }, () => NOTHING_FOUND);
    const result = await judgeModels(of(aModel(...mine)), engine);
    expect(result.commands.map(({ outcome }) => outcome)).toEqual(["error", "pass"]);
    expect(codes(result)).toEqual(["ALLOY044 error"]);
    expect(engine.asked).toEqual([{ ask: "command", command: 0 }]);
  });

  it("passes on what Alloy warns about", async () => {
    traceSpec("MODEL-WARNING");
    const place = lineSpan("models/box.als", 3);
    const result = await judged(aCommand(), NOTHING_FOUND, { warnings: [{ message: "always empty", place }] });
    expect(result.findings).toMatchObject([{ code: "ALLOY041", span: place, severity: "warning" }]);
  });

  it("tells commands of one label apart", async () => {
    traceSpec("MODEL-ITEM-LABEL");
    const commands = [
      aCommand(),
      aCommand({ index: 1 }),
      aCommand({ index: 2, kind: "run", label: null, target: null, expect: null }),
    ];
    const engine = new ScriptedEngine({ status: "read", outline: anOutline(commands) }, ({ command }) =>
      command === 1 ? FOUND : NOTHING_FOUND,
    );
    const result = await judgeModels(of(aModel(...commands)), engine);
    expect(result.commands.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["closes", "pass"],
      ["closes #2", "fail"],
      ["run", "inconclusive"],
    ]);
  });

  it("asks the engine for nothing but the wanted commands, and says how far it is", async () => {
    traceSpec("MODEL-COMMAND-ONLY", "MODEL-VACUITY-OFF");
    const commands = [aCommand(), aCommand({ index: 1, label: "opens" })];
    const engine = new ScriptedEngine({ status: "read", outline: anOutline(commands) }, () => NOTHING_FOUND);
    const said: string[] = [];
    const wanted = (name: string) => name === "opens";
    const onCommand = (done: number, all: number, name: string) => void said.push(`${done}/${all} ${name}`);
    await judgeModels({ ...of(aModel(...commands)), wanted }, engine, { onCommand });
    expect(engine.asked).toEqual([{ ask: "command", command: 1 }]);
    expect(said).toEqual(["1/1 opens"]);
  });

  it("leaves what cannot be run, with one finding", async () => {
    traceSpec("MODEL-NOT-RUN");
    const model = aModel(aCommand(), aCommand({ index: 1, label: "opens", tags: ["BOX-OPEN"] }));
    const result = leaveModels(of(model), "there is no Java");
    expect(result.commands.map(({ answer, outcome }) => [answer, outcome])).toEqual([
      ["not run", null],
      ["not run", null],
    ]);
    expect(result.findings).toMatchObject([
      { code: "ALLOY039", severity: "warning", tags: ["BOX-CLOSE", "BOX-OPEN"], span: { line: 10 } },
    ]);
    expect(result.findings[0]?.message).toContain("2 commands of 1 model");
    expect(leaveModels(of(aModel()), "there is no Java").findings).toEqual([]);
    const unavailable = new ScriptedEngine({ status: "unavailable", reason: "there is no Java" }, () => FOUND);
    expect(await judgeModels(of(model), unavailable)).toEqual(result);
    const later = new ScriptedEngine({ status: "read", outline: anOutline(model.commands) }, () => ({
      status: "unavailable",
      reason: "there is no Java",
    }));
    expect(await judgeModels(of(model), later)).toEqual(result);
  });

  it("stops at the first rejection", async () => {
    traceSpec("MODEL-RESUME");
    const commands = Array.from({ length: 40 }, (_, index) => aCommand({ index, label: `c${index}` }));
    const engine = new ScriptedEngine({ status: "read", outline: anOutline(commands) }, ({ command }) => {
      if (command === 3) throw new Error("aborted");
      return NOTHING_FOUND;
    });
    await expect(judgeModels(of(aModel(...commands)), engine)).rejects.toThrow("aborted");
    expect(engine.asked.length).toBeLessThan(30);
  });
});

describe("vacuity", () => {
  const parts = ["some Broken", "some Open"].map((text, at) => ({ text, place: lineSpan("models/box.als", 5 + at) }));
  const outline = (command: AlloyCommand, antecedents = parts) => ({
    commands: anOutline([command]).commands.map((each) => ({ ...each, antecedents })),
  });
  const answering = (possible: Record<string, boolean>) => (question: AlloyQuestion) => {
    const key = question.ask === "antecedent" ? `antecedent ${question.antecedent}` : question.ask;
    return possible[key] === true ? FOUND : NOTHING_FOUND;
  };

  it("finds facts that admit no instance", async () => {
    traceSpec("MODEL-VACUITY", "MODEL-VACUITY-FACTS");
    const result = await judged(aCommand(), answering({}), outline(aCommand()), true);
    expect(codes(result)).toEqual(["ALLOY033 error"]);
    expect(result.commands[0]?.cannotFail).toBe("the facts of the model admit no instance in its scope");
    expect(result.asked.map(({ ask }) => ask)).toEqual(["command", "facts"]);
  });

  it("asks the same of a run that is to find nothing", async () => {
    traceSpec("MODEL-VACUITY-FACTS");
    const result = await judged(aCommand({ kind: "run" }), answering({}), {}, true);
    expect(result.commands[0]).toMatchObject({ outcome: "pass", probes: { facts: "impossible" } });
    expect(result.commands[0]?.cannotFail).not.toBeNull();
  });

  it("finds that nothing asserted is about anything", async () => {
    traceSpec("MODEL-VACUITY-ANTECEDENT");
    const result = await judged(aCommand(), answering({ facts: true }), outline(aCommand()), true);
    expect(codes(result)).toEqual(["ALLOY034 warning", "ALLOY034 warning"]);
    expect(result.findings.map(({ span }) => span.line)).toEqual([5, 6]);
    expect(result.commands[0]?.cannotFail).toBe("nothing that it is about can occur in its scope");
  });

  it("keeps a check of which one part is put to the test", async () => {
    traceSpec("MODEL-VACUITY-PART");
    const result = await judged(
      aCommand(),
      answering({ facts: true, "antecedent 1": true }),
      outline(aCommand()),
      true,
    );
    expect(result.findings).toMatchObject([{ code: "ALLOY034", span: { line: 5 }, tags: ["BOX-CLOSE"] }]);
    expect(result.commands[0]).toMatchObject({
      cannotFail: null,
      probes: { antecedents: [{ holds: "impossible" }, { holds: "possible" }] },
    });
  });

  it("leaves a check without conditions and with an instance alone", async () => {
    traceSpec("MODEL-VACUITY");
    const result = await judged(aCommand(), answering({ facts: true }), outline(aCommand(), []), true);
    expect(result.findings).toEqual([]);
    expect(result.commands[0]?.cannotFail).toBeNull();
  });

  it("says when it does not know", async () => {
    traceSpec("MODEL-VACUITY-UNDECIDED");
    const slow = (question: AlloyQuestion): AlloyAnswer =>
      question.ask === "facts" ? { status: "timeout", afterMs: 1 } : question.ask === "command" ? NOTHING_FOUND : FOUND;
    const result = await judged(aCommand(), slow, outline(aCommand()), true);
    expect(codes(result)).toEqual(["ALLOY040 info"]);
    expect(result.commands[0]?.cannotFail).toBeNull();
  });

  it("does not ask a command that found something", async () => {
    traceSpec("MODEL-VACUITY");
    const result = await judged(aCommand({ expect: 1 }), FOUND, outline(aCommand()), true);
    expect(result.asked).toHaveLength(1);
    expect(result.commands[0]?.probes).toBeNull();
  });

  it("keeps what the text says about an assertion", async () => {
    traceSpec("MODEL-VACUITY-FORM");
    const model = { ...aModel(aCommand()), cannotFail: new Map([[0, "it is true by its form"]]) };
    const engine = new ScriptedEngine(
      { status: "read", outline: anOutline(model.commands) },
      answering({ facts: true }),
    );
    const { commands } = await judgeModels(of(model, true), engine);
    expect(commands[0]).toMatchObject({ outcome: "pass", cannotFail: "it is true by its form" });
  });
});
