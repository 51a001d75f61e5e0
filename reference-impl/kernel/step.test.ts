import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { showCases } from "../../test/builders/durable-case.js";
import type { Happening } from "../simulation/scripts/requests.js";
import {
  acquire,
  byId,
  callback,
  continued,
  create,
  documentAfter,
  EXTERNAL,
  listener,
  MODES,
  settingsOf,
  settle,
  spawn,
  suspend,
  TARGET,
  TIMER,
} from "../simulation/scripts/requests.js";
import { unblockKey } from "./outbox.js";
import { isLive, project, view } from "./project.js";
import { enabled, fire } from "./step.js";
import { armed, nextTimer, turn } from "./turn.js";

const HTTP = "http://listener";
const A: Happening = [1000, create("a", 9000, EXTERNAL)];
const SETTLED: readonly Happening[] = [A, [1000, listener("a")], [1500, settle("a", "resolved", { data: "x" })]];
const RECORD = {
  id: "a",
  state: "resolved",
  param: {},
  value: { data: "x" },
  tags: EXTERNAL,
  timeoutAt: 9000,
  createdAt: 1000,
  settledAt: 1500,
};
const timeout = { step: "R1", promise: "a" } as const;
const notify = { step: "R3", promise: "a", address: HTTP } as const;
const ENDED = { id: "a", state: "fulfilled", version: 1, resumes: [] } as const;

showCases("R1, the timeout of a promise", [
  {
    tag: "DUR-TIME-TIMEOUT",
    given: [A],
    when: [9500, timeout],
    promises: { a: { state: "rejected_timedout", settledAt: 9000 } },
  },
  { tag: "DUR-TIME-TIMEOUT-TASK", given: [[1000, spawn("a", 9000)]], when: [9500, timeout], tasks: { a: ENDED } },
  {
    tag: "DUR-TIME-TIMEOUT-WAITERS",
    given: [A, [1000, listener("a")], [1000, create("a:w", 9900, TARGET)], [1000, callback("a", "a:w")]],
    when: [9500, timeout],
    promises: { a: { callbacks: ["a:w"], listeners: [HTTP] } },
    messages: [],
  },
  { tag: "DUR-TIME-TIMEOUT-EARLY", given: [A], when: [8999, timeout], unchanged: true },
  { tag: "DUR-TIME-TIMEOUT-SETTLED", given: SETTLED, when: [9500, timeout], unchanged: true },
  { tag: "DUR-TIME-DUE", given: [A], when: [9000, timeout], promises: { a: { state: "rejected_timedout" } } },
  { tag: "DUR-TIME-DUE-EARLY", given: [A], when: [8999, timeout], unchanged: true },
  {
    tag: "DUR-TIME-DUE-EARLY",
    of: "lease",
    given: [[1000, spawn("a", 9000)]],
    when: [1999, { step: "R5", task: "a" }],
    unchanged: true,
  },
]);

showCases("R3, the listener drain", [
  {
    tag: "DUR-MESSAGE-UNBLOCK",
    given: SETTLED,
    when: [1600, notify],
    messages: [{ kind: "unblock", address: HTTP, promise: RECORD }],
  },
  {
    tag: "DUR-MESSAGE-UNBLOCK",
    of: "after the deadline",
    given: [A, [1000, listener("a")]],
    when: [9000, notify],
    promises: { a: { state: "rejected_timedout", listeners: [] } },
    seen: ({ after }) =>
      expect([...after.outbox.values()].map(({ message }) => message)).toMatchObject([
        { kind: "unblock", promise: { state: "rejected_timedout", settledAt: 9000 } },
      ]),
  },
  { tag: "DUR-MESSAGE-UNBLOCK-ONCE", given: SETTLED, when: [1600, notify], promises: { a: { listeners: [] } } },
  {
    tag: "DUR-MESSAGE-UNBLOCK-ONCE",
    of: "repeated",
    given: [...SETTLED, [1600, notify]],
    when: [1600, notify],
    unchanged: true,
  },
  {
    tag: "DUR-MESSAGE-UNBLOCK-RECORD",
    given: SETTLED,
    when: [1600, notify],
    seen: ({ after }) =>
      expect([...after.outbox.values()].map(({ message }) => message)).toEqual([
        { kind: "unblock", address: HTTP, promise: RECORD },
      ]),
  },
  { tag: "DUR-MESSAGE-UNBLOCK-EARLY", given: [A, [1000, listener("a")]], when: [8999, notify], unchanged: true },
  {
    tag: "DUR-MESSAGE-UNBLOCK-KEPT",
    given: [...SETTLED, [1600, notify]],
    when: [9999, create("b", 20_000)],
    messages: [{ kind: "unblock", address: HTTP, promise: RECORD }],
  },
  {
    tag: "DUR-MESSAGE-KEY-UNBLOCK",
    given: [A, [1000, listener("a")], [1000, listener("a", "https://b")], [1500, settle("a")], [1600, notify]],
    when: [1700, { ...notify, address: "https://b" }],
    seen: ({ after }) =>
      expect([...after.outbox.values()].map(({ message }) => message.address)).toEqual([HTTP, "https://b"]),
  },
]);

