import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { Happening } from "../simulation/scripts/requests.js";
import {
  acquire,
  answer,
  byId,
  callback,
  continued,
  create,
  documentAfter,
  EXTERNAL,
  fence,
  fulfill,
  heartbeat,
  listener,
  MODES,
  release,
  settingsOf,
  settle,
  spawn,
  suspend,
  TARGET,
  TIMER,
} from "../simulation/scripts/requests.js";
import { handle } from "./handle.js";
import { enabled, fire } from "./step.js";
import { armed, nextTimer, turn } from "./turn.js";

/** The questions of conformance that public implementations are known to answer wrongly (protocol 13.1), one by one. */

const HELD: Happening = [1000, spawn("a", 9000)];
const OFFERED: Happening = [1000, create("a", 9000, TARGET)];
const WAITING: readonly Happening[] = [HELD, [1000, create("a:0", 8000, EXTERNAL)], [1100, suspend("a", 1, "a:0")]];

describe.each(MODES)("the questions of conformance (%s)", (mode) => {
  const settings = settingsOf(mode);

  it("C1: every external promise is armed, and no other", () => {
    traceSpec("DUR-TIME-ARM");
    const tags = [EXTERNAL, TARGET, TIMER, {}, { "resonate:external": "false" }];
    const armings = tags.map((each) => {
      const document = documentAfter(settings, [1000, create("a", 9000, each)]);
      const promise = document.promises.get("a");
      return promise !== undefined && armed(promise, settings) && nextTimer(document, settings) !== null;
    });
    expect(armings).toEqual([true, true, true, false, false]);
  });

  it("C2: no callback on an internal promise", () => {
    traceSpec("DUR-PROMISE-CALLBACK-INTERNAL");
    const document = documentAfter(settings, HELD, [1000, create("a:0", 8000)]);
    for (const request of [callback("a:0", "a"), suspend("a", 1, "a:0")]) {
      const { document: after, response } = handle(document, 1500, request, settings);
      expect([response.status, after === document]).toEqual([422, true]);
    }
  });

  it("C3: no listener on an internal promise", () => {
    traceSpec("DUR-PROMISE-LISTENER-INTERNAL");
    const document = documentAfter(settings, [1000, create("a", 8000)]);
    expect(answer(document, 1500, listener("a"), settings).status).toBe(422);
  });

  it("C4: task.create, halt and continue decide on the projected promise", () => {
    traceSpec("DUR-TASK-CREATE-DEAD");
    const offered = documentAfter(settings, OFFERED);
    expect(answer(offered, 9000, spawn("a", 99_000), settings).data).toMatchObject({
      task: { state: "fulfilled" },
      promise: { state: "rejected_timedout" },
    });
    traceSpec("DUR-TASK-HALT-DEAD");
    expect(answer(offered, 9000, byId("task.halt", "a"), settings).status).toBe(409);
    traceSpec("DUR-TASK-CONTINUE-DEAD");
    const halted = continued(offered, settings, [2000, byId("task.halt", "a")]);
    expect(answer(halted, 9000, byId("task.continue", "a"), settings).status).toBe(409);
    expect(answer(halted, 8999, byId("task.continue", "a"), settings).status).toBe(200);
  });

  it("C5: R5 and R6 do so too", () => {
    traceSpec("DUR-TASK-EXPIRY-DEAD");
    traceSpec("DUR-TASK-DISPATCH-DEAD");
    for (const [start, step] of [
      [HELD, "R5"],
      [OFFERED, "R6"],
    ] as const) {
      const document = documentAfter(settings, start);
      expect(fire(document, 9000, { step, task: "a" }, settings)).toBe(document);
      expect(enabled(document, 9000, settings)).toEqual([{ step: "R1", promise: "a" }]);
      expect(fire(document, 8999, { step, task: "a" }, settings)).not.toBe(document);
    }
  });

  it("C6: R4 leaves an awaiter alone that is past its own deadline", () => {
    traceSpec("DUR-TASK-RESUME-DEAD");
    const document = documentAfter(
      settings,
      [1000, spawn("a", 2000)],
      [1000, create("a:0", 8000, EXTERNAL)],
      [1100, suspend("a", 1, "a:0")],
      [1500, settle("a:0")],
    );
    const after = fire(document, 2000, { step: "R4", promise: "a:0", awaiter: "a" }, settings);
    expect(after.tasks.get("a")).toEqual({ id: "a", state: "fulfilled", version: 1, resumes: [] });
    expect(after.promises.get("a")?.state).toBe("rejected_timedout");
    expect(turn(document, 2000, null, settings, 99).messages).toEqual([]);
  });

  it("C7: a heartbeat for a dead promise extends nothing", () => {
    traceSpec("DUR-TASK-HEARTBEAT-DEAD");
    const document = documentAfter(settings, [1000, spawn("a", 1500)]);
    const { tasks } = handle(document, 1500, heartbeat("p", { id: "a", version: 1 }), settings).document;
    expect(tasks.get("a")).toEqual({ id: "a", state: "fulfilled", version: 1, resumes: [] });
  });

  it("C8: all answers show projected records, inner ones and preloads too", () => {
    traceSpec("DUR-TIME-ANSWERS");
    const branch = { "resonate:branch": "a" };
    const document = documentAfter(
      settings,
      [1000, spawn("a", 9000, { tags: { ...TARGET, ...branch } })],
      [1000, create("a:0", 2000, { ...EXTERNAL, ...branch })],
      [1000, create("a:1", 8000, { ...EXTERNAL, ...branch })],
      [1000, create("b", 2000, EXTERNAL)],
    );
    const dead = { state: "rejected_timedout", settledAt: 2000 };
    for (const request of [byId("promise.get", "b"), create("b", 7000), settle("b"), listener("b")]) {
      expect(answer(document, 2000, request, settings).data).toMatchObject({ promise: dead });
    }
    const fenced = answer(document, 2000, fence("a", 1, settle("a:0")), settings).data;
    expect(fenced).toMatchObject({ action: { status: 200, data: { promise: dead } } });
    const refused = answer(document, 2000, suspend("a", 1, "a:0"), settings);
    expect(refused.status).toBe(300);
    if (mode === "compat") expect(refused.data).toMatchObject({ preload: [dead, { state: "pending" }] });
  });

  it("C9: an execute never carries a version above its task's", () => {
    traceSpec("DUR-MESSAGE-EXECUTE");
    let document = documentAfter(settings, OFFERED);
    for (let version = 0; version < 3; version += 1) {
      const now = 1000 + version;
      const offered = turn(document, now, null, settings, 9);
      expect(offered.messages.map(({ message }) => message)).toMatchObject([{ task: { id: "a", version } }]);
      document = continued(offered.document, settings, [now, acquire("a", version)], [now, release("a", version + 1)]);
      document = continued(document, settings, [now, byId("task.halt", "a")], [now + 1, byId("task.continue", "a")]);
    }
  });

  it("C10: one worker at most has a valid claim", () => {
    traceSpec("DUR-TASK-GUARD-VERSION");
    const document = documentAfter(
      settings,
      HELD,
      [2000, { step: "R5", task: "a" }],
      [2000, acquire("a", 1, { pid: "q" })],
    );
    for (const request of [
      fence("a", 1, create("a:9", 8000)),
      suspend("a", 1, "a:0"),
      fulfill("a", 1),
      release("a", 1),
    ]) {
      const { document: after, response } = handle(document, 2500, request, settings);
      expect([response.status, after === document]).toEqual([409, true]);
    }
    expect(answer(document, 2500, acquire("a", 1), settings).status).toBe(409);
    expect(answer(document, 2500, fulfill("a", 2), settings).status).toBe(200);
  });

  it("C11: nobody is added to a settled promise", () => {
    traceSpec("DUR-PROMISE-CALLBACK-SETTLED");
    traceSpec("DUR-PROMISE-LISTENER-SETTLED");
    const settled = documentAfter(settings, HELD, [1000, create("a:0", 8000, EXTERNAL)], [1500, settle("a:0")]);
    const dead = documentAfter(settings, HELD, [1000, create("a:0", 1500, EXTERNAL)]);
    for (const document of [settled, dead]) {
      for (const request of [callback("a:0", "a"), listener("a:0"), suspend("a", 1, "a:0")]) {
        const promise = handle(document, 1500, request, settings).document.promises.get("a:0");
        expect([promise?.callbacks, promise?.listeners]).toEqual([[], []]);
      }
    }
  });
});

