import { done, refused } from "./answer.js";
import { applies } from "./compat.js";
import type { Draft } from "./draft.js";
import type { Tags } from "./model.js";
import { byCodeUnits } from "./order.js";
import { project, view } from "./project.js";
import { promiseRecord, taskRecord } from "./record.js";
import type { Filter, Payload, RequestKind, Response } from "./request.js";

/**
 * Searches, which the protocol leaves open (latitude L6). Compat mode answers: objects in the filter's state (as of
 * `now`) that have all its tags, by id, after the id `cursor`, at most `limit` (1 to 1000; 100 if left out, for schedules
 * 10). The answer's `cursor` is the last id if there are more. A task has the tags of its promise, a schedule its promise
 * tags; schedules have no state. Strict mode answers 501.
 */
type SearchKind = "promise.search" | "task.search" | "schedule.search";

const MOST = 1000;
const DEFAULT_LIMIT = 100;
const DEFAULT_SCHEDULES = 10;

const STATES: Readonly<Record<SearchKind, readonly string[]>> = {
  "promise.search": ["pending", "resolved", "rejected", "rejected_canceled", "rejected_timedout"],
  "task.search": ["pending", "acquired", "suspended", "halted", "fulfilled"],
  "schedule.search": [],
};

export function searchObjects(draft: Draft, kind: SearchKind, filter: Filter): Response {
  if (!applies("search-is-served", draft.settings.mode)) return refused(kind, 501, "searches are not implemented");
  const { state, limit = kind === "schedule.search" ? DEFAULT_SCHEDULES : DEFAULT_LIMIT } = filter;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) return refused(kind, 400, `the limit is 1 to ${MOST}`);
  if (state !== undefined && !STATES[kind].includes(state)) return refused(kind, 400, "there is no such state");
  const ids = matching(draft, kind, filter).sort(byCodeUnits);
  const page = ids.slice(0, limit);
  const cursor = page.length < ids.length ? page.at(-1) : undefined;
  return done(kind, { ...shown(draft, kind, page), ...(cursor === undefined ? {} : { cursor }) });
}

function matching(draft: Draft, kind: RequestKind, { state, tags, cursor }: Filter): string[] {
  const found: string[] = [];
  const consider = (id: string, itsState: string | undefined, itsTags: Tags) => {
    if (cursor !== undefined && id <= cursor) return;
    if (state !== undefined && itsState !== state) return;
    if (hasTags(itsTags, tags)) found.push(id);
  };
  if (kind === "promise.search") {
    for (const promise of draft.promises.values()) {
      consider(promise.id, project(promise, draft.now).state, promise.tags);
    }
  } else if (kind === "task.search") {
    for (const task of draft.tasks.values()) {
      const promise = draft.promises.get(task.id);
      if (promise !== undefined) consider(task.id, view(task, project(promise, draft.now)).state, promise.tags);
    }
  } else {
    for (const schedule of draft.schedules.values()) consider(schedule.id, undefined, schedule.promiseTags);
  }
  return found;
}

function hasTags(tags: Tags, wanted: Tags = {}): boolean {
  return Object.keys(wanted).every((key) => Object.hasOwn(tags, key) && tags[key] === wanted[key]);
}

function shown(draft: Draft, kind: SearchKind, ids: readonly string[]): Payload {
  const each = <T>(read: (id: string) => T | undefined) =>
    ids.flatMap((id) => {
      const found = read(id);
      return found === undefined ? [] : [found];
    });
  if (kind === "promise.search") return { promises: each((id) => draft.read(id)).map(promiseRecord) };
  if (kind === "task.search") return { tasks: each((id) => draft.readTask(id, draft.read(id))).map(taskRecord) };
  return { schedules: each((id) => draft.schedules.get(id)) };
}
