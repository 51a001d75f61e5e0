import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { showCases } from "../../test/builders/durable-case.js";
import type { Happening } from "../simulation/scripts/requests.js";
import {
  ADDRESS,
  acquire,
  answer,
  byId,
  COMPAT,
  callback,
  continued,
  create,
  documentAfter,
  EXTERNAL,
  fence,
  listener,
  release,
  STRICT,
  schedule,
  settle,
  spawn,
  suspend,
  TARGET,
  TIMER,
} from "../simulation/scripts/requests.js";
import { applies, COMPAT_RULES } from "./compat.js";

const SLEEP = { ...TARGET, ...TIMER };
const HELD: Happening = [1000, spawn("a", 9000)];
const delayed = (delay: string, tags = TARGET) => ({ ...tags, "resonate:delay": delay });
const actions = (awaited: string, awaiter: string) =>
  ({ kind: "task.suspend", data: { id: "a", version: 1, actions: [callback(awaited, awaiter)] } }) as const;
const fulfilAs = { kind: "task.fulfill", data: { id: "a", version: 1, action: settle("b") } } as const;
const compat = { modes: ["compat"] } as const;
const strict = { modes: ["strict"] } as const;

showCases("timers that have a target", [
  {
    ...compat,
    tag: "DUR-COMPAT-TIMER-KEEPS-TARGET",
    when: [1000, create("a", 9000, SLEEP)],
    promises: { a: { state: "pending" } },
  },
  { ...compat, tag: "DUR-COMPAT-TIMER-TASKLESS", when: [1000, create("a", 9000, SLEEP)], tasks: { a: null } },
  {
    ...compat,
    tag: "DUR-COMPAT-TIMER-TASKLESS",
    of: "born dead",
    when: [9000, create("a", 9000, SLEEP)],
    tasks: { a: null },
    promises: { a: { state: "resolved" } },
  },
  {
    ...compat,
    tag: "DUR-COMPAT-TIMER-TAG",
    when: [1000, create("a", 9000, SLEEP)],
    data: { promise: { tags: SLEEP } },
  },
  {
    ...compat,
    tag: "DUR-COMPAT-TIMER-FENCE",
    given: [HELD],
    when: [1000, fence("a", 1, create("a:0", 9000, SLEEP))],
    data: { action: { status: 200 } },
    promises: { "a:0": { state: "pending" } },
    tasks: { "a:0": null },
  },
  {
    ...strict,
    tag: "DUR-PROMISE-CREATE-TIMER",
    of: "in a fence",
    given: [HELD],
    when: [1000, fence("a", 1, create("a:0", 9000, SLEEP))],
    status: 200,
    data: { action: { status: 400 } },
    unchanged: true,
  },
  { ...compat, tag: "DUR-COMPAT-TIMER-ELSEWHERE", when: [1000, spawn("a", 9000, { tags: SLEEP })], status: 400 },
  {
    ...compat,
    tag: "DUR-COMPAT-TIMER-ELSEWHERE",
    of: "schedule",
    when: [1000, schedule("s", "* * * * *", { promiseTags: SLEEP })],
    status: 400,
  },
  {
    ...compat,
    tag: "DUR-COMPAT-TIMERS-ARE-NOT-TARGETED",
    given: [
      [1000, create("a", 9000, SLEEP)],
      [1000, create("a:0", 9000, EXTERNAL)],
    ],
    when: [2000, callback("a:0", "a")],
    status: 422,
  },
  {
    ...compat,
    tag: "DUR-COMPAT-TIMERS-ARE-NOT-TARGETED",
    of: "task.create",
    given: [[1000, create("a", 9000, SLEEP)]],
    when: [2000, spawn("a", 9000)],
    status: 422,
  },
]);

