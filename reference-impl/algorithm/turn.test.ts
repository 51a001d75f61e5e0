import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { acquire, begin, create, EXTERNAL, get, settle, TARGET, TIMER } from "../../test/builders/durable-requests.js";
import { type Fault, WeakPlatform } from "../../test/builders/weak-platform.js";
import type { CommitNote } from "./note.js";
import type { ServerSettings } from "./settings.js";

const KEY = "o.YQ";

/** A world in which the document of origin `a` holds the promise `a`, with the steps so far forgotten. */
function settled(settings: Partial<ServerSettings> = {}, tags = EXTERNAL): WeakPlatform {
  const world = new WeakPlatform(settings);
  world.request(create("a", 2_000_000, tags));
  world.steps.length = 0;
  return world;
}

function ops(world: WeakPlatform): string[] {
  return world.steps.map(({ effect }) => effect.op);
}

function commits(world: WeakPlatform): CommitNote[] {
  return world.steps.flatMap(({ effect }) => (effect.note?.kind === "commit" ? [effect.note] : []));
}

/** Scripts a fault for the first effect of the kind in each of the next attempts. */
function fail(world: WeakPlatform, op: "kv.cas" | "kv.get" | "timer.set", ...faults: readonly (Fault | null)[]): void {
  // A turn that needs no timer has three effects an attempt: clock, read, write.
  const offset = { "kv.get": 1, "timer.set": 2, "kv.cas": 2 }[op];
  for (const [attempt, fault] of faults.entries()) {
    if (fault !== null) world.faults.set(world.steps.length + 3 * attempt + offset, fault);
  }
}

describe("now", () => {
  it("is read once in an attempt", () => {
    traceSpec("MAP-NOW");
    const world = settled();
    world.request(settle("a"));
    expect(ops(world).filter((op) => op === "clock.read")).toHaveLength(1);
    expect(commits(world)[0]?.steps.every(({ now }) => now === world.time)).toBe(true);
  });

  it("is a whole millisecond", () => {
    traceSpec("MAP-NOW");
    const world = settled();
    world.skew = 0.75;
    world.request(settle("a"));
    expect(world.newest(KEY)).toMatchObject({ hw: 1_000_000 });
  });

  it("stands at the high-water mark while the clock is behind it", () => {
    traceSpec("MAP-NOW-BEHIND");
    traceSpec("DUR-TIME-BACKWARDS");
    const world = settled();
    world.skew = -300_000;
    world.request(settle("a"));
    expect(commits(world)[0]?.now).toBe(1_000_000);
    expect(world.newest(KEY)?.document.promises.get("a")?.settledAt).toBe(1_000_000);
  });

  it("is stored as the new high-water mark, of an unchanged document too", () => {
    traceSpec("MAP-HIGH-WATER");
    const world = settled();
    world.time += 123;
    world.request(get("a"));
    expect(world.newest(KEY)?.hw).toBe(1_000_123);
  });

  it.each([
    [2000, 200],
    [2001, null],
  ])("may be ahead of the platform's by %i: %s", (skew, status) => {
    traceSpec("MAP-CLOCK-AHEAD");
    const world = settled();
    world.platformTime = world.time;
    world.skew = skew;
    const before = world.revision(KEY);
    expect(world.request(settle("a"))?.status ?? null).toBe(status);
    expect(world.revision(KEY) === before).toBe(status === null);
  });

  it("that is too far ahead sends the request back", () => {
    traceSpec("MAP-CLOCK-RETURN");
    const world = settled();
    world.platformTime = world.time;
    world.skew = 5000;
    world.request(settle("a"));
    expect(ops(world)).toEqual(["clock.read", "queue.return"]);
    expect(world.queue.size).toBe(1);
  });
});

