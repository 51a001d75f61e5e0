import { NEVER } from "../kernel/instant.js";
import type { Instant } from "../kernel/model.js";
import type { Decision } from "./job.js";
import { because, perform } from "./perform.js";
import { keyOf, type Place } from "./place.js";
import type { Serving } from "./serving.js";
import type { ServerSettings } from "./settings.js";
import type { Stored } from "./stored.js";
import { timerName } from "./wire.js";

/** The pause before messages that nobody takes are tried again doubles at most so often. */
const MOST_DOUBLINGS = 16;

/**
 * When the document has to be looked at again: when its next internal step is due, and soon if messages wait in its
 * outbox. Always after its own `hw`, so that no timer that is being served is armed again under its name, and never
 * further ahead than the ceiling. Null if it can rest for ever.
 */
export function wakeUp(next: Stored, { nextTimer, messages }: Decision, settings: ServerSettings): Instant | null {
  const { hw, document, stalled } = next;
  const pause = settings.grace * 2 ** (messages.length > 0 ? 0 : Math.min(stalled, MOST_DOUBLINGS));
  const wake = Math.min(nextTimer ?? NEVER, document.outbox.size === 0 ? NEVER : hw + pause);
  return wake >= NEVER ? null : Math.min(Math.max(wake, hw + 1), hw + settings.ceiling);
}

/** The instant that has to be armed for the wake-up; null if the timer that the document relies on comes early enough. */
export function missing({ armedAt }: Stored, wake: Instant | null, now: Instant): Instant | null {
  const isArmed = armedAt !== null && armedAt > now;
  return wake === null || (isArmed && armedAt <= wake) ? null : wake;
}

/** Arms a timer of its own name, and says whether the platform confirmed it. */
export function* arm(place: Place, at: Instant, turn: string): Serving<boolean> {
  const name = timerName(keyOf(place), at);
  const note = because("MAP-ARM-FIRST", turn);
  const answer = yield* perform({ op: "timer.set", name, subject: name, at, note });
  return answer === "confirmed";
}
