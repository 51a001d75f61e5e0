import type { Examples } from "./example.js";
import { NOW, pending, resolved, step, TARGET, task, taskStep, timedOut } from "./example.js";

const targeted = pending({ tags: TARGET });
const done = resolved({ tags: TARGET });
const R7 = { step: "R7", schedule: "s" } as const;
const acquired = task("acquired");
const held = { tasks: [acquired], promises: [targeted] };

const TASKS: Examples = {
  monotone_task_set_grows: { keeps: taskStep(acquired, task("halted")), breaks: [taskStep(acquired, null)] },
  monotone_task_version_increases_only_on_acquisition: {
    keeps: taskStep(task("pending"), acquired),
    breaks: [
      taskStep(task("pending"), task("acquired", { version: 2 })),
      taskStep(task("pending", { version: 1 }), acquired),
      taskStep(acquired, task("pending", { version: 2 })),
    ],
  },
  preserved_fulfilled_task: {
    keeps: taskStep(task("fulfilled"), task("fulfilled")),
    breaks: [
      taskStep(task("fulfilled"), task("halted")),
      taskStep(task("fulfilled"), task("fulfilled", { version: 2 })),
      taskStep(task("fulfilled"), task("fulfilled", { resumes: ["b"] })),
      taskStep(task("fulfilled"), task("fulfilled", { pid: "p" })),
      taskStep(task("fulfilled"), null),
    ],
  },
  consistent_task_state_edge_admissible: {
    keeps: taskStep(acquired, task("suspended")),
    breaks: [
      taskStep(task("pending"), task("suspended")),
      taskStep(task("suspended"), acquired),
      taskStep(task("halted"), acquired),
      taskStep(task("halted"), task("suspended")),
      taskStep(task("fulfilled"), task("pending")),
    ],
  },
  preserved_task_acquisition_only_from_pending: {
    keeps: taskStep(task("pending"), acquired),
    breaks: [taskStep(task("suspended"), acquired), taskStep(task("halted"), acquired)],
  },
  preserved_task_suspension_only_from_acquired: {
    keeps: taskStep(acquired, task("suspended")),
    breaks: [taskStep(task("pending"), task("suspended")), taskStep(null, task("suspended"))],
  },
  preserved_task_halted_only_reenters_via_pending: {
    keeps: taskStep(task("halted"), task("pending")),
    breaks: [taskStep(task("halted"), acquired), taskStep(task("halted"), null)],
  },
  consistent_task_fulfilment_needs_settlement: {
    keeps: step(held, { promises: [done], tasks: [task("fulfilled")] }),
    breaks: [
      step(held, { promises: [targeted], tasks: [task("fulfilled")] }),
      step({ promises: [done], tasks: [acquired] }, { promises: [done], tasks: [task("fulfilled")] }),
      step({ tasks: [acquired] }, { tasks: [task("fulfilled")] }),
    ],
  },
  consistent_task_birth_couples_promise_birth: {
    keeps: step({}, { promises: [timedOut({ tags: TARGET })], tasks: [task("fulfilled", { version: 0 })] }),
    breaks: [
      step({ promises: [targeted] }, { promises: [targeted], tasks: [task("pending")] }),
      step({}, { tasks: [task("pending")] }),
      step({}, { promises: [pending()], tasks: [task("pending")] }),
      step({}, { promises: [targeted], tasks: [task("fulfilled", { version: 0 })] }),
      step({}, { promises: [timedOut({ tags: TARGET })], tasks: [task("pending")] }),
      step({}, { promises: [targeted], tasks: [task("pending", { version: 1 })] }),
      step({}, { promises: [targeted], tasks: [task("acquired", { version: 0 })] }),
      step({}, { promises: [targeted], tasks: [task("halted")] }),
      step({}, { promises: [targeted] }),
    ],
  },
  consistent_task_birth_state: {
    keeps: taskStep(null, acquired),
    breaks: [
      taskStep(null, task("pending", { resumes: ["b"] })),
      taskStep(null, task("pending", { ttl: 5 })),
      taskStep(null, task("fulfilled", { retryAt: 70 })),
      taskStep(null, task("acquired", { version: 0 })),
      taskStep(null, task("acquired", { retryAt: 70 })),
      taskStep(null, task("suspended")),
      taskStep(null, task("halted")),
    ],
  },
  preserved_no_dead_dispatch: {
    // An occurrence that is caught up on when it is dead already was live at its own instant.
    keeps: step({}, { promises: [pending({ tags: TARGET, timeoutAt: 40 })], tasks: [task("pending")] }, { by: R7 }),
    breaks: [
      step({}, { promises: [pending({ tags: TARGET, timeoutAt: 40 })], tasks: [task("pending")] }),
      step({}, { promises: [timedOut({ tags: TARGET })], tasks: [task("pending")] }, { by: R7 }),
      step({ promises: [done], tasks: [task("halted")] }, { promises: [done], tasks: [task("pending")] }),
    ],
  },
};

