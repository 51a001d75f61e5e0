import { expect } from "vitest";
import type { Case } from "../../test/builders/durable-case.js";
import { showCases } from "../../test/builders/durable-case.js";
import type { Happening } from "../simulation/scripts/requests.js";
import {
  byId,
  create,
  EXTERNAL,
  fence,
  fulfill,
  release,
  settle,
  spawn,
  suspend,
  TARGET,
} from "../simulation/scripts/requests.js";
import type { Document, Task } from "./model.js";
import type { Request } from "./request.js";

const HELD: Happening = [1000, spawn("a", 9000)];
const CHILD: Happening = [1000, create("a:0", 8000, EXTERNAL)];
const SETTLED: Happening = [1500, settle("a:0")];
const VALUE = { data: "x" };

const held = (fields: Partial<Task> = {}): Task => ({
  id: "a",
  state: "acquired",
  version: 1,
  resumes: [],
  ttl: 1000,
  pid: "p",
  expiresAt: 2000,
  ...fields,
});
const ENDED: Task = { id: "a", state: "fulfilled", version: 1, resumes: [] };

function resumed(document: Document): Document {
  return { ...document, tasks: new Map(document.tasks).set("a", held({ resumes: ["x"] })) };
}

function promiseless(document: Document): Document {
  return { ...document, promises: new Map([...document.promises].filter(([id]) => id !== "a")) };
}

/** Each guarded request, well-formed, at a version; all of them pass the guard on `HELD` and `CHILD` at version 1. */
const GUARDED: readonly (readonly [string, (version: number) => Request])[] = [
  ["fence", (version) => fence("a", version, create("a:1", 8000))],
  ["suspend", (version) => suspend("a", version, "a:0")],
  ["fulfill", (version) => fulfill("a", version)],
  ["release", (version) => release("a", version)],
];

function eachGuarded(one: Omit<Case, "when" | "of">, now: number, version = 1): Case[] {
  return GUARDED.map(([of, request]) => ({ ...one, of, when: [now, request(version)] }));
}

showCases("the task guard", [
  ...eachGuarded({ tag: "DUR-TASK-GUARD", given: [HELD, CHILD], status: 200, unchanged: false }, 1900),
  ...eachGuarded({ tag: "DUR-TASK-GUARD-ABSENT", status: 404, data: "task not found", unchanged: true }, 1900),
  ...eachGuarded(
    { tag: "DUR-TASK-GUARD-PROMISE", given: [HELD, CHILD], but: promiseless, status: 409, unchanged: true },
    1900,
  ),
  ...eachGuarded(
    {
      tag: "DUR-TASK-GUARD-STATE",
      given: [HELD, CHILD, [1500, release("a", 1)]],
      status: 409,
      data: "the task is not acquired",
      unchanged: true,
    },
    1900,
  ),
  ...eachGuarded({ tag: "DUR-TASK-GUARD-DEAD", given: [HELD], status: 409, tasks: { a: ENDED } }, 9000),
  ...[0, 2].flatMap((version) =>
    eachGuarded(
      {
        tag: "DUR-TASK-GUARD-VERSION",
        given: [HELD, CHILD],
        status: 409,
        data: "the task has another version",
        unchanged: true,
      },
      1900,
      version,
    ),
  ),
  ...eachGuarded({ tag: "DUR-TASK-GUARD-EXPIRED", given: [HELD, CHILD], status: 200, unchanged: false }, 5000),
]);

