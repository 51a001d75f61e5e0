import { done, refused } from "./answer.js";
import { bear, promiseBornAt, unsoundTags } from "./birth.js";
import { applies } from "./compat.js";
import type { Draft } from "./draft.js";
import { after } from "./instant.js";
import type { DurablePromise, Duration, Task } from "./model.js";
import { preload } from "./preload.js";
import { isTargeted, isTimer, targetOf } from "./project.js";
import { promiseRecord, taskRecord } from "./record.js";
import type { Request, RequestKind, Response } from "./request.js";

type Data<K extends RequestKind> = Extract<Request, { readonly kind: K }>["data"];

interface Holder {
  readonly pid: string;
  readonly ttl: Duration;
}

const NONE: readonly string[] = [];
const TTL = "the ttl has to be positive";

export function getTask(draft: Draft, { id }: Data<"task.get">): Response {
  const promise = draft.read(id);
  const task = draft.readTask(id, promise);
  if (task === undefined || promise === undefined) return refused("task.get", 404, "task not found");
  return done("task.get", { task: taskRecord(task) });
}

/** Source: protocol, section 7.8. */
export function createTask(draft: Draft, { pid, ttl, action }: Data<"task.create">): Response {
  const kind = "task.create";
  const birth = action.data;
  const { mode } = draft.settings;
  if (targetOf(birth) === undefined) return refused(kind, 400, "the promise of a task needs a target");
  if (isTimer(birth)) return refused(kind, 400, "a timer cannot have a target");
  if (!ttlFits(draft, ttl)) return refused(kind, 400, TTL);
  const unsound = unsoundTags(birth.tags, birth.timeoutAt, mode);
  if (unsound !== null) return refused(kind, 400, unsound);
  const promise = draft.read(birth.id);
  if (promise === undefined) return createdTask(draft, kind, { pid, ttl }, birth);
  if (!isTargeted(promise, mode)) return refused(kind, 422, "the promise has no target");
  const task = draft.readTask(birth.id, promise);
  if (task === undefined) return refused(kind, 409, "the promise has no task");
  if (task.state === "fulfilled") return granted(draft, kind, task, promise);
  if (task.state !== "pending") return refused(kind, 409, `the task is ${task.state}`);
  return granted(draft, kind, acquired(draft, task, { pid, ttl }), promise);
}

function createdTask(
  draft: Draft,
  kind: RequestKind,
  holder: Holder,
  birth: Data<"task.create">["action"]["data"],
): Response {
  if (birth.timeoutAt <= draft.now) {
    const dead = bear(draft, birth, draft.now);
    return granted(draft, kind, { id: birth.id, state: "fulfilled", version: 0, resumes: NONE }, dead);
  }
  const promise = promiseBornAt(birth, draft.now);
  draft.setPromise(promise);
  const unborn: Task = { id: birth.id, state: "pending", version: 0, resumes: NONE };
  return granted(draft, kind, acquired(draft, unborn, holder), promise);
}

/** Source: protocol, section 7.9. */
export function acquireTask(draft: Draft, { id, version, pid, ttl }: Data<"task.acquire">): Response {
  const kind = "task.acquire";
  if (!ttlFits(draft, ttl)) return refused(kind, 400, TTL);
  if (!draft.tasks.has(id)) return refused(kind, 404, "task not found");
  const promise = draft.read(id);
  if (promise === undefined) return refused(kind, 409, "the task has no promise");
  const task = draft.readTask(id, promise);
  if (task?.state !== "pending") return refused(kind, 409, "the task is not pending");
  if (promise.state !== "pending") return refused(kind, 409, "the promise is settled");
  if (task.version !== version) return refused(kind, 409, "the task has another version");
  return granted(draft, kind, acquired(draft, task, { pid, ttl }), promise);
}

function ttlFits({ settings }: Draft, ttl: Duration): boolean {
  return ttl > 0 || !applies("ttl-is-positive", settings.mode);
}

function acquired(draft: Draft, { id, version }: Task, { pid, ttl }: Holder): Task {
  const expiresAt = after(draft.now, ttl);
  const task: Task = { id, state: "acquired", version: version + 1, resumes: NONE, ttl, pid, expiresAt };
  draft.setTask(task);
  return task;
}

function granted(draft: Draft, kind: RequestKind, task: Task, promise: DurablePromise): Response {
  return done(kind, { task: taskRecord(task), promise: promiseRecord(promise), preload: preload(draft, promise) });
}

/** Refreshes what the holder holds and skips the rest without a word. Source: protocol, section 7.11. */
export function heartbeat(draft: Draft, { pid, tasks }: Data<"task.heartbeat">): Response {
  for (const { id, version } of tasks) {
    const task = draft.readTask(id, draft.read(id));
    if (task?.state !== "acquired" || task.version !== version || task.pid !== pid) continue;
    // A promise that is gone cannot be live; one that is settled made the task read as fulfilled.
    if (!draft.promises.has(id)) continue;
    draft.setTask({ ...task, expiresAt: after(draft.now, task.ttl ?? 0) });
  }
  return done("task.heartbeat");
}

/** Source: protocol, section 7.15. */
export function haltTask(draft: Draft, { id }: Data<"task.halt">): Response {
  const kind = "task.halt";
  const promise = draft.read(id);
  const task = draft.readTask(id, promise);
  if (task === undefined || promise === undefined) return refused(kind, 404, "task not found");
  if (task.state === "fulfilled") return refused(kind, 409, "the task is fulfilled");
  const { version, resumes } = task;
  if (task.state !== "halted") draft.setTask({ id, state: "halted", version, resumes });
  return done(kind);
}

/** Source: protocol, section 7.16. */
export function continueTask(draft: Draft, { id }: Data<"task.continue">): Response {
  const kind = "task.continue";
  const promise = draft.read(id);
  const task = draft.readTask(id, promise);
  if (task === undefined) return refused(kind, 404, "task not found");
  if (task.state !== "halted") return refused(kind, 409, "the task is not halted");
  if (promise === undefined) return refused(kind, 404, "the task has no promise");
  if (promise.state !== "pending") return refused(kind, 409, "the promise is settled");
  draft.setTask(offered(task, draft.now));
  return done(kind);
}

/** The task as anyone may acquire it, from `retryAt` on: without a lease, with its version and resumes. */
export function offered({ id, version, resumes }: Task, retryAt: number): Task {
  return { id, state: "pending", version, resumes, retryAt };
}
