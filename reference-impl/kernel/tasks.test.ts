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
  fulfill,
  heartbeat,
  release,
  settle,
  spawn,
  suspend,
  TARGET,
  TIMER,
} from "../simulation/scripts/requests.js";
import type { Document, Task } from "./model.js";

/** A targeted promise until 9000 and its task, offered or held. */
const OFFERED: Happening = [1000, create("a", 9000, TARGET)];
const HELD: Happening = [1000, spawn("a", 9000)];
const WAITING: readonly Happening[] = [HELD, [1000, create("a:0", 8000, EXTERNAL)], [1100, suspend("a", 1, "a:0")]];
const HALTED: readonly Happening[] = [HELD, [1500, byId("task.halt", "a")]];
const DONE: readonly Happening[] = [HELD, [1500, fulfill("a", 1)]];

const task = (fields: Partial<Task>): Task => ({ id: "a", state: "pending", version: 0, resumes: [], ...fields });
const held = (fields: Partial<Task> = {}): Task =>
  task({ state: "acquired", version: 1, ttl: 1000, pid: "p", expiresAt: 2000, ...fields });
const ENDED = task({ state: "fulfilled", version: 1 });

function without(map: "promises" | "tasks", id: string) {
  return (document: Document): Document => {
    const kept = new Map<string, never>([...document[map]].filter(([key]) => key !== id) as [string, never][]);
    return { ...document, [map]: kept };
  };
}

function resumed(...resumes: readonly string[]) {
  return (document: Document): Document => {
    const found = document.tasks.get("a");
    if (found === undefined) throw new Error("no task to change");
    return { ...document, tasks: new Map(document.tasks).set("a", { ...found, resumes }) };
  };
}

showCases("task.get", [
  {
    tag: "DUR-TASK-GET",
    given: [OFFERED],
    when: [2000, byId("task.get", "a")],
    seen: ({ data }) => expect(data).toEqual({ task: { id: "a", state: "pending", version: 0, resumes: 0 } }),
  },
  { tag: "DUR-TASK-GET-ABSENT", given: [[1000, create("a", 9000)]], when: [2000, byId("task.get", "a")], status: 404 },
  {
    tag: "DUR-TASK-GET-ABSENT",
    of: "no promise",
    given: [OFFERED],
    but: without("promises", "a"),
    when: [2000, byId("task.get", "a")],
    status: 404,
  },
  {
    tag: "DUR-TASK-GET-DEAD",
    given: [HELD],
    when: [9000, byId("task.get", "a")],
    seen: ({ data }) => expect(data).toEqual({ task: { id: "a", state: "fulfilled", version: 1, resumes: 0 } }),
  },
  {
    tag: "DUR-TASK-RECORD",
    given: [HELD],
    when: [1500, byId("task.get", "a")],
    seen: ({ data }) =>
      expect(data).toEqual({ task: { id: "a", state: "acquired", version: 1, resumes: 0, ttl: 1000, pid: "p" } }),
  },
  {
    tag: "DUR-TASK-RECORD-RESUMES",
    given: [OFFERED],
    but: resumed("x", "y"),
    when: [1500, byId("task.get", "a")],
    data: { task: { resumes: 2 } },
  },
  ...[OFFERED, HELD].map((given) => ({
    tag: "DUR-TASK-RECORD-HIDDEN",
    of: given === HELD ? "lease" : "dispatch",
    given: [given],
    when: [1500, byId("task.get", "a")] as const,
    seen: ({ data }: { data: object }) => {
      expect(JSON.stringify(data)).not.toMatch(/expiresAt|retryAt/);
      expect(JSON.stringify(data)).toContain('"version"');
    },
  })),
]);