showCases("what a step whose guard is false does", [
  { tag: "DUR-TIME-SPURIOUS", of: "R1", when: [1000, timeout], unchanged: true },
  { tag: "DUR-TIME-SPURIOUS", of: "R3 without a promise", when: [1000, notify], unchanged: true },
  {
    tag: "DUR-TIME-SPURIOUS",
    of: "R3 with another address",
    given: [...SETTLED],
    when: [9999, { ...notify, address: "x" }],
    unchanged: true,
  },
  {
    tag: "DUR-TIME-SPURIOUS",
    of: "R3 with another address after the deadline",
    given: [A, [1000, listener("a")]],
    when: [9999, { ...notify, address: "x" }],
    unchanged: true,
  },
  {
    tag: "DUR-TIME-SPURIOUS",
    of: "R4",
    given: [...SETTLED],
    when: [9999, { step: "R4", promise: "a", awaiter: "w" }],
    unchanged: true,
  },
  {
    tag: "DUR-TIME-SPURIOUS",
    of: "R5",
    given: [[1000, create("a", 9000, TARGET)]],
    when: [2000, { step: "R5", task: "a" }],
    unchanged: true,
  },
  {
    tag: "DUR-TIME-SPURIOUS",
    of: "R6",
    given: [[1000, spawn("a", 9000)]],
    when: [2000, { step: "R6", task: "a" }],
    unchanged: true,
  },
  { tag: "DUR-TIME-SPURIOUS", of: "R7", when: [2000, { step: "R7", schedule: "a" }], unchanged: true },
]);

it("keeps the keys of different messages apart, whatever ids and addresses are chosen", () => {
  traceSpec("DUR-MESSAGE-KEY-APART");
  const pairs = [
    ["a", "b/c"],
    ["a/b", "c"],
    ["a/b/c", ""],
    ["1/a", "b"],
    ["", "a/b/c"],
    ["3/a/b", "c"],
  ] as const;
  const keys = pairs.map(([id, address]) => unblockKey(id, address));
  expect(new Set(keys).size).toBe(pairs.length);
  const settings = settingsOf("compat");
  const id = unblockKey("a", HTTP);
  const document = documentAfter(
    settings,
    ...SETTLED,
    [1600, notify],
    [1600, create(id, 9000, TARGET)],
    [1600, { step: "R6", task: id }],
  );
  expect(document.outbox.size).toBe(2);
});