showCases("what is external and deliverable", [
  {
    ...compat,
    tag: "DUR-COMPAT-GLOBAL-SCOPE-IS-EXTERNAL",
    given: [[1000, create("a", 9000, { "resonate:scope": "global" })]],
    when: [2000, listener("a")],
    status: 200,
  },
  {
    ...compat,
    tag: "DUR-COMPAT-GLOBAL-SCOPE-IS-EXTERNAL",
    of: "local",
    given: [[1000, create("a", 9000, { "resonate:scope": "local" })]],
    when: [2000, listener("a")],
    status: 422,
  },
  {
    ...strict,
    tag: "DUR-COMPAT-GLOBAL-STRICT",
    given: [[1000, create("a", 9000, { "resonate:scope": "global" })]],
    when: [2000, listener("a")],
    status: 422,
  },
  {
    ...compat,
    tag: "DUR-COMPAT-NATS-IS-DELIVERABLE",
    given: [[1000, create("a", 9000, EXTERNAL)]],
    when: [2000, listener("a", "nats://x.Y")],
    promises: { a: { listeners: ["nats://x.Y"] } },
  },
  {
    ...strict,
    tag: "DUR-COMPAT-NATS-STRICT",
    given: [[1000, create("a", 9000, EXTERNAL)]],
    when: [2000, listener("a", "nats://x.Y")],
    status: 400,
  },
]);

const APART: readonly Happening[] = [HELD, [1000, create("b", 9000, EXTERNAL)]];

showCases("waits across origins", [
  {
    ...compat,
    tag: "DUR-COMPAT-WAITS-STAY-IN-THE-ORIGIN",
    given: APART,
    when: [1500, callback("b", "a")],
    status: 400,
    unchanged: true,
  },
  {
    ...compat,
    tag: "DUR-COMPAT-WAITS-SUSPEND",
    given: APART,
    when: [1500, suspend("a", 1, "b")],
    status: 400,
    unchanged: true,
  },
  {
    ...strict,
    tag: "DUR-COMPAT-WAITS-STRICT",
    given: APART,
    when: [1500, callback("b", "a")],
    promises: { b: { callbacks: ["a"] } },
  },
  {
    ...strict,
    tag: "DUR-COMPAT-WAITS-STRICT",
    of: "suspension",
    given: APART,
    when: [1500, suspend("a", 1, "b")],
    promises: { b: { callbacks: ["a"] } },
  },
  {
    tag: "DUR-COMPAT-WAITS-PARTITIONED",
    partitioned: true,
    given: APART,
    when: [1500, callback("b", "a")],
    status: 400,
  },
  {
    tag: "DUR-COMPAT-WAITS-PARTITIONED",
    of: "suspension",
    partitioned: true,
    given: APART,
    when: [1500, suspend("a", 1, "b")],
    status: 400,
  },
]);

const BRANCH = { "resonate:branch": "a" };
const FAMILY: readonly Happening[] = [
  [1000, spawn("a", 9000, { tags: { ...TARGET, ...BRANCH } })],
  [1000, create("a:2", 9000, BRANCH)],
  [1000, create("a:10", 1800, BRANCH)],
  [1000, create("a:1", 9000, { ...EXTERNAL, ...BRANCH })],
  [1000, create("a:3", 9000, { "resonate:branch": "a:3" })],
  [1000, create("a:4", 9000)],
  [1500, settle("a:1")],
];
const ids = (data: { readonly preload?: readonly { readonly id: string }[] }) => data.preload?.map(({ id }) => id);