showCases("task.fence", [
  ...[create("a", 8000), settle("a")].map(
    (action): Case => ({
      tag: "DUR-TASK-FENCE-SELF",
      of: action.kind,
      given: [HELD],
      when: [1900, fence("a", 1, action)],
      status: 400,
      unchanged: true,
    }),
  ),
  {
    tag: "DUR-TASK-FENCE",
    of: "creation",
    given: [HELD],
    when: [1900, fence("a", 1, create("a:1", 8000, TARGET))],
    promises: { "a:1": { state: "pending", createdAt: 1900 } },
    tasks: { a: held(), "a:1": { id: "a:1", state: "pending", version: 0, resumes: [], retryAt: 1900 } },
  },
  {
    tag: "DUR-TASK-FENCE",
    of: "settlement",
    given: [HELD, CHILD],
    when: [1900, fence("a", 1, settle("a:0", "rejected", VALUE))],
    promises: { "a:0": { state: "rejected", value: VALUE, settledAt: 1900 } },
  },
  {
    tag: "DUR-TASK-FENCE-FAILED",
    given: [HELD, CHILD],
    when: [1900, fence("a", 2, settle("a:0"))],
    status: 409,
    promises: { "a:0": { state: "pending" } },
    unchanged: true,
  },
  {
    tag: "DUR-TASK-FENCE-REFUSED",
    given: [HELD],
    when: [1900, fence("a", 1, settle("a:9"))],
    status: 200,
    data: { action: { kind: "promise.settle", status: 404, data: "promise not found" } },
    unchanged: true,
  },
  {
    tag: "DUR-TASK-FENCE-REFUSED",
    of: "malformed",
    given: [HELD, CHILD],
    when: [1900, fence("a", 1, settle("a:0", "pending"))],
    status: 200,
    data: { action: { kind: "promise.settle", status: 400 } },
    unchanged: true,
  },
  {
    tag: "DUR-TASK-FENCE-ANSWER",
    given: [HELD, CHILD],
    when: [1900, fence("a", 1, settle("a:0"))],
    seen: ({ data }) => {
      expect(Object.keys(data).sort()).toEqual(["action", "preload"]);
      expect(data.action).toMatchObject({
        kind: "promise.settle",
        status: 200,
        data: { promise: { id: "a:0", state: "resolved" } },
      });
      expect(data.preload).toEqual([]);
    },
  },
  {
    tag: "DUR-TASK-FENCE-CORRELATION",
    given: [HELD, CHILD],
    when: [1900, fence("a", 1, { ...settle("a:0"), corrId: "c9-inner" })],
    data: { action: { corrId: "c9-inner", status: 200 } },
  },
  {
    tag: "DUR-TASK-FENCE-CORRELATION",
    of: "none",
    given: [HELD, CHILD],
    when: [1900, fence("a", 1, settle("a:0"))],
    seen: ({ data }) => expect(data.action).not.toHaveProperty("corrId"),
  },
  {
    tag: "DUR-TASK-FENCE-ORIGIN",
    partitioned: true,
    given: [HELD],
    when: [1900, fence("a", 1, create("b", 8000))],
    status: 400,
    unchanged: true,
  },
  {
    tag: "DUR-TASK-FENCE-ELSEWHERE",
    given: [HELD],
    when: [1900, fence("a", 1, create("b", 8000))],
    data: { action: { status: 200 } },
    promises: { b: { state: "pending" } },
  },
]);

const CHILDREN: readonly Happening[] = [HELD, CHILD, [1000, create("a:1", 8000, EXTERNAL)]];

