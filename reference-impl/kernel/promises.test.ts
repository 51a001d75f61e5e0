import { expect } from "vitest";
import { showCases } from "../../test/builders/durable-case.js";
import type { Happening } from "../simulation/scripts/requests.js";
import {
  ADDRESS,
  acquire,
  byId,
  callback,
  create,
  EXTERNAL,
  listener,
  settle,
  spawn,
  suspend,
  TARGET,
  TIMER,
} from "../simulation/scripts/requests.js";

const VALUE = { headers: { a: "b" }, data: "x" };
const pendingTask = (retryAt: number) => ({ id: "a", state: "pending", version: 0, resumes: [], retryAt }) as const;
const A: Happening = [1000, create("a", 9000, EXTERNAL, VALUE)];
const RECORD = {
  id: "a",
  state: "pending",
  param: VALUE,
  value: {},
  tags: EXTERNAL,
  timeoutAt: 9000,
  createdAt: 1000,
} as const;

showCases("promise.get", [
  { tag: "DUR-PROMISE-GET", given: [A], when: [2000, byId("promise.get", "a")], data: { promise: RECORD } },
  { tag: "DUR-PROMISE-GET-ABSENT", given: [A], when: [2000, byId("promise.get", "b")], status: 404, unchanged: true },
  { tag: "DUR-PROMISE-GET-LIVE", given: [A], when: [8999, byId("promise.get", "a")], unchanged: true },
  {
    tag: "DUR-PROMISE-RECORD",
    given: [A, [2000, settle("a", "rejected", VALUE)]],
    when: [3000, byId("promise.get", "a")],
    seen: ({ data }) =>
      expect(data).toEqual({ promise: { ...RECORD, state: "rejected", value: VALUE, settledAt: 2000 } }),
  },
  {
    tag: "DUR-PROMISE-RECORD-HIDDEN",
    given: [A, [1000, create("w", 9000, TARGET)], [1000, callback("a", "w")], [1000, listener("a")]],
    when: [2000, byId("promise.get", "a")],
    // Both lists are written to, so their absence in the record says something. "w" is of another origin than "a".
    seen: ({ before, data }) => {
      expect(before.promises.get("a")?.listeners).toEqual(["http://listener"]);
      expect(data).toEqual({ promise: RECORD });
    },
  },
  {
    tag: "DUR-REQUEST-OMIT",
    given: [A],
    when: [2000, byId("promise.get", "a")],
    seen: ({ data }) => expect(Object.keys(data.promise ?? {}).sort()).toEqual(Object.keys(RECORD).sort()),
  },
  {
    tag: "DUR-TIME-ANSWERS",
    given: [A],
    when: [9000, byId("promise.get", "a")],
    data: { promise: { ...RECORD, state: "rejected_timedout", settledAt: 9000 } },
    promises: { a: { state: "rejected_timedout", settledAt: 9000 } },
  },
]);