showCases("task.create", [
  {
    tag: "DUR-TASK-CREATE-TARGET",
    when: [1000, spawn("a", 9000, { tags: {} })],
    status: 400,
    data: "the promise of a task needs a target",
    unchanged: true,
  },
  {
    tag: "DUR-TASK-CREATE-TIMER",
    when: [1000, spawn("a", 9000, { tags: { ...TARGET, ...TIMER } })],
    status: 400,
    data: "a timer cannot have a target",
    unchanged: true,
  },
  {
    tag: "DUR-TASK-CREATE",
    when: HELD,
    promises: { a: { state: "pending", createdAt: 1000, timeoutAt: 9000, tags: TARGET } },
    tasks: { a: held() },
  },
  { tag: "DUR-TASK-CREATE-LEASE", when: [1500, spawn("a", 9000)], tasks: { a: held({ expiresAt: 2500 }) } },
  {
    tag: "DUR-TASK-CREATE-DELAY",
    when: [1000, spawn("a", 9000, { tags: { ...TARGET, "resonate:delay": "5000" } })],
    tasks: { a: held() },
  },
  {
    tag: "DUR-TASK-CREATE-BORN-DEAD",
    when: [9000, spawn("a", 9000)],
    data: { task: { state: "fulfilled", version: 0 }, promise: { state: "rejected_timedout", settledAt: 9000 } },
    promises: { a: { createdAt: 9000, settledAt: 9000, state: "rejected_timedout" } },
    tasks: { a: task({ state: "fulfilled" }) },
  },
  {
    tag: "DUR-TASK-CREATE-UNTARGETED",
    given: [[1000, create("a", 9000, EXTERNAL)]],
    when: [2000, spawn("a", 9000)],
    status: 422,
    unchanged: true,
  },
  {
    tag: "DUR-TASK-CREATE-TASKLESS",
    given: [OFFERED],
    but: without("tasks", "a"),
    when: [2000, spawn("a", 9000)],
    status: 409,
    unchanged: true,
  },
  {
    tag: "DUR-TASK-CREATE-FULFILLED",
    given: DONE,
    when: [2000, spawn("a", 9000)],
    data: { task: { state: "fulfilled", version: 1 }, promise: { state: "resolved" }, preload: [] },
    unchanged: true,
  },
  {
    tag: "DUR-TASK-CREATE-DEAD",
    given: [OFFERED],
    when: [9000, spawn("a", 20_000)],
    data: { task: { state: "fulfilled", version: 0 }, promise: { state: "rejected_timedout" } },
    tasks: { a: task({ state: "fulfilled" }) },
  },
  {
    tag: "DUR-TASK-CREATE-PENDING",
    given: [HELD, [1500, release("a", 1)]],
    when: [2000, spawn("a", 20_000, { pid: "q", ttl: 500 })],
    data: { task: { state: "acquired", version: 2, pid: "q", ttl: 500 }, promise: { timeoutAt: 9000 } },
    tasks: { a: held({ version: 2, pid: "q", ttl: 500, expiresAt: 2500 }) },
  },
  ...[[HELD], WAITING, HALTED].map((given, i) => ({
    tag: "DUR-TASK-CREATE-HELD",
    of: ["acquired", "suspended", "halted"][i] ?? "",
    given,
    when: [1900, spawn("a", 9000)] as const,
    status: 409 as const,
    unchanged: true,
  })),
  {
    tag: "DUR-TASK-CREATE-ANSWER",
    when: HELD,
    seen: ({ data }) => {
      expect(Object.keys(data).sort()).toEqual(["preload", "promise", "task"]);
      expect(data.preload).toEqual([]);
      expect(data.promise).toMatchObject({ id: "a", state: "pending" });
    },
  },
]);

