import type { Document } from "../../kernel/model.js";
import type { Examples, Subject } from "./example.js";
import {
  ADDRESS,
  documentOf,
  EXTERNAL,
  execute,
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
  unblock,
} from "./example.js";

const COMPAT = { mode: "compat" } as const;

const raw = (document: Partial<Document>): Subject => ({
  form: "state",
  now: NOW,
  state: { ...documentOf({}), ...document },
});

/** The same object under its own key and under another. */
const twice = <T>(object: T): Map<string, T> => new Map([...["a", "z"].map((key): [string, T] => [key, object])]);

const execution = (
  promise: ReturnType<typeof pending> | null,
  single: ReturnType<typeof task> | null,
  others: readonly ReturnType<typeof pending>[] = [],
) => state({ promises: [...(promise === null ? [] : [promise]), ...others], tasks: single === null ? [] : [single] });

const targeted = pending({ tags: TARGET });
const twoTargets = [targeted, pending({ id: "b", tags: TARGET })];

const STORE: Examples = {
  well_formed_store_promise_ids_unique: {
    keeps: promiseState(pending()),
    breaks: [raw({ promises: twice(pending()) })],
  },
  well_formed_store_task_ids_unique: {
    keeps: taskState(task("halted")),
    breaks: [raw({ tasks: twice(task("halted")) })],
  },
  well_formed_store_schedule_ids_unique: {
    keeps: state({ schedules: [schedule()] }),
    breaks: [raw({ schedules: twice(schedule({ id: "a" })) })],
  },
  well_formed_store_outbox_keys_unique: {
    keeps: state({
      outbox: [execute(), unblock(), unblock(resolved(), "http://other/"), unblock(resolved({ id: "b" }))],
    }),
    breaks: [execute(), unblock()].map((message) => raw({ outbox: twice({ key: "a", sequence: 1, message }) })),
  },
  consistent_task_iff_targeted_promise: {
    keeps: execution(targeted, task("pending")),
    breaks: [
      execution(targeted, null),
      execution(null, task("pending")),
      execution(pending(), task("pending")),
      state({ promises: [pending({ tags: { ...TARGET, ...TIMER } })], tasks: [task("pending")] }, COMPAT),
    ],
  },
  consistent_settled_promise_has_fulfilled_task: {
    keeps: execution(resolved({ tags: TARGET }), task("fulfilled")),
    breaks: [execution(resolved({ tags: TARGET }), task("halted"))],
  },
  consistent_callback_awaiter_is_targeted: {
    keeps: state({ promises: [pending({ callbacks: ["b"] }), pending({ id: "b", tags: TARGET })] }),
    breaks: [
      promiseState(pending({ callbacks: ["b"] })),
      state({ promises: [pending({ callbacks: ["b"] }), pending({ id: "b", tags: EXTERNAL })] }),
    ],
  },
  consistent_listener_addresses_deliverable: {
    keeps: promiseState(pending({ listeners: [ADDRESS, "nats://t"] }), COMPAT),
    breaks: [
      promiseState(pending({ listeners: [ADDRESS, "nats://t"] })),
      promiseState(pending({ listeners: ["poll://w"] }), COMPAT),
    ],
  },
  consistent_outbox_execute_names_existing_task: {
    keeps: state({ tasks: [task("pending")], outbox: [execute()] }),
    breaks: [state({ outbox: [execute()] })],
  },
  consistent_outbox_never_ahead: {
    keeps: state({ tasks: [task("acquired", { version: 2 })], outbox: [execute({ version: 2 })] }),
    breaks: [state({ tasks: [task("acquired", { version: 2 })], outbox: [execute({ version: 3 })] })],
  },
  consistent_outbox_execute_address_is_target_tag: {
    keeps: state({ promises: [targeted], outbox: [execute()] }),
    breaks: [
      state({ promises: [targeted], outbox: [execute({ address: "poll://any@x" })] }),
      state({ promises: [pending()], outbox: [execute()] }),
    ],
  },
  consistent_outbox_unblock_names_settled_promise: {
    keeps: state({ promises: [resolved()], outbox: [unblock()] }),
    breaks: [
      state({ outbox: [unblock()] }),
      state({ promises: [pending()], outbox: [unblock()] }),
      state({ promises: [resolved()], outbox: [unblock(pending())] }),
    ],
  },
  consistent_outbox_unblock_address_deliverable: {
    keeps: state({ outbox: [unblock()] }),
    breaks: [state({ outbox: [unblock(resolved(), "nats://t")] })],
  },
  consistent_settled_task_promise_settled: {
    keeps: execution(resolved({ tags: TARGET }), task("fulfilled")),
    breaks: [execution(targeted, task("fulfilled"))],
  },
  consistent_suspended_task_holds_rung: {
    keeps: execution(targeted, task("suspended"), [pending({ id: "b", callbacks: ["a"] })]),
    breaks: [execution(targeted, task("suspended"), [pending({ id: "b", callbacks: ["c"] })])],
  },
};

