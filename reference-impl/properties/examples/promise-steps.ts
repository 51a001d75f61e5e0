import type { Examples } from "./example.js";
import {
  ADDRESS,
  documentOf,
  NOW,
  pending,
  promiseStep,
  resolved,
  step,
  TARGET,
  TIMER,
  task,
  timedOut,
  unblock,
} from "./example.js";

const R1 = { step: "R1", promise: "a" } as const;
const targeted = pending({ tags: TARGET });

/** What becomes of awaiters or listeners. */
const waits = (name: string, field: "callbacks" | "listeners"): Examples => ({
  [`monotone_promise_${name}_grow_while_pending`]: {
    keeps: promiseStep(pending({ [field]: ["x"] }), pending({ [field]: ["x", "y"] })),
    breaks: [
      promiseStep(pending({ [field]: ["x", "y"] }), pending({ [field]: ["y"] })),
      promiseStep(null, pending({ [field]: ["x"] })),
    ],
  },
  [`monotone_promise_${name}_shrink_once_settled`]: {
    keeps: promiseStep(resolved({ [field]: ["x", "y"] }), resolved({ [field]: ["y"] })),
    breaks: [
      promiseStep(pending({ [field]: ["x"] }), settledStill(field)),
      promiseStep(null, resolved({ [field]: ["x"] })),
    ],
  },
});

const settledStill = (field: "callbacks" | "listeners") => resolved({ [field]: ["x", "y"] });