/** Faults that leave only legal states and moves behind, so that no property sees them (properties, section 4.6). */
describe.each(MODES)("what no property sees (%s)", (mode) => {
  const settings = settingsOf(mode);

  it("a stale fence, suspension, fulfilment or release is refused", () => {
    traceSpec("DUR-TASK-RELEASE-STALE");
    const document = documentAfter(settings, HELD, [1000, create("a:0", 8000, EXTERNAL)]);
    for (const version of [0, 2]) {
      for (const request of [
        fence("a", version, settle("a:0")),
        suspend("a", version, "a:0"),
        fulfill("a", version),
        release("a", version),
      ]) {
        expect([answer(document, 1500, request, settings).status, version]).toEqual([409, version]);
      }
    }
  });

  it("a heartbeat of another worker, or of another version, moves no lease", () => {
    traceSpec("DUR-TASK-HEARTBEAT-HOLDER");
    traceSpec("DUR-TASK-HEARTBEAT-VERSION");
    const document = documentAfter(settings, HELD);
    const stale = [
      heartbeat("q", { id: "a", version: 1 }),
      heartbeat("p", { id: "a", version: 0 }),
      heartbeat("p", { id: "a", version: 2 }),
    ];
    for (const request of stale) expect(handle(document, 1500, request, settings).document).toBe(document);
    expect(handle(document, 1500, heartbeat("p", { id: "a", version: 1 }), settings).document).not.toBe(document);
  });

  it("a task cannot fence its own promise", () => {
    traceSpec("DUR-TASK-FENCE-SELF");
    const document = documentAfter(settings, HELD);
    expect(answer(document, 1500, fence("a", 1, settle("a")), settings).status).toBe(400);
  });

  it("no execute comes before a delay", () => {
    traceSpec("DUR-PROMISE-CREATE-DELAY");
    const delayed = documentAfter(settings, [1000, create("a", 9000, { ...TARGET, "resonate:delay": "5000" })]);
    expect(turn(delayed, 4999, null, settings, 9).messages).toEqual([]);
    expect(turn(delayed, 5000, null, settings, 9).messages).toHaveLength(1);
    expect(nextTimer(delayed, settings)).toBe(5000);
  });
});

