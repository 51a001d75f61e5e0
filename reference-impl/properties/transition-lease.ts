import type { DurablePromise, Task } from "../kernel/model.js";
import { isSubset } from "./comparison.js";
import type { Passage } from "./rule.js";
import { eachStep } from "./rule.js";
import { hasNoLease } from "./state-task.js";
import { stays } from "./transition-task.js";

const isAcquired = (task: Task | undefined) => task?.state === "acquired";
const isPending = (task: Task | undefined) => task?.state === "pending";
const isSuspended = (task: Task | undefined) => task?.state === "suspended";
const isReleased = (u: Task) => hasNoLease(u.pid, u.ttl, u.expiresAt);
const isLeased = (u: Task) => u.pid !== undefined && u.ttl !== undefined && u.expiresAt !== undefined;

function leaseMovesTogether(t: Task, u: Task): boolean {
  const sameHolder = t.pid === u.pid && t.ttl === u.ttl;
  if (sameHolder && t.expiresAt === u.expiresAt) return true;
  if (!isAcquired(t)) return isAcquired(u) && isLeased(u);
  return isAcquired(u) ? sameHolder : isReleased(u);
}

function isDueIn(u: Task, t: Task | undefined, now: number): boolean {
  if (u.ttl !== undefined && u.expiresAt === now + u.ttl) return true;
  return t !== undefined && t.expiresAt === u.expiresAt && t.ttl === u.ttl && t.state === u.state;
}

/** Whether the step takes the task from the callbacks of a promise that the task has learned of. */
function wakes(u: Task, { before, after }: Passage): boolean {
  return u.resumes.some((id) => {
    const q = after.promises.get(id);
    return q !== undefined && !q.callbacks.includes(u.id) && before.promises.get(id)?.callbacks.includes(u.id) === true;
  });
}

function isRegistered(id: string, promises: ReadonlyMap<string, DurablePromise>): boolean {
  for (const { state, callbacks } of promises.values()) {
    if (state === "pending" && callbacks.length > 0 && callbacks.includes(id)) return true;
  }
  return false;
}

const retryMoves = (t: Task, u: Task | undefined) => isPending(t) && isPending(u) && t.retryAt !== u?.retryAt;

/** What is true of every step, of leases, dispatches and resumptions. `t` is a task before, `u` the same after it. */
export const LEASE_TRANSITIONS = [
  stays(
    "consistent_task_lease_released_atomically",
    (t, u) => isAcquired(t) && u !== undefined && !isAcquired(u),
    (t, u) => isReleased(u) && u.version === t.version,
  ),
  stays(
    "preserved_task_lease_holder_stable",
    (t, u) => isAcquired(t) && isAcquired(u) && t.version === u?.version,
    (t, u) => t.pid === u.pid && t.ttl === u.ttl,
  ),
  stays(
    "consistent_task_lease_fields_move_together",
    (t, u) => u !== undefined && (t.pid !== u.pid || t.ttl !== u.ttl || t.expiresAt !== u.expiresAt),
    leaseMovesTogether,
  ),
  stays(
    "consistent_task_acquisition_is_atomic",
    (t, u) => !isAcquired(t) && isAcquired(u),
    (t, u, { now }) =>
      isPending(t) &&
      t.version < u.version &&
      u.pid !== undefined &&
      u.ttl !== undefined &&
      u.expiresAt === now + u.ttl &&
      u.retryAt === undefined &&
      u.resumes.length === 0,
  ),
  eachStep("task", "consistent_task_lease_deadline_is_now_plus_ttl", (t, u, { now }) => {
    if (u?.expiresAt === undefined) return false;
    return isDueIn(u, t, now) || `at ${now}: ${JSON.stringify(t)} became ${JSON.stringify(u)}`;
  }),
  stays(
    "consistent_task_pending_entry_arms_retry",
    (t, u) => !isPending(t) && isPending(u),
    (_, u, { now }) => u.retryAt === now,
  ),
  stays(
    "consistent_task_retry_rearm_only_when_due",
    retryMoves,
    (t, _, { now }) => t.retryAt !== undefined && t.retryAt <= now,
  ),
  stays(
    "monotone_task_retry_rearm_advances",
    retryMoves,
    (_, u, { now }) => u.retryAt !== undefined && u.retryAt > now,
  ),
  stays(
    "consistent_task_wake_records_resume",
    (t, u) => isSuspended(t) && isPending(u),
    (t, u, { now }) => u.resumes.length > 0 && u.retryAt === now && u.version === t.version,
  ),
  stays(
    "consistent_wake_follows_callback_consumption",
    (t, u) => isSuspended(t) && isPending(u),
    (_, u, step) => wakes(u, step),
  ),
  // The public form also asks that the callback be new in this step. It is false of the machine: a task that waits for a
  // second time on a promise that has not woken it is still among that promise's callbacks.
  eachStep("task", "consistent_suspension_registers_callback", (t, u, { after }) => {
    if (!isSuspended(u) || u === undefined) return false;
    return isSuspended(t) || isRegistered(u.id, after.promises) || `no pending promise will wake ${JSON.stringify(u)}`;
  }),
  stays(
    "monotone_task_resumes_grow_or_clear",
    (_, u) => u !== undefined,
    (t, u) => u.resumes.length === 0 || isSubset(t.resumes, u.resumes),
  ),
  stays(
    "consistent_task_resumes_cleared_only_on_dispatch_or_park",
    (t, u) => t.resumes.length > 0 && u?.resumes.length === 0,
    (_, u) => isAcquired(u) || isSuspended(u) || u.state === "fulfilled",
  ),
];
