import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { explain, sliceOf, violationLine } from "./explain.js";
import type { Violation } from "./run.js";
import { shrink } from "./shrink.js";
import type { EventLine } from "./trace-line.js";

function event(id: string, causes: readonly string[] = []): EventLine {
  return {
    type: "event",
    id,
    time: 1,
    process: "s0",
    kind: "write",
    op: "kv.cas",
    causes: causes.map((each) => ({ event: each, by: "program" })),
  };
}

const trace = [
  event("e1"),
  event("e2"),
  event("e3", ["e1"]),
  event("e4", ["e2"]),
  event("e5", ["e3"]),
  event("e6", ["e5", "e4"]),
];

it("follows causes back from the event that broke, in the order of the trace", () => {
  traceSpec("SIM-EXPLAIN-SLICE");
  expect(sliceOf(trace, "e5").map(({ id }) => id)).toEqual(["e1", "e3", "e5"]);
  expect(sliceOf(trace, "e6").map(({ id }) => id)).toEqual(["e1", "e2", "e3", "e4", "e5", "e6"]);
  expect(sliceOf(trace, "e9")).toEqual([]);
});

it("leaves out exactly what the event does not follow from", () => {
  traceSpec("SIM-EXPLAIN-SLICE");
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 20 }),
      fc.nat(),
      (drawn, which) => {
        const lines = drawn.map((back, index) =>
          event(
            `e${index}`,
            back.filter(() => index > 0).map((each) => `e${each % index}`),
          ),
        );
        const wanted = `e${which % lines.length}`;
        // Forwards: whatever has a path to the event, found by trying every single step.
        const reaches = new Set([wanted]);
        for (let round = 0; round < lines.length; round += 1) {
          for (const each of lines) {
            if (reaches.has(each.id)) for (const cause of each.causes ?? []) reaches.add(cause.event);
          }
        }
        expect(sliceOf(lines, wanted).map(({ id }) => id)).toEqual(
          lines.map(({ id }) => id).filter((id) => reaches.has(id)),
        );
      },
    ),
    { numRuns: 300 },
  );
});

const violation: Violation = { judge: "linearizability", step: 6, event: "e5", message: "a stale answer" };
const replay = ({ suppressed }: { suppressed: ReadonlySet<string> }) => {
  const faults = ["stale-read#s0.1", "crash#s1.2", "pause#s1.7"].filter((each) => !suppressed.has(each));
  const fails = faults.includes("stale-read#s0.1") && faults.includes("crash#s1.2");
  return { fails, faults, step: fails ? 6 : null };
};
const shrunk = shrink({ faults: ["stale-read#s0.1", "crash#s1.2", "pause#s1.7"], roots: 1, maxSteps: 100 }, replay);

it("replays without each fault that is left, and says whether it fails all the same", () => {
  traceSpec("SIM-EXPLAIN-BUT-FOR");
  const explanation = explain(trace, violation, shrunk, replay);
  expect(explanation.faults).toEqual(["stale-read#s0.1", "crash#s1.2"]);
  expect([...explanation.butFor]).toEqual([
    ["stale-read#s0.1", false],
    ["crash#s1.2", false],
  ]);
  const always = explain(trace, violation, shrunk, () => ({ fails: true, faults: [], step: 1 }));
  expect([...always.butFor.values()]).toEqual([true, true]);
});

it("writes a line that the schema of traces accepts", () => {
  traceSpec("SIM-EXPLAIN-LINE");
  const schema = JSON.parse(
    readFileSync(new URL("../../schemas/trace-line.schema.json", import.meta.url), "utf8"),
  ) as object;
  const valid = new Ajv2020({ strict: false }).compile(schema);
  const line = violationLine(explain(trace, violation, shrunk, replay), trace, ["node", "run", "--replay", "7"]);
  expect(valid(line)).toBe(true);
  expect(line).toMatchObject({ invariant: "linearizability", event: "e5", slice: ["e1", "e3", "e5"] });
  expect(line.butFor).toEqual({ "stale-read#s0.1": false, "crash#s1.2": false });
  const nowhere = violationLine(explain(trace, { ...violation, event: null }, shrunk, replay), trace, []);
  expect(nowhere).toMatchObject({ event: "e6", slice: [] });
  expect(valid({ ...line, invariant: "" })).toBe(false);
});
