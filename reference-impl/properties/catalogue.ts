import { CONFIGURATIONS } from "./configuration.js";
import { IMPLEMENTATION_STATES, IMPLEMENTATION_TRANSITIONS } from "./implementation.js";
import { INTERNAL_TRANSITIONS } from "./internal.js";
import type { Judged } from "./judge.js";
import { LIVENESS } from "./liveness.js";
import type { Property } from "./property.js";
import { RESPONSES } from "./response.js";
import type { StateRule, TransitionRule } from "./rule.js";
import { PROMISE_GAPS, PROMISE_STATES } from "./state-promise.js";
import { CONSISTENT_STATES, STORE_STATES } from "./state-store.js";
import { SCHEDULE_STATES, TASK_GAPS, TASK_STATES } from "./state-task.js";
import { LEASE_TRANSITIONS } from "./transition-lease.js";
import { OUTBOX_TRANSITIONS, SCHEDULE_TRANSITIONS } from "./transition-outbox.js";
import { PROMISE_TRANSITIONS, STICKINESS } from "./transition-promise.js";
import { TASK_TRANSITIONS } from "./transition-task.js";

/** The public catalogue: what is true of every state. */
export const CATALOGUE_STATES: readonly StateRule[] = [
  ...PROMISE_STATES,
  ...TASK_STATES,
  ...SCHEDULE_STATES,
  ...STORE_STATES,
  ...CONSISTENT_STATES,
];

/** The public catalogue: what is true of every step. */
export const CATALOGUE_TRANSITIONS: readonly TransitionRule[] = [
  ...PROMISE_TRANSITIONS,
  ...TASK_TRANSITIONS,
  ...LEASE_TRANSITIONS,
  ...OUTBOX_TRANSITIONS,
  ...SCHEDULE_TRANSITIONS,
];

/** Everything that is judged while a run goes on. */
export const STEPWISE: readonly Judged[] = [
  ...CATALOGUE_STATES,
  ...CATALOGUE_TRANSITIONS,
  ...INTERNAL_TRANSITIONS,
  ...PROMISE_GAPS,
  ...TASK_GAPS,
  ...CONFIGURATIONS,
  ...RESPONSES,
  STICKINESS,
  ...IMPLEMENTATION_STATES,
  ...IMPLEMENTATION_TRANSITIONS,
];

/** Every named property. */
export const PROPERTIES: readonly Property[] = [...STEPWISE, ...LIVENESS];

const CHEAP_NAMES: ReadonlySet<string> = new Set([
  "preserved_promise_birth_fields_immutable",
  "preserved_settled_promise_record",
  "monotone_promise_set_grows",
  "consistent_promise_settlement_stamp",
  "consistent_new_promise_born_clean",
  "consistent_settlement_fulfils_task",
  "consistent_callback_consumption_resumes_awaiter",
  "consistent_listener_consumption_enqueues_unblock",
  "monotone_promise_callbacks_grow_while_pending",
  "monotone_promise_callbacks_shrink_once_settled",
  "monotone_task_set_grows",
  "monotone_task_version_increases_only_on_acquisition",
  "preserved_fulfilled_task",
  "consistent_task_state_edge_admissible",
  "consistent_task_fulfilment_needs_settlement",
  "consistent_task_birth_couples_promise_birth",
  "consistent_task_lease_fields_move_together",
  "consistent_task_acquisition_is_atomic",
  "consistent_task_lease_deadline_is_now_plus_ttl",
  "consistent_task_pending_entry_arms_retry",
  "consistent_wake_follows_callback_consumption",
  "consistent_suspension_registers_callback",
  "preserved_no_dead_dispatch",
  "monotone_outbox_keys_never_disappear",
  "consistent_new_unblock_carries_stored_record",
  "consistent_new_unblock_discharges_its_listener",
  "consistent_task_state_edge_internal_admissible",
  "consistent_suspended_task_holds_rung",
  "well_formed_task_pending_iff_has_retry_at",
  "well_formed_task_acquired_iff_has_expires_at",
  "NoDeadDispatch",
  "NoHaltOnDead",
  "OutboxNeverAhead",
  "ResponsesAreProjected",
  "TaskResponsesAreProjected",
  "AtMostOneValidClaim",
]);

/**
 * The properties that cost least for what they find: edges, versions, leases, stamps, births, and what must not be done
 * for the dead. They look at what a step changed and at little else.
 */
export const CHEAP: readonly Judged[] = STEPWISE.filter(({ name }) => CHEAP_NAMES.has(name));
