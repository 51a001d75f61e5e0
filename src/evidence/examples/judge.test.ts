import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import { judgeRun, notRun } from "./judge.js";
import type { ExampleCase, ExampleRun, PlannedExpectation, Sighting } from "./run.js";

const FILE = "openspec/specs/box/spec.md";

const EXAMPLE: ExampleCase = {
  name: "example 1 of BOX-A",
  tags: [],
  file: FILE,
  digest: "d".repeat(64),
  language: "javascript",
  example: {
    language: "js",
    code: "f();\n  g(); //=> 1",
    firstLine: 10,
    span: { file: FILE, line: 9, column: 1, endLine: 12, endColumn: 4 },
    expectations: [],
  },
};

function expectation(more: Partial<PlannedExpectation> = {}): PlannedExpectation {
  return { kind: "value", expected: "1", line: 11, cannotFail: null, ...more };
}

function seen(result: Sighting["result"], at = 0, actual = "2"): Sighting {
  return { expectation: at, result, actual };
}

function judged(run: Partial<ExampleRun>, expectations: PlannedExpectation[] = [expectation()]) {
  const whole: ExampleRun = {
    plan: { expectations, problems: [] },
    status: "finished",
    sightings: [],
    errors: [],
    line: 10,
    ending: null,
    output: "",
    ...run,
  };
  const { item, findings } = judgeRun(EXAMPLE, whole);
  return { item, found: findings.map(({ code, span }) => [code, span.line, span.column]) };
}

describe("an example", () => {
  test("whose expectations are met passes, with each counted", () => {
    traceSpec("EXAMPLE-EVIDENCE");
    const { item, found } = judged({ sightings: [seen("met"), seen("met", 1)] }, [expectation(), expectation()]);
    expect(found).toEqual([]);
    expect(item).toMatchObject({ kind: "example", outcome: "pass", assertions: 2, cannotFail: null });
    expect(item.strength).toEqual({ expectations: 2, met: 2 });
    expect(item.inputs).toEqual({ [FILE]: EXAMPLE.digest });
  });

  test.each([
    ["value", "EX001"],
    ["type", "EX002"],
    ["throws", "EX003"],
  ] as const)("of which one %s is not met fails, at the place of the expectation", (kind, code) => {
    traceSpec("EXAMPLE-PLACE-LINE");
    // Met in one round of a loop and not in another.
    const { item, found } = judged({ sightings: [seen("met"), seen("unmet")] }, [expectation({ kind })]);
    expect(found).toEqual([[code, 11, 3]]);
    expect(item).toMatchObject({ outcome: "fail", strength: { expectations: 1, met: 0 } });
  });

  test.each([
    ["notAnExpression", "EX005"],
    ["broken", "EX005"],
    ["hidden", "EX018"],
  ] as const)("with what is %s is in error, not failed", (result, code) => {
    traceSpec("EXAMPLE-VALUE-PROSE", "EXAMPLE-WHOLE-HIDDEN");
    const { item, found } = judged({ sightings: [seen(result)] });
    expect(found).toEqual([[code, 11, 3]]);
    expect(item.outcome).toBe("error");
  });

  test("that threw is in error whatever was met before", () => {
    traceSpec("EXAMPLE-THROWS-UNEXPECTED", "EXAMPLE-THROWS-UNHANDLED");
    const error = { name: "RangeError", message: "no\nmore", line: 10, missing: null, unhandled: false };
    const { item, found } = judged({ status: "threw", errors: [error], sightings: [seen("met")] });
    expect(found).toEqual([["EX004", 10, 1]]);
    expect(item.outcome).toBe("error");
    // A rejection comes to light although the code ran to its end.
    expect(judged({ errors: [{ ...error, unhandled: true }], sightings: [seen("met")] }).item.outcome).toBe("error");
  });

  test.each([
    [{ status: "timedOut" } as const, "EX009"],
    [{ status: "ended", ending: "exit code 0" } as const, "EX010"],
  ])("that did not come to its end, as in %j, is in error", (run, code) => {
    traceSpec("EXAMPLE-PROCESS-TIME", "EXAMPLE-PROCESS-EXIT");
    const { item, found } = judged({ ...run, sightings: [seen("met")] });
    expect(found).toEqual([[code, 10, 1]]);
    expect(item.outcome).toBe("error");
  });

  test("of which an expectation was never reached is in error", () => {
    traceSpec("EXAMPLE-PLACE-UNREACHED");
    const { item, found } = judged({ sightings: [seen("met")] }, [expectation(), expectation({ line: 10 })]);
    expect(found).toEqual([["EX007", 10, 1]]);
    expect(item.outcome).toBe("error");
  });

  test.each([
    [[], "it expects nothing", "EX012"],
    [[expectation({ kind: "any" })], "it expects nothing", "EX012"],
    [[expectation({ cannotFail: "it compares constants" })], "it compares constants", "EX013"],
  ])("that expects %j could not have failed", (expectations, reason, code) => {
    traceSpec("EXAMPLE-EVIDENCE-HOLLOW");
    const { item, found } = judged({ sightings: expectations.map((_, at) => seen("met", at)) }, expectations);
    expect(found.map(([each]) => each)).toEqual([code]);
    expect(item).toMatchObject({ outcome: "pass", cannotFail: reason });
  });

  test("with one expectation that could fail is not hollow, and the other is told", () => {
    traceSpec("EXAMPLE-EVIDENCE-HOLLOW");
    const expectations = [expectation({ cannotFail: "it compares constants" }), expectation()];
    const { item, found } = judged({ sightings: [seen("met"), seen("met", 1)] }, expectations);
    expect(found.map(([each]) => each)).toEqual(["EX013"]);
    expect(item.cannotFail).toBeNull();
  });

  test("that is not run says why, and shows nothing", () => {
    traceSpec("EXAMPLE-CONSENT-SKIP");
    expect(notRun(EXAMPLE, "left out")).toMatchObject({
      outcome: "inconclusive",
      assertions: null,
      notes: ["left out"],
    });
  });
});
