import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, describe, expect, it } from "vitest";
import { alloyJar, alloyModule, testAlloy } from "../../../test/builders/alloy-engine.js";
import { scratch } from "../../../test/builders/scratch.js";
import type { AlloyAnswer, AlloyModule, AlloyOutline, AlloyQuestion } from "../../model/alloy.js";
import { ALLOY_OPTIONS } from "../../model/alloy.js";

describe.skipIf(alloyJar === null)("the engine", () => {
  const engine = testAlloy();
  const file = "models/main.als";
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

  it.each([
    ["syntax", "sig A {\n  x: set A\n", "possible tokens", 3, 1],
    ["names", "sig A { x: set Missing }", 'The name "Missing" cannot be found.', 1, 16],
    ["types", "sig A { x: A }\nfact { some a: A | a.x + 1 }", "must be a formula", 2, 20],
    ["characters", "sig A {}\nrun { some A ? }", "character", 2, 14],
  ])("says where a mistake of %s is", async (_, text, message, line, column) => {
    traceSpec("ALLOYENG-MISTAKE");
    const reading = await engine.read(alloyModule(text));
    expect(reading).toMatchObject({ status: "error", place: { file, line, column } });
    expect(reading.status === "error" ? reading.message : "").toContain(message);
    expect(await ask(alloyModule(text), { ask: "command", command: 0 })).toEqual(reading);
  });

  it("says where a mistake in an opened module is", async () => {
    traceSpec("ALLOYENG-MISTAKE");
    const reading = await engine.read(
      alloyModule("open parts\nrun {}", { "models/parts.als": "\n sig B { y: Nope }" }),
    );
    expect(reading).toMatchObject({ status: "error", place: { file: "models/parts.als", line: 2, column: 13 } });
  });

  it.each(["open absent/part", "open examples/algorithms/messaging as b"])("says where %j stands", async (open) => {
    traceSpec("ALLOYENG-MISTAKE-OPEN");
    const reading = await engine.read(alloyModule(`module main\n  ${open}\nrun {}`));
    expect(reading).toMatchObject({ status: "error", place: { file, line: 2, column: 3 } });
    expect(reading.status === "error" ? reading.message : "").toMatch(/^The module "[a-z/]+" cannot be found\.$/);
  });

  it("opens what it was given and the library, and nothing from the disk", async () => {
    traceSpec("ALLOYENG-TEXTS");
    const root = scratch({ "models/near.als": "module near\nsig Near {}\n" });
    const module = {
      root: join(root, "models/main.als"),
      files: { [join(root, "models/main.als")]: "open near\nrun {}" },
    };
    expect(await engine.read(module)).toMatchObject({ status: "error", message: 'The module "near" cannot be found.' });
    const withIt = { ...module, files: { ...module.files, [join(root, "models/near.als")]: "sig Given {}" } };
    expect(await status(withIt, { ask: "command", command: 0 })).toBe("satisfiable");
    const library =
      "open util/ordering[A] as order\nopen util/boolean\nsig A { b: Bool }\nrun { some order/next } for 2";
    expect(await status(alloyModule(library), { ask: "command", command: 0 })).toBe("satisfiable");
  });

  it("decides checks and runs", async () => {
    traceSpec("ALLOYENG-COMMAND");
    const module = alloyModule(`sig Node { to: lone Node }
      fact { no n: Node | n in n.^to }
      assert Holds { no n: Node | n = n.to }
      assert Fails { all n: Node | some n.to }
      check Holds for 4
      check Fails for 4
      run { some to } for 1
      run { some to } for 2`);
    const answers = await Promise.all([0, 1, 2, 3].map((command) => status(module, { ask: "command", command })));
    expect(answers).toEqual(["unsatisfiable", "satisfiable", "unsatisfiable", "satisfiable"]);
    expect(await ask(module, { ask: "command", command: 4 })).toEqual({
      status: "unknown",
      reason: "There is no command 4",
    });
  });

  it("says that it cannot decide an unbounded number of steps", async () => {
    traceSpec("ALLOYENG-COMMAND-UNBOUNDED");
    const module = alloyModule("var sig A {}\ncheck { always some A } for 2 but 1.. steps");
    const answer = await ask(module, { ask: "command", command: 0 });
    expect(answer).toMatchObject({ status: "unknown" });
    expect(answer.status === "unknown" ? answer.reason : "").toContain("unbounded number of steps");
    const other = await engine.ask(module, { ask: "command", command: 0 }, { ...ALLOY_OPTIONS, solver: "none.such" });
    expect(other).toEqual({ status: "unknown", reason: "The solver none.such is not there" });
  });

  it("decides the facts alone, in the command's scope", async () => {
    traceSpec("ALLOYENG-FACTS");
    const text = (facts: string) =>
      alloyModule(`sig A {}\n${facts}\ncheck { no A } for 3\nrun { some A } for exactly 2 A`);
    const contradiction = text("fact { some A }\nfact { no A }");
    expect(await status(contradiction, { ask: "command", command: 0 })).toBe("unsatisfiable");
    expect(await status(contradiction, { ask: "facts", command: 0 })).toBe("unsatisfiable");
    const narrow = text("fact { #A = 3 }");
    expect(await status(narrow, { ask: "facts", command: 0 })).toBe("satisfiable");
    expect(await status(narrow, { ask: "facts", command: 1 })).toBe("unsatisfiable");
    const inSignature = alloyModule("sig A { x: set A } { some x and no x }\nfact { some A }\nrun {}");
    expect(await status(inSignature, { ask: "facts", command: 0 })).toBe("unsatisfiable");
    const steps = alloyModule("sig A {}\nassert P { always some A implies some A }\ncheck P for 2 but 4 steps");
    expect(await ask(steps, { ask: "facts", command: 0 })).toMatchObject({
      status: "satisfiable",
      facts: { scope: { steps: "1..4" } },
    });
  });

  it("names what an implication depends on, and decides whether that can hold", async () => {
    traceSpec("ALLOYENG-ANTECEDENT");
    const module = alloyModule(`sig Door { locked: lone Door }
      fact { no locked }
      pred open_[d: Door] { no d.locked }
      assert Vacuous { all d: Door | some d.locked implies d not in d.locked }
      assert Sound { all d: Door | open_[d] implies d not in d.locked }
      check Vacuous for 3
      check Sound for 3
      run { some Door }`);
    const { commands } = await outline(module);
    expect(
      commands.map(({ antecedents }) => antecedents.map(({ text, place }) => [text, place.line, place.column])),
    ).toEqual([[["some d.locked", 4, 38]], [["open_[d]", 5, 36]], []]);
    expect(await status(module, { ask: "antecedent", command: 0, antecedent: 0 })).toBe("unsatisfiable");
    expect(await status(module, { ask: "antecedent", command: 1, antecedent: 0 })).toBe("satisfiable");
    expect(await ask(module, { ask: "antecedent", command: 2, antecedent: 0 })).toMatchObject({ status: "unknown" });
  });

  // Formula of an assertion, its antecedents, and which of them can hold when there is an A, no B, and no tuple in r.
  it.each([
    ["some r implies some A", ["some r"], [false]],
    ["some A implies (some r implies no B)", ["some r"], [false]],
    ["(some A implies no B) and (some r implies no B)", ["some A", "some r"], [true, false]],
    ["all a: A | no a.r", ["a: A"], [true]],
    ["all b: B | some b", ["b: B"], [false]],
    ["no b: B | some b", ["b: B"], [false]],
    ["not (some b: B | some b)", ["b: B"], [false]],
    ["all a: A | all c: a.r | c = a", ["c: a.r"], [false]],
    ["all a: A, disj x, y: a.r | x = a implies y != a", ["x = a"], [false]],
    ["let s = A.r | some s implies some A", ["some s"], [false]],
    ["not some r or some A", ["some r"], [false]],
    ["some A or some B", [], []],
    ["not some r or not some A or some B", [], []],
    ["some r implies some B else some A", ["some r", "not (some r)"], [false, true]],
    ["always (some r implies after some A)", ["some r"], [false]],
    ["always (some A implies after some A)", ["some A"], [true]],
    ["p[A]", ["some x.r"], [false]],
    ["q", ["some x.r"], [false]],
    ["rec[A]", ["some x"], [true]],
    ["all s: set A | some s.r implies some s", ["some s.r"], [false]],
    ["some A iff no B", [], []],
    ["some A", [], []],
    ["(some r implies no B) and some A", ["some r", "some A"], [false, true]],
    ["some A and no B and (some r implies no B)", ["some A", "some r"], [true, false]],
    ["all a: A | (some a.r implies no B) and some a", ["a: A", "some a.r"], [true, false]],
    ["all b: B | (some b.(A -> B) implies no B) and some b", ["b: B", "some b.(A -> B)"], [false, false]],
    ["some r implies (some B implies no A) and no B", ["some r", "some B"], [false, false]],
    ["always ((some r implies no B) and some A)", ["some r", "some A"], [false, true]],
    ["some A and all b: B | some b", ["some A", "b: B"], [true, false]],
    ["p[A] and some A", ["some x.r", "some A"], [false, true]],
    ["let s = A.r | (some s implies no B) and no s", ["some s", "no s"], [false, true]],
  ])("takes %j apart", async (formula, texts, possible) => {
    traceSpec("ALLOYENG-ANTECEDENT-NESTED");
    const module = alloyModule(`sig A { r: set A }
      sig B {}
      fact { some A and no B and no r }
      pred p[x: set A] { some x.r implies some x }
      pred q { all a: A | p[a] }
      pred rec[x: set A] { some x implies some x }
      assert It { ${formula} }
      check It for 3`);
    const [command] = (await outline(module)).commands;
    expect(command?.antecedents.map(({ text }) => text)).toEqual(texts);
    const answers = await Promise.all(
      texts.map((_, antecedent) => status(module, { ask: "antecedent", command: 0, antecedent })),
    );
    expect(answers).toEqual(possible.map((can) => (can ? "satisfiable" : "unsatisfiable")));
  });

  // There is something in V at first, and nothing from the second state on.
  it.each([
    ["always (some V implies no V)", true],
    ["after (some V implies no V)", false],
    ["after (no V implies some V)", true],
    ["after historically (some V implies no V)", true],
    ["historically (no V implies some V)", false],
  ])("decides in which states the condition of %j has to hold", async (formula, possible) => {
    traceSpec("ALLOYENG-ANTECEDENT-NESTED");
    const module = alloyModule(`var sig V {}
      fact { some V and after always no V }
      assert It { ${formula} }
      check It for 2 but 3 steps`);
    expect(await status(module, { ask: "antecedent", command: 0, antecedent: 0 })).toBe(
      possible ? "satisfiable" : "unsatisfiable",
    );
  });

  it.each([
    ["predicates that call themselves", "pred p[x: set A] { (some x implies p[x]) and (no x implies p[x]) }", 2],
    [
      "more conditions than anybody reads",
      `pred p[x: set A] { ${Array(150).fill("(some x implies no B)").join(" and ")} }`,
      101,
    ],
    [
      "predicates that can be read in more ways than there is time for",
      `pred p[x: set A] { p0[x] }
      ${Array.from({ length: 40 }, (_, at) => `pred p${at}[x: set A] { p${at + 1}[x] and p${at + 1}[x] }`).join("\n")}
      pred p40[x: set A] { some x implies no B }`,
      101,
    ],
  ])("comes to an end with %s", async (_, predicates, count) => {
    traceSpec("ALLOYENG-ANTECEDENT-NESTED");
    const module = alloyModule(`sig A {}
      sig B {}
      fact { no A }
      ${predicates}
      check { p[A] } for 2`);
    const [command] = (await outline(module)).commands;
    expect(command?.antecedents).toHaveLength(count);
    expect(await status(module, { ask: "antecedent", command: 0, antecedent: 0 })).toBe("unsatisfiable");
    // The last one stands for those that are left out, about which nothing is known; else it is `no x`.
    expect(await status(module, { ask: "antecedent", command: 0, antecedent: count - 1 })).toBe("satisfiable");
  });

  it("names no condition where all of them are the library's", async () => {
    traceSpec("ALLOYENG-ANTECEDENT");
    const module = alloyModule(`open util/relation as rel
      sig A { r: set A }
      check { rel/injective[r, A] } for 2
      check { rel/injective[r, A] and (some r implies some A) } for 2`);
    const { commands } = await outline(module);
    expect(commands.map(({ antecedents }) => antecedents.length)).toEqual([0, 2]);
  });

  it("names a conjunct without a condition beside those that have one, wherever the condition comes from", async () => {
    traceSpec("ALLOYENG-ANTECEDENT-OUTRIGHT");
    const module = alloyModule(`open util/relation as rel
      sig A { r: set A }
      fact { some A and no r }
      check { (some r implies no A) and some A } for 2
      check { (some r implies no A) and rel/reflexive[r, A] } for 2
      check { (some r implies no A) and (some A.r implies no A) } for 2`);
    const { commands } = await outline(module);
    const possible = await Promise.all(
      commands.map(({ index, antecedents }) =>
        Promise.all(
          antecedents.map((_, antecedent) => status(module, { ask: "antecedent", command: index, antecedent })),
        ),
      ),
    );
    expect(possible).toEqual([
      ["unsatisfiable", "satisfiable"],
      // What the library asserts has the place of the command, which comes first.
      ["satisfiable", "unsatisfiable"],
      ["unsatisfiable", "unsatisfiable"],
    ]);
  });

  it("decides a command without facts of either kind, and afterwards with them again", async () => {
    traceSpec("ALLOYENG-WITHOUT");
    const module = alloyModule(
      `open parts
      sig A { r: set A } { some r }
      fact Named { #A = 2 }
      assert P { some r and #A = 2 and some Part }
      check P for 3
      pred show[n: A] { no n.r }
      run show for 3
      fun parts_: set Part { Part }
      run parts_ for 3`,
      { "models/parts.als": "sig Part {}\nfact { some Part }" },
    );
    const read = await outline(module);
    expect(read.facts.map(({ name, of, place }) => [name, of, place.file])).toEqual([
      [null, "A", file],
      ["Named", null, file],
      [null, null, "models/parts.als"],
    ]);
    const without = (command: number, ...facts: number[]) => status(module, { ask: "without", command, facts });
    expect(await without(0)).toBe("unsatisfiable");
    expect([await without(0, 0), await without(0, 1), await without(0, 2)]).toEqual(Array(3).fill("satisfiable"));
    expect(await without(0)).toBe("unsatisfiable");
    expect(await status(module, { ask: "command", command: 0 })).toBe("unsatisfiable");
    expect([await without(1), await without(1, 0), await without(1, 1, 2)]).toEqual([
      "unsatisfiable",
      "satisfiable",
      "unsatisfiable",
    ]);
    expect(await without(2, 2)).toBe("satisfiable");
    expect(await ask(module, { ask: "without", command: 0, facts: [3] })).toEqual({
      status: "unknown",
      reason: "There is no fact 3",
    });
  });
});
