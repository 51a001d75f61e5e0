import type { EventLine, TraceLine } from "../trace-line.js";
import { eventsOf } from "../trace-line.js";

/** The expression that ShiViz takes when none is given. */
const SHIVIZ_PARSER = "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})";

/**
 * The trace as a log for ShiViz: its parser, an empty line for "one execution", then two lines an event, with vector
 * clocks (Mattern, "Virtual Time and Global States of Distributed Systems", 1989; Fidge, 1988) from the causes of events and the order of
 * each process. Source: ShiViz, "Log format": a host's clock starts at 1 and grows by 1 with each of its events.
 */
export function toShiviz(lines: readonly TraceLine[]): string {
  const clocks = new Map<string, ReadonlyMap<string, number>>();
  const latest = new Map<string, ReadonlyMap<string, number>>();
  const log = eventsOf(lines).map((event) => {
    const host = hostOf(event);
    const clock = new Map(latest.get(host));
    for (const cause of event.causes ?? []) {
      for (const [other, count] of clocks.get(cause.event) ?? []) {
        clock.set(other, Math.max(clock.get(other) ?? 0, count));
      }
    }
    clock.set(host, (latest.get(host)?.get(host) ?? 0) + 1);
    clocks.set(event.id, clock);
    latest.set(host, clock);
    return `${described(event)}\n${host} ${JSON.stringify(Object.fromEntries(clock))}`;
  });
  return `${[SHIVIZ_PARSER, "", ...log].join("\n")}\n`;
}

function hostOf(event: EventLine): string {
  return event.process.replaceAll(/\s/g, "_");
}

function described(event: EventLine): string {
  const fault = event.truth?.fault === undefined ? "" : ` fault ${event.truth.fault.id}`;
  return `${event.id} ${event.kind} ${event.op}${fault}`.replaceAll(/\s+/g, " ");
}
