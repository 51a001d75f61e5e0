import { traceSpec } from "spec-evidence/vitest";
import { afterAll, describe, expect, it } from "vitest";
import { analyseLines, summary } from "../../../test/builders/logic.js";
import { wasmSolver } from "../../host/solver-wasm.js";

/** Pairs of sentences that are easy to get wrong, each with what a careful reader concludes. */

const GLOSSARY = `
between: inclusive
variables:
  valve: { role: output, type: boolean, states: { true: [open] }, synonyms: [valves, at least one valve, every valve] }
  lamp: { role: output, type: boolean, states: { true: [on] } }
  kind: { role: output, type: enum, values: [red, green, blue] }
  speed: { role: output, type: number, unit: rpm, min: 0, max: 5000 }
  door: { role: input, type: boolean, states: { true: [open] }, synonyms: [no door, any door, every door] }
  key: { role: input, type: boolean, states: { true: [present] } }
  mode: { role: state, type: enum, values: { idle: [at rest], running: [active], failed: , "not ready": } }
  pressure: { role: input, type: number, unit: bar, min: 0, max: 40 }
  temperature: { role: input, type: number, unit: "°C" }
  count: { role: input, type: integer }
  the user is logged in: { role: input, type: boolean }
  the message: { role: output, type: boolean, phrases: { "true": [send the message, send \`hello\`], "false": [send no message] } }
  status: { role: output, type: integer, phrases: { "*": ["return {}"] } }
`;
const solver = wasmSolver();
afterAll(() => solver.close());

const OPEN = "THE plant SHALL open the valve";
const CLOSE = "THE plant SHALL close the valve";
const conflict = ["conflict proved AA-1 AA-2"];
const doubtful = ["conflict possible AA-1 AA-2"];
const repeated = ["redundancy proved AA-1 AA-2"];

async function found(sentences: readonly string[]): Promise<string[]> {
  const lines = sentences.map((sentence, index) => `AA-${index + 1}: ${sentence}.`);
  return summary(await analyseLines(GLOSSARY, lines, solver));
}

