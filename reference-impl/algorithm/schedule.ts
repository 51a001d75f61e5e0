import { handle } from "../kernel/handle.js";
import type { MicroStep } from "../kernel/machine.js";
import type { Document, Instant, OutboxEntry, Schedule } from "../kernel/model.js";
import { advance, occurrenceOf } from "../kernel/occurrence.js";
import type { Request } from "../kernel/request.js";
import { nextTimer, occurrenceTurn } from "../kernel/turn.js";
import type { Decision, Job } from "./job.js";
import { flush, ownMessages } from "./outbox.js";
import { keyOf, originPlace, type Place } from "./place.js";
import type { Serving } from "./serving.js";
import type { ServerSettings } from "./settings.js";
import type { Intent, Stored } from "./stored.js";
import { type TurnResult, takeTurn } from "./turn.js";

const NO_MESSAGES: readonly OutboxEntry[] = [];

/** What makes a schedule take a turn: a request, a timer, or neither in a sweep. */
export interface Cause {
  readonly request: Request | null;
  readonly timer: Instant | null;
}

/**
 * Turns on a schedule's document. A firing is three commits: the schedule says which occurrence it is about to create;
 * the occurrence is created in its own document, if it is absent; the schedule goes on to the next one. Whoever meets an
 * intent finishes it first, so that nothing is fired after an acknowledged deletion.
 */
export function* takeScheduleTurns(
  place: Place,
  turn: string,
  cause: Cause,
  settings: ServerSettings,
): Serving<TurnResult> {
  const job = scheduleJob(place, turn, cause, settings);
  let result = yield* takeTurn(job, settings);
  let armed = false;
  for (let round = 0; round < settings.bound && result.outcome === "committed"; round += 1) {
    armed ||= result.armed;
    if (result.stored.intent === null) break;
    result = yield* takeTurn(job, settings);
  }
  return result.outcome === "committed" ? { ...result, armed } : result;
}

function scheduleJob(place: Place, turn: string, { request, timer }: Cause, settings: ServerSettings): Job {
  return {
    place,
    turn,
    request: request?.kind ?? null,
    timer,
    occurrence: null,
    prepare: (stored) => finishIntent(place, stored, settings),
    decide: (stored, now) => decide(stored, now, request, settings),
  };
}

/** Creates the occurrence that the schedule is about to create, unless it is there. */
function* finishIntent(place: Place, stored: Stored, settings: ServerSettings): Serving<boolean> {
  const schedule = stored.document.schedules.get(stored.subject);
  if (stored.intent === null || schedule === undefined) return true;
  const job = occurrenceJob(place, schedule, stored.intent, settings);
  const result = yield* takeTurn(job, settings);
  if (result.outcome !== "committed") return false;
  yield* flush(ownMessages(job.place, job.turn, result));
  return true;
}

function occurrenceJob(place: Place, schedule: Schedule, { at, promise }: Intent, settings: ServerSettings): Job {
  return {
    place: originPlace(promise),
    turn: `${keyOf(place)}@${at}`,
    request: null,
    timer: null,
    occurrence: { schedule: schedule.id, at },
    prepare: null,
    decide: (stored, now, bound) => ({
      ...occurrenceTurn(stored.document, schedule, at, now, settings.protocol, bound),
      intent: null,
      purpose: "occurrence",
    }),
  };
}

function decide(stored: Stored, now: Instant, request: Request | null, settings: ServerSettings): Decision {
  const advanced = finished(stored);
  const isAdvanced = advanced !== stored.document;
  if (request !== null) {
    const { document, response } = handle(advanced, now, request, settings.protocol);
    const steps: MicroStep[] = [{ by: request, now, before: advanced, after: document, response }];
    const next = nextTimer(document, settings.protocol);
    const purpose = isAdvanced ? "advance" : "turn";
    return { document, response, messages: NO_MESSAGES, nextTimer: next, steps, intent: null, purpose };
  }
  const intent = due(advanced, stored.subject, now, settings);
  return {
    document: advanced,
    response: null,
    messages: NO_MESSAGES,
    nextTimer: intent === null ? nextTimer(advanced, settings.protocol) : now + settings.grace,
    steps: [],
    intent,
    purpose: isAdvanced ? "advance" : intent === null ? "turn" : "intent",
  };
}

/** The document after the firing that was prepared, if one was. */
function finished({ document, subject, intent }: Stored): Document {
  const schedule = document.schedules.get(subject);
  if (intent === null || schedule === undefined) return document;
  const schedules = new Map(document.schedules);
  schedules.set(subject, advance(schedule, intent.at));
  return { ...document, schedules };
}

/** The occurrence that is to be created next, if it is due. */
function due({ schedules }: Document, subject: string, now: Instant, { protocol }: ServerSettings): Intent | null {
  const schedule = schedules.get(subject);
  if (schedule === undefined || schedule.nextRunAt > now) return null;
  const at = schedule.nextRunAt;
  return { at, promise: occurrenceOf(schedule, at, protocol).id };
}
