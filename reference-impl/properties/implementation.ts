import type { DurablePromise, Settings } from "../kernel/model.js";
import { armed, nextTimer } from "../kernel/turn.js";
import { moved, shown } from "./comparison.js";
import type { Moment, Passage } from "./rule.js";
import { always, eachStep } from "./rule.js";
import { isAwaiter, isLiveAt } from "./state-store.js";
import { isExternal, isLive, isSettled } from "./terms.js";

/** Whether the server has nothing to do before the clock moves on, as it sees it itself: by the timer it asks for. */
function isQuiet({ state, now, settings }: Moment): boolean {
  const next = nextTimer(state, settings);
  return next === null || next > now;
}

/** The first object that is wrong where nothing is due; its words are the verdict. */
function atRest<T>(
  name: string,
  each: (at: Moment) => Iterable<T>,
  guard: (object: T, at: Moment) => boolean,
  holds: (object: T, at: Moment) => boolean,
) {
  return always("rest", name, (at) => {
    let met = false;
    if (!isQuiet(at)) return false;
    for (const object of each(at)) {
      if (!guard(object, at)) continue;
      met = true;
      if (!holds(object, at)) return `nothing is due at ${at.now}, and there is ${shown(object as object)}`;
    }
    return met;
  });
}

/** Which deadlines the server arms: those of all that may be waited for and no other. `arms` is what it does. */
export function armingRules(arms: (promise: DurablePromise, settings: Settings) => boolean) {
  return [
    always("promise", "ObligationsAreDischargeable", (p, { settings }) => {
      if (p.callbacks.length === 0 && p.listeners.length === 0) return false;
      return isSettled(p) || arms(p, settings) || `waited for, and its deadline is not armed: ${shown(p)}`;
    }),
    always("promise", "ArmingIsExternalOnly", (p, { settings }) => {
      if (isSettled(p) || !arms(p, settings)) return false;
      return isExternal(p, settings.mode) || `internal, and its deadline is armed: ${shown(p)}`;
    }),
  ];
}

/** What an implementation has to keep besides the catalogue, of every state. */
export const IMPLEMENTATION_STATES = [
  always("execution", "TaskHasPromise", (p, t) => t !== undefined && (p !== undefined || `no promise: ${shown(t)}`)),
  always("task", "TaskHasAtMostOneTimer", (t) => {
    if (t.retryAt === undefined && t.expiresAt === undefined) return false;
    const one = t.state === "pending" ? t.expiresAt === undefined : t.state === "acquired" && t.retryAt === undefined;
    return one || `a timer that its state does not ask for: ${shown(t)}`;
  }),
  always(
    "task",
    "NonAcquiredTaskHasNoPid",
    (t) => t.state !== "acquired" && (t.pid === undefined || `a holder of nothing: ${shown(t)}`),
  ),
  always(
    "promise",
    "CallbackNotSelfReferential",
    (p) => p.callbacks.length > 0 && (!p.callbacks.includes(p.id) || `waits for itself: ${shown(p)}`),
  ),
  always("execution", "SuspendedTaskHasCallback", (p, t, { state, now }) => {
    if (t?.state !== "suspended" || p === undefined || !isLive(p, now)) return false;
    return isAwaiter(state, t.id) || `nothing will wake ${shown(t)}`;
  }),
  ...armingRules(armed),
  always("entry", "OutboxNeverAhead", ({ message }, { state }) => {
    if (message.kind !== "execute") return false;
    const task = state.tasks.get(message.task.id);
    return task === undefined || message.task.version <= task.version || `${shown(message)} is ahead of ${shown(task)}`;
  }),
  // What is kept on a settled promise until it is drained is gone where no drain is due.
  atRest(
    "SettledPromiseHasNoSubscriptions",
    ({ state }) => state.promises.values(),
    (p, { now }) => !isLive(p, now),
    (p) => p.callbacks.length === 0 && p.listeners.length === 0,
  ),
  atRest(
    "NoStrandedListener",
    ({ state }) => state.promises.values(),
    (p) => p.listeners.length > 0,
    (p, { now }) => isLive(p, now),
  ),
  atRest(
    "NoStrandedTask",
    ({ state }) => state.tasks.values(),
    (t) => t.state === "suspended",
    (t, { state, now }) => [...state.promises.values()].some((p) => isLive(p, now) && p.callbacks.includes(t.id)),
  ),
  atRest(
    "TaskPromiseCoherence",
    ({ state }) => state.tasks.values(),
    (t, { state }) => {
      const promise = state.promises.get(t.id);
      return promise !== undefined && isSettled(promise);
    },
    (t) => t.state === "fulfilled",
  ),
];

/** The tasks that the step gave or prolonged a lease, took back to pending, or offered. */
function dispatched({ tasks, entries }: Passage): readonly string[] {
  const ids: string[] = [];
  for (const { before: t, after: u } of tasks) {
    if (u === undefined) continue;
    const leased = u.state === "acquired" && (t?.version !== u.version || t.expiresAt !== u.expiresAt);
    const returned = u.state === "pending" && t !== undefined && t.state !== "pending";
    if (leased || returned) ids.push(u.id);
  }
  for (const { after: entry } of entries) if (entry?.message.kind === "execute") ids.push(entry.message.task.id);
  return ids;
}

/** The same of every step. */
export const IMPLEMENTATION_TRANSITIONS = [
  eachStep("step", "NoDeadDispatch", (step) => {
    const ids = dispatched(step);
    if (ids.length === 0) return false;
    const dead = ids.find((id) => !isLiveAt(step.after, id, step.now));
    if (dead === undefined) return true;
    return `${shown(step.by)} at ${step.now} for ${dead}, whose promise is ${shown(step.after.promises.get(dead))}`;
  }),
  eachStep("task", "NoHaltOnDead", (t, u, { now, after }) => {
    if (u?.state !== "halted" || t?.state === "halted") return false;
    return isLiveAt(after, u.id, now) || `at ${now}: ${moved(t, u)}, while ${shown(after.promises.get(u.id))}`;
  }),
];
