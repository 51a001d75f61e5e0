import type { DurablePromise, PromiseRecord, Task, TaskRecord } from "./model.js";

/** What an answer shows of a promise: everything but who waits for it. */
export function promiseRecord(promise: DurablePromise): PromiseRecord {
  const { id, state, param, value, tags, timeoutAt, createdAt, settledAt } = promise;
  if (settledAt === undefined) return { id, state, param, value, tags, timeoutAt, createdAt };
  return { id, state, param, value, tags, timeoutAt, createdAt, settledAt };
}

/** What an answer shows of a task: no instants, and its resumes as a number. */
export function taskRecord(task: Task): TaskRecord {
  const { id, state, version, ttl, pid } = task;
  const resumes = task.resumes.length;
  if (ttl === undefined || pid === undefined) return { id, state, version, resumes };
  return { id, state, version, resumes, ttl, pid };
}
