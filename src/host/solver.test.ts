import { spawnSync } from "node:child_process";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { analyseLines } from "../../test/builders/logic.js";
import { hasZ3 } from "../../test/builders/tools.js";
import { rational } from "../model/rational.js";
import type { Relation, Solver, Term } from "../model/solver.js";
import { nativeSolver } from "./solver-native.js";
import { wasmSolver } from "./solver-wasm.js";

const bool = (name: string): Term => ({ op: "constant", name, sort: "Bool" });
const not = (of: Term): Term => ({ op: "not", of });
const number = (name: string, relation: Relation, right: [bigint, bigint], sort: "Int" | "Real" = "Real"): Term => ({
  op: "compare",
  relation,
  left: { name, sort },
  right: rational(...right),
});

const solvers: [string, () => Solver][] = [["wasm", wasmSolver]];
if (hasZ3) solvers.push(["native", () => nativeSolver()]);

describe.each(solvers)("the %s solver", (_, make) => {
  it("answers, with the truth of watched terms", async () => {
    traceSpec("LOGIC-STABLE");
    const solver = make();
    const [a, b] = [bool("a | b"), bool("größe")];
    expect(await solver.check([a, not(b)], [a, b, not(a)])).toEqual({ status: "sat", holds: [true, false, false] });
    expect(await solver.check([a, not(a)])).toEqual({ status: "unsat" });
    expect(await solver.check([{ op: "or", of: [] }])).toEqual({ status: "unsat" });
    expect(await solver.check([{ op: "and", of: [] }])).toEqual({ status: "sat", holds: [] });
    await solver.close();
  });

  it("counts exactly", async () => {
    traceSpec("LOGIC-FORMAL-NUMBER");
    const solver = make();
    const third = number("x", ">", [-1n, 3n]);
    expect(await solver.check([third, number("x", "<=", [-1n, 3n])])).toEqual({ status: "unsat" });
    expect(await solver.check([third, number("x", "<", [-333_333_333_333n, 1_000_000_000_000n])])).toMatchObject({
      status: "sat",
    });
    expect(await solver.check([number("n", ">", [2n, 1n], "Int"), number("n", "<", [3n, 1n], "Int")])).toEqual({
      status: "unsat",
    });
    await solver.close();
  });

  it("works again after it was closed", async () => {
    traceSpec("LOGIC-SOLVER");
    const solver = make();
    await solver.close();
    expect(await solver.check([bool("a")])).toMatchObject({ status: "sat" });
    await solver.close();
    expect(await solver.check([bool("a")])).toMatchObject({ status: "sat" });
    await solver.close();
  });
});

it("a solver that is not there answers unknown", async () => {
  traceSpec("LOGIC-SOLVER-MISSING");
  const solver = nativeSolver("/nowhere/z3");
  expect(await solver.check([bool("a")])).toMatchObject({
    status: "unknown",
    reason: expect.stringContaining("ENOENT"),
  });
  expect(await solver.check([bool("a")])).toMatchObject({ status: "unknown" });
  await solver.close();
});

it.skipIf(!hasZ3)("the scripts of findings are accepted by a stock z3, with the answers expected", async () => {
  traceSpec("LOGIC-SOLVER-SCRIPT");
  const solver = wasmSolver();
  const { details } = await analyseLines(
    `
variables:
  "valve | 0 → \\\\": { role: output, type: boolean, states: { true: [open] }, synonyms: [valve] }
  mode: { role: state, type: enum, values: [idle, "half; (asleep)"], complete: true }
  pressure: { role: input, type: number, unit: bar, min: -1.5 }
  count: { role: input, type: integer }
`,
    [
      "AA-ONE: WHEN the pressure is above 0.3 mbar and the mode is idle, THE plant SHALL open the valve.",
      "AA-TWO: IF the count is above 2.5, THEN THE plant SHALL close the valve.",
      "AA-TWICE: IF the count is above 2.5, THEN THE plant SHALL close the valve.",
      "AA-NEVER: IF the pressure is below -2 bar, THEN THE plant SHALL close the valve.",
    ],
    solver,
  );
  await solver.close();
  const scripts = [...details.values()].flatMap(({ smt2 }) => (smt2 === null ? [] : [smt2]));
  expect([...details.values()].map(({ check }) => check).sort()).toEqual(["conflict", "gap", "redundancy", "vacuity"]);
  expect(scripts).toHaveLength(3);
  for (const script of scripts) {
    const expected = [...script.matchAll(/: expected (sat|unsat)$/gmu)].map((match) => match[1]);
    const { stdout, status } = spawnSync("z3", ["-in", "-smt2"], { input: script, encoding: "utf8" });
    expect(stdout.trim().split("\n"), script).toEqual(expected);
    expect(status).toBe(0);
  }
});
