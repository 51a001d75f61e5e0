import { traceSpec } from "spec-evidence/vitest";
import { afterAll, describe, expect, it } from "vitest";
import { analyseLines, stubSolver, summary } from "../../../test/builders/logic.js";
import { wasmSolver } from "../../host/solver-wasm.js";

const GLOSSARY = `
variables:
  valve: { role: output, type: boolean, states: { true: [open] } }
  lamp: { role: output, type: boolean, states: { true: [on] } }
  limit: { role: output, type: integer, min: 0, max: 9 }
  door: { role: input, type: boolean, states: { true: [open] } }
  key: { role: input, type: boolean, states: { true: [present] } }
  mode: { role: state, type: enum, values: [idle, running, failed] }
  pressure: { role: input, type: number, unit: bar, min: 0, max: 40 }
`;
const solver = wasmSolver();
afterAll(() => solver.close());

const analyse = (lines: readonly string[], more = "") => analyseLines(GLOSSARY + more, lines, solver);
const found = async (lines: readonly string[], more = "") => summary(await analyse(lines, more));

const OPEN = "AA-OPEN: WHEN the door is open, THE plant SHALL open the valve.";
const CLOSE = "AA-CLOSE: IF the key is present, THEN THE plant SHALL close the valve.";

describe("conflict", () => {
  it("needs guards that can meet and demands that cannot be met", async () => {
    traceSpec("LOGIC-CONFLICT");
    expect(await found([OPEN, CLOSE])).toEqual(["conflict proved AA-CLOSE AA-OPEN"]);
    expect(
      await found(["AA-ONE: THE plant SHALL set the limit to 3.", "AA-TWO: THE plant SHALL set the limit to 4."]),
    ).toEqual(["conflict proved AA-ONE AA-TWO"]);
    expect(await found(["AA-ONE: THE plant SHALL set the limit to 12."])).toEqual(["conflict proved AA-ONE"]);
  });

  it.each([
    ["opposite conditions", "WHILE the door is closed, THE plant SHALL close the valve."],
    ["an until", "WHILE the key is present, THE plant SHALL close the valve until the door is open."],
    ["another output", "IF the key is present, THEN THE plant SHALL turn off the lamp."],
    ["the same demand", "WHILE the key is present, THE plant SHALL open the valve."],
  ])("is none with %s", async (_, sentence) => {
    traceSpec("LOGIC-CONFLICT-APART");
    expect(await found([OPEN, `AA-OTHER: ${sentence}`])).toEqual([]);
  });

  it("is none where an assumption keeps the guards apart", async () => {
    traceSpec("LOGIC-CONFLICT-APART");
    const apart =
      "assumptions: [{ given: the door is open, holds: the key is not present, reason: the key opens it }]\n";
    expect(await found([OPEN, CLOSE], apart)).toEqual([]);
  });

  it("is possible at most where one of two systems acts", async () => {
    traceSpec("LOGIC-CONFLICT-SYSTEM");
    const ring =
      '  bell rings: { role: output, type: boolean, phrases: { "true": [ring the bell], "false": [leave the bell alone] } }\n';
    const of = (first: string, second: string) =>
      found([`AA-ONE: THE plant SHALL ${first}.`, `AA-TWO: THE guard SHALL ${second}.`], ring);
    expect(await of("open the valve", "NOT open the valve")).toEqual(["conflict possible AA-ONE AA-TWO"]);
    expect(await of("ring the bell", "leave the bell alone")).toEqual(["conflict possible AA-ONE AA-TWO"]);
    expect(await of("ring the bell", "ring the bell")).toEqual(["redundancy possible AA-ONE AA-TWO"]);
    expect(await of("open the valve", "close the valve")).toEqual(["conflict proved AA-ONE AA-TWO"]);
    const states = ["AA-ONE: THE plant SHALL open the valve.", "AA-TWO: THE valve SHALL NOT be open."];
    expect(await found(states)).toEqual(["conflict proved AA-ONE AA-TWO"]);
  });

  it("keeps values and thresholds apart", async () => {
    traceSpec("LOGIC-CONFLICT-APART");
    const low = "AA-LOW: WHILE the pressure is below 5 bar, THE plant SHALL open the valve.";
    expect(
      await found([low, "AA-HIGH: WHILE the pressure is at least 500 kPa, THE plant SHALL close the valve."]),
    ).toEqual([]);
    expect(
      await found([low, "AA-HIGH: WHILE the pressure is at least 499 kPa, THE plant SHALL close the valve."]),
    ).toEqual(["conflict proved AA-HIGH AA-LOW"]);
    expect(
      await found([
        "AA-IDLE: WHILE the mode is idle, THE plant SHALL open the valve.",
        "AA-FAILED: WHILE the mode is failed, THE plant SHALL close the valve.",
      ]),
    ).toEqual([]);
  });

  it("is possible only where the system itself makes the situation", async () => {
    traceSpec("LOGIC-CONFLICT-OUTPUT");
    const lit = "AA-LIT: WHILE the lamp is on, THE plant SHALL close the valve.";
    expect(await found([OPEN, lit])).toEqual(["conflict possible AA-LIT AA-OPEN"]);
  });

  it("is an error only where it is proved", async () => {
    traceSpec("LOGIC-CONFLICT-POSSIBLE");
    const lit = "AA-LIT: WHILE the lamp is on, THE plant SHALL close the valve.";
    const severities = async (lines: string[]) => (await analyse(lines)).findings.map((each) => each.severity);
    expect(await severities([OPEN, lit])).toEqual(["warning"]);
    expect(await severities([OPEN, CLOSE])).toEqual(["error"]);
  });

  it("is possible only where a state may end at the very instant", async () => {
    traceSpec("LOGIC-CONFLICT-STEP");
    const rest = "AA-REST: WHILE the mode is idle, THE plant SHALL turn off the lamp.";
    const step = "AA-STEP: WHEN the door is open, THE plant SHALL set the mode to running.";
    const lit = "AA-LIT: WHEN the door is open, THE plant SHALL turn on the lamp.";
    expect(await found([rest, lit])).toEqual(["conflict proved AA-LIT AA-REST"]);
    expect(await found([rest, lit, step])).toEqual(["conflict possible AA-LIT AA-REST"]);
    expect(
      await found([rest, lit, "AA-STEP: WHEN the key is present, THE plant SHALL set the mode to running."]),
    ).toEqual(["conflict proved AA-LIT AA-REST"]);
  });

  it("is possible only where a scenario may lack the condition of its requirement", async () => {
    traceSpec("LOGIC-CONFLICT-CONTEXT");
    const scenario = "- AA-CASE: WHEN the door is open, THE plant SHALL close the valve.";
    const other = "AB-OPEN: WHILE the key is present, THE plant SHALL open the valve.";
    const bound = "AA-RULE: WHILE the mode is idle, THE plant SHALL turn on the lamp.";
    expect(await found([bound, scenario, other])).toEqual(["conflict possible AA-CASE AB-OPEN"]);
    expect(await found(["AA-RULE: THE plant SHALL turn on the lamp.", scenario, other])).toEqual([
      "conflict proved AA-CASE AB-OPEN",
    ]);
  });

  it.each([
    ["proved", "WHILE the mode is idle"],
    ["possible", "WHILE the mode is idle or the door is open"],
    ["possible", "WHILE the moon is full"],
  ])("is %s between scenarios under %s", async (tier, context) => {
    traceSpec("LOGIC-CONFLICT-SIBLINGS");
    const lines = [
      `AA-RULE: ${context}, THE plant SHALL turn on the lamp.`,
      "- AA-CASE: WHEN the key is present, THE plant SHALL close the valve.",
      "- AA-CASE-TWO: WHEN the key is present, THE plant SHALL open the valve.",
    ];
    expect(await found(lines)).toEqual([`conflict ${tier} AA-CASE AA-CASE-TWO`]);
  });

  it("with several others has one cause", async () => {
    traceSpec("LOGIC-CONFLICT-CAUSE");
    const lines = [
      OPEN,
      CLOSE,
      "AA-IDLE: WHILE the mode is idle, THE plant SHALL close the valve.",
      "AA-HIGH: WHILE the pressure is above 9 bar, THE plant SHALL close the valve.",
    ];
    const { findings } = await analyse(lines);
    expect(findings.map(({ check, tags, related }) => ({ check, tags, related: related.length }))).toEqual([
      { check: "conflict", tags: ["AA-CLOSE", "AA-HIGH", "AA-IDLE", "AA-OPEN"], related: 3 },
    ]);
  });

  it("may need three where one leaves a choice", async () => {
    traceSpec("LOGIC-CONFLICT-THREE");
    const lines = [
      "AA-ANY: WHEN the door is open, THE plant SHALL open the valve or turn on the lamp.",
      "AA-SHUT: IF the key is present, THEN THE plant SHALL close the valve.",
      "AA-DARK: WHILE the mode is idle, THE plant SHALL turn off the lamp.",
    ];
    expect(await found(lines)).toEqual(["conflict proved AA-ANY AA-DARK AA-SHUT"]);
    expect(
      await found([...lines.slice(0, 2), "AA-DARK: WHILE the key is not present, THE plant SHALL turn off the lamp."]),
    ).toEqual([]);
    const never = (tag: string, mode: string) => `${tag}: THE plant SHALL NOT set the mode to ${mode}.`;
    expect(await found([never("AA-ONE", "idle"), never("AA-TWO", "running"), never("AA-THREE", "failed")])).toEqual([
      "conflict proved AA-ONE AA-THREE AA-TWO",
    ]);
    expect(await found([never("AA-ONE", "idle"), never("AA-TWO", "running")])).toEqual([]);
  });

  it("is told in the words of the statements", async () => {
    traceSpec("LOGIC-CONFLICT-SCENARIO");
    const { details, findings } = await analyse([
      "AA-OPEN: WHILE the mode isn't idle, WHEN the pressure exceeds 10 bar, THE plant SHALL open the valve.",
      "AA-CLOSE: IF the pressure is below 10.5 bar, THEN THE plant SHALL close the valve.",
    ]);
    const [detail] = details.values();
    expect(detail?.scenario).toEqual([
      "the pressure is below 10.5 bar",
      "the mode isn't idle",
      "the pressure exceeds 10 bar",
      "for example pressure is 10.25 bar",
    ]);
    expect(findings[0]?.message).toContain(
      'AA-CLOSE says "SHALL close the valve" and AA-OPEN says "SHALL open the valve"',
    );
  });
});

