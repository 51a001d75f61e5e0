import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { handle } from "../../kernel/handle.js";
import type { Document, Settings } from "../../kernel/model.js";
import { EMPTY_DOCUMENT } from "../../kernel/model.js";
import type { Request, Response } from "../../kernel/request.js";
import { enabled, fire } from "../../kernel/step.js";
import type { ClientOperation } from "../run.js";
import type { Model } from "./check.js";
import { check } from "./check.js";
import { judgeLinearizability } from "./judge.js";
import type { KernelState } from "./kernel-model.js";
import { KernelModel } from "./kernel-model.js";
import type { KernelOperation } from "./partition.js";
import { partitionsOf } from "./partition.js";

const CLOCK_ERROR = 40;
const START = 1_000_000;

const target = { "resonate:target": "poll://any@w", "resonate:branch": "w" };
const id = fc.constantFrom("w", "w:0", "w:1");
const version = fc.integer({ min: 0, max: 2 });
const ttl = fc.constantFrom(100, 400, 5_000);
const pid = fc.constantFrom("p", "q");
const create = fc
  .tuple(id, fc.constantFrom(300, 1_500, 100_000), fc.constantFrom(0, 1, 2))
  .map(([each, lives, kind]) => {
    const tags = kind === 0 ? target : kind === 1 ? { "resonate:external": "true" } : { "resonate:branch": "w" };
    const data = { id: each, timeoutAt: START + lives, param: {}, tags };
    return { kind: "promise.create", data } as const;
  });
const settle = fc
  .tuple(id, fc.constantFrom("resolved", "rejected"))
  .map(([each, state]) => ({ kind: "promise.settle", data: { id: each, state, value: {} } }) as const);
const at = fc.record({ id, version });
const callback = fc
  .tuple(id, id)
  .map(([awaited, awaiter]) => ({ kind: "promise.register_callback", data: { awaited, awaiter } }) as const);

const request: fc.Arbitrary<Request> = fc.oneof(
  { weight: 4, arbitrary: create },
  { weight: 2, arbitrary: settle },
  id.map((each) => ({ kind: "promise.get", data: { id: each } }) as const),
  id.map((each) => ({ kind: "task.get", data: { id: each } }) as const),
  callback,
  fc
    .tuple(create, pid, ttl)
    .map(([action, holder, lease]) => ({ kind: "task.create", data: { pid: holder, ttl: lease, action } }) as const),
  {
    weight: 4,
    arbitrary: fc
      .tuple(at, pid, ttl)
      .map(([data, holder, lease]) => ({ kind: "task.acquire", data: { ...data, pid: holder, ttl: lease } }) as const),
  },
  fc
    .tuple(at, fc.oneof(create, settle))
    .map(([data, action]) => ({ kind: "task.fence", data: { ...data, action } }) as const),
  fc.tuple(at, settle).map(([data, action]) => ({ kind: "task.fulfill", data: { ...data, action } }) as const),
  at.map((data) => ({ kind: "task.release", data }) as const),
  {
    weight: 3,
    arbitrary: fc.tuple(at, fc.uniqueArray(id, { minLength: 1, maxLength: 2 })).map(([data, awaited]) => {
      const actions = awaited.map(
        (each) => ({ kind: "promise.register_callback", data: { awaited: each, awaiter: data.id } }) as const,
      );
      return { kind: "task.suspend", data: { ...data, actions } } as const;
    }),
  },
  fc
    .tuple(pid, at)
    .map(([holder, each]) => ({ kind: "task.heartbeat", data: { pid: holder, tasks: [each] } }) as const),
  id.map((each) => ({ kind: "task.halt", data: { id: each } }) as const),
  id.map((each) => ({ kind: "task.continue", data: { id: each } }) as const),
);

const step = fc.record({
  request,
  /** Milliseconds since the step before. */
  wait: fc.constantFrom(0, 3, 20, 120, 700),
  skew: fc.integer({ min: -CLOCK_ERROR, max: CLOCK_ERROR }),
  before: fc.constantFrom(0, 2, 10, 60, 300),
  after: fc.constantFrom(0, 2, 10, 60, 300),
  /** How many of the internal steps that are due are taken first. */
  steps: fc.constantFrom(0, 1, 20),
  fate: fc.constantFrom("answered", "answered", "answered", "answered", "lost", "no verdict", "never"),
});

/** Steps of clients that hardly wait for each other, around the deadlines and ends of leases. */
const crowded = step.chain((each) =>
  fc
    .record({
      wait: fc.constantFrom(0, 3, 20, 120),
      before: fc.constantFrom(10, 60, 300),
      after: fc.constantFrom(10, 60, 300),
      fate: fc.constantFrom("answered", "answered", "lost"),
      steps: fc.constantFrom(0, 20),
    })
    .map((more) => ({ ...each, ...more })),
);

interface Ran {
  readonly operation: Omit<ClientOperation, "call" | "return">;
  readonly order: number;
}

