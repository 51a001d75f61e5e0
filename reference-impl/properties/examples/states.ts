import type { Examples } from "./example.js";
import {
  ADDRESS,
  NOW,
  pending,
  promiseState,
  resolved,
  schedule,
  state,
  TARGET,
  TIMER,
  task,
  taskState,
  timedOut,
} from "./example.js";

const COMPAT = { mode: "compat" } as const;

const targeted = pending({ tags: TARGET });

const PROMISES: Examples = {
  well_formed_promise_created_at_lte_timeout_at: {
    keeps: promiseState(pending({ createdAt: 100, state: "rejected_timedout", settledAt: 100 })),
    breaks: [promiseState(pending({ createdAt: 101 }))],
  },
  well_formed_promise_pending_created_before_deadline: {
    keeps: promiseState(pending({ createdAt: 99 })),
    breaks: [promiseState(pending({ createdAt: 100 }))],
  },
  well_formed_promise_settled_at_lte_timeout_at: {
    keeps: promiseState(timedOut()),
    breaks: [promiseState(resolved({ settledAt: 101 }))],
  },
  well_formed_promise_created_at_lte_settled_at: {
    keeps: promiseState(resolved({ settledAt: 10 })),
    breaks: [promiseState(resolved({ settledAt: 9 }))],
  },
  well_formed_promise_settled_at_iff_not_pending: {
    keeps: promiseState(resolved()),
    breaks: [promiseState(pending({ settledAt: 50 })), promiseState(pending({ state: "rejected" }))],
  },
  well_formed_promise_pending_has_no_value: {
    keeps: promiseState(pending({ value: { headers: {} } })),
    breaks: [promiseState(pending({ value: { data: "" } })), promiseState(pending({ value: { headers: { a: "" } } }))],
  },
  well_formed_promise_deadline_verdict_matches_timer_tag: {
    keeps: promiseState(timedOut({ state: "resolved", tags: TIMER })),
    breaks: [promiseState(timedOut({ tags: TIMER })), promiseState(timedOut({ state: "resolved" }))],
  },
  well_formed_promise_deadline_settlement_has_no_value: {
    keeps: promiseState(timedOut()),
    breaks: [promiseState(timedOut({ value: { data: "x" } }))],
  },
  well_formed_promise_timer_not_targeted: {
    keeps: promiseState(targeted),
    breaks: [promiseState(pending({ tags: { ...TARGET, ...TIMER } }))],
  },
  well_formed_promise_timedout_is_server_owned: {
    keeps: promiseState(timedOut()),
    breaks: [promiseState(timedOut({ settledAt: 39 }))],
  },
  well_formed_promise_callbacks_unique: {
    keeps: promiseState(pending({ callbacks: ["b", "c"] })),
    breaks: [promiseState(pending({ callbacks: ["b", "c", "b"] }))],
  },
  well_formed_promise_listeners_unique: {
    keeps: promiseState(pending({ listeners: ["x", "y"] })),
    breaks: [promiseState(pending({ listeners: ["x", "x"] }))],
  },
  well_formed_promise_obligations_require_external: {
    keeps: promiseState(pending({ tags: { "resonate:scope": "global" }, callbacks: ["b"] }), COMPAT),
    breaks: [
      promiseState(pending({ tags: { "resonate:scope": "global" }, callbacks: ["b"] })),
      promiseState(pending({ listeners: [ADDRESS] }), COMPAT),
    ],
  },
  well_formed_promise_awaiter_is_not_self: {
    keeps: promiseState(pending({ callbacks: ["b"] })),
    breaks: [promiseState(pending({ callbacks: ["b", "a"] }))],
  },
  well_formed_promise_created_at_lte_now: {
    keeps: promiseState(pending({ createdAt: NOW })),
    breaks: [promiseState(pending({ createdAt: NOW + 1 }))],
  },
  well_formed_promise_settled_at_lte_now: {
    keeps: promiseState(resolved({ settledAt: NOW })),
    breaks: [promiseState(resolved({ settledAt: NOW + 1 }))],
  },
  well_formed_promise_target_is_nonempty: {
    keeps: promiseState(targeted, COMPAT),
    breaks: [promiseState(pending({ tags: { "resonate:target": "" } }), COMPAT)],
  },
  well_formed_promise_delay_before_deadline: {
    keeps: promiseState(pending({ tags: { ...TARGET, "resonate:delay": "99" } }), COMPAT),
    breaks: [promiseState(pending({ tags: { ...TARGET, "resonate:delay": "100" } }), COMPAT)],
  },
};