describe.each(MODES)("the algebra (%s)", (mode) => {
  const settings = settingsOf(mode);
  const document = documentAfter(settings, ...WAITING, [1200, create("b", 8000, EXTERNAL, { data: "x" })]);

  it("creating twice is creating once", () => {
    traceSpec("DUR-PROMISE-CREATE-FIRST");
    const once = handle(document, 1500, create("c", 5000, TARGET), settings);
    const twice = handle(once.document, 1600, create("c", 7000, EXTERNAL), settings);
    expect(twice.document).toBe(once.document);
    expect(twice.response).toEqual(once.response);
  });

  it("the first settlement absorbs all others", () => {
    traceSpec("DUR-PROMISE-SETTLE-ABSORBS");
    const once = handle(document, 1500, settle("b", "rejected", { data: "y" }), settings);
    for (const state of ["resolved", "rejected", "rejected_canceled"]) {
      const again = handle(once.document, 9999, settle("b", state, { data: "z" }), settings);
      expect(again.document).toBe(once.document);
      expect(again.response).toEqual(once.response);
    }
  });

  it("halt and continue at one instant are a release", () => {
    traceSpec("DUR-TASK-CONTINUE-KEEPS");
    const held = documentAfter(settings, HELD);
    const halted = continued(held, settings, [1500, byId("task.halt", "a")], [1500, byId("task.continue", "a")]);
    expect(halted).toEqual(continued(held, settings, [1500, release("a", 1)]));
  });

  it("a heartbeat changes nothing that an answer shows", () => {
    traceSpec("DUR-TASK-HEARTBEAT");
    const held = documentAfter(settings, HELD);
    const beaten = continued(held, settings, [1500, heartbeat("p", { id: "a", version: 1 })]);
    expect(beaten).not.toEqual(held);
    for (const request of [byId("task.get", "a"), byId("promise.get", "a"), spawn("a", 9000)]) {
      expect(answer(beaten, 1600, request, settings)).toEqual(answer(held, 1600, request, settings));
    }
  });
});
