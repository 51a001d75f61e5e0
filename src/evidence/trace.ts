import type { TraceEventLine, TraceHeader, TraceViolation } from "../model/trace.js";
import { traceLineSchema } from "../model/trace.js";

/** A recorded run. */
export interface RecordedTrace {
  header: TraceHeader;
  events: TraceEventLine[];
  violations: TraceViolation[];
}

/** Why a trace cannot be read, and in which line (from 1). */
export interface TraceProblem {
  line: number;
  message: string;
}

/** Beyond this many events a trace is no longer something to look at. */
const MOST_TRACE_EVENTS = 20_000;

/**
 * Reads a trace (NDJSON, `schemas/trace-line.schema.json`). A trace is whole or not read: it starts with its header, names each
 * event once, and causes and violations name events that stand before or at them.
 */
export function readTrace(text: string): { trace: RecordedTrace } | { problem: TraceProblem } {
  let header: TraceHeader | null = null;
  const events: TraceEventLine[] = [];
  const violations: TraceViolation[] = [];
  const known = new Set<string>();
  const lines = text.split("\n");
  for (const [at, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const problem = (message: string) => ({ problem: { line: at + 1, message } });
    const parsed = parseLine(line);
    if ("message" in parsed) return problem(parsed.message);
    const { value } = parsed;
    if (header === null && value.type !== "header") return problem("Unexpected first line, expected the header");
    if (value.type === "header") {
      if (header !== null) return problem("Unexpected second header, expected one trace a file");
      header = value;
    } else if (value.type === "event") {
      const absent = value.causes.find((cause) => !known.has(cause.event));
      if (absent !== undefined) return problem(`Unexpected cause ${absent.event}, expected an event above`);
      if (known.has(value.id)) return problem(`Unexpected second event ${value.id}, expected each once`);
      if (events.length >= MOST_TRACE_EVENTS) return problem(`Unexpected event, expected at most ${MOST_TRACE_EVENTS}`);
      known.add(value.id);
      events.push(value);
    } else {
      if (!known.has(value.event)) return problem(`Unexpected event ${value.event}, expected one above`);
      violations.push(value);
    }
  }
  if (header === null) return { problem: { line: 1, message: "Unexpected empty text, expected a trace" } };
  return { trace: { header, events, violations } };
}

function parseLine(line: string): { value: ReturnType<typeof traceLineSchema.parse> } | { message: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { message: "Unexpected text that is no JSON, expected one object a line" };
  }
  const parsed = traceLineSchema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") || "line";
  return { message: `Unexpected ${where}: ${issue?.message ?? "not a line of a trace"}` };
}
