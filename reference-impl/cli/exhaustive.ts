import type { Serve } from "../algorithm/serving.js";
import { explore } from "../simulation/exhaustive/explore.js";
import { smallConfiguration } from "../simulation/exhaustive/small.js";
import { thousands, wrapped } from "./table.js";

/** States that an exploration may visit: four times as many as the small configuration has. */
const MOST_STATES = 100_000;

/** Explores the small configuration; gives the lines to print and the exit code. */
export function exploreSmall(serve: Serve): { readonly lines: readonly string[]; readonly code: number } {
  const { states, schedules, ends, complete, broken } = explore(smallConfiguration(serve), MOST_STATES);
  const bound =
    "One origin, two servers, two clients that race for one task, at most one of stale read, conflict, unknown outcome, crash and second delivery. Time stands still.";
  const counted = `${thousands(states)} states, ${ends} ends${broken === null ? `, ${schedules} schedules` : ""}`;
  if (broken === null) {
    const verdict = complete ? "Complete within the bound: no violation" : "Not complete: the limit was reached";
    return { lines: [...wrapped(bound, ""), "", counted, verdict], code: complete ? 0 : 1 };
  }
  const moves = broken.moves.map((move) => `  ${move}`);
  const message = broken.message.slice(0, 600).replaceAll(/\S{72}/g, "$& ");
  return {
    lines: [...wrapped(bound, ""), "", counted, `Broken: ${broken.judge}`, ...wrapped(message, "  "), "", ...moves],
    code: 1,
  };
}
