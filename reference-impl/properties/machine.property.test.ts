import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document, Mode, Settings } from "../kernel/model.js";
import { EMPTY_DOCUMENT } from "../kernel/model.js";
import type { Request } from "../kernel/request.js";
import { turn } from "../kernel/turn.js";
import { STEPWISE } from "./catalogue.js";
import { createJudge, unexercised } from "./judge.js";

/** Random scripts through the machine, with every property on every step. */

const IDS = ["a", "b", "c", "a:0", "a:1", "b:0"];
const id = fc.constantFrom(...IDS);
const ADDRESSES = ["poll://any@workers", "http://listener/", "nats://topic", "nowhere"];
const address = fc.constantFrom(...ADDRESSES);
const version = fc.integer({ min: 0, max: 3 });
const value = fc.constantFrom({}, { data: "eA==" }, { headers: { h: "1" }, data: "" });
const pid = fc.constantFrom("p", "q");
const ttl = fc.constantFrom(0, 5, 20, 1000);
const at = fc.integer({ min: 0, max: 400 });

const tags = fc
  .record(
    {
      "resonate:target": fc.constantFrom("poll://any@workers", "poll://any@others", ""),
      "resonate:timer": fc.constant("true"),
      "resonate:external": fc.constant("true"),
      "resonate:scope": fc.constant("global"),
      "resonate:delay": fc.constantFrom("0", "50", "900"),
    },
    { requiredKeys: [] },
  )
  .map((all) => all as Record<string, string>);
const usual = fc.constantFrom<Record<string, string>>(
  { "resonate:target": "poll://any@workers" },
  { "resonate:external": "true" },
  { "resonate:timer": "true" },
  {},
);
const someTags = fc.oneof({ arbitrary: usual, weight: 4 }, { arbitrary: tags, weight: 1 });

const create = fc.record({
  kind: fc.constant("promise.create" as const),
  data: fc.record({ id, timeoutAt: fc.oneof(at, fc.constant(100_000)), param: value, tags: someTags }),
});
const settle = fc.record({
  kind: fc.constant("promise.settle" as const),
  data: fc.record({
    id,
    state: fc.constantFrom("resolved", "rejected", "rejected_canceled", "rejected_timedout", "pending"),
    value,
  }),
});
const callback = fc.record({
  kind: fc.constant("promise.register_callback" as const),
  data: fc.record({ awaited: id, awaiter: id }),
});

const request: fc.Arbitrary<Request> = fc.oneof<fc.Arbitrary<Request>[]>(
  fc.record({ kind: fc.constant("promise.get" as const), data: fc.record({ id }) }),
  create,
  create,
  settle,
  callback,
  fc.record({
    kind: fc.constant("promise.register_listener" as const),
    data: fc.record({ awaited: id, address }),
  }),
  fc.record({ kind: fc.constant("task.get" as const), data: fc.record({ id }) }),
  fc.record({ kind: fc.constant("task.create" as const), data: fc.record({ pid, ttl, action: create }) }),
  fc.record({ kind: fc.constant("task.acquire" as const), data: fc.record({ id, version, pid, ttl }) }),
  fc.record({
    kind: fc.constant("task.fence" as const),
    data: fc.record({ id, version, action: fc.oneof(create, settle) }),
  }),
  fc.record({
    kind: fc.constant("task.heartbeat" as const),
    data: fc.record({ pid, tasks: fc.array(fc.record({ id, version }), { maxLength: 2 }) }),
  }),
  fc.record({
    kind: fc.constant("task.suspend" as const),
    data: fc.record({ id, version, actions: fc.array(callback, { minLength: 1, maxLength: 2 }) }),
  }),
  fc.record({ kind: fc.constant("task.fulfill" as const), data: fc.record({ id, version, action: settle }) }),
  fc.record({ kind: fc.constant("task.release" as const), data: fc.record({ id, version }) }),
  fc.record({ kind: fc.constant("task.halt" as const), data: fc.record({ id }) }),
  fc.record({ kind: fc.constant("task.continue" as const), data: fc.record({ id }) }),
  fc.record({
    kind: fc.constant("schedule.create" as const),
    data: fc.record({
      id: fc.constantFrom("s", "t"),
      cron: fc.constantFrom("* * * * * *", "*/2 * * * * *"),
      promiseId: fc.constant("{{.id}}-{{.timestamp}}"),
      promiseTimeout: fc.constantFrom(0, 30, 1500),
      promiseParam: value,
      promiseTags: someTags,
    }),
  }),
  fc.record({ kind: fc.constant("schedule.delete" as const), data: fc.record({ id: fc.constantFrom("s", "t") }) }),
);

const script = fc.array(
  fc.record({
    wait: fc.constantFrom(0, 0, 0, 1, 5, 30, 600),
    request: fc.option(request, { freq: 6, nil: null }),
    bound: fc.constantFrom(0, 1, 3, 50),
  }),
  { minLength: 1, maxLength: 60 },
);

function settingsOf(mode: Mode): Settings {
  return { mode, retryTimeout: 40 };
}

describe("the machine", () => {
  it.each(["strict", "compat"] as const)("keeps every property on random scripts in %s mode", (mode) => {
    const settings = settingsOf(mode);
    const judge = createJudge(settings, STEPWISE);
    fc.assert(
      fc.property(script, (commands) => {
        let document: Document = EMPTY_DOCUMENT;
        let now = 0;
        const own = createJudge(settings, STEPWISE);
        const breaches: unknown[] = [];
        for (const { wait, request, bound } of commands) {
          now += wait;
          const { steps, document: after } = turn(document, now, request, settings, bound);
          for (const step of steps) {
            judge.observe(step);
            breaches.push(...own.observe(step).map((breach) => ({ ...breach, by: step.by })));
          }
          document = after;
          breaches.push(...own.observeState(now, document));
          judge.observeState(now, document);
        }
        expect(breaches).toEqual([]);
      }),
      { seed: 20260, numRuns: 300 },
    );
    expect(unexercised(judge.summary()).length).toBeLessThan(60);
  });
});
