import { bear } from "./birth.js";
import { nextAfter } from "./calendar.js";
import { applies } from "./compat.js";
import { Draft } from "./draft.js";
import { after } from "./instant.js";
import type { Document, Instant, Mode, Schedule, Settings, Tags } from "./model.js";
import type { PromiseCreate } from "./request.js";

/** One promise of a schedule. */
export interface Occurrence {
  readonly id: string;
  /** When it was due, which is when it counts as created, however late it is made. */
  readonly instant: Instant;
  readonly create: PromiseCreate;
}

/** What the schedule makes at `instant`. Source: protocol, section 8.3. */
export function occurrenceOf(schedule: Schedule, instant: Instant, settings: Settings): Occurrence {
  const id = schedule.promiseId.replace(/\{\{\.(id|timestamp)\}\}/g, (_, field: string) =>
    field === "id" ? schedule.id : String(instant),
  );
  const data = {
    id,
    timeoutAt: after(instant, schedule.promiseTimeout),
    param: schedule.promiseParam,
    tags: tagsOf(schedule, id, settings.mode),
  };
  return { id, instant, create: { kind: "promise.create", data } };
}

function tagsOf({ id, promiseTags }: Schedule, occurrence: string, mode: Mode): Tags {
  if (!applies("occurrences-carry-lineage", mode)) return promiseTags;
  return {
    ...promiseTags,
    "resonate:schedule": id,
    "resonate:origin": occurrence,
    "resonate:branch": occurrence,
    "resonate:parent": occurrence,
    "resonate:prefix": occurrence,
  };
}

/** Stores the occurrence unless its id is taken, as created at its own instant: perhaps pending after its deadline. */
export function bearOccurrence(draft: Draft, { id, instant, create }: Occurrence): void {
  if (!draft.promises.has(id)) bear(draft, create.data, instant);
}

/**
 * The part of a firing that the occurrence's own document sees: the promise, if it is absent, and its settlement if
 * its deadline has come by `now`, so that nothing is ever dispatched for it. The same reference if nothing is new.
 */
export function createOccurrence(
  document: Document,
  schedule: Schedule,
  instant: Instant,
  now: Instant,
  settings: Settings,
): Document {
  const draft = new Draft(document, now, settings);
  const occurrence = occurrenceOf(schedule, instant, settings);
  bearOccurrence(draft, occurrence);
  draft.read(occurrence.id);
  return draft.finish();
}

/** The part of a firing that the schedule's own document sees: it waits for what comes after `instant`. */
export function advance(schedule: Schedule, instant: Instant): Schedule {
  return { ...schedule, lastRunAt: instant, nextRunAt: nextAfter(schedule.cron, instant) };
}
