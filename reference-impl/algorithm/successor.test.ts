import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { begin, create, EXTERNAL, get, listen, settle } from "../../test/builders/durable-requests.js";
import { WeakPlatform } from "../../test/builders/weak-platform.js";
import { decodeStored, encodeStored } from "./codec.js";
import { bytesOf, bytesOfPart, digestOf } from "./weight.js";

const KEY = "o.YQ";

/** A world whose document of origin `a` has grown as far as it may. */
function full(settings: { maxBytes: number; reserve: number }): WeakPlatform {
  const world = new WeakPlatform({ ...settings, turns: 1 });
  world.request(create("a", 9_000_000, EXTERNAL));
  for (let n = 0; n < 1000; n += 1) {
    if (world.request(create(`a:${n}`, 9_000_000, {}, "x".repeat(50)))?.status !== 200) return world;
  }
  throw new Error("never full");
}

function ops(world: WeakPlatform): string[] {
  return world.steps.map(({ effect }) => effect.op);
}

describe("a document that is full", () => {
  it("grows no further, and the request is answered with 429", () => {
    traceSpec("MAP-SIZE", "MAP-SIZE-REFUSED");
    const world = full({ maxBytes: 9000, reserve: 2000 });
    const before = world.revision(KEY);
    expect(world.request(create("a:new", 9_000_000, {}, "x".repeat(50)))?.status).toBe(429);
    expect(world.request(listen("a", `http://${"x".repeat(900)}`))?.status).toBe(429);
    expect(world.revision(KEY)).toBe(before);
    const newest = world.newest(KEY);
    expect(newest === null ? 0 : bytesOf(newest)).toBeLessThanOrEqual(7000);
  });

  it("answers what is no growth", () => {
    traceSpec("MAP-SIZE-REFUSED");
    const world = full({ maxBytes: 9000, reserve: 2000 });
    expect(world.request(get("a"))?.status).toBe(200);
    expect(world.request(create("a:0", 9_000_000, {}, "x".repeat(50)))?.status).toBe(200);
  });

  it("takes a settlement into its reserve, and not beyond it", () => {
    traceSpec("MAP-SIZE-RESERVE", "MAP-SIZE");
    const world = full({ maxBytes: 9000, reserve: 2000 });
    expect(world.request(settle("a", "x".repeat(9000)))?.status).toBe(429);
    expect(world.request(settle("a", "x".repeat(1000)))?.status).toBe(200);
    expect(world.newest(KEY)?.document.promises.get("a")?.state).toBe("resolved");
    const newest = world.newest(KEY);
    expect(newest === null ? 0 : bytesOf(newest)).toBeGreaterThan(7000);
  });

  it("gives up the oldest of its turns, and no more of them than it has to", () => {
    traceSpec("MAP-IDENTITY-ROOM");
    const world = new WeakPlatform({ maxBytes: 9000, reserve: 2000 });
    for (let n = 0; n < 18; n += 1) world.request(create(`a:${n}`, 9_000_000, {}, "x".repeat(50)), `t${n}`);
    const newest = world.newest(KEY);
    const kept = newest?.turns.map(({ turn }) => turn) ?? [];
    expect(newest?.document.promises.size).toBe(18);
    expect(kept.length).toBeGreaterThan(2);
    expect(kept.length).toBeLessThan(18);
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, n) => `t${18 - kept.length + n}`));
    const bytes = newest === null ? 0 : bytesOf(newest);
    const first = newest?.turns[0];
    expect(bytes).toBeLessThanOrEqual(7000);
    // One more would not fit.
    expect(bytes + (first === undefined ? 0 : bytesOfPart(first))).toBeGreaterThan(6900);
  });

  it("is seen to be so before a timer is armed", () => {
    traceSpec("MAP-SIZE-FIRST");
    const world = full({ maxBytes: 9000, reserve: 2000 });
    world.steps.length = 0;
    expect(world.request(begin("a:task", 8_000_000, 60_000))?.status).toBe(429);
    expect(ops(world)).toEqual(["clock.read", "kv.get", "reply", "queue.ack"]);
  });

  it("takes a request without the internal steps that do not fit beside it", () => {
    traceSpec("MAP-SIZE-FEWER");
    const world = new WeakPlatform({ maxBytes: 4000, reserve: 0, turns: 0 });
    world.request(create("a", 9_000_000, EXTERNAL));
    for (let n = 0; n < 5; n += 1) world.request(listen("a", `http://listener/${n}`));
    world.steps.length = 0;
    expect(world.request(settle("a", "x".repeat(600)))?.status).toBe(200);
    expect(world.newest(KEY)?.document.promises.get("a")?.listeners).toHaveLength(5);
    world.settle(1_000_100);
    expect(world.messages).toHaveLength(5);
  });
});