describe("conditions that can hold together", () => {
  it.each([
    [
      "an instant and the state that begins there",
      `WHEN the door is open, ${OPEN}`,
      `WHILE the door is open, ${CLOSE}`,
    ],
    ["two instants", `WHEN the door is open, ${OPEN}`, `WHEN the key is present, ${CLOSE}`],
    [
      "both ends included",
      `WHILE the count is between 2 and 3, ${OPEN}`,
      `WHILE the count is between 3 and 4, ${CLOSE}`,
    ],
    ["not above and equal", `WHILE the pressure is not above 5 bar, ${OPEN}`, `WHILE the pressure is 5 bar, ${CLOSE}`],
    [
      "no more and not less",
      `WHILE the pressure is no more than 5 bar, ${OPEN}`,
      `WHILE the pressure is not less than 5 bar, ${CLOSE}`,
    ],
    ["another unit", `WHILE the pressure is 200 kPa, ${OPEN}`, `WHILE the pressure is 2 bar, ${CLOSE}`],
    ["a synonym of a value", `WHILE the mode is at rest, ${OPEN}`, `WHILE the mode is idle, ${CLOSE}`],
    ["no longer one value", `WHILE the mode is no longer idle, ${OPEN}`, `WHILE the mode is failed, ${CLOSE}`],
    ["a value that begins with not", `WHILE the mode is not ready, ${OPEN}`, `WHILE the mode is not idle, ${CLOSE}`],
    ["one of two", `IF the door is open or the key is present, THEN ${OPEN}`, `WHILE the key is present, ${CLOSE}`],
    [
      "an alternative clause",
      `IF the door is open OR IF the key is present, THEN ${OPEN}`,
      `WHILE the key is present, ${CLOSE}`,
    ],
    ["a condition behind", `${OPEN} if the door is open`, `${CLOSE} when the key is present`],
    [
      "an obligation before its end",
      `WHILE the door is open, ${OPEN} until the key is present`,
      `WHILE the mode is failed, ${CLOSE}`,
    ],
  ])("conflict: %s", async (_, one, other) => {
    traceSpec("LOGIC-CONFLICT");
    expect(await found([one, other])).toEqual(conflict);
  });

  it.each([
    [
      "two thresholds at one instant",
      `WHEN the pressure rises above 5 bar, ${OPEN}`,
      `WHEN the pressure rises above 6 bar, ${CLOSE}`,
    ],
    [
      "an end that has just passed",
      `WHILE the door is open, ${OPEN} until the key is present`,
      `WHEN the key is not present, ${CLOSE}`,
    ],
  ])("conflict possibly: %s", async (_, one, other) => {
    traceSpec("LOGIC-CONFLICT-STEP");
    expect(await found([one, other])).toEqual(doubtful);
  });

  it.each([
    ["opposite states", `WHEN the door is open, ${OPEN}`, `WHEN the door is not open, ${CLOSE}`],
    [
      "the end of an obligation",
      `WHEN the door is open, ${OPEN} until the key is present`,
      `WHILE the key is present, ${CLOSE}`,
    ],
    [
      "the end of a prohibition",
      "WHEN the door is open, THE plant SHALL NOT open the valve until the key is present",
      `WHILE the key is present, ${OPEN}`,
    ],
    [
      "an excluded end",
      `WHILE the pressure is between 1 bar and 5 bar exclusive, ${OPEN}`,
      `WHILE the pressure is at least 5 bar, ${CLOSE}`,
    ],
    [
      "outside a range",
      `WHILE the pressure is not between 1 bar and 5 bar, ${OPEN}`,
      `WHILE the pressure is 3 bar, ${CLOSE}`,
    ],
    ["whole numbers", `WHILE the count is more than 3, ${OPEN}`, `WHILE the count is less than 4, ${CLOSE}`],
    ["values of one enum", `WHILE the mode is idle, ${OPEN}`, `WHILE the mode is active, ${CLOSE}`],
    [
      "nested conditions",
      `WHILE the door is open, IF the mode is idle OR IF the key is present, THEN ${OPEN}`,
      `WHILE the door is closed, IF the key is present, THEN ${CLOSE}`,
    ],
    ["a denied sentence", `IF the user is not logged in, THEN ${OPEN}`, `IF the user is logged in, THEN ${CLOSE}`],
    [
      "rising and falling",
      `WHEN the pressure rises above 5 bar, ${OPEN}`,
      `WHEN the pressure falls below 5 bar, ${CLOSE}`,
    ],
  ])("keep apart: %s", async (_, one, other) => {
    traceSpec("LOGIC-CONFLICT-APART");
    expect(await found([one, other])).toEqual([]);
  });
});

describe("demands that exclude each other", () => {
  it.each([
    ["numbers", "THE plant SHALL return 200", "THE plant SHALL return 404"],
    [
      "a bound and a value",
      "THE plant SHALL set the speed to at least 100 rpm",
      "THE plant SHALL set the speed to 99 rpm",
    ],
    [
      "a range and a value",
      "THE plant SHALL set the speed to between 100 rpm and 200 rpm",
      "THE plant SHALL set the speed to 250 rpm",
    ],
    [
      "a choice and a third value",
      "THE plant SHALL set the kind to red or green",
      "THE plant SHALL set the kind to blue",
    ],
    ["neither of two", "THE plant SHALL NOT open the valve or turn on the lamp", "THE plant SHALL turn on the lamp"],
    ["a declared denial", "THE plant SHALL send the message", "THE plant SHALL send no message"],
    ["an act and the state of its object", OPEN, "THE valve SHALL NOT be open"],
    ["never", "THE plant MUST never open the valve", `WHEN the door is open, ${OPEN}`],
  ])("conflict: %s", async (_, one, other) => {
    traceSpec("LOGIC-CONFLICT");
    expect(await found([one, other])).toEqual(conflict);
  });

  it.each([
    ["two permissions", "THE plant MAY open the valve", "THE plant MAY close the valve"],
    ["a permission about another object", "THE plant MAY open the valve", "THE plant SHALL NOT turn on the lamp"],
    ["may not", "THE plant MAY NOT open the valve", OPEN],
    ["values within a choice", "THE plant SHALL NOT set the kind to red", "THE plant SHALL set the kind to blue"],
    ["trying and doing", "THE plant SHALL try to open the valve", CLOSE],
    ["being able and doing", "THE plant SHALL be able to open the valve", CLOSE],
    ["letting others", "THE plant SHALL allow the user to open the valve", CLOSE],
    ["a deadline", `${OPEN} within 5 s`, CLOSE],
    ["an exception", `${OPEN} unless the door is open`, CLOSE],
    ["only when", `${OPEN} only when the door is open`, CLOSE],
    ["a denied list", "THE plant SHALL NOT open the valve and turn on the lamp", OPEN],
    ["some of several", "THE plant SHALL open at least one valve", "THE plant SHALL close at least one valve"],
    ["without", "THE plant SHALL open the valve without turning on the lamp", "THE plant SHALL turn on the lamp"],
    [
      "otherwise",
      `WHILE the door is open, ${OPEN}; otherwise THE plant SHALL close the valve`,
      "THE plant MAY open the valve",
    ],
  ])("none: %s", async (_, one, other) => {
    traceSpec("LOGIC-CONFLICT-APART");
    expect((await found([one, other])).filter((each) => each.startsWith("conflict"))).toEqual([]);
  });
});

