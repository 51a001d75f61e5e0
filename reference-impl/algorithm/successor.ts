import type { Instant } from "../kernel/model.js";
import type { Response } from "../kernel/request.js";
import { type Decision, isStateless, type Job } from "./job.js";
import type { ServerSettings } from "./settings.js";
import { type CommittedTurn, SCHEMA, type Stored } from "./stored.js";
import { bytesOf, bytesOfPart, digestOf } from "./weight.js";

/** What a turn wants to commit. If nothing, the answer; null if there is none because the document is full. */
export type Made =
  | { readonly fits: true; readonly decision: Decision; readonly next: Stored }
  | { readonly fits: false; readonly response: Response | null };

/** What an attempt is made from. */
export interface Basis {
  readonly stored: Stored;
  readonly revision: number;
  readonly now: Instant;
}

/**
 * The decision with as many internal steps and remembered turns as there is room for. Growth may not use the reserve:
 * settlements and internal steps have to fit still. What is left undone is due at once in the next turn.
 */
export function fitting(job: Job, basis: Basis, settings: ServerSettings): Made {
  for (const bound of [settings.bound, job.request === null ? 1 : 0]) {
    const decision = job.decide(basis.stored, basis.now, bound);
    if (decision.response !== null && isStateless(decision.response))
      return { fits: false, response: decision.response };
    const room = settings.maxBytes - (grows(decision) ? settings.reserve : 0);
    const next = lightened(successor(job, basis, decision, settings), room);
    if (next !== null) return { fits: true, decision, next };
  }
  if (job.request === null) return { fits: false, response: null };
  return { fits: false, response: { kind: job.request, status: 429, data: "the document of this origin is full" } };
}

/** The document after the decision. */
function successor(job: Job, { stored, revision, now }: Basis, decision: Decision, settings: ServerSettings): Stored {
  const { document, response, intent } = decision;
  const turns =
    isRemembered(job) && response !== null
      ? [...stored.turns, { turn: job.turn, at: now, response: withoutPreload(response) }]
      : stored.turns;
  return {
    schema: SCHEMA,
    kind: stored.kind,
    subject: stored.subject,
    document,
    hw: now,
    armedAt: stored.armedAt !== null && stored.armedAt > now ? stored.armedAt : null,
    cursor: stored.cursor,
    turns: latest(turns, now, settings),
    intent,
    stalled: stalled(job, stored),
    previous: { revision, digest: digestOf(stored) },
  };
}

/**
 * A refusal is remembered as well: a second delivery could else do what the client was told had not been done. A read or a
 * heartbeat that is repeated does no harm, and there are many: they would drive the others out.
 */
function isRemembered({ request }: Job): boolean {
  switch (request) {
    case null:
    case "promise.get":
    case "task.get":
    case "schedule.get":
    case "task.heartbeat":
      return false;
    default:
      return true;
  }
}

/** Timers that in a row found messages waiting. */
function stalled({ request }: Job, { document, stalled: before }: Stored): number {
  if (document.outbox.size === 0) return 0;
  return request === null ? before + 1 : before;
}

/** The turns that are neither too old nor too many. Marks of the clock never fall, so the old ones come first. */
function latest(turns: readonly CommittedTurn[], now: Instant, { turns: most, memory }: ServerSettings) {
  const old = turns.findIndex(({ at }) => now - at <= memory);
  const from = Math.max(old < 0 ? turns.length : old, turns.length - most);
  return from === 0 ? turns : turns.slice(from);
}

/** The document with as many of its latest turns as there is room for; null if it has no room without any. */
function lightened(next: Stored, room: number): Stored | null {
  let excess = bytesOf(next) - room;
  if (excess <= 0) return next;
  let from = 0;
  for (const turn of next.turns) {
    excess -= bytesOfPart(turn);
    from += 1;
    if (excess <= 0) return { ...next, turns: next.turns.slice(from) };
  }
  return null;
}

/** An empty preload is always right; the one of the answer would grow old, and the document with it. */
function withoutPreload(response: Response): Response {
  const { data } = response;
  const isFilled = typeof data !== "string" && data.preload !== undefined && data.preload.length > 0;
  return isFilled ? { ...response, data: { ...data, preload: [] } } : response;
}

/** Whether the request made something new that stays. */
function grows({ steps }: Decision): boolean {
  const step = steps[0];
  if (step === undefined || step.before === step.after || !("kind" in step.by)) return false;
  switch (step.by.kind) {
    case "promise.create":
    case "promise.register_callback":
    case "promise.register_listener":
    case "task.create":
    case "schedule.create":
      return true;
    case "task.fence":
      return step.by.data.action.kind === "promise.create";
    default:
      return false;
  }
}
