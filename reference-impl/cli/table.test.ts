import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { GATE, words } from "../simulation/campaign/plan.js";
import { headOf } from "./table.js";

it("a plan is shown part by part, with what replays its seeds", () => {
  traceSpec("SIM-PLAN-SHOWN");
  const lines = headOf("gate", GATE, (part) => words(part).join(" "));
  expect(lines[0]).toMatch(/^plan gate, \d+ seeds$/);
  expect(lines.slice(1, 3)).toEqual([
    "  seeds 501..600  --profile all",
    "  seeds 1..44     --profile all --mode strict",
  ]);
  expect(lines[GATE.length + 1]).toMatch(/^faults: /);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});
