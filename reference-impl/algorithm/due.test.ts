import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { create, EXTERNAL, everyMinute, get, listen, settle, TIMER } from "../../test/builders/durable-requests.js";
import { WeakPlatform } from "../../test/builders/weak-platform.js";

const KEY = "o.YQ";
const NAME = "o.YQ.1050000";

/** A world with the durable sleep `a` until 1,050,000. */
function sleeping(): WeakPlatform {
  const world = new WeakPlatform();
  world.request(create("a", 1_050_000, TIMER));
  world.steps.length = 0;
  return world;
}

function ops(world: WeakPlatform): string[] {
  return world.steps.map(({ effect }) => effect.op);
}

describe("a timer", () => {
  it("fires what is due at now and is acknowledged after the commit", () => {
    traceSpec("MAP-TIMER", "MAP-TIMER-ACK");
    const world = sleeping();
    world.time = 1_060_000;
    expect(world.timer(NAME)).toEqual({ kind: "timer", acknowledged: true });
    expect(ops(world)).toEqual(["clock.read", "kv.get", "kv.cas", "timer.ack"]);
    expect(world.newest(KEY)?.document.promises.get("a")).toMatchObject({ state: "resolved", settledAt: 1_050_000 });
  });

  it("decides nothing itself: what it was armed for may be gone, or more may be due", () => {
    traceSpec("MAP-TIMER");
    const world = sleeping();
    world.request(create("a:1", 1_055_000, TIMER));
    world.request(settle("a"));
    world.time = 1_060_000;
    world.timer(NAME);
    expect(world.newest(KEY)?.document.promises.get("a")?.settledAt).toBe(1_000_000);
    expect(world.newest(KEY)?.document.promises.get("a:1")?.state).toBe("resolved");
  });

  it.each(["conflict", "unknown lost", "too large"] as const)("stays if its turn ends in %s", (fault) => {
    traceSpec("MAP-TIMER-KEPT");
    const world = sleeping();
    world.time = 1_060_000;
    for (let step = 0; step < 100; step += 1) world.faults.set(step, fault);
    expect(world.timer(NAME)).toEqual({ kind: "timer", acknowledged: false });
    expect(world.timers.has(NAME)).toBe(true);
    world.faults.clear();
    expect(world.timer(NAME)).toEqual({ kind: "timer", acknowledged: true });
  });

  it("that finds nothing due commits before it is acknowledged, an unwritten document too", () => {
    traceSpec("MAP-TIMER-NOTHING");
    const world = new WeakPlatform();
    world.time = 1_060_000;
    world.timers.set(NAME, 1_050_000);
    world.timer(NAME);
    expect(ops(world)).toEqual(["clock.read", "kv.get", "kv.cas", "timer.ack"]);
    expect(world.revision(KEY)).toBe(1);
  });

  it("makes a commit fail that is still under way and relies on it", () => {
    traceSpec("MAP-TIMER-NOTHING");
    const world = new WeakPlatform();
    world.time = 1_049_000;
    // Its timer fires, finds nothing and is acknowledged between the arming and the commit.
    world.meanwhile.set(3, () => {
      world.time = 1_050_000;
      world.timer(NAME);
      expect(world.timers.size).toBe(0);
      world.time = 1_049_000;
    });
    const { data } = world.request(create("a", 1_050_000, TIMER)) ?? {};
    expect(data).toMatchObject({ promise: { state: "resolved", createdAt: 1_050_000 } });
    expect(world.steps.filter(({ answer }) => JSON.stringify(answer).includes("conflict"))).toHaveLength(1);
  });

  it("that comes too early is left to come again", () => {
    traceSpec("MAP-TIMER-EARLY");
    const world = sleeping();
    world.time = 1_049_999;
    expect(world.timer(NAME)).toEqual({ kind: "timer", acknowledged: false });
    expect(ops(world)).toEqual(["clock.read", "kv.get"]);
    world.request(create("a:1", 1_040_000, TIMER));
    world.time = 1_045_000;
    world.request(create("a:2", 9_000_000, EXTERNAL));
    expect(world.timer(NAME)).toEqual({ kind: "timer", acknowledged: false });
    expect(world.timers.has(NAME)).toBe(true);
    world.settle(1_050_000);
    expect(world.newest(KEY)?.document.promises.get("a")?.state).toBe("resolved");
  });

  it("that names no document is acknowledged, and nothing else is done", () => {
    traceSpec("MAP-TIMER-ACK");
    const world = sleeping();
    expect(world.timer("nonsense")).toEqual({ kind: "timer", acknowledged: true });
    expect(world.timer("o.%.17")).toEqual({ kind: "timer", acknowledged: true });
    expect(ops(world)).toEqual(["timer.ack", "timer.ack"]);
  });
});

describe("a sweep", () => {
  /** Documents with a lost timer, an unpublished message, nothing to do, and a schedule. */
  function neglected(): WeakPlatform {
    const world = new WeakPlatform();
    world.request(create("a", 1_050_000, TIMER));
    world.request(create("b", 9_000_000, EXTERNAL));
    world.request(listen("b", "http://listener/"));
    world.faults.set(world.steps.length + 4, "crash before");
    world.request(settle("b"), "t");
    world.queue.clear();
    world.request(create("c", 9_000_000));
    world.request(everyMinute("s"));
    world.timers.clear();
    world.steps.length = 0;
    world.time = 1_100_000;
    return world;
  }

  it("takes an empty turn on every document and reports what it repaired", () => {
    traceSpec("MAP-SWEEP", "MAP-SWEEP-COUNTS");
    const world = neglected();
    const keys = [...world.history.keys()];
    const report = world.sweep();
    // The schedule fires twice, 1,020,000 and 1,080,000, and waits for 1,140,000.
    expect(report).toEqual({ kind: "sweep", seen: 4, armed: 2, flushed: 1, failed: 0 });
    const written = new Set(world.steps.flatMap(({ effect }) => (effect.op === "kv.cas" ? [effect.key] : [])));
    expect(keys.filter((key) => !written.has(key))).toEqual([]);
    expect(world.messages).toHaveLength(1);
    expect(world.newest(KEY)?.document.promises.get("a")?.state).toBe("resolved");
    expect([...(world.newest("s.cw")?.document.schedules.values() ?? [])][0]?.nextRunAt).toBe(1_140_000);
  });

  it("arms and publishes nothing in a steady state", () => {
    traceSpec("MAP-SWEEP-STEADY");
    const world = neglected();
    world.sweep();
    const steady = world.sweep();
    expect(steady).toEqual({ kind: "sweep", seen: 6, armed: 0, flushed: 0, failed: 0 });
  });

  it("goes on after a document whose turn fails", () => {
    traceSpec("MAP-SWEEP-COUNTS");
    const world = neglected();
    for (let step = 0; step < 4; step += 1) world.faults.set(step, "too large");
    expect(world.sweep()).toMatchObject({ seen: 4, failed: 1 });
    expect(world.request(get("b"))?.status).toBe(200);
  });
});
