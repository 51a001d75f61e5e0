import type { Instant } from "../../kernel/model.js";
import type { Contents, Examples, Subject } from "./example.js";
import { ADDRESS, documentOf, EXTERNAL, pending, resolved, schedule, TARGET, task, unblock } from "./example.js";

/** A run that ended because nothing was left to do. */
function run(...states: readonly (readonly [Instant, Contents])[]): Subject {
  const all = states.map(([now, contents]) => ({ now, document: documentOf(contents) }));
  return { form: "run", run: { states: all, quiet: true } };
}

const b = pending({ id: "b", tags: TARGET });
const awaited = resolved({ callbacks: ["b"] });
const suspended = task("suspended", { id: "b" });
const woken = task("pending", { id: "b", version: 1, resumes: ["a"] });
const listening = resolved({ listeners: [ADDRESS] });

export const RUN_EXAMPLES: Examples = {
  ClockAdvances: {
    keeps: run([10, {}], [10, {}], [70, { schedules: [schedule({ nextRunAt: 80 })] }]),
    breaks: [run([10, {}], [9, {}]), run([10, {}], [70, { schedules: [schedule()] }])],
  },
  WeaklyFairOn: {
    keeps: run([99, { promises: [pending()] }]),
    breaks: [run([100, { promises: [pending()] }]), run([60, { promises: [listening] }])],
  },
  EventuallyEveryPromiseSettles: {
    keeps: run(
      [10, { promises: [pending({ tags: EXTERNAL })] }],
      [60, { promises: [resolved({ tags: EXTERNAL }), pending({ id: "b" })] }],
    ),
    breaks: [run([10, { promises: [pending({ tags: EXTERNAL })] }])],
  },
  EventuallyEveryTaskFulfils: {
    keeps: run([10, { tasks: [task("pending")] }], [60, { tasks: [task("fulfilled")] }]),
    breaks: [run([60, { tasks: [task("halted")] }])],
  },
  EventuallyAwaiterResumed: {
    keeps: run(
      [60, { promises: [awaited, b], tasks: [suspended] }],
      [60, { promises: [resolved(), b], tasks: [woken] }],
      [61, { promises: [resolved(), b], tasks: [task("acquired", { id: "b", version: 2 })] }],
    ),
    breaks: [
      run([60, { promises: [awaited, b], tasks: [suspended] }]),
      run(
        [60, { promises: [awaited, b], tasks: [suspended] }],
        [60, { promises: [resolved(), b], tasks: [suspended] }],
      ),
      run(
        [60, { promises: [awaited, b], tasks: [suspended] }],
        [60, { promises: [resolved(), b], tasks: [task("halted", { id: "b" })] }],
      ),
    ],
  },
  EventuallyListenerNotified: {
    keeps: run(
      [60, { promises: [listening] }],
      [60, { promises: [resolved()], outbox: [unblock()] }],
      [61, { promises: [resolved()] }],
    ),
    breaks: [
      run([60, { promises: [listening] }], [60, { promises: [resolved()] }]),
      run([60, { promises: [listening] }], [60, { promises: [resolved()], outbox: [unblock(pending())] }]),
      run(
        [60, { promises: [listening] }],
        [60, { promises: [resolved()], outbox: [unblock(resolved(), "http://other/")] }],
      ),
    ],
  },
  wakeMaterializes: {
    keeps: run([
      60,
      { promises: [awaited, b, pending({ id: "c", timeoutAt: 60, listeners: [ADDRESS] })], tasks: [suspended] },
    ]),
    // Kept under another key than its id, the promise is not found by the steps that would drain it.
    breaks: [
      {
        form: "run",
        run: {
          states: [{ now: 60, document: { ...documentOf({}), promises: new Map([["z", awaited]]) } }],
          quiet: true,
        },
      },
    ],
  },
  resumeRecorded: {
    keeps: run([60, { promises: [awaited, b], tasks: [suspended] }]),
    // Without its promise the task is not resumed.
    breaks: [
      run([60, { promises: [awaited], tasks: [suspended] }]),
      run([60, { promises: [awaited], tasks: [suspended] }], [61, { promises: [resolved()] }]),
    ],
  },
  TasksConverge: {
    keeps: run([60, { tasks: [task("halted"), task("fulfilled", { id: "b" })] }]),
    breaks: [run([60, { tasks: [task("pending")] }]), run([60, { tasks: [task("suspended")] }])],
  },
};
