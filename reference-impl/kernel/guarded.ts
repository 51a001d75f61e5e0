import { done, refused } from "./answer.js";
import { applies, fencesAcrossOrigins, waitsAcrossOrigins } from "./compat.js";
import type { Draft } from "./draft.js";
import type { DurablePromise, Task } from "./model.js";
import { originOf } from "./origin.js";
import { preload } from "./preload.js";
import { isExternal } from "./project.js";
import { addCallback, createPromise, isSettleable, SAME_ORIGIN, settledAs, settlePromise } from "./promises.js";
import { promiseRecord } from "./record.js";
import type { Request, RequestKind, Response } from "./request.js";
import { offered } from "./tasks.js";

type Data<K extends RequestKind> = Extract<Request, { readonly kind: K }>["data"];

interface Held {
  readonly task: Task;
  readonly promise: DurablePromise;
}

const NONE: readonly string[] = [];

/**
 * What lets only the holder of a task's version act. It looks neither at the holder's pid nor at the end of the lease: a
 * lease that nobody took back is still good. Source: protocol, section 7.9.
 */
function guard(draft: Draft, kind: RequestKind, id: string, version: number): Held | Response {
  if (!draft.tasks.has(id)) return refused(kind, 404, "task not found");
  const promise = draft.read(id);
  if (promise === undefined) return refused(kind, 409, "the task has no promise");
  const task = draft.readTask(id, promise);
  if (task?.state !== "acquired") return refused(kind, 409, "the task is not acquired");
  if (promise.state !== "pending") return refused(kind, 409, "the promise is settled");
  if (task.version !== version) return refused(kind, 409, "the task has another version");
  return { task, promise };
}

/** Source: protocol, section 7.10. */
export function fence(draft: Draft, { id, version, action }: Data<"task.fence">): Response {
  const kind = "task.fence";
  if (action.data.id === id) return refused(kind, 400, "a task cannot fence its own promise");
  if (!fencesAcrossOrigins(draft.settings) && originOf(action.data.id) !== originOf(id)) {
    return refused(kind, 400, "a fence can act only on promises of its own origin");
  }
  const held = guard(draft, kind, id, version);
  if ("status" in held) return held;
  const inner =
    action.kind === "promise.create" ? createPromise(draft, action.data) : settlePromise(draft, action.data);
  const echoed = action.corrId === undefined ? inner : { ...inner, corrId: action.corrId };
  return done(kind, { action: echoed, preload: preload(draft, held.promise) });
}

/** Source: protocol, section 7.12. One transition: registering first and checking later would lose wake-ups. */
export function suspend(draft: Draft, data: Data<"task.suspend">): Response {
  const kind = "task.suspend";
  const { id, version } = data;
  const malformed = malformedWait(draft, data);
  if (malformed !== null) return refused(kind, 400, malformed);
  const held = guard(draft, kind, id, version);
  if ("status" in held) return held;
  const awaited: DurablePromise[] = [];
  for (const action of data.actions) {
    const promise = draft.read(action.data.awaited);
    if (promise === undefined) return refused(kind, 422, "awaited promise not found");
    if (!isExternal(promise, draft.settings.mode)) return refused(kind, 422, "an awaited promise is internal");
    awaited.push(promise);
  }
  if (awaited.some(({ state }) => state !== "pending")) {
    if (held.task.resumes.length > 0) draft.setTask({ ...held.task, resumes: NONE });
    return { kind, status: 300, data: { preload: preload(draft, held.promise) } };
  }
  for (const promise of awaited) addCallback(draft, promise, id);
  draft.setTask({ id, state: "suspended", version, resumes: NONE });
  return done(kind);
}

function malformedWait(draft: Draft, { id, actions }: Data<"task.suspend">): string | null {
  if (actions.length === 0) return "there is nothing to wait for";
  const awaited = new Set<string>();
  for (const { data } of actions) {
    if (data.awaited === id) return "a promise cannot wait for itself";
    awaited.add(data.awaited);
  }
  if (awaited.size < actions.length) return "a promise is awaited twice";
  if (!waitsAcrossOrigins(draft.settings) && actions.some(({ data }) => originOf(data.awaited) !== originOf(id))) {
    return SAME_ORIGIN;
  }
  const named = applies("actions-name-the-task", draft.settings.mode);
  if (named && actions.some(({ data }) => data.awaiter !== id)) return "an awaiter is not the task";
  return null;
}

/** Source: protocol, section 7.13. */
export function fulfill(draft: Draft, { id, version, action }: Data<"task.fulfill">): Response {
  const kind = "task.fulfill";
  const { state, value } = action.data;
  if (!isSettleable(state)) return refused(kind, 400, "a promise cannot be settled to that state");
  if (applies("actions-name-the-task", draft.settings.mode) && action.data.id !== id) {
    return refused(kind, 400, "a task fulfils only its own promise");
  }
  const held = guard(draft, kind, id, version);
  if ("status" in held) return held;
  return done(kind, { promise: promiseRecord(settledAs(draft, held.promise, state, value)) });
}

/** Source: protocol, section 7.14. */
export function release(draft: Draft, { id, version }: Data<"task.release">): Response {
  const held = guard(draft, "task.release", id, version);
  if ("status" in held) return held;
  draft.setTask(offered(held.task, draft.now));
  return done("task.release");
}
