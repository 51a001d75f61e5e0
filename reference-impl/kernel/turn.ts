import { handle } from "./handle.js";
import { NEVER } from "./instant.js";
import type { InternalStep, MicroStep, Turn } from "./machine.js";
import type { Document, DurablePromise, Instant, OutboxEntry, Schedule, Settings } from "./model.js";
import { createOccurrence } from "./occurrence.js";
import { isExternal } from "./project.js";
import type { Request } from "./request.js";
import { enabled, fire } from "./step.js";

/**
 * What one commit holds: the transition of a request, if there is one, then internal steps that are due at the same
 * `now`, in the order of `enabled` and again until none is due, but at most `bound` of them. Each is recorded, a request
 * even if it changed nothing. What a firing makes that is dead already is settled in the same turn, beyond the bound, so
 * that it is never dispatched (protocol, sections 8.4 and 14.1).
 */
export function turn(
  document: Document,
  now: Instant,
  request: Request | null,
  settings: Settings,
  bound: number,
): Turn {
  const steps: MicroStep[] = [];
  if (request !== null) {
    const { document: after, response } = handle(document, now, request, settings);
    steps.push({ by: request, now, before: document, after, response });
  }
  return settle(document, now, steps, settings, bound);
}

/**
 * The turn in which an occurrence's own document takes its part of a firing: see `createOccurrence`. It is recorded as a
 * step of the schedule.
 */
export function occurrenceTurn(
  document: Document,
  schedule: Schedule,
  instant: Instant,
  now: Instant,
  settings: Settings,
  bound: number,
): Turn {
  const by: InternalStep = { step: "R7", schedule: schedule.id };
  const born = createOccurrence(document, schedule, instant, instant, settings);
  const steps: MicroStep[] = born === document ? [] : [{ by, now, before: document, after: born, response: null }];
  takeTimeouts(born, now, steps, settings);
  return settle(document, now, steps, settings, bound);
}

/** Takes the steps that are due after those already taken. */
function settle(start: Document, now: Instant, steps: MicroStep[], settings: Settings, bound: number): Turn {
  let document = steps.at(-1)?.after ?? start;
  let left = bound;
  let due = enabled(document, now, settings);
  while (left > 0 && due.length > 0) {
    const round = document;
    for (const step of due) {
      if (left <= 0) break;
      const after = fire(document, now, step, settings);
      if (after === document) continue;
      steps.push({ by: step, now, before: document, after, response: null });
      left -= 1;
      document = step.step === "R7" ? takeTimeouts(after, now, steps, settings) : after;
    }
    if (document === round) break;
    due = enabled(document, now, settings);
  }
  const response = steps[0]?.response ?? null;
  const messages = messagesSince(start.sequence, document);
  return { document, response, messages, nextTimer: nextTimer(document, settings), steps };
}

/** Settles everything whose deadline has come. */
function takeTimeouts(document: Document, now: Instant, steps: MicroStep[], settings: Settings): Document {
  let current = document;
  for (const step of enabled(document, now, settings)) {
    if (step.step !== "R1") break;
    const after = fire(current, now, step, settings);
    steps.push({ by: step, now, before: current, after, response: null });
    current = after;
  }
  return current;
}

const NO_MESSAGES: readonly OutboxEntry[] = [];

function messagesSince(sequence: number, { outbox, sequence: last }: Document): readonly OutboxEntry[] {
  if (last === sequence) return NO_MESSAGES;
  const made = [...outbox.values()].filter((entry) => entry.sequence > sequence);
  return made.sort((a, b) => a.sequence - b.sequence);
}

/**
 * Whether the server settles the promise at its deadline with nobody asking: every external one and no other. An internal
 * one has no waiters, so nobody can tell (protocol 13.1, C1).
 */
export function armed(promise: DurablePromise, settings: Settings): boolean {
  return isExternal(promise, settings.mode);
}

/**
 * When the document next needs an internal step: the earliest deadline of an armed pending promise, end of a lease,
 * dispatch, or run of a schedule; null if none will ever come. While waiters remain on a settled promise it is the instant
 * of that settlement, which has passed; so has everything that a turn's bound left over: due now.
 */
export function nextTimer(document: Document, settings: Settings): Instant | null {
  let next = NEVER;
  for (const promise of document.promises.values()) {
    if (promise.state === "pending") {
      if (promise.timeoutAt < next && armed(promise, settings)) next = promise.timeoutAt;
    } else if (promise.callbacks.length > 0 || promise.listeners.length > 0) {
      next = Math.min(next, promise.settledAt ?? promise.timeoutAt);
    }
  }
  for (const { id, state, expiresAt, retryAt } of document.tasks.values()) {
    const at = state === "acquired" ? expiresAt : state === "pending" ? retryAt : undefined;
    // A task whose promise is settled, or gone, has nothing to wait for.
    if (at !== undefined && at < next && document.promises.get(id)?.state === "pending") next = at;
  }
  for (const { nextRunAt } of document.schedules.values()) next = Math.min(next, nextRunAt);
  return next >= NEVER ? null : next;
}