showCases("preload", [
  {
    ...compat,
    tag: "DUR-COMPAT-PRELOAD-IS-FILLED",
    given: FAMILY,
    when: [1700, suspend("a", 1, "a:1")],
    status: 300,
    seen: ({ data }) => expect(new Set(ids(data))).toEqual(new Set(["a:1", "a:2", "a:10"])),
  },
  {
    ...compat,
    tag: "DUR-COMPAT-PRELOAD-IS-FILLED",
    of: "task.acquire",
    given: [...FAMILY, [1600, release("a", 1)]],
    when: [1700, acquire("a", 1)],
    seen: ({ data }) => expect(ids(data)).toHaveLength(3),
  },
  {
    ...compat,
    tag: "DUR-COMPAT-PRELOAD-IS-FILLED",
    of: "task.create",
    given: [...FAMILY, [1600, release("a", 1)]],
    when: [1700, spawn("a", 1)],
    seen: ({ data }) => expect(ids(data)).toHaveLength(3),
  },
  {
    ...compat,
    tag: "DUR-COMPAT-PRELOAD-IS-FILLED",
    of: "task.fence",
    given: FAMILY,
    when: [1700, fence("a", 1, create("a:5", 9000, BRANCH))],
    seen: ({ data }) => expect(ids(data)).toEqual(["a:1", "a:10", "a:2", "a:5"]),
  },
  {
    ...compat,
    tag: "DUR-COMPAT-PRELOAD-ORDER",
    given: FAMILY,
    when: [1700, suspend("a", 1, "a:1")],
    status: 300,
    seen: ({ data }) => expect(ids(data)).toEqual(["a:1", "a:10", "a:2"]),
  },
  {
    ...compat,
    tag: "DUR-COMPAT-PRELOAD-CURRENT",
    given: FAMILY,
    when: [1800, fence("a", 1, settle("a:2", "rejected"))],
    data: {
      preload: [
        { id: "a:1", state: "resolved" },
        { id: "a:10", state: "rejected_timedout", settledAt: 1800 },
        { id: "a:2", state: "rejected" },
      ],
    },
    promises: { "a:10": { state: "rejected_timedout" } },
  },
  {
    ...strict,
    tag: "DUR-TASK-PRELOAD",
    given: FAMILY,
    when: [1700, suspend("a", 1, "a:1")],
    status: 300,
    seen: ({ data }) => expect(ids(data)).toEqual([]),
  },
]);

showCases("leases, targets and delays", [
  ...[spawn("a", 9000, { ttl: 0 }), acquire("a", 0, { ttl: 0 })].flatMap((request) => [
    {
      ...compat,
      tag: "DUR-COMPAT-TTL-IS-POSITIVE",
      of: request.kind,
      when: [1000, request] as const,
      status: 400 as const,
      unchanged: true,
    },
  ]),
  {
    ...strict,
    tag: "DUR-COMPAT-TTL-STRICT",
    when: [1000, spawn("a", 9000, { ttl: 0 })],
    tasks: { a: { id: "a", state: "acquired", version: 1, resumes: [], ttl: 0, pid: "p", expiresAt: 1000 } },
  },
  {
    ...strict,
    tag: "DUR-COMPAT-TTL-STRICT",
    of: "task.acquire",
    given: [[1000, create("a", 9000, TARGET)]],
    when: [1500, acquire("a", 0, { ttl: 0 })],
    tasks: { a: { id: "a", state: "acquired", version: 1, resumes: [], ttl: 0, pid: "p", expiresAt: 1500 } },
  },
  ...["", "empty"].slice(0, 1).flatMap((target) => {
    const tags = { "resonate:target": target };
    const requests = [
      create("a", 9000, tags),
      spawn("a", 9000, { tags }),
      schedule("a", "* * * * *", { promiseTags: tags }),
    ];
    return requests.flatMap((request) => [
      {
        ...compat,
        tag: "DUR-COMPAT-TARGET-IS-NONEMPTY",
        of: request.kind,
        when: [1000, request] as const,
        status: 400 as const,
        unchanged: true,
      },
      {
        ...strict,
        tag: "DUR-COMPAT-TARGET-STRICT",
        of: request.kind,
        when: [1000, request] as const,
        status: 200 as const,
        unchanged: false,
      },
    ]);
  }),
  ...["", "x", "12x", "-5", "1.5", " 5"].map((delay) => ({
    ...compat,
    tag: "DUR-COMPAT-DELAY-IS-SOUND",
    of: JSON.stringify(delay),
    when: [1000, create("a", 9000, delayed(delay))] as const,
    status: 400 as const,
    unchanged: true,
  })),
  {
    ...compat,
    tag: "DUR-COMPAT-DELAY-IS-SOUND",
    of: "of a task",
    when: [1000, spawn("a", 9000, { tags: delayed("x") })],
    status: 400,
  },
  {
    ...compat,
    tag: "DUR-COMPAT-DELAY-IS-SOUND",
    of: "sound",
    when: [1000, create("a", 9000, delayed("8999"))],
    status: 200,
  },
  ...["9000", "9001", "99999999999999999999"].map((delay) => ({
    ...compat,
    tag: "DUR-COMPAT-DELAY-DEADLINE",
    of: delay,
    when: [1000, create("a", 9000, delayed(delay))] as const,
    status: 400 as const,
    unchanged: true,
  })),
  {
    ...compat,
    tag: "DUR-COMPAT-DELAY-DEADLINE",
    of: "of a schedule",
    when: [1000, schedule("s", "* * * * *", { promiseTags: delayed("120000") })],
    status: 400,
  },
  {
    ...compat,
    tag: "DUR-COMPAT-DELAY-DEADLINE",
    of: "of a schedule, in time",
    when: [1000, schedule("s", "* * * * *", { promiseTags: delayed("119999") })],
    status: 200,
  },
  ...[{}, SLEEP].map((tags, i) => ({
    ...compat,
    tag: "DUR-COMPAT-DELAY-TARGET",
    of: i === 0 ? "none" : "timer",
    when: [1000, create("a", 9000, delayed("5000", tags))] as const,
    status: 400 as const,
    unchanged: true,
  })),
  ...(
    [
      ["5000", 5000],
      ["", 1000],
      ["2x", 92],
      ["-7", 7],
      ["9/9", 909],
      ["é", 185],
      ["99999999999999999999", Number.MAX_SAFE_INTEGER],
    ] as const
  ).map(([delay, number]) => ({
    ...strict,
    tag: "DUR-COMPAT-DELAY-STRICT",
    of: JSON.stringify(delay),
    when: [1, create("a", 9000, delayed(delay))] as const,
    tasks: { a: { id: "a", state: "pending", version: 0, resumes: [], retryAt: delay === "" ? 1 : number } } as const,
  })),
]);

