import type { Document, Instant, Message } from "../kernel/model.js";
import { shown } from "./comparison.js";
import { always } from "./rule.js";
import { isDeliverable, isLive, isSettled, isTargeted, targetOf } from "./terms.js";

/** Whether the promise exists and is pending at `now`, by its deadline too. */
export function isLiveAt(state: Document, id: string, now: Instant): boolean {
  const promise = state.promises.get(id);
  return promise !== undefined && isLive(promise, now);
}

/** Whether some promise has the task as an awaiter. */
export function isAwaiter(state: Document, task: string): boolean {
  for (const { callbacks } of state.promises.values()) {
    if (callbacks.length > 0 && callbacks.includes(task)) return true;
  }
  return false;
}

/** Whether two messages are kept under one key: executes of one task, unblocks of one promise to one address. */
export function sameKey(a: Message, b: Message): boolean {
  if (a.kind === "execute") return b.kind === "execute" && a.task.id === b.task.id;
  return b.kind === "unblock" && a.promise.id === b.promise.id && a.address === b.address;
}

/**
 * What is true of the store as a whole. A store keeps each object under its id, so two can only share an id if one of them
 * is kept under another.
 */
export const STORE_STATES = [
  always(
    "promise",
    "well_formed_store_promise_ids_unique",
    (p, _, key) => p.id === key || `kept under ${key}: ${shown(p)}`,
  ),
  always("task", "well_formed_store_task_ids_unique", (t, _, key) => t.id === key || `kept under ${key}: ${shown(t)}`),
  always(
    "schedule",
    "well_formed_store_schedule_ids_unique",
    (c, _, key) => c.id === key || `kept under ${key}: ${shown(c)}`,
  ),
  always("entry", "well_formed_store_outbox_keys_unique", (e, { state }, key) => {
    for (const [otherKey, other] of state.outbox) {
      if (otherKey !== key && sameKey(e.message, other.message))
        return `under ${key} and under ${otherKey}: ${shown(e)}`;
    }
    return true;
  }),
];

/** What is true of objects of several kinds together. A partner that is missing makes most of them true. */
export const CONSISTENT_STATES = [
  always("execution", "consistent_task_iff_targeted_promise", (p, t, { settings }) => {
    const targeted = p !== undefined && isTargeted(p, settings.mode);
    if (!targeted && t === undefined) return false;
    return (targeted && t !== undefined) || `a target and a task, not both: ${shown(p)}, ${shown(t)}`;
  }),
  always(
    "execution",
    "consistent_settled_promise_has_fulfilled_task",
    (p, t) =>
      p !== undefined &&
      t !== undefined &&
      isSettled(p) &&
      (t.state === "fulfilled" || `settled, and its task is not fulfilled: ${shown(t)}`),
  ),
  always("promise", "consistent_callback_awaiter_is_targeted", (p, { state, settings }) => {
    if (p.callbacks.length === 0) return false;
    const targeted = p.callbacks.every((id) => {
      const awaiter = state.promises.get(id);
      return awaiter !== undefined && isTargeted(awaiter, settings.mode);
    });
    return targeted || `an awaiter that is no targeted promise: ${shown(p)}`;
  }),
  always(
    "promise",
    "consistent_listener_addresses_deliverable",
    (p, { settings }) =>
      p.listeners.length > 0 &&
      (p.listeners.every((address) => isDeliverable(address, settings.mode)) ||
        `a listener that nothing can be delivered to: ${shown(p)}`),
  ),
  always(
    "entry",
    "consistent_outbox_execute_names_existing_task",
    ({ message }, { state }) =>
      message.kind === "execute" && (state.tasks.has(message.task.id) || `no such task: ${shown(message)}`),
  ),
  always("entry", "consistent_outbox_never_ahead", ({ message }, { state }) => {
    const task = message.kind === "execute" ? state.tasks.get(message.task.id) : undefined;
    if (task === undefined || message.kind !== "execute") return false;
    return message.task.version <= task.version || `${shown(message)} is ahead of ${shown(task)}`;
  }),
  always("entry", "consistent_outbox_execute_address_is_target_tag", ({ message }, { state }) => {
    const promise = message.kind === "execute" ? state.promises.get(message.task.id) : undefined;
    if (promise === undefined) return false;
    return (
      message.address === (targetOf(promise) ?? "") || `${shown(message)} is not for the target of ${shown(promise)}`
    );
  }),
  always("entry", "consistent_outbox_unblock_names_settled_promise", ({ message }, { state }) => {
    if (message.kind !== "unblock") return false;
    const promise = state.promises.get(message.promise.id);
    const settled = isSettled(message.promise) && promise !== undefined && isSettled(promise);
    return settled || `${shown(message)} for ${shown(promise)}`;
  }),
  always(
    "entry",
    "consistent_outbox_unblock_address_deliverable",
    ({ message }, { settings }) =>
      message.kind === "unblock" &&
      (isDeliverable(message.address, settings.mode) || `cannot be delivered: ${shown(message)}`),
  ),
  always(
    "execution",
    "consistent_settled_task_promise_settled",
    (p, t) =>
      p !== undefined &&
      t?.state === "fulfilled" &&
      (isSettled(p) || `its task is fulfilled, and it is not settled: ${shown(p)}`),
  ),
  always("execution", "consistent_suspended_task_holds_rung", (p, t, { state, now }) => {
    if (t?.state !== "suspended") return false;
    return p === undefined || !isLive(p, now) || isAwaiter(state, t.id) || `nothing will wake ${shown(t)}`;
  }),
];
