import { Draft } from "./draft.js";
import { fence, fulfill, release, suspend } from "./guarded.js";
import type { Document, Instant, Settings } from "./model.js";
import { createPromise, getPromise, registerCallback, registerListener, settlePromise } from "./promises.js";
import type { Request, Response } from "./request.js";
import { createSchedule, deleteSchedule, getSchedule } from "./schedules.js";
import { searchObjects } from "./search.js";
import { acquireTask, continueTask, createTask, getTask, haltTask, heartbeat } from "./tasks.js";

/**
 * The transition of one request at `now`: the document after it and the answer, both or neither. The document is the same
 * reference if nothing changed. A deadline that the answer shows or depends on is settled in it, even if the request is
 * refused. Never throws for a request that passed the door. Source: protocol, section 7.
 */
export function handle(
  document: Document,
  now: Instant,
  request: Request,
  settings: Settings,
): { document: Document; response: Response } {
  const draft = new Draft(document, now, settings);
  const response = answer(draft, request);
  return { document: draft.finish(), response };
}

function answer(draft: Draft, request: Request): Response {
  switch (request.kind) {
    case "promise.get":
      return getPromise(draft, request.data);
    case "promise.create":
      return createPromise(draft, request.data);
    case "promise.settle":
      return settlePromise(draft, request.data);
    case "promise.register_callback":
      return registerCallback(draft, request.data);
    case "promise.register_listener":
      return registerListener(draft, request.data);
    case "task.get":
      return getTask(draft, request.data);
    case "task.create":
      return createTask(draft, request.data);
    case "task.acquire":
      return acquireTask(draft, request.data);
    case "task.fence":
      return fence(draft, request.data);
    case "task.heartbeat":
      return heartbeat(draft, request.data);
    case "task.suspend":
      return suspend(draft, request.data);
    case "task.fulfill":
      return fulfill(draft, request.data);
    case "task.release":
      return release(draft, request.data);
    case "task.halt":
      return haltTask(draft, request.data);
    case "task.continue":
      return continueTask(draft, request.data);
    case "schedule.get":
      return getSchedule(draft, request.data);
    case "schedule.create":
      return createSchedule(draft, request.data);
    case "schedule.delete":
      return deleteSchedule(draft, request.data);
    case "promise.search":
    case "task.search":
    case "schedule.search":
      return searchObjects(draft, request.kind, request.data);
  }
}