describe("arming", () => {
  it("comes before the commit that needs it", () => {
    traceSpec("MAP-ARM-FIRST");
    const world = new WeakPlatform();
    world.request(create("a", 1_050_000, TIMER));
    expect(ops(world).slice(0, 4)).toEqual(["clock.read", "kv.get", "timer.set", "kv.cas"]);
    expect(world.newest(KEY)?.armedAt).toBe(1_050_000);
  });

  it("that is not confirmed ends the turn", () => {
    traceSpec("MAP-ARM-FAILS");
    const world = new WeakPlatform();
    world.faults.set(2, "unconfirmed");
    expect(world.request(create("a", 1_050_000, TIMER))?.status).toBe(429);
    expect(ops(world)).not.toContain("kv.cas");
    expect(world.history.size).toBe(0);
  });

  it("names the timer by document and instant, and leaves the earlier one alone", () => {
    traceSpec("MAP-TIMER-NAME");
    const world = new WeakPlatform();
    world.request(create("a", 1_050_000, TIMER));
    world.request(create("a:1", 1_040_000, TIMER));
    expect([...world.timers]).toEqual([
      ["o.YQ.1050000", 1_050_000],
      ["o.YQ.1040000", 1_040_000],
    ]);
  });

  it("is left out while an armed timer comes early enough", () => {
    traceSpec("MAP-ARM-COVERED");
    const world = new WeakPlatform();
    world.request(create("a", 1_050_000, TIMER));
    world.steps.length = 0;
    world.request(create("a:1", 1_060_000, TIMER));
    world.request(create("a:2", 1_050_000, TIMER));
    expect(ops(world)).not.toContain("timer.set");
    world.request(create("a:3", 1_049_999, TIMER));
    expect(ops(world)).toContain("timer.set");
  });

  it("does not rely on a timer whose instant has passed", () => {
    traceSpec("MAP-ARM-PAST");
    const world = new WeakPlatform();
    world.request(create("a", 1_050_000, TIMER));
    world.request(create("a:1", 1_090_000, TIMER));
    world.timers.clear();
    world.time = 1_050_000;
    world.request(get("a"));
    expect([...world.timers.values()]).toEqual([1_090_000]);
    expect(world.newest(KEY)?.armedAt).toBe(1_090_000);
  });

  it("never reaches further than the ceiling", () => {
    traceSpec("MAP-CEILING");
    const world = new WeakPlatform({ ceiling: 10_000 });
    world.request(create("a", 1_050_000, TIMER));
    expect([...world.timers.values()]).toEqual([1_010_000]);
    world.settle(1_049_999);
    expect(world.newest(KEY)?.document.promises.get("a")?.state).toBe("pending");
    world.settle(1_050_000);
    expect(world.newest(KEY)?.document.promises.get("a")?.state).toBe("resolved");
    expect(world.timers.size).toBe(0);
  });

  it("covers steps that the turn left over with a timer just after now", () => {
    traceSpec("MAP-LEFT-OVER");
    const world = new WeakPlatform({ bound: 1 });
    world.request(create("a", 1_010_000, TIMER));
    world.request(create("a:1", 1_010_000, TIMER));
    world.request(create("a:2", 1_010_000, TIMER));
    world.time = 1_020_000;
    world.request(get("a:2"));
    expect([...world.timers.values()]).toContain(1_020_001);
    world.settle(1_020_002);
    const states = [...(world.newest(KEY)?.document.promises.values() ?? [])].map(({ state }) => state);
    expect(states).toEqual(["resolved", "resolved", "resolved"]);
  });
});

