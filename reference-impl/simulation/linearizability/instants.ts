import { after } from "../../kernel/instant.js";
import type { Document, Instant, Schedule } from "../../kernel/model.js";
import { advance, occurrenceOf } from "../../kernel/occurrence.js";
import type { PromiseCreate, PromiseSettle, Request } from "../../kernel/request.js";
import type { KernelOperation, Partition } from "./partition.js";
import { recordsIn } from "./partition.js";

/** Most occurrences that a schedule fires between two operations on it. */
export const MOST_FIRINGS = 64;

/** A promise that a schedule may make. */
export interface Birth {
  readonly id: string;
  readonly schedule: Schedule;
  readonly instant: Instant;
}

/**
 * The instants that are worth trying as the `now` of an operation: the least that is allowed, those at which a decision
 * changes, and those that answers show. Ascending.
 */
export function candidates(
  { document, now }: { readonly document: Document; readonly now: Instant },
  operation: KernelOperation,
  seen: Partition["seen"],
  births: readonly Birth[],
): Instant[] {
  const { request, response, earliest, latest } = operation;
  const least = Math.max(now, earliest);
  if (least > latest) return [];
  const found = new Set([least]);
  const add = (instant: Instant | undefined) => {
    if (instant !== undefined && instant > least && instant <= latest) found.add(instant);
  };
  const touched = promisesOf(request);
  const wakes = wakesOf(request);
  for (const promise of document.promises.values()) {
    if (promise.state !== "pending") continue;
    // An answer that is known may show any promise in its preload; an unknown one shows nothing.
    const matters = response !== null || touched.includes(promise.id);
    if (matters || promise.callbacks.some((each) => wakes.includes(each))) add(promise.timeoutAt);
  }
  for (const id of leasesOf(request)) add(document.tasks.get(id)?.expiresAt);
  for (const action of actionsOf(request)) if (action.kind === "promise.create") add(action.data.timeoutAt);
  for (const { instant, schedule } of births) {
    add(instant);
    add(after(instant, schedule.promiseTimeout));
  }
  if (request.kind === "schedule.get" || request.kind === "schedule.create") {
    let schedule = document.schedules.get(request.data.id);
    for (let left = MOST_FIRINGS; left > 0 && schedule !== undefined && schedule.nextRunAt <= latest; left -= 1) {
      add(schedule.nextRunAt);
      schedule = advance(schedule, schedule.nextRunAt);
    }
    for (const instant of seen.get(request.data.id) ?? []) add(instant);
  }
  for (const instant of instantsShown(operation, seen)) add(instant);
  return [...found].sort((one, other) => one - other);
}

/** The instants that answers show of what the operation may have created or settled. */
export function instantsShown({ request, response }: KernelOperation, seen: Partition["seen"]): Instant[] {
  if (response === null) return actionsOf(request).flatMap(({ data }) => seen.get(data.id) ?? []);
  return recordsIn(response).flatMap(({ createdAt, settledAt }) =>
    settledAt === undefined ? [createdAt] : [createdAt, settledAt],
  );
}

/** What a request creates or settles. */
function actionsOf(request: Request): (PromiseCreate | PromiseSettle)[] {
  switch (request.kind) {
    case "promise.create":
    case "promise.settle":
      return [request];
    case "task.create":
    case "task.fence":
    case "task.fulfill":
      return [request.data.action];
    default:
      return [];
  }
}

/** Ids of the promises whose deadlines a request can depend on. */
export function promisesOf(request: Request): string[] {
  const acted = actionsOf(request).map(({ data }) => data.id);
  switch (request.kind) {
    case "promise.get":
      return [request.data.id];
    case "promise.register_callback":
      return [request.data.awaited, request.data.awaiter];
    case "promise.register_listener":
      return [request.data.awaited];
    case "task.suspend":
      return [request.data.id, ...request.data.actions.map(({ data }) => data.awaited)];
    case "task.heartbeat":
      return request.data.tasks.map(({ id }) => id);
    default:
      return [...acted, ...tasksOf(request)];
  }
}

function tasksOf(request: Request): string[] {
  switch (request.kind) {
    case "task.get":
    case "task.acquire":
    case "task.fence":
    case "task.suspend":
    case "task.fulfill":
    case "task.release":
    case "task.halt":
    case "task.continue":
      return [request.data.id];
    case "task.create":
      return [request.data.action.data.id];
    default:
      return [];
  }
}

/** Ids of the tasks whose lease a request can depend on. */
export function leasesOf(request: Request): string[] {
  return request.kind === "task.heartbeat" ? request.data.tasks.map(({ id }) => id) : tasksOf(request);
}

/** Ids of the tasks of which a request can tell whether, and how often, they were resumed. */
export function wakesOf(request: Request): string[] {
  return request.kind === "task.fence" ? [] : tasksOf(request);
}

/** The promises among `ids` that one of the schedules may make. */
export function birthsAmong(
  ids: ReadonlySet<string>,
  schedules: readonly Schedule[],
  settings: Parameters<typeof occurrenceOf>[2],
): Birth[] {
  return schedules.flatMap((schedule) =>
    [...ids].flatMap((id) => {
      const instant = instantIn(id, schedule);
      return instant !== null && occurrenceOf(schedule, instant, settings).id === id ? [{ id, schedule, instant }] : [];
    }),
  );
}

/** The instant that the id names if it was made from the schedule's template; null if none. */
function instantIn(id: string, { id: schedule, promiseId }: Schedule): Instant | null {
  const [before = "", after] = promiseId.replaceAll("{{.id}}", schedule).split("{{.timestamp}}");
  if (after === undefined || !id.startsWith(before)) return null;
  const digits = /^\d{1,15}/.exec(id.slice(before.length))?.[0];
  return digits === undefined ? null : Number(digits);
}