showCases("actions that name somebody else", [
  {
    ...compat,
    tag: "DUR-COMPAT-ACTIONS-NAME-THE-TASK",
    given: [HELD, [1000, create("a:0", 9000, EXTERNAL)]],
    when: [1500, actions("a:0", "a:1")],
    status: 400,
    unchanged: true,
  },
  {
    ...strict,
    tag: "DUR-COMPAT-ACTIONS-STRICT",
    given: [HELD, [1000, create("a:0", 9000, EXTERNAL)]],
    when: [1500, actions("a:0", "a:1")],
    promises: { "a:0": { callbacks: ["a"] } },
  },
  { ...compat, tag: "DUR-COMPAT-ACTIONS-FULFILL", given: APART, when: [1500, fulfilAs], status: 400, unchanged: true },
  {
    ...strict,
    tag: "DUR-COMPAT-ACTIONS-OWN",
    given: APART,
    when: [1500, fulfilAs],
    promises: { a: { state: "resolved" }, b: { state: "pending" } },
  },
]);

const STORE: readonly Happening[] = [
  ...["c", "a", "b"].map((id): Happening => [1000, create(id, 9000, { ...EXTERNAL, kind: id === "b" ? "x" : "y" })]),
  [1000, create("t", 2000, TARGET)],
  [1000, schedule("s2", "* * * * *", { promiseTags: { kind: "x" } })],
  [1000, schedule("s1", "* * * * *")],
  [1500, settle("a")],
];

