import type { Instant } from "../kernel/model.js";
import type { Response } from "../kernel/request.js";
import { type Decision, isStateless, type Job } from "./job.js";
import type { ServerSettings } from "./settings.js";
import { type CommittedTurn, SCHEMA, type Stored } from "./stored.js";
import { bytesOf, digestOf } from "./weight.js";

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
    for (const most of [settings.turns, 0]) {
      const next = successor(job, basis, decision, most);
      if (bytesOf(next) <= room) return { fits: true, decision, next };
    }
  }
  if (job.request === null) return { fits: false, response: null };
  return { fits: false, response: { kind: job.request, status: 429, data: "the document of this origin is full" } };
}

/** The document after the decision; `most` is how many turns it remembers. */
function successor(job: Job, { stored, revision, now }: Basis, decision: Decision, most: number): Stored {
  const { document, response, intent } = decision;
  const isChanged = document !== stored.document || intent !== stored.intent;
  const turns =
    isChanged && isRemembered(job) && response !== null
      ? [...stored.turns, { turn: job.turn, response: withoutPreload(response) }]
      : stored.turns;
  return {
    schema: SCHEMA,
    kind: stored.kind,
    subject: stored.subject,
    document,
    hw: now,
    armedAt: stored.armedAt !== null && stored.armedAt > now ? stored.armedAt : null,
    cursor: stored.cursor,
    turns: latest(turns, most),
    intent,
    stalled: stalled(job, stored),
    previous: { revision, digest: digestOf(stored) },
  };
}

/** A heartbeat that is repeated does no harm, and there are many: they would drive the others out. */
function isRemembered({ request }: Job): boolean {
  return request !== null && request !== "task.heartbeat";
}

/** Timers that in a row found messages waiting. */
function stalled({ request }: Job, { document, stalled: before }: Stored): number {
  if (document.outbox.size === 0) return 0;
  return request === null ? before + 1 : before;
}

function latest(turns: readonly CommittedTurn[], most: number): readonly CommittedTurn[] {
  return turns.length <= most ? turns : turns.slice(turns.length - most);
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
