import type { InternalStep } from "../kernel/machine.js";
import type { TaskState } from "../kernel/model.js";
import { moved, shown } from "./comparison.js";
import type { Passage } from "./rule.js";
import { eachStep } from "./rule.js";
import { isLive, isTimer } from "./terms.js";

/** To which states the server takes a task from each: it never acquires, suspends, halts or continues one by itself. */
const INTERNAL_EDGES: Readonly<Record<TaskState, readonly TaskState[]>> = {
  pending: ["pending", "fulfilled"],
  acquired: ["pending", "acquired", "fulfilled"],
  suspended: ["pending", "suspended", "fulfilled"],
  halted: ["halted", "fulfilled"],
  fulfilled: ["fulfilled"],
};

/** Whether the step has something to do: the conditions of section 9, written down a second time on purpose. */
function isEnabled(step: InternalStep, { before, now, settings }: Passage): boolean {
  const promise = before.promises.get("promise" in step ? step.promise : "task" in step ? step.task : "");
  switch (step.step) {
    case "R1":
      return promise?.state === "pending" && promise.timeoutAt <= now;
    case "R3":
      return promise !== undefined && !isLive(promise, now) && promise.listeners.includes(step.address);
    case "R4":
      return promise !== undefined && !isLive(promise, now) && promise.callbacks.includes(step.awaiter);
    case "R5": {
      const { state, expiresAt = Number.POSITIVE_INFINITY } = before.tasks.get(step.task) ?? {};
      return state === "acquired" && expiresAt <= now && promise !== undefined && isLive(promise, now);
    }
    case "R6": {
      const { state, retryAt = Number.POSITIVE_INFINITY } = before.tasks.get(step.task) ?? {};
      return state === "pending" && retryAt <= now && promise !== undefined && isLive(promise, now);
    }
    case "R7": {
      // In a partitioned store the schedule is in another document than the occurrence that the step makes.
      const { nextRunAt = Number.POSITIVE_INFINITY } = before.schedules.get(step.schedule) ?? {};
      return nextRunAt <= now || settings.partitioned === true;
    }
  }
}

function leavesAlone(step: InternalStep["step"]) {
  const name = `preserved_state_under_disabled_${step}`;
  return eachStep(
    "step",
    name,
    (passage) => {
      const { by, now, promises, tasks, schedules, entries } = passage;
      if (!("step" in by) || by.step !== step || isEnabled(by, passage)) return false;
      const changes = [...promises, ...tasks, ...schedules, ...entries];
      return changes.length === 0 || `${shown(by)} had nothing to do at ${now}: ${shown(changes)}`;
    },
    "internal-step",
  );
}

/** What is true of every step that the server takes by itself. */
export const INTERNAL_TRANSITIONS = [
  eachStep(
    "task",
    "consistent_task_state_edge_internal_admissible",
    (t, u) => {
      if (t === undefined || u === undefined) return false;
      return INTERNAL_EDGES[t.state].includes(u.state) || moved(t, u);
    },
    "internal-step",
  ),
  eachStep(
    "promise",
    "consistent_promise_state_edge_internal_admissible",
    (p, q) => {
      if (p === undefined || q === undefined) return false;
      if (p.state === q.state) return true;
      const timedOut = q.state === "rejected_timedout" || (q.state === "resolved" && isTimer(q));
      return (p.state === "pending" && timedOut) || moved(p, q);
    },
    "internal-step",
  ),
  leavesAlone("R1"),
  leavesAlone("R3"),
  leavesAlone("R4"),
  leavesAlone("R5"),
  leavesAlone("R6"),
  leavesAlone("R7"),
];
