import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { handle } from "./handle.js";
import { NEVER } from "./instant.js";
import type { Document, Settings } from "./model.js";
import { EMPTY_DOCUMENT } from "./model.js";
import type { Request } from "./request.js";
import { armed, nextTimer, turn } from "./turn.js";

const SETTINGS: Settings = { mode: "compat", retryTimeout: 5000 };
const TARGET = { "resonate:target": "poll://any@g" };

function create(id: string, timeoutAt: number, tags: Record<string, string> = {}): Request {
  return { kind: "promise.create", data: { id, timeoutAt, param: {}, tags } };
}

function run(document: Document, now: number, ...requests: readonly Request[]): Document {
  return requests.reduce((current, request) => turn(current, now, request, SETTINGS, 100).document, document);
}

describe("a turn", () => {
  it("resumes and offers a waiting task in the turn that settles what it waits for", () => {
    const waiting = run(
      EMPTY_DOCUMENT,
      1000,
      {
        kind: "task.create",
        data: {
          pid: "p",
          ttl: 60_000,
          action: { kind: "promise.create", data: { id: "w", timeoutAt: 90_000, param: {}, tags: TARGET } },
        },
      },
      create("w:0", 50_000, { "resonate:external": "true" }),
      {
        kind: "task.suspend",
        data: {
          id: "w",
          version: 1,
          actions: [{ kind: "promise.register_callback", data: { awaited: "w:0", awaiter: "w" } }],
        },
      },
    );
    expect(waiting.tasks.get("w")?.state).toBe("suspended");
    expect(nextTimer(waiting, SETTINGS)).toBe(50_000);
    const settled = turn(
      waiting,
      2000,
      { kind: "promise.settle", data: { id: "w:0", state: "resolved", value: { data: "x" } } },
      SETTINGS,
      100,
    );
    expect(settled.steps.map(({ by }) => ("kind" in by ? by.kind : by.step))).toEqual(["promise.settle", "R4", "R6"]);
    expect(settled.messages.map(({ message }) => message)).toEqual([
      { kind: "execute", address: "poll://any@g", task: { id: "w", version: 1 } },
    ]);
    expect(settled.nextTimer).toBe(7000);
    for (const [i, { before, after, by, now }] of settled.steps.entries()) {
      expect(before).toBe(i === 0 ? waiting : settled.steps[i - 1]?.after);
      if ("kind" in by) expect(handle(before, now, by, SETTINGS).document).toEqual(after);
    }
    expect(settled.steps.at(-1)?.after).toBe(settled.document);
  });

  it("arms external promises alone", () => {
    const document = run(EMPTY_DOCUMENT, 0, create("i", 10), create("e", 20, { "resonate:external": "true" }));
    expect([...document.promises.values()].map((promise) => armed(promise, SETTINGS))).toEqual([false, true]);
    expect(nextTimer(document, SETTINGS)).toBe(20);
  });

  it("names no instant for a deadline that never comes", () => {
    traceSpec("DUR-TIME-NEXT-NONE");
    const endless = run(EMPTY_DOCUMENT, 0, create("e", NEVER, { "resonate:external": "true" }));
    expect(nextTimer(endless, SETTINGS)).toBeNull();
    expect(nextTimer(run(endless, 0, create("f", 20, { "resonate:external": "true" })), SETTINGS)).toBe(20);
  });
});
