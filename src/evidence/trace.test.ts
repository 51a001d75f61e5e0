import { readFileSync } from "node:fs";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { readTrace } from "./trace.js";

const FIXTURE = readFileSync(new URL("../../test/fixtures/traces/stale-read.ndjson", import.meta.url), "utf8");
const HEADER = '{"type":"header","schema":"spec-evidence/trace@1","name":"x"}';
const event = (id: string, causes: string[] = []) =>
  JSON.stringify({
    type: "event",
    id,
    time: 0,
    process: "p",
    kind: "effect",
    op: "kv.get",
    causes: causes.map((cause) => ({ event: cause, by: "program" })),
  });

describe("a trace", () => {
  it("is read whole", () => {
    traceSpec("HTML-REPORT-TRACE");
    const read = readTrace(FIXTURE);
    if (!("trace" in read)) throw new Error(read.problem.message);
    expect(read.trace.events.map(({ id }) => id)).toEqual(["e1", "e2", "e3", "e4", "e5", "e6"]);
    expect(read.trace.violations).toMatchObject([{ invariant: "AtMostOneHolder", event: "e6" }]);
  });

  it.each([
    ["", 1, "empty text"],
    ["{", 1, "no JSON"],
    [event("a"), 1, "expected the header"],
    [`${HEADER}\n${HEADER}`, 2, "second header"],
    [`${HEADER}\n${event("a")}\n${event("a")}`, 3, "second event a"],
    [`${HEADER}\n\n${event("a", ["b"])}`, 3, "cause b"],
    [`${HEADER}\n{"type":"violation","invariant":"x","event":"z"}`, 2, "event z"],
    [`${HEADER}\n{"type":"event","id":"a"}`, 2, "time"],
    [`${HEADER}\n[]`, 2, "line"],
  ])("is refused with its line: %j", (text, line, message) => {
    traceSpec("HTML-REPORT-TRACE-BROKEN");
    expect(readTrace(text)).toMatchObject({ problem: { line, message: expect.stringContaining(message) } });
  });
});
