import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Mode } from "../../kernel/model.js";
import { EMPTY_DOCUMENT } from "../../kernel/model.js";
import { createOccurrence } from "../../kernel/occurrence.js";
import type { Request, Response } from "../../kernel/request.js";
import { turn } from "../../kernel/turn.js";
import {
  ADDRESS,
  acquire,
  callback,
  create,
  fulfill,
  listener,
  settingsOf,
  spawn,
  TARGET,
} from "../scripts/requests.js";
import { modeCases, refusedCases } from "./mode-cases.js";

/** The cases of the last of these requests, one after the other at one instant. */
function casesOfLast(mode: Mode, ...requests: readonly Request[]): readonly string[] {
  let document = EMPTY_DOCUMENT;
  let found: readonly string[] = [];
  for (const request of requests) {
    const { steps, document: after } = turn(document, 10, request, settingsOf(mode), 0);
    found = steps.flatMap((step) => modeCases(step, mode));
    document = after;
  }
  return found;
}

const SCOPE = { "resonate:scope": "global" };
const UNSOUND = { ...TARGET, "resonate:delay": "soon" };

describe("cases of where the modes differ", () => {
  it.each([
    ["strict: lease of 0 ms", [spawn("a", 900, { ttl: 0 })]],
    ["strict: lease of 0 ms", [create("a", 900, TARGET), acquire("a", 0, { ttl: 0 })]],
    ["strict: empty target", [create("a", 900, { "resonate:target": "" })]],
    ["strict: malformed delay", [create("a", 900, UNSOUND)]],
    ["strict: fulfilment of another promise", [spawn("a", 900), fulfilling("b")]],
    ["strict: scope alone", [create("a", 900, SCOPE), listener("a")]],
  ] as const)("are found in strict mode alone: %s", (name, requests) => {
    traceSpec("SIM-CAMPAIGN-CASES");
    expect(casesOfLast("strict", ...requests)).toEqual([name]);
    expect(casesOfLast("compat", ...requests)).toEqual([]);
  });

  it.each([
    [[spawn("a", 900)]],
    [[create("a", 900, TARGET), create("a", 900, UNSOUND)]],
    [[spawn("a", 900), fulfill("a", 1)]],
    [[create("a", 900), listener("a")]],
    [[create("a", 900, TARGET), listener("a")]],
  ] as const)("are not found where they do not differ: %j", (requests) => {
    traceSpec("SIM-CAMPAIGN-CASES");
    expect(casesOfLast("strict", ...requests)).toEqual([]);
  });

  it("are found of occurrences, and of addresses that strict mode refuses", () => {
    traceSpec("SIM-CAMPAIGN-CASES");
    const schedule = {
      id: "s",
      cron: "* * * * *",
      promiseId: "{{.id}}",
      promiseTimeout: 9,
      promiseParam: {},
      promiseTags: {},
    };
    const made = { ...schedule, createdAt: 0, nextRunAt: 5 };
    const after = createOccurrence(EMPTY_DOCUMENT, made, 5, 5, settingsOf("strict"));
    const step = { by: { step: "R7", schedule: "s" }, now: 5, before: EMPTY_DOCUMENT, after, response: null } as const;
    expect(modeCases(step, "strict")).toEqual(["strict: occurrence"]);
    expect(modeCases(step, "compat")).toEqual(["compat: occurrence"]);
    expect(modeCases({ ...step, after: EMPTY_DOCUMENT }, "strict")).toEqual([]);
  });

  it("are found of addresses that strict mode refuses, but not of other refusals", () => {
    traceSpec("SIM-CAMPAIGN-CASES");
    const nats = listener("a", "nats://a");
    const refusal = answered("strict", nats);
    expect(refusal.status).toBe(400);
    expect(refusedCases(nats, refusal, "strict")).toEqual(["strict: nats address"]);
    expect(refusedCases(nats, refusal, "compat")).toEqual([]);
    expect(refusedCases(listener("a", ADDRESS), refusal, "strict")).toEqual([]);
    expect(refusedCases(nats, { ...refusal, data: "the id is too long" }, "strict")).toEqual([]);
  });

  it("are found of a wait for scope alone, but not where something else refuses it", () => {
    traceSpec("SIM-CAMPAIGN-CASES");
    const made = [create("a", 900, SCOPE), create("b", 900), create("c", 900, TARGET)] as const;
    expect(casesOfLast("strict", ...made, callback("a", "c"))).toEqual(["strict: scope alone"]);
    expect(casesOfLast("strict", ...made, callback("a", "b"))).toEqual([]);
    expect(answered("strict", ...made, callback("a", "b")).status).toBe(422);
  });
});

/** How the last of these requests is answered. */
function answered(mode: Mode, ...requests: readonly Request[]): Response {
  let document = EMPTY_DOCUMENT;
  let response: Response | null = null;
  for (const request of requests) {
    const done = turn(document, 10, request, settingsOf(mode), 0);
    document = done.document;
    response = done.steps.find(({ response: given }) => given !== null)?.response ?? null;
  }
  if (response === null) throw new Error("no request was answered");
  return response;
}

/** A `task.fulfill` of `a` whose action names another promise. */
function fulfilling(id: string): Request {
  const action = { kind: "promise.settle", data: { id, state: "resolved", value: {} } } as const;
  return { kind: "task.fulfill", data: { id: "a", version: 1, action } };
}