showCases("promise.create", [
  {
    tag: "DUR-PROMISE-CREATE-TIMER",
    modes: ["strict"],
    when: [1000, create("a", 9000, { ...TARGET, ...TIMER })],
    status: 400,
    data: "a timer cannot have a target",
    unchanged: true,
  },
  {
    tag: "DUR-PROMISE-CREATE",
    when: A,
    data: { promise: RECORD },
    promises: { a: { ...RECORD, callbacks: [], listeners: [] } },
  },
  { tag: "DUR-PROMISE-CREATE-STAMP", when: [1234, create("a", 9000)], promises: { a: { createdAt: 1234 } } },
  {
    tag: "DUR-PROMISE-CREATE-CLEAN",
    when: A,
    promises: { a: { state: "pending", value: {}, callbacks: [], listeners: [] } },
  },
  {
    tag: "DUR-PROMISE-CREATE-EXISTING",
    given: [A],
    when: [2000, create("a", 500, TARGET)],
    data: { promise: RECORD },
  },
  { tag: "DUR-PROMISE-CREATE-FIRST", given: [A], when: [2000, create("a", 500, TARGET)], unchanged: true },
  {
    tag: "DUR-PROMISE-CREATE-FIRST",
    of: "settled",
    given: [A, [1500, settle("a")]],
    when: [2000, create("a", 5000)],
    data: { promise: { state: "resolved", settledAt: 1500 } },
    unchanged: true,
  },
  {
    tag: "DUR-PROMISE-CREATE-TASK",
    when: [1000, create("a", 9000, TARGET)],
    tasks: { a: pendingTask(1000) },
  },
  { tag: "DUR-PROMISE-CREATE-TASKLESS", when: A, tasks: { a: null } },
  { tag: "DUR-PROMISE-CREATE-DISPATCH", when: [1234, create("a", 9000, TARGET)], tasks: { a: pendingTask(1234) } },
  {
    tag: "DUR-PROMISE-CREATE-DELAY",
    when: [1000, create("a", 9000, { ...TARGET, "resonate:delay": "5000" })],
    tasks: { a: pendingTask(5000) },
  },
  {
    tag: "DUR-PROMISE-CREATE-DELAY",
    of: "passed",
    when: [1000, create("a", 9000, { ...TARGET, "resonate:delay": "500" })],
    tasks: { a: pendingTask(1000) },
  },
  {
    tag: "DUR-PROMISE-CREATE-BORN-DEAD",
    when: [9000, create("a", 9000)],
    data: { promise: { state: "rejected_timedout", value: {} } },
    promises: { a: { state: "rejected_timedout" } },
  },
  {
    tag: "DUR-PROMISE-CREATE-BORN-DEAD",
    of: "timer",
    when: [9000, create("a", 9000, TIMER)],
    promises: { a: { state: "resolved" } },
  },
  {
    tag: "DUR-PROMISE-CREATE-DEAD-STAMP",
    when: [9500, create("a", 9000)],
    promises: { a: { createdAt: 9000, settledAt: 9000 } },
  },
  {
    tag: "DUR-PROMISE-CREATE-DEAD-TASK",
    when: [9500, create("a", 9000, TARGET)],
    tasks: { a: { id: "a", state: "fulfilled", version: 0, resumes: [] } },
    messages: [],
  },
  {
    tag: "DUR-MODE-LINEAGE",
    when: [1000, create("a:0", 9000, { "resonate:origin": "b", "resonate:branch": "c", "resonate:parent": "d" })],
    promises: { "a:0": { state: "pending" } },
  },
]);

showCases("promise.settle", [
  ...["pending", "rejected_timedout", "done", ""].map((state) => ({
    tag: "DUR-PROMISE-SETTLE-STATE",
    of: JSON.stringify(state),
    given: [A],
    when: [2000, settle("a", state)] as const,
    status: 400 as const,
    data: "a promise cannot be settled to that state",
    unchanged: true,
  })),
  {
    tag: "DUR-PROMISE-SETTLE-ABSENT",
    given: [A],
    when: [2000, settle("b")],
    status: 404,
    data: "promise not found",
    unchanged: true,
  },
  ...["resolved", "rejected", "rejected_canceled"].map((state) => ({
    tag: "DUR-PROMISE-SETTLE",
    of: state,
    given: [A],
    when: [2000, settle("a", state, VALUE)] as const,
    data: { promise: { ...RECORD, state, value: VALUE, settledAt: 2000 } },
    seen: ({ after }: { after: { promises: ReadonlyMap<string, object> } }) =>
      expect(after.promises.get("a")).toMatchObject({ state, value: VALUE }),
  })),
  { tag: "DUR-PROMISE-SETTLE-STAMP", given: [A], when: [2345, settle("a")], promises: { a: { settledAt: 2345 } } },
  {
    tag: "DUR-PROMISE-SETTLE-AGAIN",
    given: [A, [2000, settle("a", "resolved", VALUE)]],
    when: [3000, settle("a", "rejected")],
    data: { promise: { ...RECORD, state: "resolved", value: VALUE, settledAt: 2000 } },
  },
  {
    tag: "DUR-PROMISE-SETTLE-ABSORBS",
    given: [A, [2000, settle("a", "resolved", VALUE)]],
    when: [3000, settle("a", "rejected_canceled")],
    unchanged: true,
  },
  {
    tag: "DUR-PROMISE-SETTLE-LATE",
    given: [A],
    when: [9000, settle("a", "resolved", VALUE)],
    data: { promise: { ...RECORD, state: "rejected_timedout", settledAt: 9000 } },
    promises: { a: { state: "rejected_timedout", value: {}, settledAt: 9000 } },
  },
  {
    tag: "DUR-PROMISE-SETTLE-TASK",
    given: [[1000, spawn("a", 9000)]],
    when: [1500, settle("a")],
    tasks: { a: { id: "a", state: "fulfilled", version: 1, resumes: [] } },
  },
  {
    tag: "DUR-PROMISE-SETTLE-WAITERS",
    given: [
      [1000, create("a", 9000, EXTERNAL)],
      [1000, listener("a")],
      [1000, create("a:w", 9000, TARGET)],
      [1000, callback("a", "a:w")],
    ],
    when: [2000, settle("a")],
    promises: { a: { callbacks: ["a:w"], listeners: ["http://listener"] } },
    messages: [],
  },
]);

