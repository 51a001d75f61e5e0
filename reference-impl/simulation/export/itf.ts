import type { EventLine, TraceLine } from "../trace-line.js";
import { eventsOf, headerOf } from "../trace-line.js";

/**
 * The trace in the Informal Trace Format of Apalache and Quint: one state before the first event and one after each.
 * Source: Apalache, ADR 015. Integers are `#bigint`, so that readers of TLA+ values take them as such.
 */
export function toItf(lines: readonly TraceLine[]): string {
  const header = headerOf(lines);
  const revisions = new Map<string, number>();
  const incarnations = new Map<string, number>();
  const faults = new Set<string>();
  const state = (index: number, event: EventLine | null) => ({
    "#meta": { index },
    event: event?.id ?? "",
    time: integer(event?.time ?? 0),
    process: event?.process ?? "",
    kind: event?.kind ?? "",
    op: event?.op ?? "",
    revisions: mapOf(revisions),
    incarnations: mapOf(incarnations),
    faults: { "#set": [...faults] },
  });
  const states = [state(0, null)];
  for (const event of eventsOf(lines)) {
    const written = writtenBy(event);
    if (written !== null) revisions.set(written.key, written.revision);
    incarnations.set(event.process, event.incarnation ?? 0);
    if (event.truth?.fault !== undefined) faults.add(event.truth.fault.id);
    states.push(state(states.length, event));
  }
  const { "#meta": _, ...variables } = state(0, null);
  const meta = {
    format: "ITF",
    "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
    source: header?.name ?? "",
    description: header?.seed === undefined ? "trace" : `trace of seed ${header.seed}`,
  };
  return `${JSON.stringify({ "#meta": meta, vars: Object.keys(variables), states })}\n`;
}

/** The key that an event wrote, with its new revision; null if it wrote none, or nobody learned the revision. */
function writtenBy(event: EventLine): { readonly key: string; readonly revision: number } | null {
  const key = event.args?.key;
  const { result } = event;
  if (event.truth?.write?.outcome !== "committed" || typeof key !== "string") return null;
  if (typeof result !== "object" || result === null || !("revision" in result)) return null;
  return typeof result.revision === "number" ? { key, revision: result.revision } : null;
}

function integer(value: number) {
  return { "#bigint": String(Math.trunc(value)) };
}

function mapOf(entries: ReadonlyMap<string, number>) {
  return { "#map": [...entries].map(([key, value]) => [key, integer(value)]) };
}
