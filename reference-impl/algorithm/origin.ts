import type { Instant } from "../kernel/model.js";
import type { Request } from "../kernel/request.js";
import { turn as machineTurn } from "../kernel/turn.js";
import type { Decision, Job } from "./job.js";
import type { Place } from "./place.js";
import type { ServerSettings } from "./settings.js";
import type { Stored } from "./stored.js";

/** A turn on an origin's document: for a request, or without one for what is due. */
export function originJob(
  place: Place,
  turn: string,
  cause: { readonly request: Request | null; readonly timer: Instant | null },
  settings: ServerSettings,
): Job {
  const { request, timer } = cause;
  // Field by field: this is the hottest place of a run, and a spread is slow.
  const decide = (stored: Stored, now: Instant, bound: number): Decision => {
    const made = machineTurn(stored.document, now, request, settings.protocol, bound);
    const { document, response, messages, nextTimer, steps } = made;
    return { document, response, messages, nextTimer, steps, intent: null, purpose: "turn" };
  };
  return { place, turn, request: request?.kind ?? null, timer, occurrence: null, prepare: null, decide };
}