showCases("task.acquire", [
  {
    tag: "DUR-TASK-ACQUIRE-ABSENT",
    when: [2000, acquire("a", 0)],
    status: 404,
    data: "task not found",
    unchanged: true,
  },
  {
    tag: "DUR-TASK-ACQUIRE-PROMISE",
    given: [OFFERED],
    but: without("promises", "a"),
    when: [2000, acquire("a", 0)],
    status: 409,
    unchanged: true,
  },
  ...[[HELD], WAITING, HALTED, DONE].map((given, i) => ({
    tag: "DUR-TASK-ACQUIRE-STATE",
    of: ["acquired", "suspended", "halted", "fulfilled"][i] ?? "",
    given,
    when: [1900, acquire("a", 1)] as const,
    status: 409 as const,
    data: "the task is not pending",
    unchanged: true,
  })),
  {
    tag: "DUR-TASK-ACQUIRE-DEAD",
    given: [OFFERED],
    when: [9000, acquire("a", 0)],
    status: 409,
    tasks: { a: task({ state: "fulfilled" }) },
  },
  ...[0, 2].map((version) => ({
    tag: "DUR-TASK-ACQUIRE-VERSION",
    of: String(version),
    given: [HELD, [1500, release("a", 1)]] as const,
    when: [2000, acquire("a", version)] as const,
    status: 409 as const,
    data: "the task has another version",
    unchanged: true,
  })),
  { tag: "DUR-TASK-ACQUIRE", given: [OFFERED], when: [2000, acquire("a", 0)], tasks: { a: held({ expiresAt: 3000 }) } },
  {
    tag: "DUR-TASK-ACQUIRE-REPEAT",
    given: [OFFERED, [2000, acquire("a", 0)]],
    when: [2000, acquire("a", 0)],
    status: 409,
    unchanged: true,
  },
  {
    tag: "DUR-TASK-ACQUIRE-BUMP",
    given: [HELD, [1500, release("a", 1)]],
    when: [2000, acquire("a", 1)],
    tasks: { a: held({ version: 2, expiresAt: 3000 }) },
  },
  {
    tag: "DUR-TASK-ACQUIRE-LEASE",
    given: [OFFERED],
    when: [2000, acquire("a", 0, { pid: "q", ttl: 50 })],
    tasks: { a: held({ pid: "q", ttl: 50, expiresAt: 2050 }) },
  },
  {
    tag: "DUR-TASK-ACQUIRE-RESUMES",
    given: [OFFERED],
    but: resumed("x"),
    when: [2000, acquire("a", 0)],
    data: { task: { resumes: 0 } },
    tasks: { a: held({ expiresAt: 3000 }) },
  },
  {
    tag: "DUR-TASK-ACQUIRE-DISPATCH",
    given: [OFFERED],
    when: [2000, acquire("a", 0)],
    seen: ({ after }) => expect(after.tasks.get("a")).not.toHaveProperty("retryAt"),
  },
  {
    tag: "DUR-TASK-ACQUIRE-ANSWER",
    given: [OFFERED],
    when: [2000, acquire("a", 0)],
    seen: ({ data }) =>
      expect(data).toMatchObject({ task: { state: "acquired" }, promise: { id: "a", state: "pending" }, preload: [] }),
  },
]);

const beat = (version = 1, id = "a") => ({ id, version });

showCases("task.heartbeat", [
  {
    tag: "DUR-TASK-HEARTBEAT",
    given: [HELD],
    when: [1700, heartbeat("p", beat())],
    tasks: { a: held({ expiresAt: 2700 }) },
  },
  {
    tag: "DUR-TASK-HEARTBEAT",
    of: "after the end of the lease",
    given: [HELD],
    when: [5000, heartbeat("p", beat())],
    tasks: { a: held({ expiresAt: 6000 }) },
  },
  { tag: "DUR-TASK-HEARTBEAT-ABSENT", given: [HELD], when: [1700, heartbeat("p", beat(1, "b"))], unchanged: true },
  ...[[OFFERED], WAITING, HALTED, DONE].map((given, i) => ({
    tag: "DUR-TASK-HEARTBEAT-STATE",
    of: ["pending", "suspended", "halted", "fulfilled"][i] ?? "",
    given,
    when: [1900, heartbeat("p", beat(i === 0 ? 0 : 1))] as const,
    unchanged: true,
  })),
  ...[0, 2].map((version) => ({
    tag: "DUR-TASK-HEARTBEAT-VERSION",
    of: String(version),
    given: [HELD],
    when: [1700, heartbeat("p", beat(version))] as const,
    unchanged: true,
  })),
  { tag: "DUR-TASK-HEARTBEAT-HOLDER", given: [HELD], when: [1700, heartbeat("q", beat())], unchanged: true },
  {
    tag: "DUR-TASK-HEARTBEAT-DEAD",
    given: [[1000, spawn("a", 1800)]],
    when: [1800, heartbeat("p", beat())],
    promises: { a: { state: "rejected_timedout", settledAt: 1800 } },
    tasks: { a: ENDED },
  },
  {
    tag: "DUR-TASK-HEARTBEAT-ANSWER",
    given: [HELD],
    when: [1700, heartbeat("q", beat(7), beat(1, "none"))],
    status: 200,
    seen: ({ data }) => expect(data).toEqual({}),
  },
  {
    tag: "DUR-TASK-HEARTBEAT-ORIGINS",
    given: [HELD, [1000, spawn("b", 9000)]],
    when: [1700, heartbeat("p", beat(0), beat(1, "b"), beat(1, "c"), beat(1))],
    tasks: { a: held({ expiresAt: 2700 }), b: { ...held({ expiresAt: 2700 }), id: "b" } },
  },
  { tag: "DUR-TASK-HEARTBEAT-EMPTY", given: [HELD], when: [1700, heartbeat("p")], status: 200, unchanged: true },
]);