showCases("task.suspend", [
  { tag: "DUR-TASK-SUSPEND-EMPTY", given: [HELD], when: [1900, suspend("a", 1)], status: 400, unchanged: true },
  {
    tag: "DUR-TASK-SUSPEND-SELF",
    given: CHILDREN,
    when: [1900, suspend("a", 1, "a:0", "a")],
    status: 400,
    unchanged: true,
  },
  {
    tag: "DUR-TASK-SUSPEND-TWICE",
    given: CHILDREN,
    when: [1900, suspend("a", 1, "a:0", "a:1", "a:0")],
    status: 400,
    unchanged: true,
  },
  {
    tag: "DUR-TASK-SUSPEND-ABSENT",
    given: CHILDREN,
    when: [1900, suspend("a", 1, "a:0", "a:9")],
    status: 422,
    unchanged: true,
  },
  {
    tag: "DUR-TASK-SUSPEND-INTERNAL",
    given: [...CHILDREN, [1000, create("a:2", 8000)]],
    when: [1900, suspend("a", 1, "a:0", "a:2")],
    status: 422,
    unchanged: true,
  },
  {
    tag: "DUR-TASK-SUSPEND-UNUSABLE",
    given: [...CHILDREN, SETTLED],
    when: [1900, suspend("a", 1, "a:0", "a:9")],
    status: 422,
    unchanged: true,
  },
  {
    tag: "DUR-TASK-SUSPEND-SETTLED",
    given: [...CHILDREN, SETTLED],
    when: [1900, suspend("a", 1, "a:1", "a:0")],
    status: 300,
    seen: ({ data }) => expect(data).toEqual({ preload: [] }),
  },
  {
    tag: "DUR-TASK-SUSPEND-SETTLED",
    of: "by its deadline",
    given: [
      [1000, spawn("a", 9000)],
      [1000, create("a:0", 1900, EXTERNAL)],
    ],
    when: [1900, suspend("a", 1, "a:0")],
    status: 300,
    promises: { "a:0": { state: "rejected_timedout", settledAt: 1900 } },
  },
  {
    tag: "DUR-TASK-SUSPEND-NOWHERE",
    given: [...CHILDREN, SETTLED],
    when: [1900, suspend("a", 1, "a:1", "a:0")],
    status: 300,
    promises: { "a:0": { callbacks: [] }, "a:1": { callbacks: [] } },
  },
  {
    tag: "DUR-TASK-SUSPEND-LEASE",
    given: [...CHILDREN, SETTLED],
    when: [1900, suspend("a", 1, "a:0")],
    status: 300,
    tasks: { a: held() },
    unchanged: true,
  },
  {
    tag: "DUR-TASK-SUSPEND-CONSUMED",
    given: [...CHILDREN, SETTLED],
    but: resumed,
    when: [1900, suspend("a", 1, "a:0")],
    status: 300,
    tasks: { a: held() },
  },
  {
    tag: "DUR-TASK-SUSPEND",
    given: CHILDREN,
    when: [1900, suspend("a", 1, "a:0")],
    tasks: { a: { id: "a", state: "suspended", version: 1, resumes: [] } },
    seen: ({ data }) => expect(data).toEqual({}),
  },
  {
    tag: "DUR-TASK-SUSPEND-CALLBACKS",
    given: CHILDREN,
    when: [1900, suspend("a", 1, "a:0", "a:1")],
    promises: { "a:0": { callbacks: ["a"] }, "a:1": { callbacks: ["a"] } },
  },
  {
    tag: "DUR-TASK-SUSPEND-CALLBACKS",
    of: "some registered already",
    given: [
      ...CHILDREN,
      [1200, suspend("a", 1, "a:0", "a:1")],
      [1300, byId("task.halt", "a")],
      [1300, byId("task.continue", "a")],
      [1300, { kind: "task.acquire", data: { id: "a", version: 1, pid: "p", ttl: 1000 } }],
    ],
    when: [1900, suspend("a", 2, "a:1", "a:0")],
    promises: { "a:0": { callbacks: ["a"] }, "a:1": { callbacks: ["a"] } },
  },
  {
    tag: "DUR-TASK-SUSPEND-CLEARED",
    given: CHILDREN,
    when: [1900, suspend("a", 1, "a:0")],
    seen: ({ after }) =>
      expect(Object.keys(after.tasks.get("a") ?? {}).sort()).toEqual(["id", "resumes", "state", "version"]),
  },
  {
    tag: "DUR-TASK-SUSPEND-RESUMES",
    given: CHILDREN,
    but: resumed,
    when: [1900, suspend("a", 1, "a:0")],
    tasks: { a: { id: "a", state: "suspended", version: 1, resumes: [] } },
  },
  {
    tag: "DUR-TASK-SUSPEND-VERSION",
    given: CHILDREN,
    when: [1900, suspend("a", 1, "a:0")],
    seen: ({ before, after }) => expect(after.tasks.get("a")?.version).toBe(before.tasks.get("a")?.version),
  },
]);