const W: Happening = [1000, create("a:w", 9000, TARGET)];

showCases("promise.register_callback", [
  { tag: "DUR-PROMISE-CALLBACK-SELF", when: [2000, callback("a", "a")], status: 400, unchanged: true },
  {
    tag: "DUR-PROMISE-CALLBACK-ABSENT",
    when: [2000, callback("a", "a:w")],
    status: 404,
    data: "awaited promise not found",
    unchanged: true,
  },
  {
    tag: "DUR-PROMISE-CALLBACK-AWAITER",
    given: [[1000, create("a", 9000)]],
    when: [2000, callback("a", "a:w")],
    status: 422,
    data: "awaiter not found",
    unchanged: true,
  },
  {
    tag: "DUR-PROMISE-CALLBACK-TARGET",
    given: [
      [1000, create("a", 9000)],
      [1000, create("a:w", 9000, EXTERNAL)],
    ],
    when: [2000, callback("a", "a:w")],
    status: 422,
    data: "the awaiter has no task",
    unchanged: true,
  },
  {
    tag: "DUR-PROMISE-CALLBACK-INTERNAL",
    given: [[1000, create("a", 9000)], W],
    when: [2000, callback("a", "a:w")],
    status: 422,
    data: "the awaited promise is internal",
    unchanged: true,
  },
  {
    tag: "DUR-PROMISE-CALLBACK",
    given: [A, W],
    when: [2000, callback("a", "a:w")],
    promises: { a: { callbacks: ["a:w"], state: "pending" } },
  },
  {
    tag: "DUR-PROMISE-CALLBACK-ONCE",
    given: [A, W, [1500, callback("a", "a:w")]],
    when: [2000, callback("a", "a:w")],
    unchanged: true,
  },
  {
    tag: "DUR-PROMISE-CALLBACK-SETTLED",
    given: [A, W, [1500, settle("a")]],
    when: [2000, callback("a", "a:w")],
    data: { promise: { state: "resolved" } },
    unchanged: true,
  },
  {
    tag: "DUR-PROMISE-CALLBACK-SETTLED",
    of: "by its deadline",
    given: [[1000, create("a", 3000, EXTERNAL)], W],
    when: [3000, callback("a", "a:w")],
    data: { promise: { state: "rejected_timedout", settledAt: 3000 } },
    promises: { a: { callbacks: [] } },
  },
  {
    tag: "DUR-PROMISE-CALLBACK-DEAD",
    given: [A, [1000, create("a:w", 3000, TARGET)]],
    when: [3000, callback("a", "a:w")],
    data: { promise: RECORD },
    promises: { a: { callbacks: [], state: "pending" } },
  },
  {
    tag: "DUR-PROMISE-CALLBACK-ANSWER",
    given: [A, W],
    when: [2000, callback("a", "a:w")],
    seen: ({ data }) => expect(data).toEqual({ promise: RECORD }),
  },
]);