export const PROMISE_STEP_EXAMPLES: Examples = {
  ...waits("callbacks", "callbacks"),
  ...waits("listeners", "listeners"),
  preserved_promise_birth_fields_immutable: {
    keeps: promiseStep(pending({ param: { data: "x" } }), resolved({ param: { data: "x", headers: {} } })),
    breaks: [
      promiseStep(pending(), pending({ param: { data: "" } })),
      promiseStep(pending(), pending({ param: { headers: { a: "1" } } })),
      promiseStep(pending(), pending({ tags: TIMER })),
      promiseStep(pending(), pending({ timeoutAt: 101 })),
      promiseStep(pending(), pending({ createdAt: 11 })),
    ],
  },
  preserved_settled_promise_record: {
    keeps: promiseStep(resolved({ callbacks: ["b"] }), resolved()),
    breaks: [
      promiseStep(resolved(), null),
      promiseStep(resolved(), resolved({ state: "rejected" })),
      promiseStep(resolved(), resolved({ settledAt: 51 })),
      promiseStep(resolved(), resolved({ value: { data: "x" } })),
    ],
  },
  monotone_promise_set_grows: {
    keeps: promiseStep(pending(), resolved()),
    breaks: [promiseStep(pending(), null)],
  },
  preserved_promise_state_frozen_once_settled: {
    keeps: promiseStep(resolved({ listeners: [ADDRESS] }), resolved()),
    breaks: [promiseStep(resolved(), resolved({ state: "rejected_canceled" })), promiseStep(resolved(), null)],
  },
  preserved_promise_settlement_is_one_way: {
    keeps: promiseStep(pending(), pending({ callbacks: ["b"] })),
    breaks: [promiseStep(resolved(), pending())],
  },
  consistent_promise_settled_at_moves_with_state: {
    keeps: promiseStep(pending(), resolved()),
    breaks: [
      promiseStep(resolved(), resolved({ settledAt: 51 })),
      promiseStep(resolved(), resolved({ state: "rejected" })),
      promiseStep(pending(), null),
    ],
  },
  preserved_promise_value_until_settlement: {
    keeps: promiseStep(pending(), pending({ listeners: [ADDRESS] })),
    breaks: [promiseStep(pending(), pending({ value: { data: "x" } })), promiseStep(pending(), null)],
  },
  preserved_promise_no_duplicate_ids: {
    keeps: promiseStep(null, pending()),
    breaks: [
      {
        form: "step",
        step: {
          by: R1,
          now: NOW,
          before: documentOf({ promises: [pending()] }),
          after: { ...documentOf({}), promises: new Map([..."az"].map((key) => [key, pending()])) },
          response: null,
        },
      },
    ],
  },
  consistent_promise_state_edge_admissible: {
    keeps: promiseStep(pending(), resolved({ state: "rejected_canceled" })),
    breaks: [promiseStep(resolved(), resolved({ state: "rejected" })), promiseStep(resolved(), pending())],
  },
  consistent_obligation_discharge_requires_settled: {
    keeps: promiseStep(resolved({ callbacks: ["b"] }), resolved()),
    breaks: [
      promiseStep(pending({ callbacks: ["b"] }), pending({ callbacks: ["c"] })),
      promiseStep(pending({ listeners: [ADDRESS] }), pending()),
    ],
  },
  consistent_callback_consumption_resumes_awaiter: {
    keeps: step(
      { promises: [resolved({ callbacks: ["b"] })], tasks: [task("suspended", { id: "b" })] },
      { promises: [resolved()], tasks: [task("pending", { id: "b", resumes: ["a"] })] },
    ),
    breaks: [
      step(
        { promises: [resolved({ callbacks: ["b"] })] },
        { promises: [resolved()], tasks: [task("pending", { id: "b", resumes: ["c"] })] },
      ),
    ],
  },
  consistent_listener_consumption_enqueues_unblock: {
    keeps: step({ promises: [resolved({ listeners: [ADDRESS] })] }, { promises: [resolved()], outbox: [unblock()] }),
    breaks: [
      step({ promises: [resolved({ listeners: [ADDRESS] })] }, { promises: [resolved()] }),
      step(
        { promises: [resolved({ listeners: [ADDRESS] })] },
        { promises: [resolved()], outbox: [unblock(resolved(), "http://other/"), unblock(resolved({ id: "b" }))] },
      ),
      step(
        { promises: [resolved({ listeners: [ADDRESS] })] },
        { promises: [resolved()], outbox: [unblock(pending())] },
      ),
    ],
  },
  consistent_promise_settlement_stamp: {
    keeps: promiseStep(pending(), resolved({ settledAt: NOW, value: { data: "x" } })),
    breaks: [
      promiseStep(pending(), resolved({ settledAt: NOW - 1 })),
      promiseStep(pending(), resolved({ settledAt: NOW, state: "rejected_timedout" })),
      promiseStep(pending({ timeoutAt: NOW }), resolved({ timeoutAt: NOW, settledAt: NOW })),
      promiseStep(pending({ timeoutAt: 40 }), timedOut({ value: { data: "x" } })),
      promiseStep(pending({ timeoutAt: 40 }), timedOut({ state: "resolved" })),
      promiseStep(pending(), timedOut({ timeoutAt: 100, settledAt: 100 })),
      promiseStep(pending(), null),
    ],
  },
  preserved_timedout_is_server_owned: {
    keeps: promiseStep(pending({ timeoutAt: 40 }), timedOut()),
    breaks: [
      promiseStep(pending({ timeoutAt: 61 }), timedOut({ timeoutAt: 61, settledAt: 61 })),
      promiseStep(pending({ timeoutAt: 40 }), timedOut({ settledAt: NOW })),
    ],
  },
  consistent_new_promise_born_clean: {
    keeps: promiseStep(null, timedOut({ createdAt: 40 })),
    breaks: [
      promiseStep(null, pending({ callbacks: ["b"] })),
      promiseStep(null, pending({ listeners: [ADDRESS] })),
      promiseStep(null, pending({ value: { data: "x" } })),
      promiseStep(null, pending({ createdAt: NOW + 1 })),
      promiseStep(null, pending({ createdAt: 50, timeoutAt: 50 })),
      promiseStep(null, resolved({ createdAt: 50, settledAt: 50 })),
      promiseStep(null, timedOut({ createdAt: 40, state: "resolved" })),
    ],
  },
  consistent_settlement_fulfils_task: {
    keeps: step(
      { promises: [targeted], tasks: [task("acquired")] },
      { promises: [resolved({ tags: TARGET })], tasks: [task("fulfilled")] },
    ),
    breaks: [
      step(
        { promises: [targeted], tasks: [task("acquired")] },
        { promises: [resolved({ tags: TARGET })], tasks: [task("acquired")] },
      ),
    ],
  },
  Stickiness: {
    keeps: promiseStep(pending({ timeoutAt: 40 }), timedOut()),
    breaks: [
      // Its deadline had passed, so somebody may have read that it was timed out.
      promiseStep(pending({ timeoutAt: 40 }), resolved({ timeoutAt: 40, settledAt: 39 })),
      promiseStep(resolved(), pending()),
      promiseStep(resolved(), null),
    ],
  },
  consistent_promise_state_edge_internal_admissible: {
    keeps: promiseStep(pending({ timeoutAt: 40 }), timedOut(), { by: R1 }),
    breaks: [
      promiseStep(pending(), resolved(), { by: R1 }),
      promiseStep(resolved(), resolved({ state: "rejected_timedout" }), { by: R1 }),
    ],
  },
};
