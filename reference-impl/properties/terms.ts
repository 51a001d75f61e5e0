import type { DurablePromise, Instant, Mode, PromiseState, Tags } from "../kernel/model.js";

/**
 * The protocol's terms as properties mean them: written down a second time, for a judge that shares a definition with what
 * it judges cannot see that the definition is wrong.
 */

interface Tagged {
  readonly tags: Tags;
}

export function isTimer({ tags }: Tagged): boolean {
  return tags["resonate:timer"] === "true";
}

/** The target tag, which may be empty; undefined if there is none. */
export function targetOf({ tags }: Tagged): string | undefined {
  return tags["resonate:target"];
}

/** Whether the promise has a task. In compat mode a timer has none. */
export function isTargeted(promise: Tagged, mode: Mode): boolean {
  return targetOf(promise) !== undefined && (mode === "strict" || !isTimer(promise));
}

/** Whether the promise may be waited for. */
export function isExternal(promise: Tagged, mode: Mode): boolean {
  if (promise.tags["resonate:external"] === "true" || targetOf(promise) !== undefined || isTimer(promise)) return true;
  return mode === "compat" && promise.tags["resonate:scope"] === "global";
}

const SCHEMES: Readonly<Record<Mode, RegExp>> = {
  strict: /^(?:https?:\/\/|poll:\/\/.*@)/su,
  compat: /^(?:https?:\/\/|nats:\/\/|poll:\/\/.*@)/su,
};

export function isDeliverable(address: string, mode: Mode): boolean {
  return SCHEMES[mode].test(address);
}

/** How a deadline settles the promise. */
export function verdictOf(promise: Tagged): PromiseState {
  return isTimer(promise) ? "resolved" : "rejected_timedout";
}

/** Whether the promise is stored settled, whatever its deadline says. */
export function isSettled(promise: { readonly state: PromiseState }): boolean {
  return promise.state !== "pending";
}

/** Whether the promise is pending at `now`: a deadline that has come has settled it, written or not. */
export function isLive(promise: DurablePromise, now: Instant): boolean {
  return !isSettled(promise) && promise.timeoutAt > now;
}

/** The state of the promise as read at `now`. */
export function stateAt(promise: DurablePromise, now: Instant): PromiseState {
  return isSettled(promise) || isLive(promise, now) ? promise.state : verdictOf(promise);
}

/** The instant that a delay tag stands for: a decimal number, and anything else character by character (protocol 12, row 12). */
export function delayOf(text: string): Instant {
  return [...text].reduce((value, character) => value * 10 + Math.max(0, (character.codePointAt(0) ?? 0) - 48), 0);
}
