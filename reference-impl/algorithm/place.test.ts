import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { create, fence, get, listen } from "../../test/builders/durable-requests.js";
import { WeakPlatform } from "../../test/builders/weak-platform.js";
import { fromBase64url, toBase64url } from "./base64url.js";
import { keyOf, originPlace, placeAt, placeOf } from "./place.js";
import { freshAt } from "./stored.js";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);

describe("the key of an origin", () => {
  it("is its base64url, as node writes it", () => {
    traceSpec("MAP-KEY-ORIGIN");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (origin) => {
        expect(toBase64url(origin)).toBe(Buffer.from(origin).toString("base64url"));
      }),
    );
    expect(keyOf({ kind: "origin", subject: "order-7" })).toBe("o.b3JkZXItNw");
    const world = new WeakPlatform();
    world.request(create("order-7:0.1", 2_000_000));
    expect([...world.history.keys()]).toEqual(["o.b3JkZXItNw"]);
  });

  it("is another for every text, lone surrogates and the empty text included, and leads back", () => {
    traceSpec("MAP-KEY-ORIGIN");
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(keyOf({ kind: "origin", subject: a }) === keyOf({ kind: "origin", subject: b })).toBe(a === b);
        expect(fromBase64url(toBase64url(a))).toBe(a);
        expect(placeAt(keyOf({ kind: "schedule", subject: a }))).toEqual({ kind: "schedule", subject: a });
      }),
    );
    expect(keyOf({ kind: "origin", subject: "" })).toMatch(/[^.]$/);
  });

  it("is recognised only as it is written", () => {
    traceSpec("MAP-KEY-ORIGIN");
    for (const key of ["o.", "o.%", "x.YQ", "o.YR", "o.Y", "oYQ"]) expect(placeAt(key)).toBeNull();
    fc.assert(
      fc.property(fc.string(), (code) => {
        const place = placeAt(`o.${code}`);
        expect(place === null || keyOf(place) === `o.${code}`).toBe(true);
      }),
    );
  });
});

describe("the document of a request", () => {
  it("is that of the ids' origin, which ends at the first colon", () => {
    traceSpec("MAP-KEY-DOT");
    expect(originPlace("a.b:0.1").subject).toBe("a.b");
    expect(placeOf({ kind: "promise.get", data: { id: "a.b:0.1" } }).subject).toBe("a.b");
    expect(placeOf({ kind: "schedule.get", data: { id: "a:b" } })).toEqual({ kind: "schedule", subject: "a:b" });
    const request = { kind: "promise.register_listener", data: { awaited: "c:1", address: "x" } } as const;
    expect(placeOf(request).subject).toBe("c");
  });

  it("holds every promise and task of the origin", () => {
    traceSpec("MAP-KEY");
    const world = new WeakPlatform();
    world.request(create("a", 2_000_000, { "resonate:target": "poll://any@g" }));
    world.request(create("a:0", 2_000_000));
    world.request(create("a:0.1", 2_000_000));
    world.request(create("b", 2_000_000));
    expect([...(world.newest(keyOf(originPlace("a")))?.document.promises.keys() ?? [])]).toEqual(["a", "a:0", "a:0.1"]);
    expect(world.newest(keyOf(originPlace("a")))?.document.tasks.size).toBe(1);
    expect(world.history.size).toBe(2);
  });

  it("is left alone if it says that it is another's", () => {
    traceSpec("MAP-KEY-FOREIGN");
    const world = new WeakPlatform();
    const key = keyOf(originPlace("a"));
    world.write(key, freshAt(originPlace("b")));
    expect(world.request(create("a", 2_000_000))?.status).toBe(429);
    expect(world.request(get("a"))?.status).toBe(429);
    expect(world.timer(`${key}.1000`)).toEqual({ kind: "timer", acknowledged: false });
    expect(world.sweep()).toMatchObject({ seen: 1, failed: 1 });
    expect(world.revision(key)).toBe(1);
    expect(world.timers.size).toBe(0);
  });
});

describe("a wait or a fence", () => {
  it.each(["strict", "compat"] as const)("over two origins is refused in %s mode, without a write", (mode) => {
    traceSpec("MAP-SPAN");
    const world = new WeakPlatform({ protocol: { mode, retryTimeout: 5000, partitioned: true } });
    world.request(create("a", 2_000_000, { "resonate:target": "poll://any@g" }));
    const before = world.revision(keyOf(originPlace("a")));
    const callback = { kind: "promise.register_callback", data: { awaited: "b", awaiter: "a" } } as const;
    expect(world.request(fence("a", 0, create("b", 2_000_000)))?.status).toBe(400);
    expect(world.request(callback)?.status).toBe(400);
    const actions = [callback];
    expect(world.request({ kind: "task.suspend", data: { id: "a", version: 0, actions } })?.status).toBe(400);
    expect(world.revision(keyOf(originPlace("a")))).toBe(before);
    expect(world.revision(keyOf(originPlace("b")))).toBe(0);
  });

  it("of a malformed request is answered without a commit", () => {
    traceSpec("MAP-FENCE-STATELESS");
    const world = new WeakPlatform();
    expect(world.request(listen("a", "nowhere"))?.status).toBe(400);
    expect(world.history.size).toBe(0);
    expect(world.timers.size).toBe(0);
  });
});