describe("searches", () => {
  const document = documentAfter(COMPAT, ...STORE);
  const search = (what: "promise" | "task" | "schedule", data: object, now = 1500) =>
    answer(document, now, { kind: `${what}.search`, data }, COMPAT);

  it("are answered with what fits the filter", () => {
    traceSpec("DUR-COMPAT-SEARCH-IS-SERVED");
    const found = (data: object, now?: number) => {
      const payload = search("promise", data, now).data;
      return typeof payload === "string" ? payload : payload.promises?.map(({ id }) => id);
    };
    expect(found({ state: "pending" })).toEqual(["b", "c", "t"]);
    expect(found({ state: "rejected_timedout" }, 2000)).toEqual(["t"]);
    expect(found({ state: "pending" }, 2000)).toEqual(["b", "c"]);
    expect(found({ tags: { kind: "y" } })).toEqual(["a", "c"]);
    expect(found({ tags: { kind: "y", toString: "x" } })).toEqual([]);
    expect(search("task", { state: "pending" }).data).toEqual({
      tasks: [{ id: "t", state: "pending", version: 0, resumes: 0 }],
    });
    expect(search("task", { state: "fulfilled" }, 2000).data).toMatchObject({
      tasks: [{ id: "t", state: "fulfilled" }],
    });
    expect(search("task", { tags: { kind: "x" } }).data).toEqual({ tasks: [] });
    expect(search("schedule", { tags: { kind: "x" } }).data).toMatchObject({ schedules: [{ id: "s2" }] });
  });

  it("store the deadlines that they show", () => {
    traceSpec("DUR-COMPAT-SEARCH-IS-SERVED");
    const after = continued(document, COMPAT, [2000, { kind: "promise.search", data: { state: "rejected_timedout" } }]);
    expect(after.promises.get("t")?.state).toBe("rejected_timedout");
  });

  it("are ordered by id and come in pages", () => {
    traceSpec("DUR-COMPAT-SEARCH-ORDER");
    traceSpec("DUR-COMPAT-SEARCH-CURSOR");
    expect(search("promise", { limit: 2 }).data).toMatchObject({ promises: [{ id: "a" }, { id: "b" }], cursor: "b" });
    const last = search("promise", { limit: 2, cursor: "b" }).data;
    expect(last).toMatchObject({ promises: [{ id: "c" }, { id: "t" }] });
    expect(last).not.toHaveProperty("cursor");
    expect(search("schedule", { limit: 1 }).data).toMatchObject({ schedules: [{ id: "s1" }], cursor: "s1" });
    const many = documentAfter(
      COMPAT,
      ...Array.from({ length: 101 }, (_, i): Happening => [1, create(`p${1000 + i}`, 9000)]),
    );
    expect(answer(many, 1, { kind: "promise.search", data: {} }, COMPAT).data).toMatchObject({ cursor: "p1099" });
    const schedules = documentAfter(
      COMPAT,
      ...Array.from({ length: 11 }, (_, i): Happening => [1, schedule(`s${10 + i}`, "* * * * *")]),
    );
    expect(answer(schedules, 1, { kind: "schedule.search", data: {} }, COMPAT).data).toMatchObject({ cursor: "s19" });
  });

  it("are limited, and know the states", () => {
    traceSpec("DUR-COMPAT-SEARCH-LIMIT");
    for (const limit of [0, 1001, -1, 1.5]) expect(search("promise", { limit }).status).toBe(400);
    for (const limit of [1, 1000]) expect(search("promise", { limit }).status).toBe(200);
    expect(search("promise", { state: "acquired" }).status).toBe(400);
    expect(search("task", { state: "resolved" }).status).toBe(400);
    expect(search("schedule", { state: "pending" }).status).toBe(400);
  });

  it.each(["promise", "task", "schedule"] as const)("of %ss are not implemented in strict mode", (what) => {
    traceSpec(`DUR-${what.toUpperCase()}-SEARCH`);
    expect(answer(document, 1500, { kind: `${what}.search`, data: { limit: 0 } }, STRICT).status).toBe(501);
  });
});

describe("the table of differences", () => {
  it("has a rule for every row that differs, each with a tag of its name", () => {
    expect(COMPAT_RULES.map(({ row }) => row)).toEqual([1, 3, 4, 5, 8, 9, 10, 11, 12, 14, 17, 18]);
    for (const { name, tag } of COMPAT_RULES) {
      expect(tag).toBe(`DUR-COMPAT-${name.toUpperCase()}`);
      expect([applies(name, "strict"), applies(name, "compat")]).toEqual([false, true]);
    }
  });

  it("leaves addresses of tasks to whoever delivers", () => {
    traceSpec("DUR-MESSAGE-ADDRESS-TARGET");
    for (const settings of [STRICT, COMPAT]) {
      const document = documentAfter(settings, [1000, create("a", 9000, { "resonate:target": "group" })]);
      expect(document.tasks.has("a")).toBe(true);
      expect(answer(document, 1000, byId("task.get", "a"), settings).status).toBe(200);
    }
    expect(ADDRESS).toMatch(/^poll:/);
  });
});
