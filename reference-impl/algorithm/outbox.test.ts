import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { create, EXTERNAL, listen, settle, TARGET } from "../../test/builders/durable-requests.js";
import { WeakPlatform } from "../../test/builders/weak-platform.js";

const KEY = "o.YQ";
const LISTENER = "http://listener/";

/** A world in which settling `a` tells a listener. */
function listened(): WeakPlatform {
  const world = new WeakPlatform();
  world.request(create("a", 9_000_000, EXTERNAL));
  world.request(listen("a", LISTENER));
  world.steps.length = 0;
  return world;
}

function waiting(world: WeakPlatform): string[] {
  return [...(world.newest(KEY)?.document.outbox.values() ?? [])].map(({ message }) => message.kind);
}

function tried(world: WeakPlatform): number {
  return world.steps.filter(({ effect }) => effect.op === "queue.publish").length;
}

describe("the messages of a turn", () => {
  it("are published after its commit", () => {
    traceSpec("MAP-PUBLISH");
    const world = listened();
    world.request(settle("a", "x"));
    expect(world.messages).toMatchObject([
      { address: LISTENER, body: { kind: "unblock", head: {}, data: { promise: { id: "a", state: "resolved" } } } },
    ]);
    const at = (op: string) => world.steps.findIndex(({ effect }) => effect.op === op);
    expect(at("kv.cas")).toBeLessThan(at("queue.publish"));
  });

  it.each(["conflict", "unknown lost", "too large"] as const)("are not published after %s", (fault) => {
    traceSpec("MAP-PUBLISH-COMMITTED");
    const world = listened();
    for (let step = 0; step < 100; step += 1) world.faults.set(step, fault);
    world.request(settle("a"));
    expect(world.steps.filter(({ effect }) => effect.op === "kv.cas").length).toBeGreaterThan(0);
    expect(tried(world)).toBe(0);
  });

  it("are removed by one commit, which moves the cursor", () => {
    traceSpec("MAP-DROP-PUBLISHED", "MAP-CURSOR");
    const world = new WeakPlatform();
    world.request(create("a", 9_000_000, EXTERNAL));
    for (const address of [`${LISTENER}1`, `${LISTENER}2`, `${LISTENER}3`]) world.request(listen("a", address));
    world.steps.length = 0;
    // clock, read, timer, commit, answer, then three messages: the second finds nobody.
    world.faults.set(6, "undeliverable");
    world.request(settle("a"));
    expect(world.steps.filter(({ effect }) => effect.op === "kv.cas")).toHaveLength(2);
    expect([...(world.newest(KEY)?.document.outbox.values() ?? [])].map(({ sequence }) => sequence)).toEqual([2]);
    expect(world.newest(KEY)?.cursor).toBe(1);
    world.settle(2_000_000);
    expect(waiting(world)).toEqual([]);
    expect(world.newest(KEY)?.cursor).toBe(3);
  });

  it("stay while they are not confirmed, and are tried again", () => {
    traceSpec("MAP-DROP-KEPT", "MAP-GRACE");
    const world = listened();
    world.faults.set(5, "unconfirmed");
    world.request(settle("a"));
    expect(waiting(world)).toEqual(["unblock"]);
    expect(world.timers.get("o.YQ.1005000")).toBe(1_005_000);
    world.settle(1_005_000);
    expect(world.messages).toHaveLength(1);
    expect(waiting(world)).toEqual([]);
  });

  it("need a wake-up even if the process ends before it publishes them", () => {
    traceSpec("MAP-GRACE");
    const world = listened();
    world.faults.set(4, "crash before");
    world.request(settle("a"), "t");
    expect(world.messages).toHaveLength(0);
    world.queue.clear();
    world.settle(1_005_000);
    expect(world.messages).toHaveLength(1);
  });

  it("are tried more and more seldom while nobody takes them", () => {
    traceSpec("MAP-GRACE-DOUBLES");
    const world = listened();
    for (let step = 0; step < 300; step += 1) world.faults.set(step, "undeliverable");
    world.request(settle("a"));
    const armed = () => [...world.timers.values()].find((at) => at > world.time && at !== 4_600_000);
    const instants: (number | undefined)[] = [armed()];
    for (let round = 0; round < 3; round += 1) {
      world.settle(armed() ?? 0);
      instants.push(armed());
    }
    expect(instants).toEqual([1_005_000, 1_015_000, 1_035_000, 1_075_000]);
    expect(tried(world)).toBe(4);
  });

  it("are dropped if they offer a task and nobody takes them: the task is offered again", () => {
    traceSpec("MAP-DROP-EXECUTE");
    const world = new WeakPlatform();
    world.faults.set(5, "undeliverable");
    world.request(create("a", 9_000_000, TARGET));
    expect(tried(world)).toBe(1);
    expect(waiting(world)).toEqual([]);
    world.settle(1_005_000);
    expect(world.messages).toMatchObject([{ body: { kind: "execute", data: { task: { id: "a", version: 0 } } } }]);
  });

  it("are kept if they tell a listener and nobody takes them", () => {
    traceSpec("MAP-DROP-UNBLOCK");
    const world = listened();
    world.faults.set(5, "undeliverable");
    world.request(settle("a"));
    expect(tried(world)).toBe(1);
    expect(waiting(world)).toEqual(["unblock"]);
  });

  it("are published by the turn that made them alone, unless a timer finds them", () => {
    traceSpec("MAP-PUBLISH");
    const world = listened();
    world.faults.set(5, "undeliverable");
    world.request(settle("a"));
    world.request(create("a:1", 9_000_000, TARGET));
    expect(world.messages.map(({ body }) => body.kind)).toEqual(["execute"]);
    expect(waiting(world)).toEqual(["unblock"]);
  });
});