describe("vacuity", () => {
  it.each([
    ["contradicts itself", "WHILE the door is open and the door is closed, THE plant SHALL open the valve."],
    ["wants two values", "WHILE the mode is idle, IF the mode is failed, THEN THE plant SHALL open the valve."],
    ["leaves the range", "IF the pressure exceeds 41 bar, THEN THE plant SHALL open the valve."],
    ["ends as it begins", "WHEN the door is open, THE plant SHALL open the valve until the door is open."],
  ])("is found where a guard %s", async (_, sentence) => {
    traceSpec("LOGIC-VACUITY");
    expect(await found([`AA-ONE: ${sentence}`])).toEqual(["vacuity proved AA-ONE"]);
  });

  it("names the assumptions it needs, and no others", async () => {
    traceSpec("LOGIC-VACUITY-ASSUMED");
    const assumptions = `assumptions:
  - { given: the door is open, holds: the mode is idle, reason: interlock }
  - { given: the key is present, holds: the mode is not failed, reason: interlock }
`;
    const { findings, details } = await analyse(
      ["AA-ONE: WHILE the door is open and the mode is running, THE plant SHALL open the valve."],
      assumptions,
    );
    expect(findings.map(({ check, tier }) => [check, tier])).toEqual([["vacuity", "assumed"]]);
    expect([...details.values()].map((each) => each.assumptions)).toEqual([
      ["given the door is open, the mode is idle"],
    ]);
  });
});

