import type { Instant, PromiseRecord, TaskRecord } from "../../kernel/model.js";
import { promiseRecord, taskRecord } from "../../kernel/record.js";
import type { Payload, Request, Status } from "../../kernel/request.js";
import type { Observation } from "../property.js";
import type { Contents, Examples, Subject } from "./example.js";
import { ADDRESS, documentOf, EXTERNAL, NOW, pending, resolved, TARGET, task, timedOut } from "./example.js";

interface Exchange {
  readonly request: Request;
  readonly status?: Status;
  readonly data: Payload;
  readonly before?: Contents;
  readonly after?: Contents;
  readonly now?: Instant;
  /** Sent while the one before it was under way. */
  readonly overlaps?: boolean;
}

/** Requests one after the other, each sent when the one before was answered. */
function history(...exchanges: readonly Exchange[]): Subject {
  const all = exchanges.map((exchange, index): Observation => {
    const { request, status = 200, data, after = {}, before = after, now = NOW, overlaps = false } = exchange;
    return {
      request,
      response: { kind: request.kind, status, data },
      sent: 2 * index - (overlaps ? 2 : 0),
      answered: 2 * index + 1,
      now,
      before: documentOf(before),
      after: documentOf(after),
    };
  });
  return { form: "history", history: all };
}

const get: Request = { kind: "promise.get", data: { id: "a" } };
const taskGet: Request = { kind: "task.get", data: { id: "a" } };
const acquire: Request = { kind: "task.acquire", data: { id: "a", version: 0, pid: "p", ttl: 20 } };
const halt: Request = { kind: "task.halt", data: { id: "a" } };
const release = (version: number): Request => ({ kind: "task.release", data: { id: "a", version } });

const record = (fields: Partial<PromiseRecord> = {}) => promiseRecord(resolved(fields));
const view = (state: TaskRecord["state"], fields: Partial<TaskRecord> = {}): TaskRecord => ({
  ...taskRecord(task(state)),
  ...fields,
});
const shows = (promise: PromiseRecord, more: Partial<Exchange> = {}): Exchange => ({
  request: get,
  data: { promise },
  ...more,
});
const showsTask = (single: TaskRecord, more: Partial<Exchange> = {}): Exchange => ({
  request: taskGet,
  data: { task: single },
  ...more,
});

const open = pending({ tags: EXTERNAL });
const callback: Request = { kind: "promise.register_callback", data: { awaited: "a", awaiter: "b" } };
const listener: Request = { kind: "promise.register_listener", data: { awaited: "a", address: ADDRESS } };

function hides(request: Request, field: "callbacks" | "listeners") {
  const waited = pending({ tags: EXTERNAL, [field]: ["x"] });
  const change = { before: { promises: [open] }, after: { promises: [waited] } };
  return {
    keeps: history({ request, data: { promise: promiseRecord(open) }, ...change }),
    breaks: [
      history({ request, data: { promise: waited }, ...change }),
      history({ request, data: { promise: record() }, ...change }),
      history({ request, data: {}, ...change }),
    ],
  };
}

const alive = { promises: [pending({ tags: TARGET })], tasks: [task("acquired")] };
const dead = { promises: [pending({ tags: TARGET, timeoutAt: NOW })], tasks: [task("acquired")] };
const grant = (version: number): Exchange => ({ request: acquire, data: { task: view("acquired", { version }) } });

export const ANSWER_EXAMPLES: Examples = {
  well_formed_promise_record_hides_callbacks: hides(callback, "callbacks"),
  well_formed_promise_record_hides_listeners: hides(listener, "listeners"),
  well_formed_task_record_hides_deadlines: {
    keeps: history(showsTask(view("acquired"), { after: alive })),
    breaks: [history(showsTask({ ...view("acquired"), ...{ expiresAt: 80 } }, { after: alive }))],
  },
  well_formed_task_record_resumes_is_a_count: {
    keeps: history(
      showsTask(view("halted", { resumes: 2 }), { after: { tasks: [task("halted", { resumes: ["b", "c"] })] } }),
    ),
    breaks: [
      history(
        showsTask(view("halted", { resumes: 1 }), { after: { tasks: [task("halted", { resumes: ["b", "c"] })] } }),
      ),
      history(
        showsTask(view("fulfilled", { resumes: 1 }), {
          after: { ...dead, tasks: [task("halted", { resumes: ["b"] })] },
        }),
      ),
    ],
  },
  ResponsesAreProjected: {
    keeps: history(shows(promiseRecord(timedOut()), { after: { promises: [pending({ timeoutAt: 40 })] } })),
    breaks: [
      history(shows(promiseRecord(pending({ timeoutAt: 40 })), { after: { promises: [pending({ timeoutAt: 40 })] } })),
      history({ request: taskGet, data: { preload: [promiseRecord(pending())] }, after: { promises: [resolved()] } }),
      history({
        request: taskGet,
        data: { action: { kind: "promise.create", status: 200, data: { promise: promiseRecord(pending()) } } },
        after: { promises: [resolved()] },
      }),
      history(shows(record())),
    ],
  },
  ResponsesNeverRegress: {
    keeps: history(shows(record()), shows(record()), shows(promiseRecord(pending({ id: "b" })))),
    breaks: [
      history(shows(record()), shows(promiseRecord(pending()))),
      history(shows(record()), { request: taskGet, data: { preload: [promiseRecord(pending())] } }),
    ],
  },
  TaskResponsesAreProjected: {
    keeps: history(showsTask(view("acquired"), { after: alive })),
    breaks: [
      history(showsTask(view("acquired"), { after: dead })),
      history(showsTask(view("halted"), { after: { promises: [resolved()] } })),
      history(showsTask(view("pending"))),
    ],
  },
  TaskResponsesNeverRegress: {
    keeps: history(showsTask(view("fulfilled")), showsTask(view("fulfilled")), {
      request: halt,
      status: 409,
      data: {},
    }),
    breaks: [
      history(showsTask(view("fulfilled")), showsTask(view("suspended"))),
      history(showsTask(view("fulfilled")), { request: halt, data: {} }),
      history(showsTask(view("fulfilled")), { request: release(1), data: {} }),
    ],
  },
  AtMostOneValidClaim: {
    keeps: history(grant(1), grant(2), { request: release(2), data: {} }),
    breaks: [
      history(grant(1), grant(1)),
      history(grant(1), grant(2), { request: release(1), data: {} }),
      history(grant(2), {
        request: { kind: "task.suspend", data: { id: "a", version: 1, actions: [] } },
        status: 300,
        data: { preload: [] },
      }),
    ],
  },
};

/** Answers of which neither was received before the other was asked for: they may show either order. */
export const OVERLAPPING: Readonly<Record<string, Subject>> = {
  ResponsesNeverRegress: history(shows(record()), shows(promiseRecord(pending()), { overlaps: true })),
  TaskResponsesNeverRegress: history(showsTask(view("fulfilled")), { request: halt, data: {}, overlaps: true }),
  AtMostOneValidClaim: history(grant(2), { request: release(1), data: {}, overlaps: true }),
};