describe("a commit", () => {
  it("expects the revision that was read", () => {
    traceSpec("MAP-CAS");
    const world = settled();
    world.request(settle("a"));
    const read = world.steps.find(({ effect }) => effect.op === "kv.get");
    const written = world.steps.find(({ effect }) => effect.op === "kv.cas");
    expect(read?.answer).toMatchObject({ revision: 1 });
    expect(written?.effect).toMatchObject({ expected: 1, note: { basis: 1, attempt: 1, purpose: "turn" } });
  });

  it("that conflicts is decided again from a fresh read at a fresh now", () => {
    traceSpec("MAP-RE-DECIDE", "MAP-RE-DECIDE-NOW");
    const world = settled();
    world.request(settle("a", "other"));
    world.steps.length = 0;
    fail(world, "kv.get", "stale");
    world.request(settle("a", "mine"));
    expect(ops(world).slice(0, 6)).toEqual(["clock.read", "kv.get", "kv.cas", "clock.read", "kv.get", "kv.cas"]);
    expect(commits(world).map(({ attempt, basis }) => [attempt, basis])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(world.replies.at(-1)?.response.data).toMatchObject({ promise: { value: { data: "other" } } });
  });

  it("is given up after the last attempt, with no claim that anything failed", () => {
    traceSpec("MAP-GIVE-UP");
    const world = settled({ attempts: 3 });
    fail(world, "kv.cas", "conflict", "conflict", "conflict");
    expect(world.request(settle("a"))?.status).toBe(429);
    expect(ops(world).filter((op) => op === "kv.cas")).toHaveLength(3);
    expect(world.newest(KEY)?.document.promises.get("a")?.state).toBe("pending");
  });

  it("is not tried again when patience is over", () => {
    traceSpec("MAP-PATIENCE");
    const world = settled({ patience: -1 });
    expect(world.request(settle("a"))?.status).toBe(429);
    expect(ops(world)).toEqual(["clock.read", "reply", "queue.ack"]);
  });

  it("holds a digest of what it was made from", () => {
    traceSpec("MAP-CHAIN");
    const world = settled();
    world.request(settle("a"));
    const [first, second] = world.history.get(KEY) ?? [];
    expect(first?.previous).toMatchObject({ revision: 0 });
    expect(second?.previous.revision).toBe(1);
    const forked = settled();
    forked.request(settle("a", "else"));
    forked.request(get("a"));
    world.request(get("a"));
    expect(world.newest(KEY)?.previous.digest).not.toBe(forked.newest(KEY)?.previous.digest);
  });
});

describe("an answer that changes nothing", () => {
  it("is given after a commit of the same document", () => {
    traceSpec("MAP-FENCE");
    const world = settled();
    const before = world.newest(KEY)?.document;
    world.request(get("a"));
    expect(ops(world)).toEqual(["clock.read", "kv.get", "kv.cas", "reply", "queue.ack"]);
    expect(world.newest(KEY)?.document).toBe(before);
    expect(world.revision(KEY)).toBe(2);
    expect(world.request(get("b"))?.status).toBe(404);
    expect(world.revision("o.Yg")).toBe(1);
  });

  it("is never made from an old read", () => {
    traceSpec("MAP-FENCE-STALE");
    const world = settled();
    world.request(settle("a"));
    fail(world, "kv.get", "stale");
    expect(world.request(get("a"))?.data).toMatchObject({ promise: { state: "resolved" } });
    world.steps.length = 0;
    world.faults.clear();
    world.request(create("b", 2_000_000));
    fail(world, "kv.get", "stale");
    expect(world.request(get("b"))?.status).toBe(200);
  });

  it("shows a deadline only after it is committed", () => {
    traceSpec("MAP-DEADLINE");
    const world = settled();
    world.time = 2_000_000;
    const response = world.request(get("a"));
    expect(response?.data).toMatchObject({ promise: { state: "rejected_timedout", settledAt: 2_000_000 } });
    expect(world.newest(KEY)?.document.promises.get("a")?.state).toBe("rejected_timedout");
    world.time = 1_500_000;
    expect(world.request(get("a"))).toEqual(response);
  });

  it("shows a deadline of an internal promise as passed for good", () => {
    traceSpec("MAP-DEADLINE");
    const world = settled({}, {});
    world.time = 2_000_000;
    world.request(get("a"));
    world.time = 1_500_000;
    expect(world.request(get("a"))?.data).toMatchObject({ promise: { state: "rejected_timedout" } });
  });
});

describe("an unknown outcome", () => {
  it("that took place is found by the turn's identity, and its answer given", () => {
    traceSpec("MAP-UNKNOWN", "MAP-UNKNOWN-FOUND");
    const world = settled({}, TARGET);
    fail(world, "kv.cas", "unknown landed");
    const response = world.request(acquire("a", 0, 60_000));
    expect(response).toMatchObject({ status: 200, data: { task: { state: "acquired", version: 1 } } });
    expect(ops(world)).toEqual(["clock.read", "kv.get", "kv.cas", "clock.read", "kv.get", "reply", "queue.ack"]);
  });

  it("that did not take place is decided and committed again", () => {
    traceSpec("MAP-UNKNOWN", "MAP-UNKNOWN-AGAIN");
    const world = settled({}, TARGET);
    fail(world, "kv.cas", "unknown lost");
    expect(world.request(acquire("a", 0, 60_000))?.status).toBe(200);
    expect(world.newest(KEY)?.document.tasks.get("a")?.version).toBe(1);
  });

  it("that takes place after the next read cannot be committed over", () => {
    traceSpec("MAP-UNKNOWN-AGAIN");
    const world = settled({}, TARGET);
    fail(world, "kv.cas", "unknown late");
    expect(world.request(acquire("a", 0, 60_000))?.status).toBe(200);
    expect(world.newest(KEY)?.document.tasks.get("a")?.version).toBe(1);
    expect(commits(world).map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(world.steps.filter(({ effect }) => effect.op === "kv.cas")[1]?.answer).toEqual({ outcome: "conflict" });
  });

  it("of an unchanged document ends in a commit too", () => {
    traceSpec("MAP-UNKNOWN-AGAIN");
    const world = settled();
    fail(world, "kv.cas", "unknown lost");
    expect(world.request(get("a"))?.status).toBe(200);
    expect(ops(world).filter((op) => op === "kv.cas")).toHaveLength(2);
  });

  it.each<readonly [Fault, Fault]>([
    ["unknown lost", "conflict"],
    ["unknown landed", "unknown lost"],
  ])("that stays so, %s and then %s, is answered with 500", (first, second) => {
    traceSpec("MAP-NO-VERDICT");
    const world = settled({ attempts: 2, turns: 0 });
    fail(world, "kv.cas", first, second);
    expect(world.request(settle("a"))?.status).toBe(500);
  });

  it("is not turned into a verdict by a timer that is not confirmed, a full document or a fast clock", () => {
    traceSpec("MAP-NO-VERDICT");
    const world = new WeakPlatform();
    world.faults.set(3, "unknown lost");
    // The clock goes back, so the timer of the first attempt is too late for the second.
    world.meanwhile.set(4, () => {
      world.skew = -500;
    });
    world.faults.set(6, "unconfirmed");
    expect(world.request(create("a", 90_000_000, TIMER))?.status).toBe(500);
    const full = settled();
    fail(full, "kv.cas", "unknown lost", "too large");
    expect(full.request(settle("a"))?.status).toBe(500);
  });

  it("leaves the identities of the last few turns with their answers", () => {
    traceSpec("MAP-IDENTITY", "MAP-IDENTITY-FEW", "MAP-IDENTITY-READ");
    const world = new WeakPlatform({ turns: 2 });
    world.request(create("a", 2_000_000), "one");
    world.request(create("a:1", 2_000_000), "two");
    const answer = world.request(create("a:2", 2_000_000), "three");
    world.request(get("a"), "four");
    expect(turnsOf(world)).toEqual(["two", "three"]);
    expect(world.newest(KEY)?.turns[1]?.response).toEqual(answer);
  });

  it("of a refusal is found, too, so that its request does nothing later", () => {
    traceSpec("MAP-IDENTITY-REFUSED", "MAP-UNKNOWN-FOUND");
    const world = new WeakPlatform();
    expect(world.request(acquire("a", 0, 60_000), "ghost")?.status).toBe(404);
    world.request(create("a", 2_000_000, TARGET));
    expect(world.request(acquire("a", 0, 60_000), "ghost")?.status).toBe(404);
    expect(world.newest(KEY)?.document.tasks.get("a")?.state).toBe("pending");
  });

  it("is kept for a while, and carried out again after that", () => {
    traceSpec("MAP-IDENTITY-OLD", "MAP-IDENTITY-FORGOTTEN");
    const world = new WeakPlatform({ memory: 1000 });
    world.request(acquire("a", 0, 60_000), "one");
    world.time += 600;
    world.request(create("a", 2_000_000, TARGET), "two");
    world.time += 400;
    world.request(get("a"));
    expect(turnsOf(world)).toEqual(["one", "two"]);
    world.time += 1;
    world.request(get("a"));
    expect(turnsOf(world)).toEqual(["two"]);
    expect(world.request(acquire("a", 0, 60_000), "one")?.status).toBe(200);
    world.time += 1001;
    world.request(get("a"));
    expect(turnsOf(world)).toEqual([]);
  });

  it("is answered with an empty preload, whatever the first answer held", () => {
    traceSpec("MAP-IDENTITY-PRELOAD");
    const world = new WeakPlatform();
    const lineage = { ...TARGET, "resonate:branch": "a" };
    world.request(create("a", 2_000_000, lineage));
    world.request(create("a:1", 2_000_000, { "resonate:branch": "a" }));
    const turn = "again";
    expect(world.request(acquire("a", 0, 60_000), turn)?.data).toMatchObject({ preload: [{ id: "a:1" }] });
    expect(world.request(acquire("a", 0, 60_000), turn)).toMatchObject({ status: 200, data: { preload: [] } });
    expect(world.request(begin("a", 2_000_000, 60_000))?.status).toBe(409);
  });
});

/** The turns that the document remembers. */
function turnsOf(world: WeakPlatform): string[] | undefined {
  return world.newest(KEY)?.turns.map(({ turn }) => turn);
}