describe("redundancy", () => {
  it("is found for equal, weaker and jointly implied statements", async () => {
    traceSpec("LOGIC-REDUNDANCY");
    expect(await found([OPEN, "AB-OPEN: When the door is open, the plant shall open the valve."])).toEqual([
      "redundancy proved AA-OPEN AB-OPEN",
    ]);
    expect(
      await found([OPEN, "AB-OPEN: WHILE the key is present, WHEN the door is open, THE plant SHALL open the valve."]),
    ).toEqual(["redundancy proved AA-OPEN AB-OPEN"]);
    const cases = ["idle", "running", "failed"].map(
      (mode) => `AA-${mode.toUpperCase()}: WHILE the mode is ${mode}, THE plant SHALL open the valve.`,
    );
    expect(await found([...cases, "AB-ALL: THE plant SHALL open the valve."])).toEqual([
      "redundancy proved AA-FAILED AA-IDLE AA-RUNNING AB-ALL",
    ]);
  });

  it("is none where each adds something", async () => {
    traceSpec("LOGIC-REDUNDANCY");
    expect(await found([OPEN, "AB-OPEN: WHEN the key is present, THE plant SHALL open the valve."])).toEqual([]);
    expect(
      await found([OPEN, "AB-OPEN: WHEN the door is open, THE plant SHALL open the valve and turn on the lamp."]),
    ).toEqual(["redundancy proved AA-OPEN AB-OPEN"]);
  });

  it("is never between a requirement and its own scenarios", async () => {
    traceSpec("LOGIC-REDUNDANCY-FAMILY");
    const scenario = "AA-OPEN-CASE: WHEN the door is open, THE plant SHALL open the valve.";
    expect(await found([OPEN, `- ${scenario}`])).toEqual([]);
    expect(await found([OPEN, scenario])).toEqual(["redundancy proved AA-OPEN AA-OPEN-CASE"]);
  });
});

