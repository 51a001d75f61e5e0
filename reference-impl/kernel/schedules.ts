import { done, refused } from "./answer.js";
import { unsoundTags } from "./birth.js";
import { isCalendar, nextAfter } from "./calendar.js";
import type { Draft } from "./draft.js";
import { after } from "./instant.js";
import type { Schedule } from "./model.js";
import { isTimerTargeted } from "./project.js";
import type { Request, RequestKind, Response } from "./request.js";

type Data<K extends RequestKind> = Extract<Request, { readonly kind: K }>["data"];

export function getSchedule(draft: Draft, { id }: Data<"schedule.get">): Response {
  const schedule = draft.schedules.get(id);
  if (schedule === undefined) return refused("schedule.get", 404, "schedule not found");
  return done("schedule.get", { schedule });
}

/** Source: protocol, section 7.17. */
export function createSchedule(draft: Draft, data: Data<"schedule.create">): Response {
  const kind = "schedule.create";
  const { now, settings } = draft;
  const { id, cron, promiseId, promiseTimeout, promiseParam, promiseTags } = data;
  if (isTimerTargeted({ tags: promiseTags })) return refused(kind, 400, "a timer cannot have a target");
  if (!isCalendar(cron, now)) return refused(kind, 400, "the calendar expression names no instant");
  const nextRunAt = nextAfter(cron, now);
  const unsound = unsoundTags(promiseTags, after(nextRunAt, promiseTimeout), settings.mode);
  if (unsound !== null) return refused(kind, 400, unsound);
  const known = draft.schedules.get(id);
  if (known !== undefined) return done(kind, { schedule: known });
  const schedule: Schedule = {
    id,
    cron,
    promiseId,
    promiseTimeout,
    promiseParam,
    promiseTags,
    createdAt: now,
    nextRunAt,
  };
  draft.setSchedule(schedule);
  return done(kind, { schedule });
}

export function deleteSchedule(draft: Draft, { id }: Data<"schedule.delete">): Response {
  if (!draft.schedules.has(id)) return refused("schedule.delete", 404, "schedule not found");
  draft.deleteSchedule(id);
  return done("schedule.delete");
}