showCases("promise.register_listener", [
  ...["", "ftp://x", "poll://workers", "HTTP://x", ADDRESS.slice(1)].map((address) => ({
    tag: "DUR-PROMISE-LISTENER-ADDRESS",
    of: address,
    when: [2000, listener("a", address)] as const,
    status: 400 as const,
    unchanged: true,
  })),
  { tag: "DUR-PROMISE-LISTENER-ABSENT", when: [2000, listener("a")], status: 404, unchanged: true },
  {
    tag: "DUR-PROMISE-LISTENER-INTERNAL",
    given: [[1000, create("a", 9000)]],
    when: [2000, listener("a")],
    status: 422,
    unchanged: true,
  },
  {
    tag: "DUR-PROMISE-LISTENER",
    given: [A],
    when: [2000, listener("a")],
    promises: { a: { listeners: ["http://listener"] } },
  },
  {
    tag: "DUR-PROMISE-LISTENER",
    of: "second",
    given: [A, [1500, listener("a")]],
    when: [2000, listener("a", ADDRESS)],
    promises: { a: { listeners: ["http://listener", ADDRESS] } },
  },
  { tag: "DUR-PROMISE-LISTENER-ONCE", given: [A, [1500, listener("a")]], when: [2000, listener("a")], unchanged: true },
  {
    tag: "DUR-PROMISE-LISTENER-SETTLED",
    given: [A, [1500, settle("a")]],
    when: [2000, listener("a")],
    unchanged: true,
  },
  {
    tag: "DUR-PROMISE-LISTENER-SETTLED",
    of: "by its deadline",
    given: [A],
    when: [9000, listener("a")],
    data: { promise: { state: "rejected_timedout" } },
    promises: { a: { listeners: [] } },
  },
  {
    tag: "DUR-PROMISE-LISTENER-ANSWER",
    given: [A],
    when: [2000, listener("a")],
    seen: ({ data }) => expect(data).toEqual({ promise: RECORD }),
  },
  ...["http://x", "https://x"].map((address) => ({
    tag: "DUR-MESSAGE-ADDRESS",
    of: address,
    given: [A],
    when: [2000, listener("a", address)] as const,
    promises: { a: { listeners: [address] } },
  })),
  {
    tag: "DUR-MESSAGE-ADDRESS-POLL",
    given: [A],
    when: [2000, listener("a", "poll://any@g/p")],
    promises: { a: { listeners: ["poll://any@g/p"] } },
  },
  { tag: "DUR-MESSAGE-ADDRESS-CAST", given: [A], when: [2000, listener("a", "poll://g")], status: 400 },
  { tag: "DUR-MESSAGE-ADDRESS-OTHER", given: [A], when: [2000, listener("a", "smtp://g@x")], status: 400 },
]);

// Whether a promise is external shows in whether it may be awaited.
const awaitable = (tags: Record<string, string>) => ({
  given: [[1000, create("a", 9000, tags)]] as const,
  when: [2000, listener("a")] as const,
});

showCases("kinds of promises", [
  { tag: "DUR-PROMISE-EXTERNAL", ...awaitable(EXTERNAL), status: 200 },
  { tag: "DUR-PROMISE-EXTERNAL-TARGET", ...awaitable(TARGET), status: 200 },
  {
    tag: "DUR-PROMISE-EXTERNAL-TARGET",
    of: "empty",
    modes: ["strict"],
    ...awaitable({ "resonate:target": "" }),
    status: 200,
  },
  { tag: "DUR-PROMISE-EXTERNAL-TIMER", ...awaitable(TIMER), status: 200 },
  { tag: "DUR-PROMISE-INTERNAL", ...awaitable({ other: "true" }), status: 422 },
  { tag: "DUR-PROMISE-EXTERNAL-VALUE", ...awaitable({ "resonate:external": "yes" }), status: 422 },
  {
    tag: "DUR-PROMISE-TIMER",
    given: [[1000, create("a", 3000, TIMER)]],
    when: [3000, byId("promise.get", "a")],
    data: { promise: { state: "resolved" } },
  },
  {
    tag: "DUR-PROMISE-TIMER-VALUE",
    given: [[1000, create("a", 3000, { "resonate:timer": "yes" })]],
    when: [3000, byId("promise.get", "a")],
    data: { promise: { state: "rejected_timedout" } },
  },
  {
    tag: "DUR-REQUEST-ERROR-WRITES",
    given: [
      [1000, spawn("a", 3000)],
      [1000, create("a:0", 3000, EXTERNAL)],
    ],
    when: [3000, suspend("a", 1, "a:0")],
    status: 409,
    promises: { a: { state: "rejected_timedout", settledAt: 3000 }, "a:0": { state: "pending", callbacks: [] } },
    tasks: { a: { id: "a", state: "fulfilled", version: 1, resumes: [] } },
  },
  {
    tag: "DUR-REQUEST-ERROR-WRITES",
    of: "nothing passed",
    given: [[1000, spawn("a", 3000)]],
    when: [2000, acquire("a", 1)],
    status: 409,
    unchanged: true,
  },
]);
