import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import type { PromiseRecord, Settings, TaskRecord } from "../../kernel/model.js";
import type { Request, Response } from "../../kernel/request.js";
import type { ClientOperation } from "../run.js";
import { judgeLinearizability } from "./judge.js";

const SETTINGS: Settings = { mode: "compat", retryTimeout: 5_000, partitioned: true };
const CLOCK_ERROR = 10;
const TIMEOUT = 100_000;

const record = (id: string, createdAt: number, more: Partial<PromiseRecord> = {}): PromiseRecord => ({
  id,
  state: "pending",
  param: {},
  value: {},
  tags: { "resonate:target": "poll://any@g" },
  timeoutAt: TIMEOUT,
  createdAt,
  ...more,
});

/** Requests and answers in order, 10 ms apart; `overlap` makes all calls come first. */
function history(
  exchanges: readonly (readonly [Request, Response["status"], Response["data"], number?])[],
  overlap = false,
): ClientOperation[] {
  return exchanges.map(([request, status, data, at], index) => {
    const calledAt = at ?? 1_000 + index * 10;
    return {
      process: `c${index}`,
      call: overlap ? index : index * 2,
      return: overlap ? 100 + index : index * 2 + 1,
      calledAt: overlap ? 1_000 : calledAt,
      returnedAt: overlap ? 1_000 : calledAt,
      request,
      response: { kind: request.kind, status, data },
    };
  });
}

const judge = (operations: readonly ClientOperation[]) => judgeLinearizability(operations, SETTINGS, CLOCK_ERROR);

const create = (id: string): Request => ({
  kind: "promise.create",
  data: { id, timeoutAt: TIMEOUT, param: {}, tags: { "resonate:target": "poll://any@g" } },
});
const get = (id: string): Request => ({ kind: "promise.get", data: { id } });
const settle = (id: string): Request => ({ kind: "promise.settle", data: { id, state: "resolved", value: {} } });
const acquire = (id: string, version: number, pid: string, ttl = 1_000): Request => ({
  kind: "task.acquire",
  data: { id, version, pid, ttl },
});
const acquired = (id: string, version: number, pid: string, ttl = 1_000): TaskRecord => ({
  id,
  state: "acquired",
  version,
  resumes: 0,
  ttl,
  pid,
});
const made = [create("a"), 200, { promise: record("a", 1_000) }, 1_000] as const;

it("accepts a settlement that is seen by whoever asks later", () => {
  traceSpec("SIM-LINEAR-MACHINE");
  const settled = record("a", 1_000, { state: "resolved", settledAt: 1_010 });
  const judged = judge(
    history([made, [settle("a"), 200, { promise: settled }], [get("a"), 200, { promise: settled }]]),
  );
  expect(judged).toMatchObject({ met: 3, broken: null, undecided: 0 });
});

it("refuses a stale read after a settlement", () => {
  traceSpec("SIM-LINEAR-MACHINE");
  const settled = record("a", 1_000, { state: "resolved", settledAt: 1_010 });
  const stale = [get("a"), 200, { promise: record("a", 1_000) }] as const;
  const judged = judge(history([made, [settle("a"), 200, { promise: settled }], stale]));
  expect(judged.operation).toMatchObject({ process: "c2", request: { kind: "promise.get" } });
  expect(judged.broken).toContain("origin a");
});

it("refuses two acquisitions of one version", () => {
  traceSpec("SIM-LINEAR-MACHINE");
  const held = (pid: string) =>
    [acquire("a", 0, pid), 200, { task: acquired("a", 1, pid), promise: record("a", 1_000), preload: [] }] as const;
  expect(judge(history([made, held("p")])).broken).toBeNull();
  expect(judge(history([made, held("p"), held("q")])).operation).toMatchObject({ process: "c2" });
});

it("lets a lease end when it is due, and not before", () => {
  traceSpec("SIM-LINEAR-STEPS");
  const held = (pid: string, version: number, at: number) =>
    [
      acquire("a", version - 1, pid),
      200,
      { task: acquired("a", version, pid), promise: record("a", 1_000), preload: [] },
      at,
    ] as const;
  const again = (at: number) => {
    const [request, status, data] = held("q", 2, at);
    return (
      judge(
        history(
          [made, held("p", 1, 1_010), [acquire("a", 1, "q"), status, data, at]].map((each) => [...each]) as never,
        ),
      ).broken ?? request
    );
  };
  expect(again(2_010)).toMatchObject({ kind: "task.acquire" });
  expect(again(1_900)).toContain("explains");
});

it("lets a deadline come when it is due, give or take the error of clocks", () => {
  traceSpec("SIM-LINEAR-STEPS");
  const dead = record("a", 1_000, { state: "rejected_timedout", settledAt: TIMEOUT });
  const at = (time: number, shown: PromiseRecord) =>
    judge(history([made, [get("a"), 200, { promise: shown }, time]])).broken;
  expect(at(TIMEOUT - CLOCK_ERROR, dead)).toBeNull();
  expect(at(TIMEOUT - CLOCK_ERROR - 1, dead)).not.toBeNull();
  expect(at(TIMEOUT + CLOCK_ERROR - 1, record("a", 1_000))).toBeNull();
  expect(at(TIMEOUT + CLOCK_ERROR, record("a", 1_000))).not.toBeNull();
});

it("lets time go back for nobody, whatever the clocks", () => {
  traceSpec("SIM-LINEAR-STEPS");
  const child = (id: string, at: number) => [create(id), 200, { promise: record(id, at) }, 1_005] as const;
  expect(judge(history([child("a:0", 1_003), child("a:1", 1_008)])).broken).toBeNull();
  expect(judge(history([child("a:0", 1_008), child("a:1", 1_003)])).broken).not.toBeNull();
});