showCases("task.halt", [
  { tag: "DUR-TASK-HALT-ABSENT", when: [2000, byId("task.halt", "a")], status: 404, unchanged: true },
  {
    tag: "DUR-TASK-HALT-ABSENT",
    of: "no promise",
    given: [OFFERED],
    but: without("promises", "a"),
    when: [2000, byId("task.halt", "a")],
    status: 404,
    unchanged: true,
  },
  { tag: "DUR-TASK-HALT-FULFILLED", given: DONE, when: [2000, byId("task.halt", "a")], status: 409, unchanged: true },
  {
    tag: "DUR-TASK-HALT-DEAD",
    given: WAITING,
    when: [9000, byId("task.halt", "a")],
    status: 409,
    tasks: { a: ENDED },
  },
  { tag: "DUR-TASK-HALT-AGAIN", given: HALTED, when: [2000, byId("task.halt", "a")], status: 200, unchanged: true },
  ...[[OFFERED], [HELD], WAITING].map((given, i) => ({
    tag: "DUR-TASK-HALT",
    of: ["pending", "acquired", "suspended"][i] ?? "",
    given,
    when: [1900, byId("task.halt", "a")] as const,
    tasks: { a: task({ state: "halted", version: i === 0 ? 0 : 1 }) },
  })),
  ...[OFFERED, HELD].map((given) => ({
    tag: "DUR-TASK-HALT-CLEARED",
    of: given === HELD ? "lease" : "dispatch",
    given: [given],
    when: [1900, byId("task.halt", "a")] as const,
    seen: ({ after }: { after: Document }) =>
      expect(Object.keys(after.tasks.get("a") ?? {}).sort()).toEqual(["id", "resumes", "state", "version"]),
  })),
  {
    tag: "DUR-TASK-HALT-KEEPS",
    given: [HELD],
    but: resumed("x"),
    when: [1900, byId("task.halt", "a")],
    tasks: { a: task({ state: "halted", version: 1, resumes: ["x"] }) },
  },
]);

showCases("task.continue", [
  { tag: "DUR-TASK-CONTINUE-ABSENT", when: [2000, byId("task.continue", "a")], status: 404, unchanged: true },
  ...[[OFFERED], [HELD], WAITING, DONE].map((given, i) => ({
    tag: "DUR-TASK-CONTINUE-STATE",
    of: ["pending", "acquired", "suspended", "fulfilled"][i] ?? "",
    given,
    when: [1900, byId("task.continue", "a")] as const,
    status: 409 as const,
    unchanged: true,
  })),
  {
    tag: "DUR-TASK-CONTINUE-PROMISE",
    given: HALTED,
    but: without("promises", "a"),
    when: [2000, byId("task.continue", "a")],
    status: 404,
    unchanged: true,
  },
  {
    tag: "DUR-TASK-CONTINUE-DEAD",
    given: HALTED,
    when: [9000, byId("task.continue", "a")],
    status: 409,
    tasks: { a: ENDED },
  },
  {
    tag: "DUR-TASK-CONTINUE",
    given: HALTED,
    when: [2000, byId("task.continue", "a")],
    tasks: { a: task({ version: 1, retryAt: 2000 }) },
  },
  {
    tag: "DUR-TASK-CONTINUE-DISPATCH",
    given: HALTED,
    when: [2345, byId("task.continue", "a")],
    tasks: { a: task({ version: 1, retryAt: 2345 }) },
  },
  {
    tag: "DUR-TASK-CONTINUE-KEEPS",
    given: HALTED,
    but: resumed("x", "y"),
    when: [2000, byId("task.continue", "a")],
    tasks: { a: task({ version: 1, resumes: ["x", "y"], retryAt: 2000 }) },
  },
]);

