import type { InternalStep } from "../../kernel/machine.js";
import type { Message } from "../../kernel/model.js";
import type { Contents, Example, Examples } from "./example.js";
import {
  ADDRESS,
  documentOf,
  EXTERNAL,
  execute,
  NOW,
  pending,
  resolved,
  schedule,
  step,
  TARGET,
  task,
  taskStep,
  unblock,
} from "./example.js";

const targeted = pending({ tags: TARGET });
const done = resolved({ tags: TARGET });
const acquired = task("acquired");
const again = task("acquired", { expiresAt: 70 });
const held = { tasks: [acquired], promises: [targeted] };
const R5 = { step: "R5", task: "a" } as const;
const R6 = { step: "R6", task: "a" } as const;

const listening = { promises: [resolved({ listeners: [ADDRESS] })] };
const told = { promises: [resolved()], outbox: [unblock()] };

/** A document with one message, whatever it is, under one and the same key. */
const keyed = (message: Message) => ({
  ...documentOf({}),
  outbox: new Map([["k", { key: "k", sequence: 1, message }]]),
});

const OUTBOX: Examples = {
  monotone_outbox_keys_never_disappear: {
    keeps: step({ outbox: [execute({ version: 0 })] }, { outbox: [execute()] }),
    breaks: [
      step({ outbox: [execute()] }, {}),
      step({ outbox: [execute()] }, { outbox: [execute({ id: "b" })] }),
      {
        form: "step",
        step: { by: R6, now: NOW, before: keyed(execute()), after: keyed(execute({ id: "b" })), response: null },
      },
    ],
  },
  preserved_execute_only_for_live_task: {
    keeps: step(held, { ...held, outbox: [execute()] }),
    breaks: [
      step({ promises: [done] }, { promises: [done], outbox: [execute()] }),
      step({}, { promises: [pending({ timeoutAt: NOW })], outbox: [execute()] }),
    ],
  },
  consistent_new_execute_matches_task_and_target: {
    keeps: step(held, { ...held, outbox: [execute()] }),
    breaks: [
      step(held, { ...held, outbox: [execute({ version: 0 })] }),
      step(held, { ...held, outbox: [execute({ address: ADDRESS })] }),
      step({}, { promises: [targeted], outbox: [execute()] }),
      step({}, { tasks: [acquired], outbox: [execute()] }),
    ],
  },
  consistent_new_unblock_carries_stored_record: {
    keeps: step(listening, told),
    breaks: [
      step({}, { outbox: [unblock()] }),
      step({}, { promises: [pending()], outbox: [unblock(pending())] }),
      step({}, { promises: [resolved({ value: { data: "x" } })], outbox: [unblock()] }),
      step({}, { promises: [resolved({ settledAt: 49 })], outbox: [unblock()] }),
      step({}, { promises: [resolved({ timeoutAt: 90 })], outbox: [unblock()] }),
    ],
  },
  consistent_new_unblock_discharges_its_listener: {
    keeps: step(listening, told),
    breaks: [
      step({ promises: [resolved()] }, told),
      step(listening, { ...listening, outbox: [unblock()] }),
      step({}, told),
    ],
  },
  preserved_schedule_birth_fields_immutable: {
    keeps: step({ schedules: [schedule()] }, { schedules: [schedule({ lastRunAt: 70, nextRunAt: 80 })] }),
    breaks: [
      { cron: "1 * * * *" },
      { promiseId: "x" },
      { promiseTimeout: 6 },
      { promiseParam: { data: "x" } },
      { promiseTags: TARGET },
      { createdAt: 11 },
    ].map((fields) => step({ schedules: [schedule()] }, { schedules: [schedule(fields)] })),
  },
};

const taskEdge = (before: ReturnType<typeof task>, after: ReturnType<typeof task>) =>
  taskStep(before, after, { by: R5 });

const INTERNAL: Examples = {
  consistent_task_state_edge_internal_admissible: {
    keeps: taskEdge(acquired, task("pending", { version: 1 })),
    breaks: [
      taskEdge(task("pending"), acquired),
      taskEdge(acquired, task("suspended")),
      taskEdge(acquired, task("halted")),
      taskEdge(task("halted"), task("pending")),
    ],
  },
  NoDeadDispatch: {
    keeps: taskStep(task("pending"), acquired),
    breaks: [
      step({ promises: [done], tasks: [task("pending")] }, { promises: [done], tasks: [acquired] }),
      step({ promises: [done], tasks: [again] }, { promises: [done], tasks: [acquired] }),
      step({ promises: [done], tasks: [acquired] }, { promises: [done], tasks: [task("pending", { version: 1 })] }),
      step({ promises: [done] }, { promises: [done], outbox: [execute()] }, { by: R6 }),
      step(
        { promises: [pending({ timeoutAt: NOW })], tasks: [task("pending")] },
        { promises: [pending({ timeoutAt: NOW })], tasks: [acquired] },
      ),
      step({ tasks: [task("pending")] }, { tasks: [acquired] }),
    ],
  },
  NoHaltOnDead: {
    keeps: taskStep(acquired, task("halted")),
    breaks: [step({ promises: [done], tasks: [acquired] }, { promises: [done], tasks: [task("halted")] })],
  },
};

/** A step that has nothing to do does nothing, and one that does something all the same. */
function idle(by: InternalStep, before: Contents): Example {
  return {
    keeps: step(before, before, { by }),
    breaks: [step(before, { ...before, outbox: [execute()] }, { by })],
  };
}

const R7 = { step: "R7", schedule: "s" } as const;

const DISABLED: Examples = {
  preserved_state_under_disabled_R1: idle(
    { step: "R1", promise: "a" },
    { promises: [pending({ timeoutAt: NOW + 1 })] },
  ),
  preserved_state_under_disabled_R3: idle(
    { step: "R3", promise: "a", address: ADDRESS },
    { promises: [pending({ tags: EXTERNAL, listeners: [ADDRESS] })] },
  ),
  preserved_state_under_disabled_R4: idle(
    { step: "R4", promise: "a", awaiter: "b" },
    { promises: [resolved({ callbacks: ["c"] })] },
  ),
  preserved_state_under_disabled_R5: idle(R5, { ...held, tasks: [task("acquired", { expiresAt: NOW + 1 })] }),
  preserved_state_under_disabled_R6: idle(R6, { promises: [done], tasks: [task("pending")] }),
  preserved_state_under_disabled_R7: idle(R7, { schedules: [schedule({ nextRunAt: NOW + 1 })] }),
};

export const OTHER_STEP_EXAMPLES: Examples = { ...OUTBOX, ...INTERNAL, ...DISABLED };