const lacking = (field: "pid" | "ttl" | "expiresAt" | "retryAt", of: ReturnType<typeof task>) => {
  const { [field]: _, ...rest } = of;
  return taskState(rest);
};

const TASKS: Examples = {
  well_formed_task_acquired_iff_has_pid: {
    keeps: taskState(task("acquired")),
    breaks: [lacking("pid", task("acquired")), taskState(task("halted", { pid: "p" }))],
  },
  well_formed_task_acquired_iff_has_ttl: {
    keeps: taskState(task("acquired")),
    breaks: [lacking("ttl", task("acquired")), taskState(task("pending", { ttl: 5 }))],
  },
  well_formed_task_acquired_iff_has_expires_at: {
    keeps: taskState(task("acquired")),
    breaks: [lacking("expiresAt", task("acquired")), taskState(task("suspended", { expiresAt: 5 }))],
  },
  well_formed_task_pending_iff_has_retry_at: {
    keeps: taskState(task("pending")),
    breaks: [lacking("retryAt", task("pending")), taskState(task("acquired", { retryAt: 70 }))],
  },
  well_formed_task_fulfilled_is_cleared: {
    keeps: taskState(task("fulfilled")),
    breaks: [
      taskState(task("fulfilled", { resumes: ["b"] })),
      taskState(task("fulfilled", { retryAt: 70 })),
      taskState(task("fulfilled", { ttl: 5 })),
    ],
  },
  well_formed_task_suspended_is_cleared: {
    keeps: taskState(task("suspended", { resumes: ["b"] })),
    breaks: [taskState(task("suspended", { retryAt: 70 })), taskState(task("suspended", { pid: "p" }))],
  },
  well_formed_task_halted_is_cleared: {
    keeps: taskState(task("halted", { resumes: ["b"] })),
    breaks: [taskState(task("halted", { retryAt: 70 })), taskState(task("halted", { expiresAt: 70 }))],
  },
  well_formed_task_suspended_has_no_resumes: {
    keeps: taskState(task("suspended")),
    breaks: [taskState(task("suspended", { resumes: ["b"] }))],
  },
  well_formed_task_resumes_unique: {
    keeps: taskState(task("pending", { resumes: ["b", "c"] })),
    breaks: [taskState(task("pending", { resumes: ["b", "b"] }))],
  },
  well_formed_task_acquired_version_positive: {
    keeps: taskState(task("acquired")),
    breaks: [taskState(task("acquired", { version: 0 }))],
  },
  well_formed_task_ttl_positive: {
    keeps: taskState(task("acquired", { ttl: 1 }), COMPAT),
    breaks: [taskState(task("acquired", { ttl: 0 }), COMPAT)],
  },
};

const SCHEDULES: Examples = {
  well_formed_schedule_promise_tags_not_timer_targeted: {
    keeps: state({ schedules: [schedule({ promiseTags: TIMER })] }),
    breaks: [state({ schedules: [schedule({ promiseTags: { ...TIMER, ...TARGET } })] }, COMPAT)],
  },
  well_formed_schedule_created_at_lte_next_run_at: {
    keeps: state({ schedules: [schedule({ nextRunAt: 10 })] }),
    breaks: [state({ schedules: [schedule({ nextRunAt: 9 })] })],
  },
  well_formed_schedule_created_at_lte_last_run_at: {
    keeps: state({ schedules: [schedule({ lastRunAt: 10 })] }),
    breaks: [state({ schedules: [schedule({ lastRunAt: 9 })] })],
  },
  well_formed_schedule_last_run_at_lt_next_run_at: {
    keeps: state({ schedules: [schedule({ lastRunAt: 69 })] }),
    breaks: [state({ schedules: [schedule({ lastRunAt: 70 })] })],
  },
};

export const STATE_EXAMPLES: Examples = { ...PROMISES, ...TASKS, ...SCHEDULES };
