import type { EventLine, TraceLine } from "../trace-line.js";
import { eventsOf, headerOf } from "../trace-line.js";

/** What one process did for one purpose: what becomes a span. */
interface Work {
  readonly host: string;
  readonly incarnation: number;
  readonly name: string;
  readonly events: EventLine[];
}

/**
 * The trace as spans of OpenTelemetry, in the JSON encoding of OTLP: ids in hexadecimal, 64-bit integers as decimal
 * strings, enumerations as numbers, names in lowerCamelCase. Source: OTLP specification 1.x, "JSON Protobuf Encoding", and
 * `opentelemetry/proto/trace/v1/trace.proto`. One span is one task of one process; its events are the span's events. The
 * parent is the span that sent what began it; whatever else it follows from is linked.
 */
export function toOtlp(lines: readonly TraceLine[]): string {
  const works = worksOf(eventsOf(lines));
  const spanOf = new Map<string, number>();
  for (const [index, work] of works.entries()) for (const each of work.events) spanOf.set(each.id, index);
  const traceId = traceIdOf(lines);
  const hosts = [...new Set(works.map(({ host }) => host))];
  const resourceSpans = hosts.map((host) => ({
    resource: { attributes: [text("service.name", host)] },
    scopeSpans: [
      {
        scope: { name: "durable-reference/simulation" },
        spans: works.flatMap((work, index) => (work.host === host ? [span(work, index, spanOf, traceId)] : [])),
      },
    ],
  }));
  return `${JSON.stringify({ resourceSpans })}\n`;
}

function worksOf(events: readonly EventLine[]): Work[] {
  const found = new Map<string, Work>();
  for (const event of events) {
    const { process: host, incarnation = 0, task = "" } = event;
    const key = JSON.stringify([host, incarnation, task]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { host, incarnation, name: task || host, events: [event] });
    else known.events.push(event);
  }
  return [...found.values()];
}

function span(work: Work, index: number, spanOf: ReadonlyMap<string, number>, traceId: string) {
  const [first] = work.events;
  const follows = (events: readonly EventLine[]) =>
    events
      .flatMap((each) => each.causes ?? [])
      .map((each) => spanOf.get(each.event))
      .filter((each): each is number => each !== undefined && each !== index);
  const parent = first === undefined ? undefined : follows([first])[0];
  const links = [...new Set(follows(work.events))].filter((each) => each !== parent);
  return {
    traceId,
    spanId: spanId(index),
    ...(parent === undefined ? {} : { parentSpanId: spanId(parent) }),
    name: work.name,
    // SPAN_KIND_INTERNAL
    kind: 1,
    startTimeUnixNano: nanoseconds(first?.time ?? 0),
    endTimeUnixNano: nanoseconds(work.events.at(-1)?.time ?? 0),
    attributes: [integer("process.incarnation", work.incarnation)],
    events: work.events.map((event) => ({
      timeUnixNano: nanoseconds(event.time),
      name: event.op,
      attributes: [
        text("event.id", event.id),
        text("event.kind", event.kind),
        ...(event.rule === undefined ? [] : [text("event.rule", event.rule)]),
        ...(event.truth?.fault === undefined ? [] : [text("event.fault", event.truth.fault.id)]),
      ],
    })),
    links: links.map((each) => ({ traceId, spanId: spanId(each) })),
    // STATUS_CODE_UNSET
    status: { code: 0 },
  };
}

function traceIdOf(lines: readonly TraceLine[]): string {
  const hash = /^[0-9a-f]{1,32}$/.exec(headerOf(lines)?.hash ?? "")?.[0] ?? "1";
  const id = hash.padStart(32, "0");
  // An id of zeros only is invalid.
  return /^0+$/.test(id) ? "1".padStart(32, "0") : id;
}

function spanId(index: number): string {
  return (index + 1).toString(16).padStart(16, "0");
}

function nanoseconds(milliseconds: number): string {
  return String(BigInt(Math.trunc(milliseconds)) * 1_000_000n);
}

function text(key: string, value: string) {
  return { key, value: { stringValue: value } };
}

function integer(key: string, value: number) {
  return { key, value: { intValue: String(value) } };
}