it("accepts a heartbeat that came before the end of a lease was noticed, and one that came after", () => {
  traceSpec("SIM-LINEAR-STEPS");
  const held = { task: acquired("a", 1, "p"), promise: record("a", 1_000), preload: [] };
  const beat: Request = { kind: "task.heartbeat", data: { pid: "p", tasks: [{ id: "a", version: 1 }] } };
  const seen = (task: TaskRecord) =>
    judge(
      history([
        made,
        [acquire("a", 0, "p"), 200, held, 1_010],
        [beat, 200, {}, 2_020],
        [{ kind: "task.get", data: { id: "a" } }, 200, { task }, 2_030],
      ]),
    ).broken;
  expect(seen(acquired("a", 1, "p"))).toBeNull();
  expect(seen({ id: "a", state: "pending", version: 1, resumes: 0 })).toBeNull();
  expect(seen({ id: "a", state: "pending", version: 2, resumes: 0 })).not.toBeNull();
});

it("lets a task resume once what it waits for is settled, and not before", () => {
  traceSpec("SIM-LINEAR-STEPS");
  const child = { ...record("a:0", 1_010), tags: { "resonate:external": "true" } };
  const born: Request = {
    kind: "promise.create",
    data: { id: "a:0", timeoutAt: TIMEOUT, param: {}, tags: { "resonate:external": "true" } },
  };
  const wait = { kind: "promise.register_callback", data: { awaited: "a:0", awaiter: "a" } } as const;
  const parked = [
    made,
    [born, 200, { promise: child }],
    [acquire("a", 0, "p"), 200, { task: acquired("a", 1, "p"), promise: record("a", 1_000), preload: [] }],
    [{ kind: "task.suspend", data: { id: "a", version: 1, actions: [wait] } }, 200, {}],
  ] as const;
  const done = [settle("a:0"), 200, { promise: { ...child, state: "resolved", settledAt: 1_040 } }] as const;
  const seen = (state: "pending" | "suspended", resumes: number) =>
    [{ kind: "task.get", data: { id: "a" } }, 200, { task: { id: "a", state, version: 1, resumes } }] as const;
  expect(judge(history([...parked, done, seen("pending", 1)])).broken).toBeNull();
  expect(judge(history([...parked, done, seen("suspended", 0)])).broken).toBeNull();
  expect(judge(history([...parked, seen("pending", 1)])).broken).not.toBeNull();
  expect(judge(history([...parked, done, seen("pending", 2)])).broken).not.toBeNull();
  expect(judge(history([...parked, done, seen("pending", 1), seen("suspended", 0)])).broken).not.toBeNull();
});

it("takes an answer 500 for no answer", () => {
  traceSpec("SIM-LINEAR-NO-VERDICT");
  const lost = [settle("a"), 500, "no verdict"] as const;
  const settled = record("a", 1_000, { state: "resolved", settledAt: 1_015 });
  const read = (promise: PromiseRecord) => [get("a"), 200, { promise }] as const;
  expect(judge(history([made, lost, read(record("a", 1_000))])).broken).toBeNull();
  expect(judge(history([made, lost, read(settled)])).broken).toBeNull();
  expect(judge(history([made, lost, read(record("a", 1_000)), read(settled)])).broken).toBeNull();
  expect(judge(history([made, lost, read(settled), read(record("a", 1_000))])).broken).not.toBeNull();
});

it("judges each origin and each schedule by itself", () => {
  traceSpec("SIM-LINEAR-PARTITION");
  const other = [create("b"), 200, { promise: record("b", 1_010) }] as const;
  const beats = {
    kind: "task.heartbeat",
    data: {
      pid: "p",
      tasks: [
        { id: "a", version: 1 },
        { id: "b", version: 1 },
      ],
    },
  } as const;
  expect(judge(history([made, other, [beats, 200, {}]]))).toMatchObject({ met: 4, broken: null });
  const wrong = [get("b"), 404, "none"] as const;
  expect(judge(history([made, other, wrong])).broken).toContain("origin b");
});

it("lets a schedule fire when it is due, into the occurrence's own origin", () => {
  traceSpec("SIM-LINEAR-STEPS");
  const data = {
    id: "s",
    cron: "* * * * *",
    promiseId: "{{.id}}-{{.timestamp}}",
    promiseTimeout: 1_000,
    promiseParam: {},
    promiseTags: {},
  };
  const schedule = { ...data, createdAt: 1_000, nextRunAt: 60_000 };
  const put = [{ kind: "schedule.create", data }, 200, { schedule }, 1_000] as const;
  const seen = (at: number, shown: object) =>
    [{ kind: "schedule.get", data: { id: "s" } }, 200, { schedule: shown }, at] as const;
  const fired = { ...schedule, lastRunAt: 60_000, nextRunAt: 120_000 };
  expect(judge(history([put, seen(60_000, fired)] as never)).broken).toBeNull();
  expect(judge(history([put, seen(50_000, fired)] as never)).broken).not.toBeNull();
  const id = "s-60000";
  const lineage = { "resonate:origin": id, "resonate:branch": id, "resonate:parent": id, "resonate:prefix": id };
  const tags = { "resonate:schedule": "s", ...lineage };
  const born: PromiseRecord = {
    id,
    state: "pending",
    param: {},
    value: {},
    tags,
    timeoutAt: 61_000,
    createdAt: 60_000,
  };
  const asked = (at: number) => [get(id), 200, { promise: born }, at] as const;
  expect(judge(history([put, asked(60_500)])).broken).toBeNull();
  expect(judge(history([put, asked(59_000)])).broken).not.toBeNull();
  expect(judge(history([asked(60_500)])).broken).not.toBeNull();
});
