import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { handle } from "../../kernel/handle.js";
import type { Document, Settings } from "../../kernel/model.js";
import { EMPTY_DOCUMENT } from "../../kernel/model.js";
import type { Request, Response } from "../../kernel/request.js";
import type { ClientOperation } from "../run.js";
import { type KernelOperation, partitionsOf } from "./partition.js";
import { relevantTo } from "./relevance.js";

const SETTINGS: Settings = { mode: "compat", retryTimeout: 5_000, partitioned: true };
const NOW = 1_000;

const create = (id: string, timeoutAt = 100_000): Request => ({
  kind: "promise.create",
  data: { id, timeoutAt, param: {}, tags: { "resonate:target": "poll://any@g" } },
});
const get = (id: string): Request => ({ kind: "promise.get", data: { id } });
const getTask = (id: string): Request => ({ kind: "task.get", data: { id } });
const settle = (id: string): Request => ({ kind: "promise.settle", data: { id, state: "resolved", value: {} } });
const acquire: Request = { kind: "task.acquire", data: { id: "w", version: 0, pid: "p", ttl: 50 } };
const suspend: Request = {
  kind: "task.suspend",
  data: {
    id: "w",
    version: 1,
    actions: [{ kind: "promise.register_callback", data: { awaited: "w:1", awaiter: "w" } }],
  },
};

function after(...requests: readonly Request[]): Document {
  return requests.reduce<Document>((document, each) => handle(document, NOW, each, SETTINGS).document, EMPTY_DOCUMENT);
}

/** An operation from 1000 to 1020 by clocks that are right; without an answer if `response` is null. */
function operation(request: Request, response: Response | null = { kind: request.kind, status: 409, data: "" }) {
  const of: ClientOperation = {
    process: "c",
    call: 1,
    return: response === null ? null : 2,
    calledAt: NOW,
    returnedAt: response === null ? null : NOW + 20,
    request,
    response,
  };
  return partitionsOf([of], 0)[0]?.operations[0] as KernelOperation;
}

function relevant(document: Document, wanted: Request, other: KernelOperation, seen = new Map<string, number[]>()) {
  return relevantTo({ document, now: NOW }, operation(wanted), [other], seen, []).includes(other);
}

describe("what is tried before an answer", () => {
  it("is what looks at the same promise or task", () => {
    traceSpec("SIM-LINEAR-REDUCTION");
    const document = after(create("w:1"), create("w:2"));
    expect(relevant(document, get("w:1"), operation(settle("w:1")))).toBe(true);
    expect(relevant(document, get("w:1"), operation(settle("w:2")))).toBe(false);
  });

  it("is the settlement of what a task waits for", () => {
    traceSpec("SIM-LINEAR-REDUCTION");
    const parked = after(create("w"), create("w:1"), acquire, suspend);
    expect(parked.tasks.get("w")?.state).toBe("suspended");
    expect(relevant(parked, getTask("w"), operation(settle("w:1")))).toBe(true);
    expect(relevant(after(create("w"), create("w:1")), getTask("w"), operation(settle("w:1")))).toBe(false);
  });

  it("is what a deadline or the end of a lease changes meanwhile", () => {
    traceSpec("SIM-LINEAR-REDUCTION");
    expect(relevant(after(create("w:1"), create("w:2", NOW + 10)), get("w:1"), operation(get("w:2")))).toBe(true);
    expect(relevant(after(create("w:1"), create("w:2", NOW + 30)), get("w:1"), operation(get("w:2")))).toBe(false);
    const held = after(create("w"), create("w:1"), { ...acquire, data: { ...acquire.data, ttl: 10 } } as Request);
    expect(relevant(held, get("w:1"), operation(getTask("w")))).toBe(true);
  });

  it("is what took effect at an instant that is seen later", () => {
    traceSpec("SIM-LINEAR-REDUCTION");
    const document = after(create("w:1"), create("w:2"));
    const lost = operation(settle("w:2"), null);
    expect(relevant(document, get("w:1"), lost, new Map([["w:2", [NOW]]]))).toBe(true);
    expect(relevant(document, get("w:1"), lost, new Map([["w:2", [NOW - 5]]]))).toBe(false);
  });

  it("is everything where a preload is shown", () => {
    traceSpec("SIM-LINEAR-REDUCTION");
    const document = after(create("w:1"), create("w:2"));
    const promise = {
      id: "w:2",
      state: "pending",
      param: {},
      value: {},
      tags: {},
      timeoutAt: 1,
      createdAt: 1,
    } as const;
    const showing = operation(settle("w:2"), { kind: "promise.settle", status: 200, data: { preload: [promise] } });
    expect(relevant(document, get("w:1"), showing)).toBe(true);
  });
});