describe("gap", () => {
  const complete = "  siren: { role: output, type: boolean, states: { true: [on] }, complete: true }\n";
  const low = "AA-LOW: WHEN the pressure is below 5 bar, THE plant SHALL turn on the siren.";

  it("is a situation in which no statement speaks", async () => {
    traceSpec("LOGIC-GAP");
    const { findings } = await analyse(
      [low, "AA-HIGH: WHILE the pressure is above 5 bar, THE plant SHALL turn off the siren."],
      complete,
    );
    expect(findings).toMatchObject([{ check: "gap", tier: "proved", span: { file: "openspec/glossary.yaml" } }]);
    expect(findings[0]?.message).toContain("when pressure is 5 bar");
    expect(
      await found(
        [low, "AA-HIGH: WHILE the pressure is at least 5 bar, THE plant SHALL turn off the siren."],
        complete,
      ),
    ).toEqual([]);
  });

  it("is a value that no statement deals with", async () => {
    traceSpec("LOGIC-GAP-VALUE");
    const states = "  phase: { role: state, type: enum, values: [one, two, three], complete: true }\n";
    const lines = [
      "AA-ONE: WHILE the phase is one, THE plant SHALL open the valve.",
      "AA-TWO: WHILE the phase is two, THE plant SHALL close the valve.",
    ];
    const { findings } = await analyse(lines, states);
    expect(findings.map((each) => [each.check, each.message.includes("phase is three")])).toEqual([["gap", true]]);
  });

  it("is possible only where a statement that was left out may speak", async () => {
    traceSpec("LOGIC-GAP-TOUCHED");
    const opaque = "AA-ODD: WHILE the moon is full, THE plant SHALL turn off the siren.";
    expect(await found([low, opaque], complete)).toEqual(["gap possible"]);
    expect(await found([low], complete)).toEqual(["gap proved"]);
  });
});