describe("the weight of a document", () => {
  const id = fc.string({ unit: "grapheme", maxLength: 20 });
  const world = fc.array(fc.tuple(id, fc.string({ unit: "binary", maxLength: 40 })), { maxLength: 12 });

  it("is at least its encoded length, and not far above it", () => {
    traceSpec("MAP-SIZE");
    fc.assert(
      fc.property(world, (promises) => {
        const made = new WeakPlatform();
        made.request(create("a", 9_000_000, EXTERNAL));
        for (const [suffix, data] of promises) {
          made.request(create(`a:${suffix}`, 9_000_000, { [data]: suffix, ...EXTERNAL }, data));
          made.request(listen(`a:${suffix}`, `http://${data}`));
        }
        const stored = made.newest(KEY);
        if (stored === null) throw new Error("nothing written");
        const length = Buffer.byteLength(encodeStored(stored));
        expect(bytesOf(stored)).toBeGreaterThanOrEqual(length);
        expect(bytesOf(stored)).toBeLessThan(length + 600);
        expect(decodeStored(encodeStored(stored))).toEqual(stored);
        expect(digestOf(decodeStored(encodeStored(stored)))).toBe(digestOf(stored));
      }),
      { numRuns: 50 },
    );
  });

  it("is of a text that is read back or refused", () => {
    traceSpec("MAP-KEY");
    const made = new WeakPlatform();
    made.request(create("a", 9_000_000, EXTERNAL));
    const stored = made.newest(KEY);
    if (stored === null) throw new Error("nothing written");
    const text = encodeStored(stored);
    expect(decodeStored(text)).toEqual(stored);
    expect(() => decodeStored(text.replace('"schema":1', '"schema":2'))).toThrow(TypeError);
    expect(() => decodeStored(text.replace('"status":200', '"status":"200"'))).toThrow(TypeError);
    expect(() => decodeStored("[]")).toThrow(TypeError);
    expect(() => decodeStored("{")).toThrow(SyntaxError);
  });

  it("has a digest that tells any two contents apart and no two orders", () => {
    traceSpec("MAP-CHAIN");
    const made = new WeakPlatform();
    made.request(create("a", 9_000_000, EXTERNAL));
    made.request(create("a:1", 9_000_000, { x: "1", y: "2" }));
    const stored = made.newest(KEY);
    if (stored === null) throw new Error("nothing written");
    const reordered = [...stored.document.promises].reverse().map(([key, promise]) => {
      const fields = Object.fromEntries(Object.entries(promise).reverse());
      return [
        key,
        { ...promise, ...fields, tags: Object.fromEntries(Object.entries(promise.tags).reverse()) },
      ] as const;
    });
    const same = { ...stored, document: { ...stored.document, promises: new Map(reordered) } };
    expect(digestOf(same)).toBe(digestOf(stored));
    const [key, promise] = reordered[0] ?? ["", stored.document.promises.get("a")];
    if (promise === undefined) throw new Error("no promise");
    const other = new Map(stored.document.promises).set(key, { ...promise, timeoutAt: promise.timeoutAt + 1 });
    expect(digestOf({ ...stored, document: { ...stored.document, promises: other } })).not.toBe(digestOf(stored));
    expect(digestOf({ ...stored, hw: stored.hw + 1 })).not.toBe(digestOf(stored));
  });
});
