import { describe, expect, it } from "vitest";
import { rulesOf, WeakPlatform } from "../../test/builders/weak-platform.js";
import type { Request } from "../kernel/request.js";

function create(id: string, timeoutAt: number, tags: Record<string, string> = {}): Request {
  return { kind: "promise.create", data: { id, timeoutAt, param: {}, tags } };
}

describe("a request", () => {
  it("is decided, armed, committed, answered, published and acknowledged in this order", () => {
    const world = new WeakPlatform();
    const response = world.request(create("a", 2_000_000, { "resonate:target": "poll://any@g" }));
    expect(response?.status).toBe(200);
    expect(rulesOf(world.steps)).toEqual([
      "MAP-NOW",
      "MAP-RE-DECIDE",
      "MAP-ARM-FIRST",
      "MAP-CAS",
      "MAP-REPLY",
      "MAP-PUBLISH",
      "MAP-DROP-PUBLISHED",
      "MAP-ACK-LAST",
    ]);
    expect(world.messages).toEqual([
      { address: "poll://any@g", body: { kind: "execute", head: {}, data: { task: { id: "a", version: 0 } } } },
    ]);
  });
});