describe.each(MODES)("time (%s)", (mode) => {
  const settings = settingsOf(mode);
  const promise = documentAfter(settings, A).promises.get("a");
  const timer = documentAfter(settings, [1000, create("a", 9000, TIMER)]).promises.get("a");
  if (promise === undefined || timer === undefined) throw new Error("no promise");

  it("projects deadlines", () => {
    traceSpec("DUR-TIME-PROJECT");
    expect(project(promise, 9000)).toEqual({ ...promise, state: "rejected_timedout", settledAt: 9000 });
    traceSpec("DUR-TIME-PROJECT-LIVE");
    expect(project(promise, 8999)).toBe(promise);
    expect([isLive(promise, 8999), isLive(promise, 9000)]).toEqual([true, false]);
    traceSpec("DUR-TIME-PROJECT-TIMEDOUT");
    expect(project(promise, 99_999).state).toBe("rejected_timedout");
    traceSpec("DUR-TIME-PROJECT-TIMER");
    expect(project(timer, 9000)).toEqual({ ...timer, state: "resolved", settledAt: 9000 });
    traceSpec("DUR-TIME-PROJECT-STAMP");
    expect(project(timer, 99_999).settledAt).toBe(9000);
    traceSpec("DUR-TIME-PROJECT-VALUE");
    expect(project(timer, 99_999).value).toEqual({});
  });

  it("leaves settled promises as they are stored", () => {
    traceSpec("DUR-TIME-PROJECT-SETTLED");
    const settled = documentAfter(settings, ...SETTLED).promises.get("a");
    if (settled === undefined) throw new Error("no promise");
    expect(project(settled, 99_999)).toBe(settled);
  });

  it("views the tasks of settled promises as fulfilled, and no others", () => {
    traceSpec("DUR-TIME-VIEW");
    const task = documentAfter(settings, [1000, spawn("a", 9000)]).tasks.get("a");
    if (task === undefined) throw new Error("no task");
    expect(view(task, promise)).toBe(task);
    expect(view(task, undefined)).toBe(task);
    expect(view(task, project(promise, 9000))).toEqual(ENDED);
  });

  it("decides on what it projects", () => {
    traceSpec("DUR-TIME-DECISIONS");
    const document = documentAfter(settings, [1000, create("a", 9000, TARGET)]);
    expect(turn(document, 8999, acquire("a", 0), settings, 0).response?.status).toBe(200);
    expect(turn(document, 9000, acquire("a", 0), settings, 0).response?.status).toBe(409);
  });

  it("never shows a promise pending again that it showed settled", () => {
    traceSpec("DUR-TIME-REGRESS");
    const shown = turn(documentAfter(settings, A), 9000, byId("promise.get", "a"), settings, 0);
    // Even an earlier instant cannot take it back: what was shown is stored.
    const again = turn(shown.document, 8000, byId("promise.get", "a"), settings, 0);
    for (const { response } of [shown, again]) {
      expect(response?.data).toMatchObject({ promise: { state: "rejected_timedout", settledAt: 9000 } });
    }
  });

  it("answers the same whether or not the settlement was stored before", () => {
    traceSpec("DUR-TIME-MATERIALIZE");
    const document = documentAfter(settings, [1000, spawn("a", 9000)]);
    const stored = fire(document, 9500, timeout, settings);
    expect(stored).not.toBe(document);
    for (const request of [
      byId("promise.get", "a"),
      byId("task.get", "a"),
      spawn("a", 20_000),
      settle("a"),
      byId("task.halt", "a"),
    ]) {
      const answers = [document, stored].map((start) => turn(start, 9600, request, settings, 0).response);
      expect(answers[0]).toEqual(answers[1]);
    }
  });

  it("repeats steps without harm", () => {
    traceSpec("DUR-TIME-REPEATED");
    const document = documentAfter(
      settings,
      ...SETTLED,
      [1500, create("b", 1600, EXTERNAL)],
      [1500, create("a:t", 9000, TARGET)],
      [1500, spawn("a:l", 9000, { ttl: 100 })],
      [1500, create("a:u", 9000, EXTERNAL)],
      [1500, callback("a:u", "a:t")],
      [1550, settle("a:u")],
    );
    const due = enabled(document, 1600, settings);
    expect(due.map(({ step }) => step)).toEqual(["R1", "R4", "R3", "R5", "R6"]);
    for (const step of due) {
      const once = fire(document, 1600, step, settings);
      expect(once).not.toBe(document);
      expect(fire(once, 1600, step, settings)).toBe(once);
    }
  });

  it("lists exactly the steps that do something", () => {
    const settled = documentAfter(settings, ...SETTLED, [1500, create("b", 2000)], [1500, create("a:t", 9000, TARGET)]);
    expect(enabled(settled, 1499, settings)).toEqual([notify]);
    const every = [{ step: "R1", promise: "b" }, notify, { step: "R6", task: "a:t" }] as const;
    expect(enabled(settled, 2000, settings)).toEqual(every);
    const nothing = documentAfter(settings, A);
    expect(enabled(nothing, 8999, settings)).toBe(enabled(documentAfter(settings), 0, settings));
  });
});

