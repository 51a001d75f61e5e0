import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Happening } from "../simulation/scripts/requests.js";
import {
  acquire,
  answer,
  byId,
  COMPAT,
  callback,
  create,
  documentAfter,
  EXTERNAL,
  fence,
  fulfill,
  heartbeat,
  listener,
  MODES,
  release,
  STRICT,
  schedule,
  settingsOf,
  settle,
  spawn,
  suspend,
  TARGET,
  TIMER,
} from "../simulation/scripts/requests.js";
import { handle } from "./handle.js";
import type { Document } from "./model.js";
import { originOf } from "./origin.js";
import type { Request } from "./request.js";

const BOTH = { ...TARGET, ...TIMER };
const HELD: Happening = [1000, spawn("a", 9000)];

function actions(id: string, version: number, ...pairs: readonly (readonly [string, string])[]): Request {
  return {
    kind: "task.suspend",
    data: { id, version, actions: pairs.map(([awaited, awaiter]) => callback(awaited, awaiter)) },
  };
}

function fulfilAs(id: string, version: number, other: string, state: string): Request {
  return { kind: "task.fulfill", data: { id, version, action: settle(other, state) } };
}

/** Requests in which several things are wrong at once, with the refusals in the order in which they are decided. */
type Refusal = readonly [given: readonly Happening[], request: Request, why: string];
const ORDERS: readonly (readonly [name: string, ...chain: Refusal[]])[] = [
  [
    "promise.settle",
    [[], settle("a", "x"), "a promise cannot be settled to that state"],
    [[], settle("a"), "promise not found"],
  ],
  [
    "promise.register_callback",
    [[], callback("a", "a"), "a promise cannot wait for itself"],
    [[], callback("a", "b"), "a task can wait only for promises of its own origin"],
    [[], callback("a", "a:b"), "awaited promise not found"],
    [[[1000, create("a", 9000)]], callback("a", "a:b"), "awaiter not found"],
    [
      [
        [1000, create("a", 9000)],
        [1000, create("a:b", 9000)],
      ],
      callback("a", "a:b"),
      "the awaiter has no task",
    ],
    [
      [
        [1000, create("a", 9000)],
        [1000, create("a:b", 9000, TARGET)],
      ],
      callback("a", "a:b"),
      "the awaited promise is internal",
    ],
  ],
  [
    "promise.register_listener",
    [[], listener("a", "x"), "nothing can be delivered to the address"],
    [[], listener("a"), "promise not found"],
    [[[1000, create("a", 9000)]], listener("a"), "the promise is internal"],
  ],
  [
    "task.create",
    [[[1000, create("a", 9000)]], spawn("a", 9000, { tags: TIMER, ttl: 0 }), "the promise of a task needs a target"],
    [
      [[1000, create("a", 9000)]],
      spawn("a", 9000, { tags: { ...BOTH, "resonate:target": "" }, ttl: 0 }),
      "a timer cannot have a target",
    ],
    [
      [[1000, create("a", 9000)]],
      spawn("a", 9000, { tags: { "resonate:target": "" }, ttl: 0 }),
      "the ttl has to be positive",
    ],
    [
      [[1000, create("a", 9000)]],
      spawn("a", 9000, { tags: { "resonate:target": "", "resonate:delay": "x" } }),
      "the target is empty",
    ],
    [
      [[1000, create("a", 9000)]],
      spawn("a", 9000, { tags: { ...TARGET, "resonate:delay": "x" } }),
      "the delay is no decimal instant",
    ],
    [[[1000, create("a", 9000)]], spawn("a", 9000), "the promise has no target"],
    [[HELD], spawn("a", 9000), "the task is acquired"],
  ],
  [
    "task.acquire",
    [[], acquire("a", 5, { ttl: 0 }), "the ttl has to be positive"],
    [[], acquire("a", 5), "task not found"],
    [[HELD], acquire("a", 5), "the task is not pending"],
    [[HELD, [1000, release("a", 1)]], acquire("a", 5), "the task has another version"],
  ],
  [
    "task.fence",
    [[], fence("a", 5, settle("a", "x")), "a task cannot fence its own promise"],
    [[], fence("a", 5, settle("a:0")), "task not found"],
    [[HELD, [1000, release("a", 1)]], fence("a", 5, settle("a:0")), "the task is not acquired"],
    [[HELD], fence("a", 5, settle("a:0")), "the task has another version"],
  ],
  [
    "task.suspend",
    [[], actions("a", 5), "there is nothing to wait for"],
    [[], actions("a", 5, ["a", "x"], ["b", "x"], ["b", "x"]), "a promise cannot wait for itself"],
    [[], actions("a", 5, ["b", "x"], ["b", "x"]), "a promise is awaited twice"],
    [[], actions("a", 5, ["b", "x"]), "a task can wait only for promises of its own origin"],
    [[], actions("a", 5, ["a:0", "x"]), "an awaiter is not the task"],
    [[], suspend("a", 5, "a:0"), "task not found"],
    [[HELD, [1000, release("a", 1)]], suspend("a", 5, "a:0"), "the task is not acquired"],
    [[HELD], suspend("a", 5, "a:0"), "the task has another version"],
    [[HELD, [1000, create("a:1", 9000)]], suspend("a", 1, "a:0", "a:1"), "awaited promise not found"],
    [[HELD, [1000, create("a:1", 9000)]], suspend("a", 1, "a:1", "a:0"), "an awaited promise is internal"],
  ],
  [
    "task.fulfill",
    [[], fulfilAs("a", 5, "b", "pending"), "a promise cannot be settled to that state"],
    [[], fulfilAs("a", 5, "b", "resolved"), "a task fulfils only its own promise"],
    [[], fulfill("a", 5), "task not found"],
    [[HELD, [1000, release("a", 1)]], fulfill("a", 5), "the task is not acquired"],
    [[HELD], fulfill("a", 5), "the task has another version"],
  ],
  [
    "schedule.create",
    [[], schedule("s", "bad", { promiseTags: { ...BOTH, "resonate:target": "" } }), "a timer cannot have a target"],
    [[], schedule("s", "bad", { promiseTags: { "resonate:target": "" } }), "the calendar expression names no instant"],
    [[], schedule("s", "* * * * *", { promiseTags: { "resonate:target": "" } }), "the target is empty"],
  ],
];

