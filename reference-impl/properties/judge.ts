import type { MicroStep } from "../kernel/machine.js";
import type { Document, Instant, Settings } from "../kernel/model.js";
import { sameTexts } from "./comparison.js";
import type { ConfigurationProperty, Judgement, Observation, ResponseProperty, Verdict } from "./property.js";
import type { Moment, Passage, StateRule, StateScope, TransitionRule, TransitionScope } from "./rule.js";
import { eachCase, passageOf } from "./rule.js";
import { isSettled } from "./terms.js";

/** What a judge of steps can take: everything but what is judged on a finished run. */
export type Judged = StateRule | TransitionRule | ResponseProperty | ConfigurationProperty;

/** A property that was found broken, for the first time. */
export interface Breach {
  readonly name: string;
  readonly message: string;
}

export interface Judge {
  /**
   * Judges a step, the state it leads to, and its answer. Of the state it judges what the step changed, for the rest was
   * judged when it came about: so every step of a document has to be observed, in order, from an empty document or one
   * given to `observeState`, and `now` must not decrease. Steps of several documents may come between each other. Returns
   * the properties that were broken for the first time.
   */
  observe(step: MicroStep): readonly Breach[];
  /** Judges everything in a state, and what is judged only where no internal step is due. */
  observeState(now: Instant, document: Document): readonly Breach[];
  /** What was found of each property so far, by name, in the order the properties were given. */
  summary(): ReadonlyMap<string, Judgement>;
}

/** A property under way. */
interface Running<R> {
  readonly rule: R;
  met: number;
  broken: string | null;
}

type Scoped<R extends { readonly scope: string }> = {
  readonly [S in R["scope"]]: Running<Extract<R, { readonly scope: S }>>[];
};

const NONE: readonly Breach[] = [];

/**
 * Whether the step takes away or changes what other objects rely on and no right step does: then the whole state is judged
 * again, since what it breaks may be an object that it has not touched.
 */
function isUprooting({ promises, tasks }: Passage): boolean {
  for (const { before, after } of promises) {
    if (before === undefined) continue;
    if (after === undefined || (isSettled(before) && !isSettled(after))) return true;
    if (!sameTexts(before.tags, after.tags)) return true;
  }
  for (const { before, after } of tasks) {
    if (before !== undefined && (after === undefined || after.version < before.version)) return true;
  }
  return false;
}

class IncrementalJudge implements Judge {
  readonly #settings: Settings;
  readonly #all: Running<Judged>[] = [];
  readonly #states: Scoped<StateRule> = { promise: [], task: [], schedule: [], entry: [], execution: [], rest: [] };
  readonly #steps: Scoped<TransitionRule> = { promise: [], task: [], schedule: [], entry: [], step: [] };
  /** What is judged on internal steps alone. */
  readonly #internal: Scoped<TransitionRule> = { promise: [], task: [], schedule: [], entry: [], step: [] };
  readonly #answers: { running: Running<Judged>; take: (observation: Observation) => Verdict }[] = [];
  #place = 0;
  #breaches: Breach[] | null = null;

  constructor(settings: Settings, properties: readonly Judged[]) {
    this.#settings = settings;
    for (const rule of properties) {
      if (rule.gap === true && settings.mode === "strict") continue;
      const running: Running<Judged> = { rule, met: 0, broken: null };
      this.#all.push(running);
      this.#begin(running);
    }
  }

