import type { Task } from "../kernel/model.js";
import { isUnique, shown } from "./comparison.js";
import { always } from "./rule.js";
import { isTimer, targetOf } from "./terms.js";

/** Whether nothing is left of a lease or of a dispatch to come. */
export function hasNoInstants({ pid, ttl, expiresAt, retryAt }: Task): boolean {
  return hasNoLease(pid, ttl, expiresAt) && retryAt === undefined;
}

export function hasNoLease(pid: unknown, ttl: unknown, expiresAt: unknown): boolean {
  return pid === undefined && ttl === undefined && expiresAt === undefined;
}

/** The field is there in this state and in no other. */
function exactlyIn(name: string, state: Task["state"], field: "pid" | "ttl" | "expiresAt" | "retryAt") {
  return always("task", name, (t) => {
    const present = t[field] !== undefined;
    if (t.state !== state && !present) return false;
    return (t.state === state && present) || `${field} and ${state} disagree: ${shown(t)}`;
  });
}

/** What is true of every stored task. */
export const TASK_STATES = [
  exactlyIn("well_formed_task_acquired_iff_has_pid", "acquired", "pid"),
  exactlyIn("well_formed_task_acquired_iff_has_ttl", "acquired", "ttl"),
  exactlyIn("well_formed_task_acquired_iff_has_expires_at", "acquired", "expiresAt"),
  exactlyIn("well_formed_task_pending_iff_has_retry_at", "pending", "retryAt"),
  always(
    "task",
    "well_formed_task_fulfilled_is_cleared",
    (t) =>
      t.state === "fulfilled" &&
      ((hasNoInstants(t) && t.resumes.length === 0) || `fulfilled and not cleared: ${shown(t)}`),
  ),
  always(
    "task",
    "well_formed_task_suspended_is_cleared",
    (t) => t.state === "suspended" && (hasNoInstants(t) || `suspended and not cleared: ${shown(t)}`),
  ),
  always(
    "task",
    "well_formed_task_halted_is_cleared",
    (t) => t.state === "halted" && (hasNoInstants(t) || `halted and not cleared: ${shown(t)}`),
  ),
  always(
    "task",
    "well_formed_task_suspended_has_no_resumes",
    (t) => t.state === "suspended" && (t.resumes.length === 0 || `suspended with resumes: ${shown(t)}`),
  ),
  always(
    "task",
    "well_formed_task_resumes_unique",
    (t) => t.resumes.length > 1 && (isUnique(t.resumes) || `a resume twice: ${shown(t)}`),
  ),
  always(
    "task",
    "well_formed_task_acquired_version_positive",
    (t) => t.state === "acquired" && (t.version >= 1 || `acquired at version 0: ${shown(t)}`),
  ),
];

/** True of the protocol's intent, not of the strict machine. */
export const TASK_GAPS = [
  always(
    "task",
    "well_formed_task_ttl_positive",
    (t) => t.state === "acquired" && ((t.ttl ?? 0) > 0 || `a lease of no length: ${shown(t)}`),
    true,
  ),
];

/** What is true of every schedule. */
export const SCHEDULE_STATES = [
  always("schedule", "well_formed_schedule_promise_tags_not_timer_targeted", (c) => {
    const tagged = { tags: c.promiseTags };
    if (!isTimer(tagged) && targetOf(tagged) === undefined) return false;
    return !(isTimer(tagged) && targetOf(tagged) !== undefined) || `makes timers with a target: ${shown(c)}`;
  }),
  always(
    "schedule",
    "well_formed_schedule_created_at_lte_next_run_at",
    (c) => c.createdAt <= c.nextRunAt || `next run before its creation: ${shown(c)}`,
  ),
  always(
    "schedule",
    "well_formed_schedule_created_at_lte_last_run_at",
    (c) => c.lastRunAt !== undefined && (c.createdAt <= c.lastRunAt || `ran before its creation: ${shown(c)}`),
  ),
  always(
    "schedule",
    "well_formed_schedule_last_run_at_lt_next_run_at",
    (c) => c.lastRunAt !== undefined && (c.lastRunAt < c.nextRunAt || `next run not after the last: ${shown(c)}`),
  ),
];
