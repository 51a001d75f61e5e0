import type { Violation } from "./run.js";
import type { Outcome, Reduction, Shrunk } from "./shrink.js";
import type { EventLine, TraceLine, ViolationLine } from "./trace-line.js";
import { eventsOf } from "./trace-line.js";

/** Why a run fails: what broke first, what that follows from, and which faults it takes. */
export interface Explanation {
  readonly judge: string;
  readonly message: string;
  /** The event that first broke it; null if the judge names none, as one that looks at the end of a run. */
  readonly event: EventLine | null;
  /** The events it follows from, itself last, in order of the trace. */
  readonly slice: readonly EventLine[];
  readonly faults: readonly string[];
  /** By fault that is left: whether the run still fails without it. */
  readonly butFor: ReadonlyMap<string, boolean>;
}

/**
 * The event and everything it follows from, over the causes of events: what happened before it in the sense of Lamport
 * ("Time, Clocks, and the Ordering of Events in a Distributed System", CACM 21(7), 1978). In order of the trace.
 */
export function sliceOf(lines: readonly TraceLine[], event: string): EventLine[] {
  const events = eventsOf(lines);
  const byId = new Map(events.map((each) => [each.id, each]));
  const reached = new Set<string>();
  const left = [event];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    const found = byId.get(id);
    if (found === undefined || reached.has(id)) continue;
    reached.add(id);
    left.push(...(found.causes ?? []).map((each) => each.event));
  }
  return events.filter((each) => reached.has(each.id));
}

/** For each fault that is left: whether the run fails without it, too. */
function butFor(shrunk: Shrunk, replay: (reduction: Reduction) => Outcome): Map<string, boolean> {
  const { reduction } = shrunk;
  return new Map(
    shrunk.faults.map((fault) => [
      fault,
      replay({ ...reduction, suppressed: new Set([...reduction.suppressed, fault]) }).fails,
    ]),
  );
}

/**
 * @param lines the full trace of the smallest failing run.
 * @param violation what that run broke.
 */
export function explain(
  lines: readonly TraceLine[],
  violation: Violation,
  shrunk: Shrunk,
  replay: (reduction: Reduction) => Outcome,
): Explanation {
  const slice = violation.event === null ? [] : sliceOf(lines, violation.event);
  return {
    judge: violation.judge,
    message: violation.message,
    event: slice.find((each) => each.id === violation.event) ?? null,
    slice,
    faults: shrunk.faults,
    butFor: butFor(shrunk, replay),
  };
}

/** The explanation as a line of the trace format. A violation without an event is put at the last event of the trace. */
export function violationLine(
  explanation: Explanation,
  lines: readonly TraceLine[],
  replay: readonly string[],
): ViolationLine {
  const last = eventsOf(lines).at(-1);
  return {
    type: "violation",
    invariant: explanation.judge,
    event: explanation.event?.id ?? last?.id ?? "none",
    actual: explanation.message,
    slice: explanation.slice.map((each) => each.id),
    faults: explanation.faults,
    butFor: Object.fromEntries(explanation.butFor),
    replay,
  };
}
