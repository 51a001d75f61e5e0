import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { handle } from "../kernel/handle.js";
import type { InternalStep, MicroStep } from "../kernel/machine.js";
import type { Document, Settings } from "../kernel/model.js";
import { EMPTY_DOCUMENT } from "../kernel/model.js";
import type { Request } from "../kernel/request.js";
import { fire } from "../kernel/step.js";
import { STEPWISE } from "./catalogue.js";
import { createJudge } from "./judge.js";

/** Everything that can be due together at a deadline, in every order: also where what is dead has not been written yet. */

const TARGET = { "resonate:target": "poll://any@w" };
const DEADLINE = 100;

const create = (id: string, timeoutAt: number, tags: Record<string, string>): Request => ({
  kind: "promise.create",
  data: { id, timeoutAt, param: {}, tags },
});
const acquire = (id: string): Request => ({
  kind: "task.acquire",
  data: { id, version: 0, pid: "p", ttl: DEADLINE - 1 },
});

/** `a` is settled and still waited for; b waits, c is held and d is offered, and all three end at the deadline. */
const SCRIPT: readonly Request[] = [
  create("r:a", 1_000, { "resonate:external": "true" }),
  create("r:b", DEADLINE, TARGET),
  create("r:c", DEADLINE, TARGET),
  create("r:d", DEADLINE, TARGET),
  { kind: "promise.register_listener", data: { awaited: "r:a", address: "http://x/" } },
  acquire("r:b"),
  acquire("r:c"),
  {
    kind: "task.suspend",
    data: {
      id: "r:b",
      version: 1,
      actions: [{ kind: "promise.register_callback", data: { awaited: "r:a", awaiter: "r:b" } }],
    },
  },
  { kind: "promise.settle", data: { id: "r:a", state: "resolved", value: {} } },
];

const STEPS: readonly InternalStep[] = [
  { step: "R1", promise: "r:b" },
  { step: "R1", promise: "r:c" },
  { step: "R1", promise: "r:d" },
  { step: "R3", promise: "r:a", address: "http://x/" },
  { step: "R4", promise: "r:a", awaiter: "r:b" },
  { step: "R5", task: "r:c" },
  { step: "R6", task: "r:b" },
  { step: "R6", task: "r:c" },
  { step: "R6", task: "r:d" },
];

const settings: Settings = { mode: "compat", retryTimeout: 40 };

function started(): Document {
  return SCRIPT.reduce((document, request) => handle(document, 1, request, settings).document, EMPTY_DOCUMENT);
}

it.each([DEADLINE - 1, DEADLINE, DEADLINE + 1])("keeps every property in every order of steps at %i", (now) => {
  traceSpec("PROP-NO-DEAD-DISPATCH", "PROP-PRESERVED-NO-DEAD-DISPATCH");
  const judge = createJudge(settings, STEPWISE);
  const start = started();
  let taken = 0;
  const from = (document: Document, left: number): void => {
    if (left === 0) return;
    for (const by of STEPS) {
      const after = fire(document, now, by, settings);
      const step: MicroStep = { by, now, before: document, after, response: null };
      expect(judge.observe(step)).toEqual([]);
      taken += 1;
      if (after !== document) from(after, left - 1);
    }
  };
  from(start, 4);
  // At the deadline all of them have something to do, if only to write that something is dead.
  expect(taken).toBeGreaterThan(200);
});
