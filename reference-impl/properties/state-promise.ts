import type { DurablePromise } from "../kernel/model.js";
import { isNoValue, isUnique, shown } from "./comparison.js";
import { always } from "./rule.js";
import { delayOf, isExternal, isSettled, isTimer, targetOf, verdictOf } from "./terms.js";

const settledAtDeadline = (p: DurablePromise) => p.settledAt !== undefined && p.settledAt === p.timeoutAt;

/** What is true of every stored promise. */
export const PROMISE_STATES = [
  always(
    "promise",
    "well_formed_promise_created_at_lte_timeout_at",
    (p) => p.createdAt <= p.timeoutAt || `created after its deadline: ${shown(p)}`,
  ),
  always(
    "promise",
    "well_formed_promise_pending_created_before_deadline",
    (p) => !isSettled(p) && (p.createdAt < p.timeoutAt || `pending, and created at its deadline: ${shown(p)}`),
  ),
  always(
    "promise",
    "well_formed_promise_settled_at_lte_timeout_at",
    (p) => p.settledAt !== undefined && (p.settledAt <= p.timeoutAt || `settled after its deadline: ${shown(p)}`),
  ),
  always(
    "promise",
    "well_formed_promise_created_at_lte_settled_at",
    (p) => p.settledAt !== undefined && (p.createdAt <= p.settledAt || `settled before its creation: ${shown(p)}`),
  ),
  always(
    "promise",
    "well_formed_promise_settled_at_iff_not_pending",
    (p) => isSettled(p) === (p.settledAt !== undefined) || `state and settledAt disagree: ${shown(p)}`,
  ),
  always(
    "promise",
    "well_formed_promise_pending_has_no_value",
    (p) => !isSettled(p) && (isNoValue(p.value) || `pending with a value: ${shown(p)}`),
  ),
  always(
    "promise",
    "well_formed_promise_deadline_verdict_matches_timer_tag",
    (p) => settledAtDeadline(p) && (p.state === verdictOf(p) || `settled otherwise by its deadline: ${shown(p)}`),
  ),
  always(
    "promise",
    "well_formed_promise_deadline_settlement_has_no_value",
    (p) => settledAtDeadline(p) && (isNoValue(p.value) || `settled with a value by its deadline: ${shown(p)}`),
  ),
  always("promise", "well_formed_promise_timer_not_targeted", (p, { settings }) => {
    // In compat mode such a promise is a plain timer, which is no target.
    if (settings.mode === "compat" || !(isTimer(p) || targetOf(p) !== undefined)) return false;
    return !(isTimer(p) && targetOf(p) !== undefined) || `a timer with a target: ${shown(p)}`;
  }),
  always(
    "promise",
    "well_formed_promise_timedout_is_server_owned",
    (p) => p.state === "rejected_timedout" && (settledAtDeadline(p) || `timed out, not at its deadline: ${shown(p)}`),
  ),
  always(
    "promise",
    "well_formed_promise_callbacks_unique",
    (p) => p.callbacks.length > 1 && (isUnique(p.callbacks) || `an awaiter twice: ${shown(p)}`),
  ),
  always(
    "promise",
    "well_formed_promise_listeners_unique",
    (p) => p.listeners.length > 1 && (isUnique(p.listeners) || `an address twice: ${shown(p)}`),
  ),
  always(
    "promise",
    "well_formed_promise_obligations_require_external",
    (p, { settings }) =>
      (p.callbacks.length > 0 || p.listeners.length > 0) &&
      (isExternal(p, settings.mode) || `waited for, but internal: ${shown(p)}`),
  ),
  always(
    "promise",
    "well_formed_promise_awaiter_is_not_self",
    (p) => p.callbacks.length > 0 && (!p.callbacks.includes(p.id) || `waits for itself: ${shown(p)}`),
  ),
  always(
    "promise",
    "well_formed_promise_created_at_lte_now",
    (p, { now }) => p.createdAt <= now || `created after ${now}: ${shown(p)}`,
  ),
  always(
    "promise",
    "well_formed_promise_settled_at_lte_now",
    (p, { now }) => p.settledAt !== undefined && (p.settledAt <= now || `settled after ${now}: ${shown(p)}`),
  ),
];

/** True of the protocol's intent, not of the strict machine: compat mode refuses at the door what would break them. */
export const PROMISE_GAPS = [
  always(
    "promise",
    "well_formed_promise_target_is_nonempty",
    (p) => targetOf(p) !== undefined && (targetOf(p) !== "" || `an empty target: ${shown(p)}`),
    true,
  ),
  always(
    "promise",
    "well_formed_promise_delay_before_deadline",
    (p) => {
      const delay = p.tags["resonate:delay"];
      return delay !== undefined && (delayOf(delay) < p.timeoutAt || `delayed to its deadline: ${shown(p)}`);
    },
    true,
  ),
];
