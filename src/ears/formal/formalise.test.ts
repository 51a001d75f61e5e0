import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { statementsOf } from "../../../test/builders/ears.js";
import { parseGlossary } from "../glossary/parse.js";
import { formalise } from "./formalise.js";
import { lexiconOf } from "./lexicon.js";
import { meaningOf } from "./phrase.js";

const GLOSSARY = `schema: spec-evidence/glossary@1
variables:
  valve: { role: output, type: boolean, states: { true: [open] } }
  lamp: { role: output, type: boolean, states: { true: [on] } }
  door: { role: input, type: boolean, states: { true: [open] } }
  lock and key: { role: input, type: boolean, states: { true: [present] } }
  mode: { role: state, type: enum, values: { idle: [at rest], running: , failed: }, when: level }
  pump mode: { role: state, type: enum, values: [manual, automatic] }
  pressure: { role: input, type: number, unit: bar, min: 0, max: 40 }
  delay: { role: output, type: number, unit: s }
  retries: { role: input, type: integer }
  exit code: { role: output, type: integer, phrases: { "*": ["exit with code {}"] } }
  timer end: { role: input, type: boolean, phrases: { "true": [the timer expires] } }
`;
const parsed = parseGlossary("g.yaml", GLOSSARY);
const lexicon = lexiconOf(parsed.glossary);

function read(sentence: string) {
  const [statement] = statementsOf(sentence);
  if (statement?.status !== "read") throw new Error(`unread: ${sentence}`);
  return formalise(lexicon, statement);
}

/** `guard => response`, or why not. */
function formalOf(sentence: string): string {
  const result = read(sentence);
  if ("formal" in result) return `${meaningOf(result.formal.guard)} => ${meaningOf(result.formal.response)}`;
  return result.obstacles.map((each) => (each.kind === "words" ? each.opaque.reason : each.kind)).join(", ");
}

const conditionOf = (condition: string) =>
  formalOf(`WHILE ${condition}, THE plant SHALL open the valve.`).replace(' => "valve"', "");
const responseOf = (response: string) => formalOf(`THE plant SHALL ${response}.`).replace("and() => ", "");