showCases("task.fulfill", [
  ...["pending", "rejected_timedout", "x"].map(
    (state): Case => ({
      tag: "DUR-TASK-FULFILL-STATE",
      of: state,
      given: [HELD],
      when: [1900, fulfill("a", 1, state)],
      status: 400,
      unchanged: true,
    }),
  ),
  ...["resolved", "rejected", "rejected_canceled"].map(
    (state): Case => ({
      tag: "DUR-TASK-FULFILL",
      of: state,
      given: [HELD],
      when: [1900, fulfill("a", 1, state, VALUE)],
      seen: ({ after }) =>
        expect(after.promises.get("a")).toMatchObject({ state, value: VALUE, settledAt: 1900, timeoutAt: 9000 }),
    }),
  ),
  { tag: "DUR-TASK-FULFILL-TASK", given: [HELD], when: [1900, fulfill("a", 1)], tasks: { a: ENDED } },
  { tag: "DUR-TASK-FULFILL-STAMP", given: [HELD], when: [1777, fulfill("a", 1)], promises: { a: { settledAt: 1777 } } },
  {
    tag: "DUR-TASK-FULFILL-ANSWER",
    given: [HELD],
    when: [1900, fulfill("a", 1, "resolved", VALUE)],
    seen: ({ data }) =>
      expect(data).toEqual({
        promise: {
          id: "a",
          state: "resolved",
          param: {},
          value: VALUE,
          tags: TARGET,
          timeoutAt: 9000,
          createdAt: 1000,
          settledAt: 1900,
        },
      }),
  },
  {
    tag: "DUR-TASK-FULFILL-REPEAT",
    given: [HELD, [1900, fulfill("a", 1)]],
    when: [1900, fulfill("a", 1)],
    status: 409,
    unchanged: true,
  },
  { tag: "DUR-TASK-FULFILLED", given: [HELD], but: resumed, when: [1900, fulfill("a", 1)], tasks: { a: ENDED } },
  {
    tag: "DUR-TASK-FULFILLED-VERSION",
    given: [HELD],
    when: [1900, fulfill("a", 1)],
    seen: ({ before, after }) => expect(after.tasks.get("a")?.version).toBe(before.tasks.get("a")?.version),
  },
]);

const OFFERED: Task = { id: "a", state: "pending", version: 1, resumes: [], retryAt: 1900 };

showCases("task.release", [
  { tag: "DUR-TASK-RELEASE", given: [HELD], when: [1900, release("a", 1)], tasks: { a: OFFERED } },
  {
    tag: "DUR-TASK-RELEASE-CLEARED",
    given: [HELD],
    when: [1900, release("a", 1)],
    seen: ({ after }) =>
      expect(Object.keys(after.tasks.get("a") ?? {}).sort()).toEqual(["id", "resumes", "retryAt", "state", "version"]),
  },
  {
    tag: "DUR-TASK-RELEASE-DISPATCH",
    given: [HELD],
    when: [1777, release("a", 1)],
    tasks: { a: { ...OFFERED, retryAt: 1777 } },
  },
  {
    tag: "DUR-TASK-RELEASE-KEEPS",
    given: [HELD],
    but: resumed,
    when: [1900, release("a", 1)],
    tasks: { a: { ...OFFERED, resumes: ["x"] } },
  },
  {
    tag: "DUR-TASK-RELEASE-STALE",
    given: [HELD],
    when: [1900, release("a", 0)],
    status: 409,
    tasks: { a: held() },
    unchanged: true,
  },
]);
