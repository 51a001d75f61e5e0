import { dueOccurrences } from "./calendar.js";
import { Draft } from "./draft.js";
import { after } from "./instant.js";
import type { InternalStep } from "./machine.js";
import type { Document, DurablePromise, Instant, Settings } from "./model.js";
import { advance, bearOccurrence, occurrenceOf } from "./occurrence.js";
import { byCodeUnits } from "./order.js";
import { isLive, targetOf } from "./project.js";
import { promiseRecord } from "./record.js";
import { offered } from "./tasks.js";

/** Occurrences that one firing of a schedule makes at most: what it leaves is due, and fired by the next. */
export const OCCURRENCES_PER_FIRING = 32;

const NOTHING: readonly InternalStep[] = [];

/**
 * The order in which steps that are due together are taken: deadlines first, so that nothing is done for the dead; then
 * firings; then what settlements set free; leases before dispatches, so that a lapsed task is offered again in one turn.
 */
const ORDER: Readonly<Record<InternalStep["step"], number>> = { R1: 0, R7: 1, R4: 2, R3: 3, R5: 4, R6: 5 };

/**
 * The steps whose condition holds at `now`, R7 only if an occurrence is due; by kind, then by id in code units, then in
 * order of registration. The order does not depend on the maps'. In a partitioned store R7 is none of them: an occurrence
 * belongs to another document than its schedule. Source: properties, section 9.
 */
export function enabled(document: Document, now: Instant, settings: Settings): readonly InternalStep[] {
  let found: InternalStep[] | null = null;
  for (const promise of document.promises.values()) {
    if (promise.state === "pending") {
      if (promise.timeoutAt > now) continue;
      found ??= [];
      found.push({ step: "R1", promise: promise.id });
    }
    if (promise.callbacks.length === 0 && promise.listeners.length === 0) continue;
    found ??= [];
    for (const awaiter of promise.callbacks) found.push({ step: "R4", promise: promise.id, awaiter });
    for (const address of promise.listeners) found.push({ step: "R3", promise: promise.id, address });
  }
  for (const { id, state, expiresAt, retryAt } of document.tasks.values()) {
    const step = state === "acquired" ? "R5" : state === "pending" ? "R6" : null;
    const at = step === "R5" ? expiresAt : retryAt;
    if (step === null || at === undefined || at > now) continue;
    const promise = document.promises.get(id);
    if (promise === undefined || !isLive(promise, now)) continue;
    found ??= [];
    found.push({ step, task: id });
  }
  for (const { id, nextRunAt } of document.schedules.values()) {
    if (nextRunAt > now || settings.partitioned === true) continue;
    found ??= [];
    found.push({ step: "R7", schedule: id });
  }
  return found === null ? NOTHING : found.sort(inOrder);
}

function inOrder(a: InternalStep, b: InternalStep): number {
  return ORDER[a.step] - ORDER[b.step] || byCodeUnits(subjectOf(a), subjectOf(b));
}

function subjectOf(step: InternalStep): string {
  if ("promise" in step) return step.promise;
  return "task" in step ? step.task : step.schedule;
}

/**
 * Takes one step at `now`. Its condition is checked again: if it does not hold, late, early or repeated, the document is
 * the same reference. Source: protocol, section 8.
 */
export function fire(document: Document, now: Instant, step: InternalStep, settings: Settings): Document {
  const draft = new Draft(document, now, settings);
  switch (step.step) {
    case "R1":
      draft.read(step.promise);
      break;
    case "R3":
      drainListener(draft, step.promise, step.address);
      break;
    case "R4":
      drainCallback(draft, step.promise, step.awaiter);
      break;
    case "R5":
      expireLease(draft, step.task);
      break;
    case "R6":
      dispatch(draft, step.task);
      break;
    case "R7":
      fireSchedule(draft, step.schedule);
      break;
  }
  return draft.finish();
}

/** The promise, settled in the draft, if it is settled at `now`. */
function settledRead(draft: Draft, id: string): DurablePromise | undefined {
  const promise = draft.promises.get(id);
  return promise === undefined || isLive(promise, draft.now) ? undefined : draft.read(id);
}

function drainListener(draft: Draft, id: string, address: string): void {
  if (draft.promises.get(id)?.listeners.includes(address) !== true) return;
  const promise = settledRead(draft, id);
  if (promise === undefined) return;
  draft.setPromise({ ...promise, listeners: promise.listeners.filter((listener) => listener !== address) });
  draft.enqueue({ kind: "unblock", address, promise: promiseRecord(promise) });
}

function drainCallback(draft: Draft, id: string, awaiter: string): void {
  if (draft.promises.get(id)?.callbacks.includes(awaiter) !== true) return;
  const promise = settledRead(draft, id);
  if (promise === undefined) return;
  draft.setPromise({ ...promise, callbacks: promise.callbacks.filter((callback) => callback !== awaiter) });
  resume(draft, awaiter, id);
}

/** Tells the awaiter's task of a settlement, unless the awaiter is dead itself. Source: protocol, section 8.1. */
function resume(draft: Draft, awaiter: string, awaited: string): void {
  const promise = draft.read(awaiter);
  const task = draft.readTask(awaiter, promise);
  if (task === undefined || promise === undefined || task.state === "fulfilled") return;
  if (task.state === "suspended") draft.setTask({ ...offered(task, draft.now), resumes: [awaited] });
  else if (!task.resumes.includes(awaited)) draft.setTask({ ...task, resumes: [...task.resumes, awaited] });
}

function expireLease(draft: Draft, id: string): void {
  const task = draft.tasks.get(id);
  if (task?.state !== "acquired" || task.expiresAt === undefined || task.expiresAt > draft.now) return;
  const promise = draft.promises.get(id);
  if (promise === undefined || !isLive(promise, draft.now)) return;
  draft.setTask(offered(task, draft.now));
}

/** Offers the task to its target, and again after `retryTimeout`: the lease's length has no say in it. */
function dispatch(draft: Draft, id: string): void {
  const task = draft.tasks.get(id);
  if (task?.state !== "pending" || task.retryAt === undefined || task.retryAt > draft.now) return;
  const promise = draft.promises.get(id);
  if (promise === undefined || !isLive(promise, draft.now)) return;
  draft.setTask({ ...task, retryAt: after(draft.now, draft.settings.retryTimeout) });
  draft.enqueue({ kind: "execute", address: targetOf(promise) ?? "", task: { id, version: task.version } });
}

function fireSchedule(draft: Draft, id: string): void {
  const schedule = draft.schedules.get(id);
  if (schedule === undefined) return;
  const due = dueOccurrences(schedule, draft.now, OCCURRENCES_PER_FIRING);
  const last = due.at(-1);
  if (last === undefined) return;
  for (const instant of due) bearOccurrence(draft, occurrenceOf(schedule, instant, draft.settings));
  draft.setSchedule(advance(schedule, last));
}