describe("refusals", () => {
  it.each(ORDERS.map(([name, ...chain]) => [name, chain] as const))("of %s come in their order", (_, chain) => {
    traceSpec("DUR-REQUEST-ORDER");
    for (const [given, request, why] of chain) {
      const document = documentAfter(COMPAT, ...given);
      const { response, document: after } = handle(document, 2000 - 500, request, COMPAT);
      expect([request, response.data]).toEqual([request, why]);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(after).toBe(document);
    }
  });
});

const SCRIPT: readonly Happening[] = [
  HELD,
  [1000, create("a:0", 8000, EXTERNAL)],
  [1000, create("a:1", 8000, TARGET)],
  [1000, listener("a:0")],
  [1000, schedule("s", "* * * * *")],
];

/** One request of every kind that the document after `SCRIPT` accepts, and the status of the answer. */
const ACCEPTED: readonly (readonly [Request, number])[] = [
  [byId("promise.get", "a"), 200],
  [create("a:2", 8000, TARGET), 200],
  [settle("a:0"), 200],
  [callback("a:0", "a:1"), 200],
  [listener("a:0", "https://other"), 200],
  [byId("task.get", "a"), 200],
  [spawn("b", 9000), 200],
  [acquire("a:1", 0), 200],
  [fence("a", 1, create("a:3", 8000, TARGET)), 200],
  [heartbeat("p", { id: "a", version: 1 }), 200],
  [suspend("a", 1, "a:0"), 200],
  [fulfill("a", 1), 200],
  [release("a", 1), 200],
  [byId("task.halt", "a"), 200],
  [byId("task.continue", "a"), 409],
  [byId("schedule.get", "s"), 200],
  [schedule("t", "* * * * *"), 200],
  [byId("schedule.delete", "s"), 200],
  [{ kind: "promise.search", data: {} }, 200],
  [{ kind: "task.search", data: {} }, 200],
  [{ kind: "schedule.search", data: {} }, 200],
];

describe("every kind of request", () => {
  const document = documentAfter(COMPAT, ...SCRIPT);

  it("is there once", () => expect(new Set(ACCEPTED.map(([{ kind }]) => kind)).size).toBe(21));

  it.each(ACCEPTED.map(([request, status]) => [request.kind, request, status] as const))(
    "%s puts nothing into the outbox and is answered by its kind",
    (kind, request, status) => {
      traceSpec("DUR-REQUEST-SILENT");
      traceSpec("DUR-REQUEST-KIND");
      traceSpec("DUR-REQUEST-REASON");
      const { document: after, response } = handle(document, 1500, request, COMPAT);
      expect([response.kind, response.status]).toEqual([kind, status]);
      expect([after.outbox, after.sequence]).toEqual([document.outbox, document.sequence]);
      expect(typeof response.data).toBe(status === 200 ? "object" : "string");
      const refused = answer(document, 99_999, request, STRICT);
      if (refused.status >= 400) expect(refused.data).toMatch(/^[a-z].*[a-z0-9]$/);
    },
  );

  it.each(ACCEPTED.map(([request]) => [request.kind, request] as const))(
    "%s leaves the document it is given alone",
    (_, request) => {
      traceSpec("DUR-REQUEST-ATOMIC");
      const before = structuredClone(document);
      const { document: after } = handle(document, 1500, request, COMPAT);
      expect(document).toEqual(before);
      // Whoever throws the result away has changed nothing; whoever keeps it has all of it.
      expect(handle(document, 1500, request, COMPAT).document).toEqual(after);
    },
  );
});