describe("formalise", () => {
  it("has a glossary without a fault", () => expect(parsed.findings).toEqual([]));

  it.each([
    ["the door is open", '"door"'],
    ["the door is opened", '"door"'],
    ["the door is closed", 'not("door")'],
    ["door has been closed", 'not("door")'],
    ["the mode is idle", '"mode"="idle"'],
    ["the mode is `idle`", '"mode"="idle"'],
    ["the mode becomes at rest", '"mode"="idle"'],
    ["the mode is idle or failed", 'or("mode"="failed","mode"="idle")'],
    ["the timer expires", '"timer end"'],
    ["the lock and key is present", '"lock and key"'],
  ])("reads the condition %s", (condition, meaning) => {
    traceSpec("LOGIC-FORMAL");
    expect(conditionOf(condition)).toBe(meaning);
  });

  it.each([
    ["open the valve", '"valve"'],
    ["close the valve", 'not("valve")'],
    ["keep the valve closed", 'not("valve")'],
    ["turn on the lamp", '"lamp"'],
    ["switch the lamp off", 'not("lamp")'],
    ["set the mode to running", '"mode"="running"'],
    ["set the delay to 500 ms", '"delay"=1/2'],
    ["exit with code 1", '"exit code"=1/1'],
    ["open the valve and turn on the lamp", 'and("lamp","valve")'],
    ["open the valve or turn on the lamp", 'or("lamp","valve")'],
  ])("reads the response %s", (response, meaning) => {
    traceSpec("LOGIC-FORMAL");
    expect(responseOf(response)).toBe(meaning);
  });

  it("reads a response together with its subject", () => {
    traceSpec("LOGIC-FORMAL");
    expect(formalOf("THE valve SHALL be closed.")).toBe('and() => not("valve")');
    expect(formalOf("Every valve SHALL be closed.")).toBe("unknown-words");
  });

  it.each([
    "the front door is open",
    "the door is open again",
    "the door is wide open",
    "no door is open",
    "the door fails to be open",
    "the door was open",
    "the door will be open",
    "someone checks that the door is open",
    "the door is open (or nearly so)",
    "the pressure reaches 5 bar",
    "the pressure is about 5 bar",
  ])("leaves %s alone, with its words", (condition) => {
    traceSpec("LOGIC-FORMAL-WORDS");
    const result = read(`WHILE ${condition}, THE plant SHALL open the valve.`);
    expect(result).toMatchObject({ obstacles: [{ kind: "words", part: "condition", opaque: { text: condition } }] });
  });

  it.each([
    [
      "WHILE the door is open, THE plant SHALL open the valve, and IF the mode is idle, SHALL close the valve.",
      "doubt",
    ],
    ["For each plant, THE system SHALL open the valve.", "preamble"],
    ["THE plant MAY NOT open the valve.", "may-not"],
    ["THE plant SHALL NOT open the valve and turn on the lamp.", "negated-list"],
  ])("leaves out %s", (sentence, obstacle) => {
    traceSpec("LOGIC-FORMAL-DOUBT");
    const results = statementsOf(sentence).map((each) =>
      each.status === "read" ? formalise(lexicon, each) : { obstacles: [] },
    );
    expect(results.flatMap((each) => ("obstacles" in each ? each.obstacles.map(({ kind }) => kind) : []))).toContain(
      obstacle,
    );
  });

  it.each([
    ["the door is not open", 'not("door")'],
    ["the door isn't closed", '"door"'],
    ["the door is no longer open", 'not("door")'],
    ["the mode is not idle", 'not("mode"="idle")'],
    ["the pressure does not exceed 5 bar", 'not("pressure">500000/1)'],
  ])("takes the opposite in %s", (condition, meaning) => {
    traceSpec("LOGIC-FORMAL-NEGATION");
    expect(conditionOf(condition)).toBe(meaning);
  });

  it("takes the opposite of SHALL NOT", () => {
    traceSpec("LOGIC-FORMAL-NEGATION");
    expect(formalOf("THE plant SHALL NOT open the valve.")).toBe('and() => not("valve")');
  });

  it("splits where each part states a value", () => {
    traceSpec("LOGIC-FORMAL-CONJUNCTS");
    expect(conditionOf("the door is open and the mode is idle")).toBe('and("door","mode"="idle")');
    expect(conditionOf("the door is open, the mode is idle, and the lock and key is present")).toBe(
      'and("door","lock and key","mode"="idle")',
    );
    expect(conditionOf("the door is open and idle")).toBe("unknown-words");
  });

  it("does not guess how and and or group", () => {
    traceSpec("LOGIC-FORMAL-MIXED");
    expect(conditionOf("the door is open and the mode is idle or the timer expires")).toBe("mixed-connectives");
  });

  it.each([
    ["the pressure is above 5 bar", '"pressure">500000/1'],
    ["the pressure is at least 20 kPa", '"pressure">=20000/1'],
    ["the pressure is 0.1 bar", '"pressure"=10000/1'],
    ["the pressure falls below 1 bar", '"pressure"<100000/1'],
    ["the retries are more than 3", '"retries">3/1'],
    ["the retries is at most three", '"retries"<=3/1'],
  ])("takes the number exactly in %s", (condition, meaning) => {
    traceSpec("LOGIC-FORMAL-NUMBER");
    expect(conditionOf(condition)).toBe(meaning);
  });

  it("wants units, and the right ones", () => {
    traceSpec("LOGIC-FORMAL-UNIT");
    expect(conditionOf("the pressure is above 5")).toBe("missing-unit");
    expect(conditionOf("the pressure is above 5 s")).toBe("other-dimension");
  });

  it("wants to know whether a range holds its ends", () => {
    traceSpec("LOGIC-FORMAL-RANGE");
    expect(conditionOf("the pressure is between 1 and 2 bar")).toBe("open-range");
    expect(conditionOf("the pressure is between 1 bar and 2 bar inclusive")).toBe(
      'and("pressure"<=200000/1,"pressure">=100000/1)',
    );
  });

  it("adds the opposite of an until, and the instant of a WHEN", () => {
    traceSpec("LOGIC-FORMAL-UNTIL");
    expect(formalOf("WHEN the door is open, THE plant SHALL open the valve until the timer expires.")).toBe(
      'and(not("timer end"),rising("door")) => "valve"',
    );
    expect(formalOf("WHEN the mode is idle, THE plant SHALL open the valve.")).toBe('"mode"="idle" => "valve"');
  });

  it("leaves deadlines to the timed analysis", () => {
    traceSpec("LOGIC-FORMAL-TIMED");
    expect(formalOf("WHEN the door is open, THE plant SHALL open the valve within 5 s.")).toBe("timing");
    expect(formalOf("WHEN the door is open, THE plant SHALL open the valve immediately.")).toBe(
      'rising("door") => "valve"',
    );
  });

  it("records what it applied", () => {
    traceSpec("LOGIC-FORMAL-RULES");
    const result = read("WHEN the door is not open and the timer expires, THE plant SHALL close the valve.");
    const rules = "formal" in result ? result.formal.rules.map(({ rule }) => rule) : [];
    expect(rules).toEqual(["conjuncts", "value", "negation", "phrase", "edge", "state"]);
  });
});
