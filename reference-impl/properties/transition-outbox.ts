import type { Execute, OutboxEntry, Unblock } from "../kernel/model.js";
import { moved, sameTexts, sameValue, shown } from "./comparison.js";
import { eachStep } from "./rule.js";
import { sameKey } from "./state-store.js";
import { isLive, isSettled, targetOf } from "./terms.js";

/** The execute of the entry unless the same task, version and address was there before. */
function newExecute(e: OutboxEntry | undefined, f: OutboxEntry | undefined): Execute | null {
  if (f?.message.kind !== "execute") return null;
  const { message } = f;
  const old = e?.message;
  const same =
    old?.kind === "execute" &&
    old.task.id === message.task.id &&
    old.task.version === message.task.version &&
    old.address === message.address;
  return same ? null : message;
}

/** The unblock of the entry unless one of the same promise to the same address was there before. */
function newUnblock(e: OutboxEntry | undefined, f: OutboxEntry | undefined): Unblock | null {
  if (f?.message.kind !== "unblock") return null;
  const { message } = f;
  const old = e?.message;
  const same = old?.kind === "unblock" && old.promise.id === message.promise.id && old.address === message.address;
  return same ? null : message;
}

/**
 * What is true of every step, of the outbox and of schedules. `e` is an entry before, `f` the one with the same key after
 * it. The machine replaces entries and never takes one out: that is what happens to it between steps, once it is delivered.
 */
export const OUTBOX_TRANSITIONS = [
  // By what a key stands for, so that a key that two messages share shows as the loss of one.
  eachStep("entry", "monotone_outbox_keys_never_disappear", (e, f, { after }) => {
    if (e === undefined) return false;
    if (f !== undefined && sameKey(e.message, f.message)) return true;
    return [...after.outbox.values()].some(({ message }) => sameKey(e.message, message)) || moved(e, f);
  }),
  eachStep("entry", "preserved_execute_only_for_live_task", (e, f, { now, after }) => {
    const message = newExecute(e, f);
    if (message === null) return false;
    const promise = after.promises.get(message.task.id);
    return promise === undefined || isLive(promise, now) || `at ${now}: ${shown(message)} for ${shown(promise)}`;
  }),
  eachStep("entry", "consistent_new_execute_matches_task_and_target", (e, f, { after }) => {
    const message = newExecute(e, f);
    if (message === null) return false;
    const task = after.tasks.get(message.task.id);
    const promise = after.promises.get(message.task.id);
    const matches =
      task?.version === message.task.version && promise !== undefined && targetOf(promise) === message.address;
    return matches || `${shown(message)} for ${shown(task)} and ${shown(promise)}`;
  }),
  eachStep("entry", "consistent_new_unblock_carries_stored_record", (e, f, { after }) => {
    const message = newUnblock(e, f);
    if (message === null) return false;
    const { promise: record } = message;
    const stored = after.promises.get(record.id);
    const same =
      stored !== undefined &&
      isSettled(record) &&
      record.state === stored.state &&
      record.settledAt === stored.settledAt &&
      record.value.data === stored.value.data &&
      record.timeoutAt === stored.timeoutAt &&
      record.createdAt === stored.createdAt;
    return same || `${shown(message)} for ${shown(stored)}`;
  }),
  eachStep("entry", "consistent_new_unblock_discharges_its_listener", (e, f, { before, after }) => {
    const message = newUnblock(e, f);
    if (message === null) return false;
    const p = before.promises.get(message.promise.id);
    const q = after.promises.get(message.promise.id);
    const discharged =
      p?.listeners.includes(message.address) === true && q?.listeners.includes(message.address) !== true;
    return discharged || `${shown(message)} while ${moved(p, q)}`;
  }),
];

export const SCHEDULE_TRANSITIONS = [
  eachStep("schedule", "preserved_schedule_birth_fields_immutable", (c, d) => {
    if (c === undefined || d === undefined) return false;
    const same =
      c.cron === d.cron &&
      c.promiseId === d.promiseId &&
      c.promiseTimeout === d.promiseTimeout &&
      c.createdAt === d.createdAt &&
      sameValue(c.promiseParam, d.promiseParam) &&
      sameTexts(c.promiseTags, d.promiseTags);
    return same || moved(c, d);
  }),
];
