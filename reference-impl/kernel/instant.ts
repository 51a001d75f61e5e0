import type { Duration, Instant } from "./model.js";

/** Later than every instant that is used: what is due then never is. */
export const NEVER: Instant = Number.MAX_SAFE_INTEGER;

/** The instant `duration` after `from`; `NEVER` if that is no exact number any more. */
export function after(from: Instant, duration: Duration): Instant {
  const sum = from + duration;
  return sum < NEVER ? sum : NEVER;
}