const again = task("acquired", { version: 1, expiresAt: 70 });

const LEASES: Examples = {
  consistent_task_lease_released_atomically: {
    keeps: taskStep(acquired, task("pending", { version: 1 })),
    breaks: [taskStep(acquired, task("halted", { pid: "p" })), taskStep(acquired, task("halted", { version: 2 }))],
  },
  preserved_task_lease_holder_stable: {
    keeps: taskStep(again, acquired),
    breaks: [taskStep(again, task("acquired", { pid: "q" })), taskStep(again, task("acquired", { ttl: 30 }))],
  },
  consistent_task_lease_fields_move_together: {
    keeps: taskStep(again, acquired),
    breaks: [
      taskStep(again, task("acquired", { pid: "q" })),
      taskStep(acquired, task("halted", { pid: "p" })),
      taskStep(task("pending"), task("halted", { ttl: 5 })),
    ],
  },
  consistent_task_acquisition_is_atomic: {
    keeps: taskStep(task("pending"), acquired),
    breaks: [
      taskStep(task("halted"), acquired),
      taskStep(task("pending", { version: 1 }), acquired),
      taskStep(task("pending"), task("acquired", { expiresAt: NOW + 19 })),
      taskStep(task("pending"), task("acquired", { retryAt: 70 })),
      taskStep(task("pending"), task("acquired", { resumes: ["b"] })),
    ],
  },
  consistent_task_lease_deadline_is_now_plus_ttl: {
    keeps: taskStep(again, acquired),
    breaks: [
      taskStep(acquired, again),
      taskStep(null, again),
      taskStep(again, task("halted", { expiresAt: 70, ttl: 20 })),
    ],
  },
  consistent_task_pending_entry_arms_retry: {
    keeps: taskStep(task("halted"), task("pending")),
    breaks: [taskStep(task("halted"), task("pending", { retryAt: NOW + 1 }))],
  },
  consistent_task_retry_rearm_only_when_due: {
    keeps: taskStep(task("pending"), task("pending", { retryAt: 100 })),
    breaks: [taskStep(task("pending", { retryAt: NOW + 1 }), task("pending", { retryAt: 100 }))],
  },
  monotone_task_retry_rearm_advances: {
    keeps: taskStep(task("pending"), task("pending", { retryAt: NOW + 1 })),
    breaks: [taskStep(task("pending", { retryAt: 50 }), task("pending", { retryAt: NOW }))],
  },
  consistent_task_wake_records_resume: {
    keeps: taskStep(task("suspended"), task("pending", { version: 1, resumes: ["b"] })),
    breaks: [
      taskStep(task("suspended"), task("pending", { version: 1 })),
      taskStep(task("suspended"), task("pending", { version: 1, resumes: ["b"], retryAt: 61 })),
      taskStep(task("suspended"), task("pending", { version: 2, resumes: ["b"] })),
    ],
  },
  consistent_wake_follows_callback_consumption: {
    keeps: step(
      { promises: [resolved({ id: "b", callbacks: ["a"] })], tasks: [task("suspended")] },
      { promises: [resolved({ id: "b" })], tasks: [task("pending", { version: 1, resumes: ["b"] })] },
    ),
    breaks: [
      step(
        { promises: [resolved({ id: "b", callbacks: ["a"] })], tasks: [task("suspended")] },
        { promises: [resolved({ id: "b" })], tasks: [task("pending", { version: 1, resumes: ["c"] })] },
      ),
      step(
        { promises: [resolved({ id: "b", callbacks: ["a"] })], tasks: [task("suspended")] },
        {
          promises: [resolved({ id: "b", callbacks: ["a"] })],
          tasks: [task("pending", { version: 1, resumes: ["b"] })],
        },
      ),
    ],
  },
  consistent_suspension_registers_callback: {
    // It was an awaiter of b before: see the comment at the rule.
    keeps: step(
      { promises: [pending({ id: "b", callbacks: ["a"] })], tasks: [acquired] },
      { promises: [pending({ id: "b", callbacks: ["a"] })], tasks: [task("suspended")] },
    ),
    breaks: [
      taskStep(acquired, task("suspended")),
      step({ tasks: [acquired] }, { promises: [resolved({ id: "b", callbacks: ["a"] })], tasks: [task("suspended")] }),
    ],
  },
  monotone_task_resumes_grow_or_clear: {
    keeps: taskStep(task("halted", { resumes: ["b"] }), task("halted", { resumes: ["b", "c"] })),
    breaks: [taskStep(task("halted", { resumes: ["b", "c"] }), task("halted", { resumes: ["c"] }))],
  },
  consistent_task_resumes_cleared_only_on_dispatch_or_park: {
    keeps: taskStep(task("acquired", { resumes: ["b"] }), task("suspended")),
    breaks: [taskStep(task("acquired", { resumes: ["b"] }), task("pending", { version: 1 }))],
  },
};

export const TASK_STEP_EXAMPLES: Examples = { ...TASKS, ...LEASES };