/** What clients see of the machine when it takes the drawn steps: linearizable by construction. */
function run(drawn: readonly (typeof step extends fc.Arbitrary<infer T> ? T : never)[], settings: Settings) {
  let document: Document = EMPTY_DOCUMENT;
  let now = 0;
  let time = START;
  const ran: Ran[] = [];
  for (const [order, each] of drawn.entries()) {
    time += each.wait;
    now = Math.max(now, time + each.skew);
    for (const due of enabled(document, now, settings).slice(0, each.steps))
      document = fire(document, now, due, settings);
    let response: Response | null = null;
    if (each.fate !== "never") ({ document, response } = handle(document, now, each.request, settings));
    const lost = each.fate === "lost" || each.fate === "never";
    if (each.fate === "no verdict") response = { kind: each.request.kind, status: 500, data: "no verdict" };
    ran.push({
      order,
      operation: {
        process: `c${order}`,
        calledAt: time - each.before,
        returnedAt: lost ? null : time + each.after,
        request: each.request,
        response: lost ? null : response,
      },
    });
  }
  return placed(ran);
}

/** Gives calls and answers their places: by time, and of the same time a call first, answers in the order of effects. */
function placed(ran: readonly Ran[]): ClientOperation[] {
  const moments = ran.flatMap(({ order, operation }) => [
    { order, time: operation.calledAt, kind: 0 },
    { order, time: operation.returnedAt ?? Number.POSITIVE_INFINITY, kind: 1 },
  ]);
  moments.sort((one, other) => one.time - other.time || one.kind - other.kind || one.order - other.order);
  const place = (order: number, kind: number) =>
    moments.findIndex((each) => each.order === order && each.kind === kind);
  return ran.map(({ order, operation }) => ({
    ...operation,
    call: place(order, 0),
    return: operation.returnedAt === null ? null : place(order, 1),
  }));
}

const settings = fc
  .constantFrom("strict", "compat")
  .map((mode): Settings => ({ mode: mode === "strict" ? "strict" : "compat", retryTimeout: 200, partitioned: true }));

it("accepts what clients see of the machine, with skewed clocks, internal steps at any time and lost answers", () => {
  traceSpec("SIM-LINEAR-MACHINE");
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), settings, (drawn, each) => {
      const judged = judgeLinearizability(run(drawn, each), each, CLOCK_ERROR);
      expect(judged).toMatchObject({ broken: null, undecided: 0 });
    }),
    { numRuns: 3_000 },
  );
});

it("refuses most histories in which one status is another one", () => {
  traceSpec("SIM-LINEAR-MACHINE");
  let altered = 0;
  let refused = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 6, maxLength: 14 }), settings, fc.nat(), (drawn, each, which) => {
      const history = run(drawn, each);
      const known = history.filter(({ response }) => response !== null && response.status < 429);
      const victim = known[which % Math.max(1, known.length)];
      if (victim?.response == null) return;
      const status = victim.response.status === 200 ? 409 : 200;
      const data = status === 200 ? {} : "refused";
      altered += 1;
      const wrong = history.map((one) =>
        one === victim && one.response !== null ? { ...one, response: { ...one.response, status, data } } : one,
      );
      if (judgeLinearizability(wrong as ClientOperation[], each, CLOCK_ERROR).broken !== null) refused += 1;
    }),
    { numRuns: 1_000 },
  );
  expect(refused / altered).toBeGreaterThan(0.8);
});

it("leaves out of the search only what cannot change its verdict", () => {
  traceSpec("SIM-LINEAR-REDUCTION");
  const verdicts = { linearizable: 0, "not-linearizable": 0, undecided: 0 };
  fc.assert(
    fc.property(fc.array(crowded, { minLength: 5, maxLength: 10 }), settings, fc.nat(), (drawn, each, which) => {
      const history = run(drawn, each).map((one, index): ClientOperation => {
        if (index !== which % (drawn.length * 2) || one.response === null || one.response.status > 409) return one;
        const status = one.response.status === 200 ? 409 : 200;
        return { ...one, response: { ...one.response, status, data: status === 200 ? {} : "refused" } };
      });
      for (const { operations, seen } of partitionsOf(history, CLOCK_ERROR)) {
        const reduced = new KernelModel(each, seen, []);
        const whole: Model<KernelState, KernelOperation> = {
          initial: reduced.initial,
          follow: (state, operation) => reduced.follow(state, operation),
          key: (state) => `${state.now} ${reduced.key(state)}`,
        };
        const { verdict } = check(operations, reduced);
        expect(verdict).toBe(check(operations, whole).verdict);
        verdicts[verdict] += 1;
      }
    }),
    { numRuns: 2_000 },
  );
  expect(verdicts.undecided).toBe(0);
  expect(Math.min(verdicts.linearizable, verdicts["not-linearizable"])).toBeGreaterThan(400);
});
