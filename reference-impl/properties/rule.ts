import type { MicroStep } from "../kernel/machine.js";
import type { Document, DurablePromise, Instant, OutboxEntry, Schedule, Settings, Task } from "../kernel/model.js";
import type { Change } from "./difference.js";
import { changesOf } from "./difference.js";
import type { Judgement, StateProperty, TransitionProperty, Verdict } from "./property.js";
import { tagOf } from "./property.js";

/**
 * Properties in the form of rules: a rule says of one case whether the property holds, and the property is that it holds
 * of every case. So the same rule judges a whole state and, where most of it is known, only what a step has changed.
 */

/** A state and when it is judged. */
export interface Moment {
  readonly now: Instant;
  readonly state: Document;
  readonly settings: Settings;
}

/** A step with what it changed. */
export interface Passage {
  readonly now: Instant;
  readonly by: MicroStep["by"];
  readonly before: Document;
  readonly after: Document;
  readonly settings: Settings;
  readonly promises: readonly Change<DurablePromise>[];
  readonly tasks: readonly Change<Task>[];
  readonly schedules: readonly Change<Schedule>[];
  readonly entries: readonly Change<OutboxEntry>[];
}

/** Cases of a state: each object of a kind, with the key it is stored under. */
interface StateCases {
  promise: (promise: DurablePromise, at: Moment, key: string) => Verdict;
  task: (task: Task, at: Moment, key: string) => Verdict;
  schedule: (schedule: Schedule, at: Moment, key: string) => Verdict;
  entry: (entry: OutboxEntry, at: Moment, key: string) => Verdict;
  /** An id that a promise, a task or both have. */
  execution: (promise: DurablePromise | undefined, task: Task | undefined, at: Moment) => Verdict;
  /** The state as a whole, where no internal step is due. */
  rest: (at: Moment) => Verdict;
}

/** Cases of a step: each object of a kind that is not the same before and after. */
interface TransitionCases {
  promise: (
    before: DurablePromise | undefined,
    after: DurablePromise | undefined,
    step: Passage,
    key: string,
  ) => Verdict;
  task: (before: Task | undefined, after: Task | undefined, step: Passage) => Verdict;
  schedule: (before: Schedule | undefined, after: Schedule | undefined, step: Passage) => Verdict;
  entry: (before: OutboxEntry | undefined, after: OutboxEntry | undefined, step: Passage) => Verdict;
  /** The step as a whole. */
  step: (step: Passage) => Verdict;
}

export type StateScope = keyof StateCases;
export type TransitionScope = keyof TransitionCases;

type StateRuleOf<S extends StateScope> = StateProperty & { readonly scope: S; readonly check: StateCases[S] };
export type StateRule = { [S in StateScope]: StateRuleOf<S> }[StateScope];

type TransitionRuleOf<S extends TransitionScope> = TransitionProperty & {
  readonly scope: S;
  readonly check: TransitionCases[S];
};
export type TransitionRule = { [S in TransitionScope]: TransitionRuleOf<S> }[TransitionScope];

/** A property of every state. `judge` looks at every case of the state. */
export function always<S extends StateScope>(
  scope: S,
  name: string,
  check: StateCases[S],
  gap = false,
): StateRuleOf<S> {
  const rule: StateRuleOf<S> = {
    kind: "state",
    name,
    tag: tagOf(name),
    ...(gap ? { gap } : {}),
    scope,
    check,
    judge: (now, state, settings) => tally((note) => eachCase(rule as StateRule, { now, state, settings }, note)),
  };
  return rule;
}

/** A property of every step. `judge` looks at everything that the step changed. */
export function eachStep<S extends TransitionScope>(
  scope: S,
  name: string,
  check: TransitionCases[S],
  kind: TransitionProperty["kind"] = "transition",
): TransitionRuleOf<S> {
  const rule: TransitionRuleOf<S> = {
    kind,
    name,
    tag: tagOf(name),
    scope,
    check,
    judge: (step, settings) => tally((note) => eachChange(rule as TransitionRule, passageOf(step, settings), note)),
  };
  return rule;
}

/** Adds up verdicts. */
export function tally(cases: (note: (verdict: Verdict) => void) => void): Judgement {
  let met = 0;
  let broken: string | null = null;
  cases((verdict) => {
    if (verdict === false) return;
    met += 1;
    if (verdict !== true) broken ??= verdict;
  });
  return { met, broken };
}

export function passageOf(step: MicroStep, settings: Settings): Passage {
  const { now, by, before, after } = step;
  return {
    now,
    by,
    before,
    after,
    settings,
    promises: changesOf(before.promises, after.promises),
    tasks: changesOf(before.tasks, after.tasks),
    schedules: changesOf(before.schedules, after.schedules),
    entries: changesOf(before.outbox, after.outbox),
  };
}

/** Every case of a state. Whether a step is due is what a rule of scope `rest` finds out itself. */
export function eachCase(rule: StateRule, at: Moment, note: (verdict: Verdict) => void): void {
  const { promises, tasks, schedules, outbox } = at.state;
  switch (rule.scope) {
    case "promise":
      for (const [key, promise] of promises) note(rule.check(promise, at, key));
      break;
    case "task":
      for (const [key, task] of tasks) note(rule.check(task, at, key));
      break;
    case "schedule":
      for (const [key, schedule] of schedules) note(rule.check(schedule, at, key));
      break;
    case "entry":
      for (const [key, entry] of outbox) note(rule.check(entry, at, key));
      break;
    case "execution":
      for (const [key, promise] of promises) note(rule.check(promise, tasks.get(key), at));
      for (const [key, task] of tasks) if (!promises.has(key)) note(rule.check(undefined, task, at));
      break;
    case "rest":
      note(rule.check(at));
      break;
  }
}

/** Every case of a step. Steps that a request made are none of an internal-step property's. */
function eachChange(rule: TransitionRule, step: Passage, note: (verdict: Verdict) => void): void {
  if (rule.kind === "internal-step" && !("step" in step.by)) return;
  switch (rule.scope) {
    case "promise":
      for (const { before, after, key } of step.promises) note(rule.check(before, after, step, key));
      break;
    case "task":
      for (const { before, after } of step.tasks) note(rule.check(before, after, step));
      break;
    case "schedule":
      for (const { before, after } of step.schedules) note(rule.check(before, after, step));
      break;
    case "entry":
      for (const { before, after } of step.entries) note(rule.check(before, after, step));
      break;
    case "step":
      note(rule.check(step));
      break;
  }
}