describe("the softer checks", () => {
  it("set permission and advice against obligations", async () => {
    traceSpec("LOGIC-PERMISSION");
    expect(await found([CLOSE, "AA-MAY: WHILE the mode is idle, THE plant MAY open the valve."])).toEqual([
      "permission proved AA-CLOSE AA-MAY",
    ]);
    expect(await found([CLOSE, "AA-MAY: WHILE the key is not present, THE plant SHOULD open the valve."])).toEqual([]);
  });

  it("say where the readings of WHEN differ", async () => {
    traceSpec("LOGIC-EDGE");
    const lines = [
      "AA-HOT: WHEN the pressure is above 10 bar, THE plant SHALL open the valve.",
      "AA-COLD: WHEN the pressure is below 20 bar, THE plant SHALL close the valve.",
    ];
    expect(await found(lines)).toEqual(["edge-level possible AA-COLD AA-HOT"]);
    expect(await found(lines, "when: level\n")).toEqual(["conflict proved AA-COLD AA-HOT"]);
  });

  it("name values that are not declared", async () => {
    traceSpec("LOGIC-VOCABULARY");
    const { findings } = await analyse(["AA-ONE: WHILE the mode is dormant, THE plant SHALL open the valve."]);
    expect(findings).toMatchObject([{ code: "LOGIC007", check: "vocabulary", tier: "possible", tags: ["AA-ONE"] }]);
    expect(findings[0]?.message).toBe('Unexpected value "dormant" of mode, expected one of idle, running, failed');
    expect(await found(["AA-ONE: WHILE the mode is changed, THE plant SHALL open the valve."])).toEqual([
      "vocabulary possible AA-ONE",
    ]);
    expect(await found(["AA-ONE: WHILE the mode is of interest, THE plant SHALL open the valve."])).toEqual([]);
  });

  it("name thresholds that differ", async () => {
    traceSpec("LOGIC-THRESHOLD");
    const at = (tag: string, bar: string) =>
      `${tag}: WHILE the pressure is above ${bar}, THE plant SHALL open the valve.`;
    expect(await found([at("AA-ONE", "5 bar"), at("AA-TWO", "6 bar")])).toEqual(["threshold possible AA-ONE AA-TWO"]);
    expect(await found([at("AA-ONE", "5 bar"), at("AA-TWO", "500 kPa")])).toEqual(["redundancy proved AA-ONE AA-TWO"]);
  });
});

describe("answers", () => {
  it("do not depend on the order of statements, and ids not on lines", async () => {
    traceSpec("LOGIC-STABLE");
    traceSpec("LOGIC-STABLE-ID");
    const lines = [OPEN, CLOSE, "AA-REP: WHEN the door is open, THE plant SHALL open the valve."];
    const straight = await analyse(lines);
    const turned = await analyse([...lines].reverse());
    const ids = (result: typeof straight) => result.findings.map((each) => each.id).sort();
    expect(ids(turned)).toEqual(ids(straight));
    expect(ids(straight)).toHaveLength(2);
    expect(turned.findings.map((each) => each.span.line)).not.toEqual(straight.findings.map((each) => each.span.line));
    expect([...turned.details.values()].map((each) => each.scenario)).toEqual(
      expect.arrayContaining([...straight.details.values()].map((each) => each.scenario)),
    );
  });

  it("count what stays unknown", async () => {
    traceSpec("LOGIC-STABLE-UNKNOWN");
    const result = await analyseLines(GLOSSARY, [OPEN, CLOSE], stubSolver("unknown"));
    expect(result.facts).toMatchObject({ queries: 1, unknown: 1 });
    expect(result.findings.map((each) => each.code)).toEqual(["LOGIC009"]);
  });

  it("come with the counts", async () => {
    traceSpec("LOGIC-STABLE-FACTS");
    const result = await analyse([
      OPEN,
      "AA-ODD: WHEN the moon is full, THE plant SHALL open the valve.",
      "AA-NONE: All is well.",
      "AA-LATE: WHEN the door is open, THE plant SHALL open the valve within 5 s.",
    ]);
    expect(result.facts).toMatchObject({
      statements: 4,
      formalised: 1,
      opaque: 2,
      timed: 1,
      components: 1,
      unknown: 0,
    });
    expect(result.opaque.map(({ statement }) => statement.origin.tag)).toEqual(["AA-ODD", "AA-LATE"]);
  });

  it("need no solver where nothing is in question", async () => {
    traceSpec("LOGIC-SOLVER");
    const stub = stubSolver("unsat");
    await analyseLines(GLOSSARY, [OPEN, "AA-ODD: WHEN the moon is full, THE plant SHALL close the valve."], stub);
    expect(stub.asked).toBe(0);
  });
});
