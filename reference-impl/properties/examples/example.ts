import type { InternalStep, MicroStep } from "../../kernel/machine.js";
import type {
  Document,
  DurablePromise,
  Instant,
  Message,
  Mode,
  OutboxEntry,
  Schedule,
  Settings,
  Task,
} from "../../kernel/model.js";
import { keyOf } from "../../kernel/outbox.js";
import { promiseRecord } from "../../kernel/record.js";
import type { FinishedRun, Observation } from "../property.js";

/** Something to judge a property on; which form it has depends on the kind of property. */
export type Subject =
  | { readonly form: "state"; readonly now: Instant; readonly state: Document; readonly mode?: Mode }
  | { readonly form: "step"; readonly step: MicroStep; readonly mode?: Mode }
  | { readonly form: "history"; readonly history: readonly Observation[]; readonly mode?: Mode }
  | { readonly form: "run"; readonly run: FinishedRun; readonly mode?: Mode }
  | { readonly form: "settings"; readonly settings: Settings };

/** The smallest subjects that show what a property is about: one that keeps it, with its guard met, and some that break it. */
export interface Example {
  readonly keeps: Subject;
  readonly breaks: readonly Subject[];
}

/** By the public name of the property. */
export type Examples = Readonly<Record<string, Example>>;

/** The instant of every example that names none. */
export const NOW: Instant = 60;

export const TARGET = { "resonate:target": "poll://any@w" };
export const TIMER = { "resonate:timer": "true" };
export const EXTERNAL = { "resonate:external": "true" };
export const ADDRESS = "http://listener/";

/** The promise `a`, pending from 10 to 100. */
export function pending(fields: Partial<DurablePromise> = {}): DurablePromise {
  const fixed = { id: "a", state: "pending" as const, param: {}, value: {}, tags: {}, timeoutAt: 100, createdAt: 10 };
  return { ...fixed, callbacks: [], listeners: [], ...fields };
}

/** The same promise, resolved at 50. */
export function resolved(fields: Partial<DurablePromise> = {}): DurablePromise {
  return pending({ state: "resolved", settledAt: 50, ...fields });
}

/** The same promise, settled by its deadline, which was 40. */
export function timedOut(fields: Partial<DurablePromise> = {}): DurablePromise {
  return pending({ state: "rejected_timedout", timeoutAt: 40, settledAt: 40, ...fields });
}

/** The task `a`, offered at 60 and in its first version, in a state that asks for nothing more. */
export function task(state: Task["state"], fields: Partial<Task> = {}): Task {
  const fixed = { id: "a", state, version: state === "pending" ? 0 : 1, resumes: [] };
  if (state === "pending") return { ...fixed, retryAt: NOW, ...fields };
  if (state === "acquired") return { ...fixed, pid: "p", ttl: 20, expiresAt: NOW + 20, ...fields };
  return { ...fixed, ...fields };
}

export function schedule(fields: Partial<Schedule> = {}): Schedule {
  const promise = { promiseId: "{{.id}}", promiseTimeout: 5, promiseParam: {}, promiseTags: {} };
  return { id: "s", cron: "* * * * *", ...promise, createdAt: 10, nextRunAt: 70, ...fields };
}

export function execute(fields: { id?: string; version?: number; address?: string } = {}): Message {
  const { id = "a", version = 1, address = TARGET["resonate:target"] } = fields;
  return { kind: "execute", address, task: { id, version } };
}

export function unblock(promise: DurablePromise = resolved(), address: string = ADDRESS): Message {
  return { kind: "unblock", address, promise: promiseRecord(promise) };
}

export interface Contents {
  readonly promises?: readonly DurablePromise[];
  readonly tasks?: readonly Task[];
  readonly schedules?: readonly Schedule[];
  readonly outbox?: readonly Message[];
}

const byId = <T extends { id: string }>(all: readonly T[] = []) => new Map(all.map((each) => [each.id, each]));

export function documentOf({ promises, tasks, schedules, outbox = [] }: Contents): Document {
  const entries = outbox.map((message, index): OutboxEntry => ({ key: keyOf(message), sequence: index + 1, message }));
  return {
    promises: byId(promises),
    tasks: byId(tasks),
    schedules: byId(schedules),
    outbox: new Map(entries.map((entry) => [entry.key, entry])),
    sequence: entries.length,
  };
}

interface When {
  readonly now?: Instant;
  readonly mode?: Mode;
  readonly by?: InternalStep;
}

export function state(contents: Contents, { now = NOW, mode = "strict" }: When = {}): Subject {
  return { form: "state", now, state: documentOf(contents), mode };
}

/** A step that nothing but its difference is known of: a read, unless an internal step is given. */
export function step(before: Contents, after: Contents, { now = NOW, mode = "strict", by }: When = {}): Subject {
  const author = by ?? { kind: "promise.get" as const, data: { id: "a" } };
  const [first, second] = [documentOf(before), documentOf(after)];
  return { form: "step", step: { by: author, now, before: first, after: second, response: null }, mode };
}

/** What became of the promise `a`, if that is all that changed. */
export const promiseStep = (before: DurablePromise | null, after: DurablePromise | null, when: When = {}) =>
  step({ promises: before === null ? [] : [before] }, { promises: after === null ? [] : [after] }, when);

/** What became of the task `a`, if that is all that changed; its promise is live. */
export const taskStep = (before: Task | null, after: Task | null, when: When = {}) => {
  const promises = [pending({ tags: TARGET })];
  return step(
    { promises, tasks: before === null ? [] : [before] },
    { promises, tasks: after === null ? [] : [after] },
    when,
  );
};

export const promiseState = (promise: DurablePromise, when: When = {}) => state({ promises: [promise] }, when);
export const taskState = (single: Task, when: When = {}) => state({ tasks: [single] }, when);
