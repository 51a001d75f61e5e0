import { traceSpec } from "spec-evidence/vitest";
import { afterAll, describe, expect, it } from "vitest";
import { alloyJar, alloyModule, testAlloy } from "../../../test/builders/alloy-engine.js";
import type { AlloyAnswer, AlloyModule, AlloyOutline, AlloyQuestion } from "../../model/alloy.js";
import { ALLOY_OPTIONS } from "../../model/alloy.js";

describe.skipIf(alloyJar === null)("the engine", () => {
  const engine = testAlloy();
  afterAll(() => engine.close());

  async function outline(module: AlloyModule): Promise<AlloyOutline> {
    const reading = await engine.read(module);
    if (reading.status !== "read") throw new Error(JSON.stringify(reading));
    return reading.outline;
  }

  async function ask(module: AlloyModule, question: AlloyQuestion): Promise<AlloyAnswer> {
    return engine.ask(module, question, ALLOY_OPTIONS);
  }

  async function status(module: AlloyModule, question: AlloyQuestion): Promise<string> {
    return (await ask(module, question)).status;
  }

  it("gives commands, facts and warnings with their places", async () => {
    traceSpec("ALLOYENG-READ");
    const text = [
      "module main",
      "sig Node { to: set Node } {",
      "  this not in to",
      "}",
      "fact Named { all n: Node | some n.to }",
      "fact { some Node",
      "  and some to }",
      "assert A { some Node & Node }",
      "look: check A for 3 but 5 Int",
      "run { no (Node & Int) } for 2",
    ].join("\n");
    const read = await outline(alloyModule(text));
    const file = "models/main.als";
    expect(read.commands).toEqual([
      {
        index: 0,
        kind: "check",
        label: "look",
        expect: null,
        place: { file, line: 9, column: 1, endLine: 9, endColumn: 30 },
        antecedents: [],
      },
      {
        index: 1,
        kind: "run",
        label: "run$2",
        expect: null,
        place: { file, line: 10, column: 1, endLine: 10, endColumn: 30 },
        antecedents: [],
      },
    ]);
    expect(read.facts).toEqual([
      {
        index: 0,
        name: null,
        of: "Node",
        text: "{ this not in to }",
        place: { file, line: 2, column: 27, endLine: 4, endColumn: 2 },
      },
      {
        index: 1,
        name: "Named",
        of: null,
        text: "fact Named { all n: Node | some n.to }",
        place: { file, line: 5, column: 1, endLine: 5, endColumn: 39 },
      },
      {
        index: 2,
        name: null,
        of: null,
        text: "fact { some Node and some to }",
        place: { file, line: 6, column: 1, endLine: 7, endColumn: 16 },
      },
    ]);
    expect(read.warnings.map(({ place }) => place.line)).toEqual([10]);
    expect(read.warnings[0]?.message).toContain("irrelevant");
  });

  it("keeps commands of the same label apart", async () => {
    traceSpec("ALLOYENG-READ-LABELS");
    const module = alloyModule("sig A {}\nsame: run { some A } for 2\nsame: run { #A > 2 } for 2\n");
    expect((await outline(module)).commands.map(({ index, label, place }) => [index, label, place.line])).toEqual([
      [0, "same", 2],
      [1, "same", 3],
    ]);
    expect(await status(module, { ask: "command", command: 0 })).toBe("satisfiable");
    expect(await status(module, { ask: "command", command: 1 })).toBe("unsatisfiable");
  });

  it("gives what commands expect", async () => {
    traceSpec("ALLOYENG-READ-EXPECT");
    const read = await outline(alloyModule("run {} expect 0\nrun {} expect 1\nrun {}\n"));
    expect(read.commands.map((command) => command.expect)).toEqual([0, 1, null]);
  });

  it.each(["", "sig A {}", "\n\n// nothing\n"])("gives no command for %j", async (text) => {
    traceSpec("ALLOYENG-READ-EMPTY");
    expect(await outline(alloyModule(text))).toEqual({ commands: [], facts: [], warnings: [] });
  });

  it("takes dashes for a comment", async () => {
    traceSpec("ALLOYENG-READ-DASHES");
    const text = "---\nsig A {}\nrun { some A }\n";
    expect((await outline(alloyModule(text))).commands.map(({ place }) => place.line)).toEqual([3]);
    const markdown = { root: "spec.md", files: { "spec.md": text } };
    expect((await outline(markdown)).commands.map(({ place }) => [place.file, place.line])).toEqual([["spec.md", 3]]);
  });
});
