import type { Document, Instant, Settings } from "../kernel/model.js";
import { enabled, fire } from "../kernel/step.js";
import { shown } from "./comparison.js";
import type { FinishedRun, LivenessProperty, Verdict } from "./property.js";
import { tagOf } from "./property.js";
import { tally } from "./rule.js";
import { isExternal, isLive, isSettled } from "./terms.js";

type State = FinishedRun["states"][number];
type Note = (verdict: Verdict) => void;

function overRuns(name: string, cases: (run: FinishedRun, note: Note, settings: Settings) => void): LivenessProperty {
  return {
    kind: "liveness",
    name,
    tag: tagOf(name),
    judge: (run, settings) => tally((note) => cases(run, note, settings)),
  };
}

function lastOf({ states }: FinishedRun): State {
  const last = states.at(-1);
  if (last === undefined) throw new Error("Unexpected run without a state, expected the first at least");
  return last;
}

/** Rounds after which nothing more may be due: settling, draining and waking each take one, and the public tests six. */
const ROUNDS = 6;

/** The document after every step that is due was taken, again and again, while the clock stands still. */
function exhausted({ now, document }: State, settings: Settings): Document {
  let current = document;
  for (let round = 0; round < ROUNDS; round++) {
    for (const step of enabled(current, now, settings)) current = fire(current, now, step, settings);
  }
  return current;
}

const isSettledAt = (document: Document, id: string, now: Instant) => {
  const promise = document.promises.get(id);
  return promise !== undefined && !isLive(promise, now);
};

/** Whether the awaiter has nothing left to learn of the promise. */
function isTold(document: Document, awaiter: string, awaited: string): boolean {
  const task = document.tasks.get(awaiter);
  if (task === undefined || task.state === "fulfilled") return true;
  return task.state !== "suspended" && task.resumes.includes(awaited);
}

/** Each first appearance of an obligation of a settled promise, with the states from there on. */
function* obligations(
  run: FinishedRun,
  field: "callbacks" | "listeners",
): Generator<{ id: string; to: string; rest: readonly State[] }> {
  const seen = new Set<string>();
  for (const [index, { document }] of run.states.entries()) {
    for (const promise of document.promises.values()) {
      if (!isSettled(promise)) continue;
      for (const to of promise[field]) {
        const key = JSON.stringify([promise.id, to]);
        if (seen.has(key)) continue;
        seen.add(key);
        yield { id: promise.id, to, rest: run.states.slice(index) };
      }
    }
  }
}

/** The end of the run, and wherever it would have left an awaiter of a settled promise untold if it had ended there. */
function stops(run: FinishedRun): ReadonlySet<State> {
  const left = [...obligations(run, "callbacks")].flatMap(({ rest }) => rest.slice(0, 1));
  return new Set([...left, lastOf(run)]);
}

function hasUnblock({ outbox, promises }: Document, id: string, address: string): boolean {
  const settled = promises.get(id);
  return [...outbox.values()].some(
    ({ message }) =>
      message.kind === "unblock" &&
      message.address === address &&
      message.promise.id === id &&
      isSettled(message.promise) &&
      message.promise.state === settled?.state,
  );
}

/** What has to come at last. A run that ended before nothing was left to do has met none of their assumptions. */
export const LIVENESS: readonly LivenessProperty[] = [
  overRuns("ClockAdvances", (run, note) => {
    const { states, quiet } = run;
    for (const [index, { now }] of states.entries()) {
      const before = states[index - 1]?.now ?? now;
      if (index > 0) note(before <= now || `the clock went from ${before} back to ${now}`);
    }
    if (!quiet) return;
    const { now, document } = lastOf(run);
    for (const { nextRunAt } of document.schedules.values()) note(nextRunAt > now || `stood still at ${now}`);
  }),
  overRuns("WeaklyFairOn", (run, note, settings) => {
    if (!run.quiet) return;
    const { now, document } = lastOf(run);
    const [left] = enabled(document, now, settings);
    note(left === undefined || `${shown(left)} was due at the end, ${now}, and not taken`);
  }),
  overRuns("EventuallyEveryPromiseSettles", (run, note, settings) => {
    if (!run.quiet) return;
    for (const promise of lastOf(run).document.promises.values()) {
      // An internal promise is settled by projection as soon as the clock has passed its deadline, written or not.
      if (isExternal(promise, settings.mode)) note(isSettled(promise) || `never settled: ${shown(promise)}`);
    }
  }),
  overRuns("EventuallyEveryTaskFulfils", (run, note) => {
    if (!run.quiet) return;
    for (const task of lastOf(run).document.tasks.values())
      note(task.state === "fulfilled" || `never fulfilled: ${shown(task)}`);
  }),
  overRuns("EventuallyAwaiterResumed", (run, note) => {
    for (const { id, to, rest } of obligations(run, "callbacks")) {
      const gone = rest.find(({ document }) => document.promises.get(id)?.callbacks.includes(to) !== true);
      if (gone === undefined) {
        if (run.quiet) note(`${to} was never told that ${id} is settled`);
      } else note(isTold(gone.document, to, id) || `${id} no longer has ${to}: ${shown(gone.document.tasks.get(to))}`);
    }
  }),
  overRuns("EventuallyListenerNotified", (run, note) => {
    for (const { id, to, rest } of obligations(run, "listeners")) {
      const told = rest.some(({ document }) => hasUnblock(document, id, to));
      if (told || run.quiet) note(told || `nothing told ${to} that ${id} is settled`);
    }
  }),
  overRuns("wakeMaterializes", (run, note, settings) => {
    const end = lastOf(run);
    const document = exhausted(end, settings);
    for (const promise of document.promises.values()) {
      if (isLive(promise, end.now)) continue;
      const drained = promise.callbacks.length === 0 && promise.listeners.length === 0;
      note(drained || `still waited for at ${end.now}: ${shown(promise)}`);
    }
  }),
  overRuns("resumeRecorded", (run, note, settings) => {
    for (const end of stops(run)) {
      const document = exhausted(end, settings);
      for (const { id, callbacks } of end.document.promises.values()) {
        if (!isSettledAt(document, id, end.now)) continue;
        for (const awaiter of callbacks) {
          note(isTold(document, awaiter, id) || `${id} is settled, and there is ${shown(document.tasks.get(awaiter))}`);
        }
      }
    }
  }),
  overRuns("TasksConverge", (run, note) => {
    if (!run.quiet) return;
    for (const task of lastOf(run).document.tasks.values()) {
      note(task.state === "fulfilled" || task.state === "halted" || `never ended: ${shown(task)}`);
    }
  }),
];