describe.each(MODES)("one transition (%s)", (mode) => {
  const settings = settingsOf(mode);

  it("stamps everything it writes with one instant", () => {
    traceSpec("DUR-REQUEST-NOW");
    const { tasks, promises } = documentAfter(
      settings,
      [1234, spawn("a", 9000)],
      [1777, fence("a", 1, create("a:0", 9000, TARGET))],
    );
    expect([promises.get("a")?.createdAt, tasks.get("a")?.expiresAt]).toEqual([1234, 2234]);
    expect([promises.get("a:0")?.createdAt, tasks.get("a:0")?.retryAt]).toEqual([1777, 1777]);
  });

  it("reads the state before it, whatever it writes", () => {
    traceSpec("DUR-REQUEST-SNAPSHOT");
    const document = documentAfter(settings, HELD);
    // The second entry is judged like the first: by the lease before the request.
    const twice = handle(document, 1500, heartbeat("p", { id: "a", version: 1 }, { id: "a", version: 1 }), settings);
    expect(twice.document).toEqual(handle(document, 1500, heartbeat("p", { id: "a", version: 1 }), settings).document);
    const dead = documentAfter(settings, [1000, spawn("a", 1500)], [1000, create("a:0", 1500, EXTERNAL)]);
    const fenced = handle(dead, 1500, fence("a", 1, settle("a:0")), settings);
    expect(fenced.response.status).toBe(409);
    expect(fenced.document.promises.get("a:0")?.state).toBe("pending");
  });

  it("changes nothing if it is malformed", () => {
    traceSpec("DUR-REQUEST-REFUSED");
    const overdue = documentAfter(settings, [1000, spawn("a", 1500)], [1000, create("a:0", 1500, EXTERNAL)]);
    const malformed = [
      settle("a:0", "pending"),
      callback("a:0", "a:0"),
      listener("a:0", "x"),
      spawn("a:0", 9000, { tags: {} }),
      fence("a", 1, settle("a")),
      suspend("a", 1),
      suspend("a", 1, "a"),
      suspend("a", 1, "a:0", "a:0"),
      fulfill("a", 1, "pending"),
      schedule("s", "bad"),
    ];
    for (const request of malformed) {
      const { document, response } = handle(overdue, 2000, request, settings);
      expect([response.kind, response.status]).toEqual([request.kind, 400]);
      expect(document).toBe(overdue);
    }
  });
});

describe("the origin of an id", () => {
  it("is what stands before the first colon", () => {
    traceSpec("DUR-REQUEST-ORIGIN");
    expect([originOf("wf:0.3"), originOf("wf:d0:1"), originOf(":x"), originOf("wf:")]).toEqual(["wf", "wf", "", "wf"]);
  });

  it("is a root's whole id, dots included", () => {
    traceSpec("DUR-REQUEST-ORIGIN-ROOT");
    expect([originOf("wf"), originOf("")]).toEqual(["wf", ""]);
    traceSpec("DUR-REQUEST-ORIGIN-DOT");
    expect([originOf("a.b.c"), originOf("a.b:0.1")]).toEqual(["a.b.c", "a.b"]);
  });

  it("is not what the tags declare", () => {
    traceSpec("DUR-REQUEST-ORIGIN-TAG");
    const declared = { ...EXTERNAL, "resonate:origin": "a" };
    const document = documentAfter(COMPAT, [1000, create("a:w", 9000, TARGET)], [1000, create("b", 9000, declared)]);
    expect(answer(document, 2000, callback("b", "a:w"), COMPAT).status).toBe(400);
  });
});

it("gives the same reference back when nothing changed, part by part", () => {
  const document = documentAfter(COMPAT, ...SCRIPT);
  const shared = (after: Document) =>
    (["promises", "tasks", "schedules", "outbox"] as const).filter((part) => after[part] === document[part]);
  expect(shared(handle(document, 1500, settle("a:0"), COMPAT).document)).toEqual(["tasks", "schedules", "outbox"]);
  expect(shared(handle(document, 1500, release("a", 1), COMPAT).document)).toEqual(["promises", "schedules", "outbox"]);
  expect(shared(handle(document, 1500, byId("schedule.delete", "s"), COMPAT).document)).toEqual([
    "promises",
    "tasks",
    "outbox",
  ]);
});