const IMPLEMENTATION: Examples = {
  TaskHasPromise: { keeps: execution(targeted, task("halted")), breaks: [execution(null, task("halted"))] },
  TaskHasAtMostOneTimer: {
    keeps: taskState(task("acquired")),
    breaks: [
      taskState(task("acquired", { retryAt: 70 })),
      taskState(task("pending", { expiresAt: 70 })),
      taskState(task("halted", { retryAt: 70 })),
    ],
  },
  NonAcquiredTaskHasNoPid: {
    keeps: taskState(task("halted")),
    breaks: [taskState(task("halted", { pid: "p" }))],
  },
  CallbackNotSelfReferential: {
    keeps: promiseState(pending({ callbacks: ["b"] })),
    breaks: [promiseState(pending({ callbacks: ["a"] }))],
  },
  SuspendedTaskHasCallback: {
    keeps: execution(targeted, task("suspended"), [pending({ id: "b", callbacks: ["a"] })]),
    breaks: [execution(targeted, task("suspended"))],
  },
  ObligationsAreDischargeable: {
    keeps: promiseState(pending({ tags: EXTERNAL, listeners: [ADDRESS] })),
    breaks: [promiseState(pending({ listeners: [ADDRESS] })), promiseState(pending({ callbacks: ["b"] }))],
  },
  // What breaks it is a server that arms too much, and no state: see the test of arming.
  ArmingIsExternalOnly: { keeps: promiseState(pending({ tags: EXTERNAL })), breaks: [] },
  OutboxNeverAhead: {
    keeps: state({ tasks: [task("pending")], outbox: [execute({ version: 0 })] }),
    breaks: [state({ tasks: [task("pending")], outbox: [execute({ version: 1 })] })],
  },
  SettledPromiseHasNoSubscriptions: {
    keeps: promiseState(resolved()),
    // Internal, so that nothing will settle and drain it.
    breaks: [promiseState(pending({ timeoutAt: NOW, callbacks: ["b"] }))],
  },
  NoStrandedListener: {
    keeps: promiseState(pending({ tags: EXTERNAL, listeners: [ADDRESS] })),
    breaks: [promiseState(pending({ timeoutAt: NOW, listeners: [ADDRESS] }))],
  },
  NoStrandedTask: {
    keeps: state({
      promises: [...twoTargets.slice(1), pending({ tags: TARGET, callbacks: ["b"] })],
      tasks: [task("suspended", { id: "b" })],
    }),
    breaks: [state({ promises: twoTargets, tasks: [task("suspended", { id: "b" })] })],
  },
  TaskPromiseCoherence: {
    keeps: execution(resolved({ tags: TARGET }), task("fulfilled")),
    breaks: [execution(resolved({ tags: TARGET }), task("halted"))],
  },
};

export const STORE_STATE_EXAMPLES: Examples = { ...STORE, ...IMPLEMENTATION };
