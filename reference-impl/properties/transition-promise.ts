import type { DurablePromise, Instant } from "../kernel/model.js";
import { isNoValue, isSubset, moved, sameTexts, sameValue, shown } from "./comparison.js";
import { eachStep } from "./rule.js";
import { isLive, isSettled, stateAt, verdictOf } from "./terms.js";

type Kept = "callbacks" | "listeners";

/** What waits for a promise is only added to while it is pending. */
function growsWhilePending(name: string, field: Kept) {
  return eachStep("promise", name, (p, q) => {
    if (q === undefined || isSettled(q)) return false;
    return (isSubset(p?.[field] ?? [], q[field]) && (p !== undefined || q[field].length === 0)) || moved(p, q);
  });
}

/** What waits for a promise is only taken from once it is settled. */
function shrinksOnceSettled(name: string, field: Kept) {
  return eachStep("promise", name, (p, q) => {
    if (q === undefined || !isSettled(q)) return false;
    return isSubset(q[field], p?.[field] ?? []) || moved(p, q);
  });
}

/** How a pending promise may have been settled in a step at `now`. */
function isStamped(p: DurablePromise, q: DurablePromise, now: Instant): boolean {
  if (!isSettled(q)) return true;
  if (q.settledAt === now && now < q.timeoutAt) return q.state !== "rejected_timedout";
  return q.settledAt === q.timeoutAt && q.timeoutAt <= now && q.state === verdictOf(q) && sameValue(p.value, q.value);
}

/** How a promise may be stored for the first time in a step at `now`. */
function isBornClean(q: DurablePromise, now: Instant): boolean {
  if (q.callbacks.length > 0 || q.listeners.length > 0 || !isNoValue(q.value) || q.createdAt > now) return false;
  if (!isSettled(q)) return q.settledAt === undefined && q.createdAt < q.timeoutAt;
  return q.settledAt === q.createdAt && q.createdAt === q.timeoutAt && q.timeoutAt <= now && q.state === verdictOf(q);
}

