import { traceSpec } from "spec-evidence/vitest";
import { afterAll, describe, expect, it } from "vitest";
import { alloyJar, alloyModule, testAlloy } from "../../../test/builders/alloy-engine.js";
import type { AlloyAnswer, AlloyModule, AlloyRelation, AlloyState } from "../../model/alloy.js";
import { ALLOY_OPTIONS } from "../../model/alloy.js";

describe.skipIf(alloyJar === null)("instances", () => {
  const engine = testAlloy();
  afterAll(() => engine.close());

  type Found = Extract<AlloyAnswer, { status: "satisfiable" }>;

  async function solve(module: AlloyModule, command = 0, changed: Partial<typeof ALLOY_OPTIONS> = {}): Promise<Found> {
    const options = { ...ALLOY_OPTIONS, ...changed };
    const answer = await engine.ask(module, { ask: "command", command }, options);
    if (answer.status !== "satisfiable") throw new Error(JSON.stringify(answer));
    return answer;
  }

  function only({ instance }: Found): AlloyState {
    const [state] = instance.states;
    if (state === undefined || instance.states.length > 1) throw new Error(`${instance.states.length} states`);
    return state;
  }

  function tuples(relations: readonly AlloyRelation[], name: string): string[][] | undefined {
    return relations.find((each) => each.name === name)?.tuples;
  }

  it("hold atoms by their own signature, inherited fields, and fields of three columns", async () => {
    traceSpec("ALLOYENG-INSTANCE");
    const found = await solve(
      alloyModule(`abstract sig Animal { eats: set Plant, trades: Plant -> lone Animal }
        sig Cow, Goat extends Animal {}
        sig Plant {}
        sig Green in Plant {}
        run {
          #Cow = 1 and #Goat = 1 and #Plant = 2 and one Green
          eats = Cow -> Plant
          one trades and trades in Goat -> Green -> Cow
        } for 2`),
    );
    const state = only(found);
    expect(found.instance.loop).toBeNull();
    expect(
      state.signatures
        .filter(({ builtin }) => !builtin)
        .map(({ name, tuples, parent, subsetOf }) => [name, tuples, parent, subsetOf]),
    ).toEqual([
      ["Cow", [["Cow$0"]], "Animal", []],
      ["Goat", [["Goat$0"]], "Animal", []],
      ["Animal", [], null, []],
      ["Plant", [["Plant$0"], ["Plant$1"]], null, []],
      ["Green", [["Plant$1"]], null, ["Plant"]],
    ]);
    expect(state.fields).toEqual([
      {
        name: "eats",
        of: "Animal",
        tuples: [
          ["Cow$0", "Plant$0"],
          ["Cow$0", "Plant$1"],
        ],
      },
      { name: "trades", of: "Animal", tuples: [["Goat$0", "Plant$1", "Cow$0"]] },
    ]);
  });

  it("hold the atoms of a signature that others extend and that is not abstract", async () => {
    traceSpec("ALLOYENG-INSTANCE");
    const { signatures } = only(
      await solve(alloyModule("sig A {}\nsig B extends A {}\nrun { #A = 2 and #B = 1 } for 2")),
    );
    expect(tuples(signatures, "A")).toEqual([["A$0"]]);
    expect(tuples(signatures, "B")).toHaveLength(1);
  });

  it("hold witnesses and parameters", async () => {
    traceSpec("ALLOYENG-INSTANCE");
    const module = alloyModule(`sig A { to: lone A }
      pred loops[x: A] { some y: A | x.to = y and y.to = x and x != y }
      run loops for exactly 2 A
      assert None { all a: A | no a.to }
      check None for 1`);
    const witnesses = only(await solve(module)).skolems;
    expect(witnesses.map(({ name }) => name)).toEqual(["$loops_x", "$loops_y"]);
    expect(new Set(witnesses.flatMap((each) => each.tuples.flat()))).toEqual(new Set(["A$0", "A$1"]));
    expect(only(await solve(module, 1)).skolems).toEqual([{ name: "$None_a", of: null, tuples: [["A$0"]] }]);
  });

  it("hold every state of a trace and where it goes on", async () => {
    traceSpec("ALLOYENG-INSTANCE-LOOP");
    const found = await solve(
      alloyModule(`one sig Lamp {}
        var sig Lit in Lamp {}
        var sig Warm in Lamp {}
        fact { no Lit and after some Lit and after after always (some Lit iff after no Lit) }
        fact { always Warm = Lit }
        run {} for 3 but exactly 3 steps`),
    );
    expect(found.instance.states.map(({ signatures }) => tuples(signatures, "Lit"))).toEqual([
      [],
      [["Lamp$0"]],
      expect.anything(),
    ]);
    const { loop, states } = found.instance;
    // From the third state on it alternates, so the last state is followed by the one before it.
    expect(loop).toBe(1);
    expect(tuples(states[2]?.signatures ?? [], "Lit")).toEqual([]);
    expect(tuples(states[1]?.signatures ?? [], "Warm")).toEqual([["Lamp$0"]]);
    expect(found.facts.scope).toMatchObject({ steps: "3..3" });
  });

  it("take integers that overflow only where the options allow it", async () => {
    traceSpec("ALLOYENG-COMMAND-OVERFLOW");
    const module = alloyModule("one sig A { n: Int }\nrun { A.n > 0 and plus[A.n, 1] < 0 } for 3 but 3 Int");
    expect((await engine.ask(module, { ask: "command", command: 0 }, ALLOY_OPTIONS)).status).toBe("unsatisfiable");
    const { fields } = only(await solve(module, 0, { noOverflow: false }));
    expect(tuples(fields, "n")).toEqual([["A$0", "3"]]);
  });

  it("come with the scope that was solved", async () => {
    traceSpec("ALLOYENG-COMMAND-SCOPE");
    const { facts } = await solve(
      alloyModule(`open util/ordering[Time] as time
        sig Time {}
        abstract sig Part {}
        one sig Left, Right extends Part {}
        lone sig Extra {}
        sig Free { of: set Free }
        run { some of } for 4 but exactly 2 Time, 5 Int, 3 seq`),
    );
    expect(facts.scope).toEqual({
      Extra: 1,
      Free: 4,
      Left: "exactly 1",
      Part: 2,
      Right: "exactly 1",
      Time: "exactly 2",
      int: 5,
      seq: 3,
      "time/Ord": "exactly 1",
    });
    expect(facts.solver).toBe("sat4j");
    expect(facts.variables).toBeGreaterThan(10);
    expect(facts.clauses).toBeGreaterThan(10);
  });

  it("follow from modules in several files and from the library", async () => {
    traceSpec("ALLOYENG-TEXTS");
    const text =
      "module shop/main\nopen shop/things[Item] as t\nsig Item {}\nrun { some t/Box and no t/Box.holds } for 2";
    const things = "module shop/things[T]\nsig Box { holds: set T }";
    const { signatures } = only(await solve(alloyModule(text, { "models/things.als": things })));
    expect(tuples(signatures, "t/Box")).not.toEqual([]);
    const dotted = { root: "v1.2/spec.md", files: { "v1.2/spec.md": text, "v1.2/things.als": things } };
    expect((await solve(dotted)).instance.states).toHaveLength(1);
  });

  it("are the same whatever was asked before", async () => {
    traceSpec("ALLOYENG-COMMAND");
    const module = alloyModule(`open util/ordering[S]
      sig S { r: set S, s: S -> lone S }
      run { some r and some s and some x: S | x not in x.r } for 4
      run { #s > 3 } for 5`);
    const first = await solve(module);
    await solve(module, 1);
    await solve(alloyModule("sig Z { z: set Z }\nrun { some z }"));
    expect(await solve(module)).toEqual(first);
    const other = testAlloy();
    expect(await other.ask(module, { ask: "command", command: 0 }, ALLOY_OPTIONS)).toEqual(first);
    await other.close();
  });
});