  #begin(running: Running<Judged>): void {
    const { rule } = running;
    if (rule.kind === "configuration") Object.assign(running, rule.judge(this.#settings));
    else if (rule.kind === "response") this.#answers.push({ running, take: rule.begin(this.#settings) });
    else if (rule.kind === "state") push(this.#states, rule.scope, running);
    else push(rule.kind === "transition" ? this.#steps : this.#internal, rule.scope, running);
  }

  observe(step: MicroStep): readonly Breach[] {
    const passage = passageOf(step, this.#settings);
    this.#judgeStep(this.#steps, passage);
    if ("step" in step.by) this.#judgeStep(this.#internal, passage);
    if (step.before !== step.after) {
      const at: Moment = { now: step.now, state: step.after, settings: this.#settings };
      if (isUprooting(passage)) this.#judgeEverything(at);
      else this.#judgeChanged(passage, at);
    }
    if (step.response !== null && "kind" in step.by) {
      this.#place += 1;
      const { now, before, after, by: request, response } = step;
      const observation = { request, response, sent: this.#place, answered: this.#place, now, before, after };
      for (const { running, take } of this.#answers) this.#note(running, take(observation));
    }
    return this.#take();
  }

  observeState(now: Instant, state: Document): readonly Breach[] {
    const at: Moment = { now, state, settings: this.#settings };
    this.#judgeEverything(at);
    for (const running of this.#states.rest) this.#note(running, running.rule.check(at));
    return this.#take();
  }

  summary(): ReadonlyMap<string, Judgement> {
    return new Map(this.#all.map(({ rule, met, broken }) => [rule.name, { met, broken }]));
  }

  #judgeStep(rules: Scoped<TransitionRule>, passage: Passage): void {
    for (const { before, after, key } of passage.promises) {
      for (const each of rules.promise) this.#note(each, each.rule.check(before, after, passage, key));
    }
    for (const { before, after } of passage.tasks) {
      for (const each of rules.task) this.#note(each, each.rule.check(before, after, passage));
    }
    for (const { before, after } of passage.schedules) {
      for (const each of rules.schedule) this.#note(each, each.rule.check(before, after, passage));
    }
    for (const { before, after } of passage.entries) {
      for (const each of rules.entry) this.#note(each, each.rule.check(before, after, passage));
    }
    for (const each of rules.step) this.#note(each, each.rule.check(passage));
  }

  #judgeChanged(passage: Passage, at: Moment): void {
    const { promises, tasks, schedules, entries } = passage;
    for (const change of promises) {
      const { key, after } = change;
      if (after !== undefined)
        for (const each of this.#states.promise) this.#note(each, each.rule.check(after, at, key));
      this.#judgeExecution(key, at);
      if (change.before === undefined) this.#judgeEntriesNaming(key, passage, at);
      else this.#judgeDropped(change.before.callbacks, after?.callbacks ?? [], passage, at);
    }
    for (const { key, before, after } of tasks) {
      if (after !== undefined) for (const each of this.#states.task) this.#note(each, each.rule.check(after, at, key));
      if (passage.before.promises.get(key) === at.state.promises.get(key)) this.#judgeExecution(key, at);
      if (before === undefined) this.#judgeEntriesNaming(key, passage, at);
    }
    for (const { key, after } of schedules) {
      if (after === undefined) continue;
      for (const each of this.#states.schedule) this.#note(each, each.rule.check(after, at, key));
    }
    for (const { key, after } of entries) {
      if (after !== undefined) for (const each of this.#states.entry) this.#note(each, each.rule.check(after, at, key));
    }
  }

  #judgeExecution(id: string, at: Moment): void {
    const promise = at.state.promises.get(id);
    const task = at.state.tasks.get(id);
    for (const each of this.#states.execution) this.#note(each, each.rule.check(promise, task, at));
  }

  /** Judges the tasks that a promise no longer has as awaiters: nothing else may be left to wake them. */
  #judgeDropped(before: readonly string[], after: readonly string[], passage: Passage, at: Moment): void {
    if (before === after) return;
    for (const id of before) {
      if (!after.includes(id) && passage.before.tasks.get(id) === at.state.tasks.get(id)) this.#judgeExecution(id, at);
    }
  }

  /** Judges messages that name what only now is there. */
  #judgeEntriesNaming(id: string, { before }: Passage, at: Moment): void {
    for (const [key, entry] of at.state.outbox) {
      const { message } = entry;
      if ((message.kind === "execute" ? message.task.id : message.promise.id) !== id) continue;
      if (before.outbox.get(key) !== entry) continue;
      for (const each of this.#states.entry) this.#note(each, each.rule.check(entry, at, key));
    }
  }

  #judgeEverything(at: Moment): void {
    for (const running of this.#all) {
      const { rule } = running;
      if (rule.kind === "state" && rule.scope !== "rest") eachCase(rule, at, (verdict) => this.#note(running, verdict));
    }
  }

  #note(running: Running<Judged>, verdict: Verdict): void {
    if (verdict === false) return;
    running.met += 1;
    if (verdict === true || running.broken !== null) return;
    running.broken = verdict;
    this.#breaches ??= [];
    this.#breaches.push({ name: running.rule.name, message: verdict });
  }

  #take(): readonly Breach[] {
    const breaches = this.#breaches ?? NONE;
    this.#breaches = null;
    return breaches;
  }
}

/** The list of a rule's scope holds rules of that scope, which the type of `running` no longer says. */
function push(rules: object, scope: StateScope | TransitionScope, running: Running<Judged>): void {
  const list: Running<Judged>[] | undefined = Reflect.get(rules, scope);
  list?.push(running);
}

/**
 * A judge of the steps of a run. Properties that the strict machine is known to break are left out in strict mode.
 */
export function createJudge(settings: Settings, properties: readonly Judged[]): Judge {
  return new IncrementalJudge(settings, properties);
}

/** Names of properties whose guard was never met: nothing is known of them. */
export function unexercised(summary: ReadonlyMap<string, Judgement>): readonly string[] {
  return [...summary].flatMap(([name, { met }]) => (met === 0 ? [name] : []));
}