const resume = { step: "R4", promise: "a:0", awaiter: "a" } as const;
const WAITED: Happening = [1000, create("a:0", 8000, EXTERNAL)];
const SETTLED: Happening = [1500, settle("a:0")];
const BOTH: readonly Happening[] = [WAITED, [1100, callback("a:0", "a")], SETTLED];

showCases("R4, the callback drain", [
  {
    tag: "DUR-TASK-RESUME",
    given: [...WAITING, SETTLED],
    when: [1600, resume],
    promises: { "a:0": { callbacks: [] } },
  },
  {
    tag: "DUR-TASK-RESUME",
    of: "settled by its deadline",
    given: WAITING,
    when: [8000, resume],
    promises: { "a:0": { callbacks: [], state: "rejected_timedout", settledAt: 8000 } },
    tasks: { a: task({ version: 1, resumes: ["a:0"], retryAt: 8000 }) },
  },
  {
    tag: "DUR-TASK-RESUME-SUSPENDED",
    given: [...WAITING, SETTLED],
    when: [1600, resume],
    tasks: { a: task({ version: 1, resumes: ["a:0"], retryAt: 1600 }) },
  },
  {
    tag: "DUR-TASK-RESUME-DISPATCH",
    given: [...WAITING, SETTLED],
    when: [1777, resume],
    tasks: { a: task({ version: 1, resumes: ["a:0"], retryAt: 1777 }) },
  },
  {
    tag: "DUR-TASK-RESUME-VERSION",
    given: [...WAITING, SETTLED],
    when: [1600, resume],
    seen: ({ before, after }) => expect(after.tasks.get("a")?.version).toBe(before.tasks.get("a")?.version),
  },
  {
    tag: "DUR-TASK-RESUME-RUNNING",
    of: "pending",
    given: [OFFERED, ...BOTH],
    when: [1600, resume],
    tasks: { a: task({ resumes: ["a:0"], retryAt: 1000 }) },
  },
  {
    tag: "DUR-TASK-RESUME-RUNNING",
    of: "acquired",
    given: [HELD, ...BOTH],
    when: [1600, resume],
    tasks: { a: held({ resumes: ["a:0"] }) },
  },
  {
    tag: "DUR-TASK-RESUME-RUNNING",
    of: "halted",
    given: [HELD, ...BOTH, [1550, byId("task.halt", "a")]],
    when: [1600, resume],
    tasks: { a: task({ state: "halted", version: 1, resumes: ["a:0"] }) },
  },
  {
    tag: "DUR-TASK-RESUME-ONCE",
    given: [HELD, ...BOTH],
    but: resumed("x", "a:0"),
    when: [1600, resume],
    tasks: { a: held({ resumes: ["x", "a:0"] }) },
    promises: { "a:0": { callbacks: [] } },
  },
  {
    tag: "DUR-TASK-RESUME-DEAD",
    given: [[1000, spawn("a", 1600)], WAITED, [1100, suspend("a", 1, "a:0")], SETTLED],
    when: [1600, resume],
    promises: { a: { state: "rejected_timedout", settledAt: 1600 }, "a:0": { callbacks: [] } },
    tasks: { a: ENDED },
  },
  {
    tag: "DUR-TASK-RESUME-FULFILLED",
    given: [HELD, ...BOTH, [1550, fulfill("a", 1)]],
    when: [1600, resume],
    promises: { "a:0": { callbacks: [] } },
    tasks: { a: ENDED },
  },
  {
    tag: "DUR-TASK-RESUME-ABSENT",
    given: [...WAITING, SETTLED],
    but: without("tasks", "a"),
    when: [1600, resume],
    promises: { "a:0": { callbacks: [] } },
    tasks: { a: null },
  },
  { tag: "DUR-TASK-RESUME-EARLY", given: WAITING, when: [7999, resume], unchanged: true },
]);

const expire = { step: "R5", task: "a" } as const;
const dispatch = { step: "R6", task: "a" } as const;
const EXECUTE = { kind: "execute", address: ADDRESS, task: { id: "a", version: 0 } };

