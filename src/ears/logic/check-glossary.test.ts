import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { statementsOfSpec } from "../../../test/builders/ears.js";
import { specOf } from "../../../test/builders/logic.js";
import { parseGlossary } from "../glossary/parse.js";
import { checkGlossary } from "./check-glossary.js";

function check(variables: string, lines: readonly string[]): string[] {
  const { glossary, findings } = parseGlossary("g.yaml", `schema: spec-evidence/glossary@1\n${variables}`);
  expect(findings).toEqual([]);
  return checkGlossary(statementsOfSpec(specOf(lines)), glossary).map(({ code, message }) => `${code} ${message}`);
}

const VALVE = "variables:\n  valve: { role: output, type: boolean, states: { true: [open] } }\n";
const DOOR = "  door: { role: input, type: boolean, states: { true: [open] } }\n";

describe("checkGlossary", () => {
  it("reports variables that no statement uses", () => {
    traceSpec("GLOSS-CHECK");
    const lines = ["AA-ONE: THE plant SHALL open the valve."];
    expect(check(VALVE, lines)).toEqual([]);
    expect(check(VALVE + DOOR, lines)).toEqual([expect.stringContaining('GLOSS003 Unexpected variable "door"')]);
    const assumed = "assumptions: [{ holds: the door is open, reason: it always is }]\n";
    expect(check(VALVE + DOOR + assumed, lines)).toEqual([]);
  });

  it("reports words that do not resolve beside words that do", () => {
    traceSpec("GLOSS-CHECK-UNDEFINED");
    expect(check(VALVE, ["AA-ONE: WHEN the moon is full, THE plant SHALL open the valve."])).toEqual([
      'GLOSS006 Unexpected words "the moon is full" (unknown words), expected declared terms as in the rest of the statement',
    ]);
    expect(
      check(VALVE, ["AA-ONE: THE plant SHALL open the valve.", "AA-TWO: WHEN the moon is full, THE sea SHALL rise."]),
    ).toEqual([]);
  });

  it("reports names that differ in little, not those told apart by a number or a letter", () => {
    traceSpec("GLOSS-CHECK-SIMILAR");
    const names = (...list: string[]) =>
      check(
        `variables:\n${list.map((name) => `  ${name}: { role: input, type: boolean, states: { true: [on] } }\n`).join("")}`,
        list.map((name, index) => `AA-${index}: WHEN the ${name} is on, THE plant SHALL rest.`),
      ).filter((line) => line.startsWith("GLOSS005"));
    expect(names("start button", "start buton")).toEqual([
      'GLOSS005 Unexpected likeness of "start button" and "start buton", expected one term or two that differ clearly',
    ]);
    expect(names("level sensor", "sensor level")).toHaveLength(1);
    expect(names("start button", "start buttons")).toHaveLength(1);
    expect(names("valve 0", "valve 1")).toEqual([]);
    expect(names("valve a", "valve b")).toEqual([]);
    expect(names("start button", "stop button")).toEqual([]);
  });
});