describe.each(MODES)("the next timer (%s)", (mode) => {
  const settings = settingsOf(mode);
  const next = (...script: readonly Happening[]) => nextTimer(documentAfter(settings, ...script), settings);

  it("is the deadline of an external promise", () => {
    traceSpec("DUR-TIME-ARM");
    for (const tags of [EXTERNAL, TIMER]) expect(next([1000, create("a", 9000, tags)])).toBe(9000);
    const document = documentAfter(settings, A);
    for (const promise of document.promises.values()) expect(armed(promise, settings)).toBe(true);
  });

  it("is none of an internal promise", () => {
    traceSpec("DUR-TIME-ARM-INTERNAL");
    expect(next([1000, create("a", 9000)])).toBeNull();
  });

  it("is the end of an acquired task's lease", () => {
    traceSpec("DUR-TIME-ARM-LEASE");
    expect(next([1000, spawn("a", 9000)])).toBe(2000);
    expect(next([1000, spawn("a", 1500)])).toBe(1500);
  });

  it("is the dispatch of a pending task", () => {
    traceSpec("DUR-TIME-ARM-DISPATCH");
    expect(next([1000, create("a", 9000, TARGET)])).toBe(1000);
    expect(next([1000, create("a", 9000, TARGET)], [1000, { step: "R6", task: "a" }])).toBe(6000);
  });

  it("is none of a task that is neither", () => {
    traceSpec("DUR-TIME-ARM-NONE");
    expect(next([1000, spawn("a", 9000)], [1500, byId("task.halt", "a")])).toBe(9000);
    expect(next([1000, spawn("a", 9000)], [1500, create("a:0", 9500, EXTERNAL)], [1500, suspend("a", 1, "a:0")])).toBe(
      9000,
    );
  });

  it("is the earliest of all, and has passed while drains remain", () => {
    traceSpec("DUR-TIME-NEXT");
    expect(next(A, [1000, create("b", 8000, EXTERNAL)], [1000, spawn("c", 7000, { ttl: 6500 })])).toBe(7000);
    expect(next(...SETTLED)).toBe(1500);
    expect(next(...SETTLED, [1600, notify])).toBeNull();
  });

  it("is none when nothing will ever be due", () => {
    traceSpec("DUR-TIME-NEXT-NONE");
    expect(next()).toBeNull();
    expect(next(A, [1500, settle("a")])).toBeNull();
  });
});

describe.each(MODES)("a turn (%s)", (mode) => {
  const settings = settingsOf(mode);
  const start = documentAfter(
    settings,
    [1000, spawn("w", 90_000, { ttl: 50_000 })],
    ...Array.from({ length: 5 }, (_, i): Happening => [1000, create(`w:${i}`, 5000 + i, EXTERNAL)]),
    [1000, suspend("w", 1, "w:0", "w:1", "w:2", "w:3", "w:4")],
    [1000, listener("w:0")],
  );

  it("takes steps that were due, one after the other", () => {
    traceSpec("DUR-TIME-FOLD");
    const { steps, document } = turn(start, 6000, byId("promise.get", "w:0"), settings, 99);
    let current = start;
    for (const { by, before, after, now } of steps) {
      expect(before).toBe(current);
      expect(now).toBe(6000);
      if ("step" in by) expect(enabled(before, now, settings)).toContainEqual(by);
      expect(continued(before, settings, [now, by])).toEqual(after);
      current = after;
    }
    expect(document).toBe(current);
    const kinds = steps.map(({ by }) => ("step" in by ? by.step : by.kind));
    expect(kinds).toEqual(["promise.get", ...Array(4).fill("R1"), ...Array(5).fill("R4"), "R3", "R6"]);
  });

  it("leaves what is over its bound to later turns, which come at once", () => {
    traceSpec("DUR-TIME-FOLD-BOUND");
    const whole = turn(start, 6000, null, settings, 99).document;
    let document = start;
    for (let i = 0; i < 4; i += 1) {
      const part = turn(document, 6000, null, settings, 3);
      expect(part.steps.length).toBe(3);
      expect(part.nextTimer).toBeLessThanOrEqual(i === 3 ? 11_000 : 6000);
      document = part.document;
    }
    expect(document).toEqual(whole);
  });

  it("drains everything that is settled", () => {
    traceSpec("DUR-TIME-QUIET");
    const { document } = turn(start, 6000, null, settings, 99);
    expect(document.promises.size).toBe(6);
    for (const { state, callbacks, listeners } of document.promises.values()) {
      if (state !== "pending") expect([...callbacks, ...listeners]).toEqual([]);
    }
    expect(enabled(document, 6000, settings)).toEqual([]);
  });

  it("does not depend on the order of the maps", () => {
    const reversed = {
      ...start,
      promises: new Map([...start.promises].reverse()),
      tasks: new Map([...start.tasks].reverse()),
    };
    const steps = [start, reversed].map((one) => turn(one, 6000, null, settings, 7).steps.map(({ by }) => by));
    expect(steps[0]).toEqual(steps[1]);
  });

  it("gives the messages it made and no others", () => {
    traceSpec("DUR-MESSAGE-KEY");
    const first = turn(start, 6000, null, settings, 99);
    expect(first.messages.map(({ message }) => message.kind)).toEqual(["unblock", "execute"]);
    const second = turn(first.document, 11_000, null, settings, 99);
    expect(second.messages.map(({ message }) => message)).toEqual([
      { kind: "execute", address: TARGET["resonate:target"], task: { id: "w", version: 1 } },
    ]);
    expect(second.document.outbox.size).toBe(2);
    expect(turn(second.document, 11_000, null, settings, 99).messages).toEqual([]);
  });
});