showCases("R5, the end of a lease", [
  { tag: "DUR-TASK-EXPIRY", given: [HELD], when: [2000, expire], tasks: { a: task({ version: 1, retryAt: 2000 }) } },
  {
    tag: "DUR-TASK-EXPIRY-CLEARED",
    given: [HELD],
    when: [2500, expire],
    seen: ({ after }) => expect(after.tasks.get("a")).toEqual(task({ version: 1, retryAt: 2500 })),
  },
  {
    tag: "DUR-TASK-EXPIRY-DISPATCH",
    given: [HELD],
    when: [2345, expire],
    tasks: { a: task({ version: 1, retryAt: 2345 }) },
  },
  {
    tag: "DUR-TASK-EXPIRY-KEEPS",
    given: [HELD],
    but: resumed("x"),
    when: [2000, expire],
    tasks: { a: task({ version: 1, resumes: ["x"], retryAt: 2000 }) },
  },
  { tag: "DUR-TASK-EXPIRY-DEAD", given: [HELD], when: [9000, expire], unchanged: true },
  { tag: "DUR-TASK-EXPIRY-EARLY", given: [HELD], when: [1999, expire], unchanged: true },
  { tag: "DUR-TIME-DUE-LEASE", given: [HELD], when: [2000, expire], tasks: { a: task({ version: 1, retryAt: 2000 }) } },
]);

showCases("R6, the dispatch", [
  { tag: "DUR-TASK-DISPATCH", given: [OFFERED], when: [1000, dispatch], messages: [EXECUTE] },
  { tag: "DUR-TASK-DISPATCH-REARM", given: [OFFERED], when: [1200, dispatch], tasks: { a: task({ retryAt: 6200 }) } },
  { tag: "DUR-TASK-DISPATCH-DEAD", given: [OFFERED], when: [9000, dispatch], unchanged: true },
  { tag: "DUR-TASK-DISPATCH-EARLY", given: [OFFERED], when: [999, dispatch], unchanged: true },
  {
    tag: "DUR-TASK-DISPATCH-EARLY",
    of: "delayed",
    given: [[1000, create("a", 9000, { ...TARGET, "resonate:delay": "5000" })]],
    when: [4999, dispatch],
    unchanged: true,
  },
  { tag: "DUR-TIME-DUE-DISPATCH", given: [OFFERED], when: [1000, dispatch], messages: [EXECUTE] },
  {
    tag: "DUR-MESSAGE-EXECUTE",
    given: [OFFERED, [1000, acquire("a", 0)], [1100, release("a", 1)]],
    when: [1200, dispatch],
    messages: [{ ...EXECUTE, task: { id: "a", version: 1 } }],
  },
  {
    tag: "DUR-MESSAGE-EXECUTE-ADDRESS",
    given: [[1000, create("a", 9000, { "resonate:target": "https://x" })]],
    when: [1200, dispatch],
    messages: [{ ...EXECUTE, address: "https://x" }],
  },
  {
    tag: "DUR-MESSAGE-EXECUTE-LOST",
    given: [OFFERED, [1000, dispatch]],
    when: [6000, dispatch],
    tasks: { a: task({ retryAt: 11_000 }) },
    seen: ({ before, after }) => expect([before, after].map(({ sequence }) => sequence)).toEqual([1, 2]),
  },
  ...[[HELD], WAITING, HALTED, DONE].map((given, i) => ({
    tag: "DUR-MESSAGE-EXECUTE-ENDS",
    of: ["acquired", "suspended", "halted", "fulfilled"][i] ?? "",
    given,
    when: [1900, dispatch] as const,
    unchanged: true,
  })),
  {
    tag: "DUR-MESSAGE-ADDRESS-TARGET",
    given: [[1000, create("a", 9000, { "resonate:target": "default" })]],
    when: [1200, dispatch],
    messages: [{ ...EXECUTE, address: "default" }],
  },
  {
    tag: "DUR-MESSAGE-KEY",
    given: [OFFERED, [1000, dispatch], [1000, acquire("a", 0)], [1100, release("a", 1)]],
    when: [1200, dispatch],
    messages: [{ ...EXECUTE, task: { id: "a", version: 1 } }],
  },
  {
    tag: "DUR-MESSAGE-KEY-EXECUTE",
    given: [OFFERED, [1000, create("b", 9000, TARGET)], [1000, { step: "R6", task: "b" }]],
    when: [1200, dispatch],
    messages: [{ ...EXECUTE, task: { id: "b", version: 0 } }, EXECUTE],
  },
]);
