import type { RecordedTrace } from "../../evidence/trace.js";
import { compactCanonicalJson } from "../../model/canonical.js";
import type { TraceEventLine } from "../../model/trace.js";
import { visible } from "../text/visible.js";
import type { Trace, TraceEvent } from "./data.js";

const MOST_VALUE = 200;

/** Lays a recorded run out as lanes and events. */
export function describeTrace({ header, events, violations }: RecordedTrace): Trace {
  const lanes: string[] = [];
  const laneOf = new Map<string, number>();
  for (const event of events) {
    if (laneOf.has(event.process)) continue;
    laneOf.set(event.process, lanes.length);
    lanes.push(cut(event.process, 20));
  }
  const placeOf = new Map(events.map((event, at) => [event.id, at]));
  const { name, seed, commit, faults, hash } = header;
  const facts = Object.entries({ seed, faults, commit, hash, events: `${events.length}` });
  return {
    name: cut(name, MOST_VALUE),
    facts: [
      ...facts.flatMap(([fact, value]): [string, string][] =>
        value === undefined ? [] : [[fact, cut(value, MOST_VALUE)]],
      ),
      ...violations.flatMap(({ invariant, faults: needed, replay }): [string, string][] => [
        ["breaks", cut(invariant, MOST_VALUE)],
        ...(needed === undefined ? [] : [["needs the faults", cut(needed.join(", "), MOST_VALUE)] as [string, string]]),
        ...(replay === undefined ? [] : [["replay", cut(replay.join(" "), MOST_VALUE)] as [string, string]]),
      ]),
    ],
    lanes,
    events: events.map((event) => ({
      id: cut(event.id, MOST_VALUE),
      lane: laneOf.get(event.process) ?? 0,
      time: `${event.time}`,
      label: labelOf(event),
      causes: event.causes.flatMap((cause) => placeOf.get(cause.event) ?? []),
      truth: truthOf(event),
      hidden: hiddenIn(event),
      violations: violations.filter((each) => each.event === event.id).map((each) => cut(each.invariant, MOST_VALUE)),
    })),
  };
}

function labelOf({ op, args, result }: TraceEventLine): string {
  const given = Object.entries(args ?? {}).map(([name, value]) => `${name}=${shown(value)}`);
  const got = result === undefined ? "" : ` → ${shown(result)}`;
  return cut(`${op}(${given.join(", ")})${got}`, 70);
}

function truthOf({ truth = {}, rule, clock }: TraceEventLine): [string, string][] {
  const blocks = Object.entries(truth).flatMap(([block, facts]) =>
    Object.entries(facts ?? {}).map(([fact, value]): [string, string] => [`${block} ${fact}`, shown(value)]),
  );
  return [
    ...(rule === undefined ? [] : [["rule", cut(rule, MOST_VALUE)] as [string, string]]),
    ...(clock === undefined ? [] : [["its clock", `${clock}`] as [string, string]]),
    ...blocks,
  ];
}

function hiddenIn({ truth }: TraceEventLine): TraceEvent["hidden"] {
  if (truth?.read !== undefined && truth.read.observed < truth.read.latest) return "stale";
  if (truth?.write !== undefined && truth.write.outcome !== "committed") return "conflict";
  return truth?.fault === undefined ? null : "fault";
}

function shown(value: unknown): string {
  return cut(typeof value === "string" ? value : compactCanonicalJson(value).trim(), MOST_VALUE);
}

function cut(given: string, most: number): string {
  const text = visible(given);
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
