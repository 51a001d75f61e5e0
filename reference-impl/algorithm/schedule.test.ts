import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { create, everyMinute, TARGET } from "../../test/builders/durable-requests.js";
import { WeakPlatform } from "../../test/builders/weak-platform.js";
import { keyOf, originPlace } from "./place.js";

const KEY = "s.cw";
const FIRST = 1_020_000;
const NAME = `${KEY}.${FIRST}`;
const OCCURRENCE = keyOf(originPlace(`s-${FIRST}`));

/** A world with the schedule `s`, which has one occurrence to make. */
function due(): WeakPlatform {
  const world = new WeakPlatform();
  world.request(everyMinute("s", TARGET));
  world.steps.length = 0;
  world.time = FIRST + 1000;
  return world;
}

function schedule(world: WeakPlatform) {
  return world.newest(KEY)?.document.schedules.get("s");
}

/** What was written, in order: purpose and key. */
function writes(world: WeakPlatform): string[] {
  return world.steps.flatMap(({ effect }) =>
    effect.op === "kv.cas" && effect.note?.kind === "commit" ? [`${effect.note.purpose} ${effect.key}`] : [],
  );
}

describe("a due occurrence", () => {
  it("is intended, created and passed, in this order", () => {
    traceSpec("MAP-INTENT", "MAP-OCCURRENCE", "MAP-ADVANCE");
    const world = due();
    expect(world.timer(NAME)).toEqual({ kind: "timer", acknowledged: true });
    expect(writes(world)).toEqual([
      `intent ${KEY}`,
      `occurrence ${OCCURRENCE}`,
      `flush ${OCCURRENCE}`,
      `advance ${KEY}`,
    ]);
    expect(world.history.get(KEY)?.map(({ intent }) => intent?.at ?? null)).toEqual([null, FIRST, null]);
    expect(schedule(world)).toMatchObject({ lastRunAt: FIRST, nextRunAt: FIRST + 60_000 });
    const promise = world.newest(OCCURRENCE)?.document.promises.get(`s-${FIRST}`);
    expect(promise).toMatchObject({ state: "pending", createdAt: FIRST, timeoutAt: FIRST + 600_000 });
    expect(world.messages).toHaveLength(1);
  });

  it("is born at its instant by a process whose clock is behind it", () => {
    traceSpec("MAP-OCCURRENCE-INSTANT");
    const world = due();
    world.meanwhile.set(4, () => {
      world.skew = -90_000;
    });
    world.timer(NAME);
    expect(world.newest(OCCURRENCE)).toMatchObject({ hw: FIRST });
    expect(world.newest(OCCURRENCE)?.document.promises.get(`s-${FIRST}`)?.createdAt).toBe(FIRST);
  });

  it("is not the last that was missed: all are made", () => {
    traceSpec("MAP-ADVANCE");
    const world = due();
    world.time = FIRST + 180_000;
    world.timer(NAME);
    const made = [0, 1, 2, 3].map((n) => world.revision(keyOf(originPlace(`s-${FIRST + n * 60_000}`))) > 0);
    expect(made).toEqual([true, true, true, true]);
    expect(schedule(world)?.nextRunAt).toBe(FIRST + 240_000);
  });

  it("that somebody made already is left as it is", () => {
    traceSpec("MAP-OCCURRENCE-AGAIN");
    const world = due();
    world.request(create(`s-${FIRST}`, 9_000_000));
    const before = world.newest(OCCURRENCE)?.document;
    world.timer(NAME);
    expect(world.newest(OCCURRENCE)?.document).toBe(before);
    expect(schedule(world)?.lastRunAt).toBe(FIRST);
  });

  it.each(["conflict", "unknown lost", "too large"] as const)("whose commit ends in %s is not passed", (fault) => {
    traceSpec("MAP-ADVANCE-WAITS");
    const world = due();
    // The intent takes 4 effects; then clock and read of the schedule, clock, read, timer and commit of the occurrence.
    for (let step = 9; step < 200; step += 1) world.faults.set(step, fault);
    world.timer(NAME);
    expect(schedule(world)?.nextRunAt).toBe(FIRST);
    expect(world.timers.has(NAME)).toBe(true);
    world.faults.clear();
    world.settle(FIRST + 30_000);
    expect(schedule(world)?.lastRunAt).toBe(FIRST);
    expect(world.newest(OCCURRENCE)?.document.promises.size).toBe(1);
  });
});

describe("a request that meets an intent", () => {
  it.each([
    ["schedule.delete", 200],
    ["schedule.get", 200],
  ] as const)("%s creates the occurrence before it is answered", (kind, status) => {
    traceSpec("MAP-INTENT-HELP");
    const world = due();
    // The process ends after it has committed the intent.
    world.faults.set(4, "crash before");
    world.timer(NAME);
    expect(world.newest(KEY)?.intent).toEqual({ at: FIRST, promise: `s-${FIRST}` });
    world.steps.length = 0;
    world.faults.clear();
    expect(world.request({ kind, data: { id: "s" } })?.status).toBe(status);
    expect(writes(world)).toEqual([`occurrence ${OCCURRENCE}`, `flush ${OCCURRENCE}`, `advance ${KEY}`]);
    expect(world.newest(KEY)?.intent).toBeNull();
    const written = world.revision(OCCURRENCE);
    world.settle(FIRST + 50_000);
    expect(world.newest(OCCURRENCE)?.document.promises.size).toBe(1);
    expect(world.revision(OCCURRENCE)).toBeGreaterThanOrEqual(written);
  });

  it("fires nothing after an acknowledged deletion, by whoever read the schedule before it", () => {
    traceSpec("MAP-INTENT-HELP", "MAP-INTENT");
    const world = due();
    // A process has read the schedule; before it writes its intent, the schedule is deleted.
    world.meanwhile.set(2, () => {
      expect(world.request({ kind: "schedule.delete", data: { id: "s" } }, "delete")?.status).toBe(200);
    });
    world.timer(NAME);
    expect(world.revision(OCCURRENCE)).toBe(0);
    expect(schedule(world)).toBeUndefined();
  });
});
