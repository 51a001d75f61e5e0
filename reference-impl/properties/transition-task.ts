import type { Task, TaskState } from "../kernel/model.js";
import { moved, shown } from "./comparison.js";
import type { Passage } from "./rule.js";
import { eachStep } from "./rule.js";
import { hasNoInstants, hasNoLease } from "./state-task.js";
import { isLive, isSettled, isTargeted } from "./terms.js";

/** To which states a task may go from each. */
const TASK_EDGES: Readonly<Record<TaskState, readonly TaskState[]>> = {
  pending: ["pending", "acquired", "halted", "fulfilled"],
  acquired: ["pending", "acquired", "suspended", "halted", "fulfilled"],
  suspended: ["pending", "suspended", "halted", "fulfilled"],
  halted: ["pending", "halted", "fulfilled"],
  fulfilled: ["fulfilled"],
};

/** What becomes of a task that was there before. */
export function stays(
  name: string,
  guard: (before: Task, after: Task | undefined) => boolean,
  holds: (before: Task, after: Task, step: Passage) => boolean,
) {
  return eachStep("task", name, (t, u, step) => {
    if (t === undefined || !guard(t, u)) return false;
    return (u !== undefined && holds(t, u, step)) || `at ${step.now}: ${moved(t, u)}`;
  });
}

const isPair = (_: Task, u: Task | undefined) => u !== undefined;

function isBorn(u: Task): boolean {
  if (u.resumes.length > 0) return false;
  if (u.state === "pending") return u.retryAt !== undefined && hasNoLease(u.pid, u.ttl, u.expiresAt);
  if (u.state === "fulfilled") return hasNoInstants(u);
  const leased = u.pid !== undefined && u.ttl !== undefined && u.expiresAt !== undefined;
  return u.state === "acquired" && u.version >= 1 && u.retryAt === undefined && leased;
}

/** Whether a task that is new has come with its promise, and in the state that the promise's asks for. */
function isBornWithPromise(u: Task, { before, after, settings }: Passage): boolean {
  const promise = after.promises.get(u.id);
  if (before.promises.has(u.id) || promise === undefined || !isTargeted(promise, settings.mode)) return false;
  if (isSettled(promise) !== (u.state === "fulfilled")) return false;
  return u.state === "acquired"
    ? u.version >= 1
    : (u.state === "pending" || u.state === "fulfilled") && u.version === 0;
}

function birthsCouple(step: Passage): boolean | string {
  let met = false;
  for (const { before, after } of step.tasks) {
    if (before !== undefined || after === undefined) continue;
    met = true;
    if (!isBornWithPromise(after, step))
      return `${shown(after)} was born with ${shown(step.after.promises.get(after.id))}`;
  }
  for (const { before, after } of step.promises) {
    if (before !== undefined || after === undefined || !isTargeted(after, step.settings.mode)) continue;
    met = true;
    if (!step.after.tasks.has(after.id)) return `born without a task: ${shown(after)}`;
  }
  return met;
}

/**
 * A right machine never touches a fulfilled task, so that one alone would tell nothing: looked at are those that the step
 * changed, and those whose promise it changed.
 */
function fulfilledStay({ tasks, promises, before, after }: Passage): boolean | string {
  let met = false;
  for (const { key } of [...tasks, ...promises]) {
    const t = before.tasks.get(key);
    if (t?.state !== "fulfilled") continue;
    const u = after.tasks.get(key);
    met = true;
    const same = u?.state === "fulfilled" && u.version === t.version && u.resumes.length === 0 && hasNoInstants(u);
    if (!same) return moved(t, u);
  }
  return met;
}

/** What is true of every step, of tasks: their states, versions and births. `t` is a task before, `u` the same after it. */
export const TASK_TRANSITIONS = [
  stays(
    "monotone_task_set_grows",
    () => true,
    () => true,
  ),
  stays("monotone_task_version_increases_only_on_acquisition", isPair, (t, u) =>
    t.state === "pending" && u.state === "acquired" ? u.version === t.version + 1 : u.version === t.version,
  ),
  eachStep("step", "preserved_fulfilled_task", fulfilledStay),
  stays("consistent_task_state_edge_admissible", isPair, (t, u) => TASK_EDGES[t.state].includes(u.state)),
  stays(
    "preserved_task_acquisition_only_from_pending",
    (_, u) => u?.state === "acquired",
    (t) => t.state === "pending" || t.state === "acquired",
  ),
  eachStep("task", "preserved_task_suspension_only_from_acquired", (t, u) => {
    if (u?.state !== "suspended") return false;
    return t?.state === "acquired" || t?.state === "suspended" || moved(t, u);
  }),
  stays(
    "preserved_task_halted_only_reenters_via_pending",
    (t) => t.state === "halted",
    (_, u) => u.state === "halted" || u.state === "pending" || u.state === "fulfilled",
  ),
  eachStep("task", "consistent_task_fulfilment_needs_settlement", (t, u, { before, after }) => {
    if (t === undefined || t.state === "fulfilled" || u?.state !== "fulfilled") return false;
    const p = before.promises.get(u.id);
    const q = after.promises.get(u.id);
    return (p?.state === "pending" && q !== undefined && isSettled(q)) || `${moved(t, u)}, while ${moved(p, q)}`;
  }),
  eachStep("step", "consistent_task_birth_couples_promise_birth", birthsCouple),
  eachStep(
    "task",
    "consistent_task_birth_state",
    (t, u) => t === undefined && u !== undefined && (isBorn(u) || `born as ${shown(u)}`),
  ),
  // Protocol 14.1: an occurrence that is caught up on after its own deadline is stored pending, so births of a firing are
  // judged at the instant of the occurrence. The public form judges them at `now` and is false of the machine.
  eachStep("task", "preserved_no_dead_dispatch", (t, u, { by, now, after }) => {
    if (u?.state !== "pending") return false;
    const promise = after.promises.get(u.id);
    if (t?.state === "pending" || promise === undefined) return true;
    const fired = t === undefined && "step" in by && by.step === "R7";
    return isLive(promise, fired ? promise.createdAt : now) || `at ${now}: ${moved(t, u)}, while ${shown(promise)}`;
  }),
];