/** What is true of every step, of promises. `p` is a promise before, `q` the same promise after it. */
export const PROMISE_TRANSITIONS = [
  eachStep("promise", "preserved_promise_birth_fields_immutable", (p, q) => {
    if (p === undefined || q === undefined) return false;
    const same =
      sameValue(p.param, q.param) &&
      sameTexts(p.tags, q.tags) &&
      p.timeoutAt === q.timeoutAt &&
      p.createdAt === q.createdAt;
    return same || moved(p, q);
  }),
  eachStep("promise", "preserved_settled_promise_record", (p, q) => {
    if (p === undefined || !isSettled(p)) return false;
    const same = q !== undefined && q.state === p.state && q.settledAt === p.settledAt && sameValue(p.value, q.value);
    return same || moved(p, q);
  }),
  eachStep("promise", "monotone_promise_set_grows", (p, q) => p !== undefined && (q !== undefined || moved(p, q))),
  eachStep(
    "promise",
    "preserved_promise_state_frozen_once_settled",
    (p, q) => p !== undefined && isSettled(p) && (q?.state === p.state || moved(p, q)),
  ),
  eachStep(
    "promise",
    "preserved_promise_settlement_is_one_way",
    (p, q) => p !== undefined && q?.state === "pending" && (!isSettled(p) || moved(p, q)),
  ),
  eachStep("promise", "consistent_promise_settled_at_moves_with_state", (p, q) => {
    if (p === undefined) return false;
    if (q === undefined) return moved(p, q);
    const settledMoves = p.settledAt !== q.settledAt;
    const stateMoves = p.state !== q.state;
    return (settledMoves || stateMoves) && (settledMoves === stateMoves || moved(p, q));
  }),
  eachStep("promise", "preserved_promise_value_until_settlement", (p, q) => {
    if (p === undefined || (q !== undefined && isSettled(q))) return false;
    return (q !== undefined && sameValue(p.value, q.value)) || moved(p, q);
  }),
  eachStep(
    "promise",
    "preserved_promise_no_duplicate_ids",
    (_, q, _step, key) => q !== undefined && (q.id === key || `kept under ${key}: ${shown(q)}`),
  ),
  growsWhilePending("monotone_promise_callbacks_grow_while_pending", "callbacks"),
  shrinksOnceSettled("monotone_promise_callbacks_shrink_once_settled", "callbacks"),
  growsWhilePending("monotone_promise_listeners_grow_while_pending", "listeners"),
  shrinksOnceSettled("monotone_promise_listeners_shrink_once_settled", "listeners"),
  eachStep("promise", "consistent_promise_state_edge_admissible", (p, q) => {
    if (p === undefined || q === undefined) return false;
    return !isSettled(p) || q.state === p.state || moved(p, q);
  }),
  eachStep("promise", "consistent_obligation_discharge_requires_settled", (p, q) => {
    if (p === undefined || q === undefined) return false;
    if (isSubset(p.callbacks, q.callbacks) && isSubset(p.listeners, q.listeners)) return false;
    return isSettled(q) || moved(p, q);
  }),
  eachStep("promise", "consistent_callback_consumption_resumes_awaiter", (p, q, { after }) => {
    if (p === undefined || q === undefined || isSubset(p.callbacks, q.callbacks)) return false;
    for (const id of p.callbacks) {
      const task = q.callbacks.includes(id) ? undefined : after.tasks.get(id);
      if (task === undefined || task.state === "fulfilled" || task.resumes.includes(p.id)) continue;
      return `${p.id} no longer has the awaiter ${id}, which has not learned of it: ${shown(task)}`;
    }
    return true;
  }),
  eachStep("promise", "consistent_listener_consumption_enqueues_unblock", (p, q, { after }) => {
    if (p === undefined || q === undefined || isSubset(p.listeners, q.listeners)) return false;
    for (const address of p.listeners) {
      if (q.listeners.includes(address)) continue;
      const unblocks = [...after.outbox.values()].flatMap(({ message }) =>
        message.kind === "unblock" && message.address === address && message.promise.id === p.id ? [message] : [],
      );
      const [unblock] = unblocks;
      if (unblocks.length !== 1 || unblock === undefined || !isSettled(unblock.promise)) {
        return `${p.id} no longer has the listener ${address}, and the outbox has ${shown(unblocks)}`;
      }
    }
    return true;
  }),
  eachStep("promise", "consistent_promise_settlement_stamp", (p, q, { now }) => {
    if (p === undefined || isSettled(p)) return false;
    return (q !== undefined && isStamped(p, q, now)) || `at ${now}: ${moved(p, q)}`;
  }),
  eachStep("promise", "preserved_timedout_is_server_owned", (p, q, { now }) => {
    if (p === undefined || isSettled(p) || q?.state !== "rejected_timedout") return false;
    return (p.timeoutAt <= now && q.settledAt === p.timeoutAt) || `at ${now}: ${moved(p, q)}`;
  }),
  eachStep(
    "promise",
    "consistent_new_promise_born_clean",
    (p, q, { now }) => p === undefined && q !== undefined && (isBornClean(q, now) || `born at ${now} as ${shown(q)}`),
  ),
  eachStep("promise", "consistent_settlement_fulfils_task", (p, q, { after }) => {
    if (p === undefined || q === undefined || isSettled(p) || !isSettled(q)) return false;
    const task = after.tasks.get(q.id);
    return task !== undefined && (task.state === "fulfilled" || `${q.id} was settled: ${shown(task)}`);
  }),
];

/** What could be read once, because the deadline had passed or because it was stored, is what is read ever after. */
export const STICKINESS = eachStep("promise", "Stickiness", (p, q, { now }) => {
  if (p === undefined || isLive(p, now)) return false;
  return (q !== undefined && stateAt(q, now) === stateAt(p, now)) || `at ${now}: ${moved(p, q)}`;
});
