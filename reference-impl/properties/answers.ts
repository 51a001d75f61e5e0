import type { PromiseRecord, TaskRecord } from "../kernel/model.js";
import type { Payload, Response } from "../kernel/request.js";
import type { Answer } from "./property.js";

/** What an answer carries of status 200 or 300; undefined of another status. */
export function payloadOf({ status, data }: Response): Payload | undefined {
  return (status === 200 || status === 300) && typeof data !== "string" ? data : undefined;
}

/** Every promise that an answer shows, inside a fence's action too. */
export function promisesIn(response: Response): readonly PromiseRecord[] {
  const payload = payloadOf(response);
  if (payload === undefined) return [];
  const { promise, preload = [], promises = [], action } = payload;
  const own = promise === undefined ? [] : [promise];
  return [...own, ...preload, ...promises, ...(action === undefined ? [] : promisesIn(action))];
}

/** Every task that an answer shows. */
export function tasksIn(response: Response): readonly TaskRecord[] {
  const payload = payloadOf(response);
  if (payload === undefined) return [];
  const { task, tasks = [] } = payload;
  return task === undefined ? tasks : [task, ...tasks];
}

/** The task that was granted to who asked, with the version that is the claim; null if none was. */
export function grantIn({ request, response }: Answer): { id: string; version: number } | null {
  if (request.kind !== "task.acquire" && request.kind !== "task.create") return null;
  const task = response.status === 200 ? payloadOf(response)?.task : undefined;
  return task?.state === "acquired" && task.version >= 1 ? task : null;
}

/** The claim that the answer says was valid: the guard of a task held; null if it says nothing of one. */
export function claimIn({ request, response }: Answer): { id: string; version: number } | null {
  switch (request.kind) {
    case "task.fence":
    case "task.fulfill":
    case "task.release":
    case "task.suspend":
      return payloadOf(response) === undefined ? null : request.data;
    default:
      return null;
  }
}
