import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { CauseKind, EventLine, HeaderLine, TraceLine } from "../trace-line.js";
import { eventsOf } from "../trace-line.js";
import { EXPORTS } from "./formats.js";

const header: HeaderLine = {
  type: "header",
  schema: "spec-evidence/trace@1",
  name: "simulation",
  seed: "7",
  hash: "00c0ffee00c0ffee",
};

const cause = fc.record({
  back: fc.integer({ min: 1, max: 8 }),
  by: fc.constantFrom<CauseKind>("program", "message", "reads-from", "timer", "fault", "restart"),
});

/** Traces of a few processes whose events follow from earlier ones. */
const traces: fc.Arbitrary<TraceLine[]> = fc
  .array(
    fc.record({
      process: fc.constantFrom("s0", "s1", "c 0"),
      incarnation: fc.nat({ max: 1 }),
      task: fc.option(fc.constantFrom("t1", "t2"), { nil: undefined }),
      wait: fc.nat({ max: 20 }),
      op: fc.constantFrom("kv.get", "kv.cas", "note\nof two lines"),
      key: fc.constantFrom("a", "b"),
      fault: fc.boolean(),
      causes: fc.array(cause, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((drawn) => {
    let time = 1_800_000_000_000;
    const events = drawn.map((each, index): EventLine => {
      time += each.wait;
      const committed = each.op === "kv.cas";
      return {
        type: "event",
        id: `e${index + 1}`,
        time,
        process: each.process,
        incarnation: each.incarnation,
        ...(each.task === undefined ? {} : { task: each.task }),
        kind: "write",
        op: each.op,
        args: { key: each.key },
        ...(committed ? { result: { outcome: "committed", revision: index + 1 } } : {}),
        causes: each.causes
          .filter(({ back }) => back <= index)
          .map(({ back, by }) => ({ event: `e${index + 1 - back}`, by })),
        truth: {
          ...(committed ? { write: { expected: 0, actual: 0, outcome: "committed" } } : {}),
          ...(each.fault ? { fault: { id: `crash#${index}`, site: "crash" } } : {}),
        },
      };
    });
    return [header, ...events];
  });

/** By event: every event before it, over causes and the order of each process. */
function before(lines: readonly TraceLine[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const last = new Map<string, string>();
  for (const { id, process, causes = [] } of eventsOf(lines)) {
    const earlier = [...causes.map(({ event }) => event), ...(last.has(process) ? [last.get(process) ?? ""] : [])];
    found.set(id, new Set(earlier.flatMap((each) => [each, ...(found.get(each) ?? [])])));
    last.set(process, id);
  }
  return found;
}

type Clock = Record<string, number>;

describe("ShiViz", () => {
  it("gives a log that the parser of its first line reads, with the clocks of happened-before", () => {
    traceSpec("SIM-EXPORT-SHIVIZ");
    fc.assert(
      fc.property(traces, (lines) => {
        const [parser = "", delimiter, ...log] = EXPORTS.shiviz.write(lines).trimEnd().split("\n");
        expect(delimiter).toBe("");
        const read = [...log.join("\n").matchAll(new RegExp(parser, "g"))].map(({ groups }) => ({
          event: groups?.event?.split(" ")[0] ?? "",
          host: groups?.host ?? "",
          clock: JSON.parse(groups?.clock ?? "{}") as Clock,
        }));
        const events = eventsOf(lines);
        expect(read.map(({ event }) => event)).toEqual(events.map(({ id }) => id));
        expect(read.map(({ host }) => host)).toEqual(events.map(({ process }) => process.replace(" ", "_")));
        const counts = new Map<string, number>();
        for (const { host, clock } of read) {
          counts.set(host, (counts.get(host) ?? 0) + 1);
          expect(clock[host]).toBe(counts.get(host));
        }
        const truth = before(lines);
        for (const one of read) {
          for (const other of read) {
            if (one === other) continue;
            const less = Object.entries(one.clock).every(([host, count]) => count <= (other.clock[host] ?? 0));
            expect(less).toBe(truth.get(other.event)?.has(one.event) ?? false);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  events: { timeUnixNano: string; name: string; attributes: { key: string; value: { stringValue: string } }[] }[];
  links: { traceId: string; spanId: string }[];
}

interface Otlp {
  resourceSpans: { scopeSpans: { scope: { name: string }; spans: Span[] }[] }[];
}

describe("OTLP", () => {
  it("gives spans with ids in hexadecimal, times as decimal strings, and no broken reference", () => {
    traceSpec("SIM-EXPORT-OTLP");
    fc.assert(
      fc.property(traces, (lines) => {
        const { resourceSpans } = JSON.parse(EXPORTS.otlp.write(lines)) as Otlp;
        const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((each) => each.spans));
        const ids = new Set(spans.map(({ spanId }) => spanId));
        expect(ids.size).toBe(spans.length);
        for (const span of spans) {
          expect(span.traceId).toBe("000000000000000000c0ffee00c0ffee");
          expect(span.spanId).toMatch(/^(?!0{16})[0-9a-f]{16}$/);
          expect(span.kind).toBe(1);
          if (span.parentSpanId !== undefined) expect(ids.has(span.parentSpanId)).toBe(true);
          const others = [span.parentSpanId, ...span.links.map((each) => each.spanId)];
          expect(others.includes(span.spanId)).toBe(false);
          expect(span.links.every((each) => ids.has(each.spanId) && each.spanId !== span.parentSpanId)).toBe(true);
          const times = [span.startTimeUnixNano, ...span.events.map((each) => each.timeUnixNano), span.endTimeUnixNano];
          expect(times.every((each) => /^\d+000000$/.test(each))).toBe(true);
          expect(times.map(BigInt)).toEqual([...times.map(BigInt)].sort((one, other) => (one < other ? -1 : 1)));
        }
        const told = spans.flatMap(({ events }) => events.map(({ attributes }) => attributes[0]?.value.stringValue));
        expect(told.sort()).toEqual(
          eventsOf(lines)
            .map(({ id }) => id)
            .sort(),
        );
      }),
      { numRuns: 200 },
    );
  });
});

interface Itf {
  "#meta": { format: string };
  vars: string[];
  states: (Record<string, unknown> & {
    "#meta": { index: number };
    event: string;
    revisions: { "#map": [string, { "#bigint": string }][] };
  })[];
}

describe("ITF", () => {
  it("gives a state before and after each event, with every variable in each", () => {
    traceSpec("SIM-EXPORT-ITF");
    fc.assert(
      fc.property(traces, (lines) => {
        const itf = JSON.parse(EXPORTS.itf.write(lines)) as Itf;
        expect(itf["#meta"].format).toBe("ITF");
        expect(itf.states.map((state) => state["#meta"].index)).toEqual(itf.states.map((_, index) => index));
        expect(itf.states.map(({ event }) => event)).toEqual(["", ...eventsOf(lines).map(({ id }) => id)]);
        for (const { "#meta": _, ...state } of itf.states) {
          expect(Object.keys(state)).toEqual(itf.vars);
          for (const value of Object.values(state)) expect(isItfValue(value)).toBe(true);
        }
        const written = new Map(
          eventsOf(lines)
            .filter(({ op }) => op === "kv.cas")
            .map(({ args, id }) => [args?.key, id.slice(1)]),
        );
        const shown = itf.states.at(-1)?.revisions["#map"].map(([key, value]) => [key, value["#bigint"]]);
        expect(new Map(shown as [string, string][])).toEqual(written);
      }),
      { numRuns: 200 },
    );
  });
});

/** Values as ADR 015 of Apalache has them: texts, truth values, and objects that say what they are. */
function isItfValue(value: unknown): boolean {
  if (typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value !== "object" || value === null) return false;
  if ("#bigint" in value) return typeof value["#bigint"] === "string" && /^-?\d+$/.test(value["#bigint"]);
  if ("#set" in value) return Array.isArray(value["#set"]) && value["#set"].every(isItfValue);
  if (!("#map" in value) || !Array.isArray(value["#map"])) return false;
  return value["#map"].every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isItfValue));
}
