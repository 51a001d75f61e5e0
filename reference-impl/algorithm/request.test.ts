import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { begin, create, EXTERNAL, everyMinute, get, heartbeat, TARGET } from "../../test/builders/durable-requests.js";
import { WeakPlatform } from "../../test/builders/weak-platform.js";

describe("a heartbeat over several origins", () => {
  function held(): WeakPlatform {
    const world = new WeakPlatform();
    for (const id of ["a", "b", "c"]) world.request(begin(id, 9_000_000, 60_000));
    world.time += 1000;
    world.steps.length = 0;
    return world;
  }

  it("takes a turn for each, and is answered with 200", () => {
    traceSpec("MAP-SPAN-HEARTBEAT", "MAP-SPAN-ANSWER");
    const world = held();
    const response = world.request(
      heartbeat({ id: "a", version: 1 }, { id: "b", version: 1 }, { id: "zzz", version: 1 }),
    );
    expect(response).toEqual({ kind: "task.heartbeat", status: 200, data: {} });
    const expiry = (key: string) =>
      [...(world.newest(key)?.document.tasks.values() ?? [])].map((task) => task.expiresAt);
    expect([expiry("o.YQ"), expiry("o.Yg"), expiry("o.Yw")]).toEqual([[1_061_000], [1_061_000], [1_060_000]]);
    expect(world.steps.filter(({ effect }) => effect.op === "kv.cas")).toHaveLength(3);
  });

  it("has no verdict if one turn has none", () => {
    traceSpec("MAP-SPAN-ANSWER");
    const world = held();
    for (let step = 5; step < 200; step += 1) world.faults.set(step, "unknown lost");
    expect(world.request(heartbeat({ id: "a", version: 1 }, { id: "b", version: 1 }))?.status).toBe(500);
  });

  it("of no task reads nothing", () => {
    traceSpec("MAP-SPAN-ANSWER");
    const world = held();
    expect(world.request(heartbeat())?.status).toBe(200);
    expect(world.steps.map(({ effect }) => effect.op)).toEqual(["reply", "queue.ack"]);
  });

  it("does not drive out the turns that are remembered", () => {
    traceSpec("MAP-IDENTITY-FEW");
    const world = held();
    world.request(heartbeat({ id: "a", version: 1 }));
    expect(world.newest("o.YQ")?.turns).toHaveLength(1);
  });
});

describe("a search", () => {
  it("reads every listed document", () => {
    traceSpec("MAP-SEARCH");
    const world = new WeakPlatform();
    for (const id of ["c", "a:1", "b"]) world.request(create(id, 9_000_000, EXTERNAL));
    world.request(create("d", 9_000_000, TARGET));
    world.request(everyMinute("s"));
    const found = world.request({ kind: "promise.search", data: { limit: 3 } });
    expect(found).toMatchObject({
      status: 200,
      data: { promises: [{ id: "a:1" }, { id: "b" }, { id: "c" }], cursor: "c" },
    });
    const rest = world.request({ kind: "promise.search", data: { cursor: "c" } });
    expect(rest).toMatchObject({ data: { promises: [{ id: "d" }] } });
    expect(world.request({ kind: "task.search", data: {} })).toMatchObject({ data: { tasks: [{ id: "d" }] } });
    expect(world.request({ kind: "schedule.search", data: {} })).toMatchObject({ data: { schedules: [{ id: "s" }] } });
  });

  it("shows the deadlines that are committed as passed, and no other", () => {
    traceSpec("MAP-SEARCH-DEADLINE");
    // One step a turn: the mark of `b` passes three deadlines, and the turn settles one of them.
    const world = new WeakPlatform({ bound: 1 });
    for (const id of ["a", "b", "b:1", "b:2"]) world.request(create(id, 1_050_000));
    world.time = 1_060_000;
    world.request(get("b:9"));
    const stored = [...(world.newest("o.Yg")?.document.promises.values() ?? [])].map(({ state }) => state);
    expect(stored).toEqual(["rejected_timedout", "pending", "pending"]);
    const { data } = world.request({ kind: "promise.search", data: {} }) ?? {};
    const shown = typeof data === "object" ? data.promises?.map(({ id, state }) => `${id} ${state}`) : data;
    expect(shown).toEqual(["a pending", "b rejected_timedout", "b:1 rejected_timedout", "b:2 rejected_timedout"]);
  });

  it("is refused in strict mode without a read", () => {
    traceSpec("MAP-SEARCH");
    const world = new WeakPlatform({ protocol: { mode: "strict", retryTimeout: 5000, partitioned: true } });
    expect(world.request({ kind: "promise.search", data: {} })?.status).toBe(501);
    expect(world.steps.map(({ effect }) => effect.op)).toEqual(["reply", "queue.ack"]);
  });
});

describe("a request that is served", () => {
  it("is answered after the commit and acknowledged after everything else", () => {
    traceSpec("MAP-REPLY", "MAP-ACK-LAST");
    const world = new WeakPlatform();
    world.request(create("a", 9_000_000, TARGET));
    const order = world.steps.map(({ effect }) => effect.op);
    expect(order.indexOf("reply")).toBeGreaterThan(order.indexOf("kv.cas"));
    expect(order.at(-1)).toBe("queue.ack");
    expect(world.queue.size).toBe(0);
  });

  it("is answered the same when it is delivered again", () => {
    traceSpec("MAP-UNKNOWN-FOUND");
    const world = new WeakPlatform();
    const first = world.request(begin("a", 9_000_000, 60_000), "t");
    expect(world.request(begin("a", 9_000_000, 60_000), "t")).toEqual(first);
    expect(world.request(begin("a", 9_000_000, 60_000), "u")?.status).toBe(409);
  });
});