describe("words of open scope", () => {
  it.each([
    "no door is open",
    "every door is closed",
    "any door is not open",
    "the door is open except when the key is present",
    "the door is almost open",
    "the door was open",
    "the door can be open",
    "the door is about to open",
    "the door is open twice",
    "the door is open for 5 s",
    "the door is open and the key is present or the mode is idle",
    "neither the door is open nor the key is present",
    "it is not the case that the door is open",
    "the pressure is about 5 bar",
    "the pressure is 1,5 bar",
    "the pressure is 5",
    "the pressure reaches 5 bar",
    "the temperature is above 300 K",
    'the "door" is open',
  ])("prove nothing: %s", async (condition) => {
    traceSpec("LOGIC-FORMAL-SCOPE");
    expect(await found([`WHEN ${condition}, ${OPEN}`, CLOSE])).toEqual([]);
  });
});

describe("repetitions", () => {
  const until = `WHEN the door is open, ${OPEN} until the key is present`;

  it.each([
    ["an instant within the state", `WHEN the door is open, ${OPEN}`, `WHILE the door is open, ${OPEN}`],
    ["the same end", until, until],
    ["the instant of a lasting obligation", until, `WHILE the key is not present, WHEN the door is open, ${OPEN}`],
    ["all other values", "THE plant SHALL NOT set the kind to red or green", "THE plant SHALL set the kind to blue"],
  ])("are found: %s", async (_, one, other) => {
    traceSpec("LOGIC-REDUNDANCY");
    expect(await found([one, other])).toEqual(repeated);
  });

  it("are none where an obligation lasts longer", async () => {
    traceSpec("LOGIC-REDUNDANCY-LASTING");
    expect(await found([until, `WHEN the door is open, ${OPEN}`])).toEqual([]);
    const analysis = await analyseLines(
      GLOSSARY,
      [`AA-1: ${until}.`, `AA-2: WHILE the key is not present, WHEN the door is open, ${OPEN}.`],
      solver,
    );
    expect(analysis.findings[0]?.message).toContain("AA-2 follows from AA-1");
  });

  it("leave a gap possible only where an obligation binds on", async () => {
    traceSpec("LOGIC-GAP-LASTING");
    const siren = "  siren: { role: output, type: boolean, states: { true: [on] }, complete: true }\n";
    const gap = async (sentence: string) =>
      summary(await analyseLines(GLOSSARY + siren, [`AA-1: ${sentence}.`], solver));
    expect(await gap("WHEN the door is open, THE plant SHALL turn on the siren")).toEqual(["gap proved"]);
    expect(await gap("WHEN the door is open, THE plant SHALL turn on the siren until the key is present")).toEqual([
      "gap possible",
    ]);
  });
});
