import type { Delivery } from "../platform/effects.js";
import { originJob } from "./origin.js";
import { allMessages, flush } from "./outbox.js";
import { because, perform } from "./perform.js";
import { type Place, PREFIXES, placeAt } from "./place.js";
import { takeScheduleTurns } from "./schedule.js";
import type { Served, Serving } from "./serving.js";
import type { ServerSettings } from "./settings.js";
import { type TurnResult, takeTurn } from "./turn.js";
import { parseTimer, type TimerBody } from "./wire.js";

/**
 * Serves one delivery of a timer: takes the turn that is due, whatever the timer was armed for. It is acknowledged only
 * after a commit at or after its instant, even if nothing was due: a commit that relies on it and is still under way
 * fails then and arms again. A timer that came too early is left to come again.
 */
export function* onTimer({ delivery, body }: Delivery<TimerBody>, settings: ServerSettings): Serving<Served> {
  const timer = parseTimer(body.subject);
  const place = timer === null ? null : placeAt(timer.key);
  if (timer !== null && place !== null) {
    const result = yield* emptyTurn(place, delivery, timer.at, settings);
    if (result.outcome !== "committed") return { kind: "timer", acknowledged: false };
    yield* flush(allMessages(place, delivery, result));
    if (timer.at > result.stored.hw) return { kind: "timer", acknowledged: false };
  }
  yield* perform({ op: "timer.ack", delivery, note: because("MAP-TIMER-ACK", delivery) });
  return { kind: "timer", acknowledged: true };
}

/**
 * Takes an empty turn on every document: fires what is due, arms what is needed, publishes what is left. Repairs whatever
 * was lost with a timer, a queue or a backup.
 */
export function* sweep(settings: ServerSettings): Serving<Served> {
  const report = { seen: 0, armed: 0, flushed: 0, failed: 0 };
  for (const prefix of [PREFIXES.origin, PREFIXES.schedule]) {
    const keys = yield* perform({ op: "kv.list", prefix, note: because("MAP-SWEEP", "sweep") });
    for (const key of keys) {
      const place = placeAt(key);
      if (place === null) continue;
      const turn = `sweep ${key}`;
      const result = yield* emptyTurn(place, turn, null, settings);
      report.seen += 1;
      if (result.outcome !== "committed") report.failed += 1;
      else {
        if (result.armed) report.armed += 1;
        report.flushed += yield* flush(allMessages(place, turn, result));
      }
    }
  }
  return { kind: "sweep", ...report };
}

function emptyTurn(place: Place, turn: string, timer: number | null, settings: ServerSettings): Serving<TurnResult> {
  const cause = { request: null, timer };
  return place.kind === "schedule"
    ? takeScheduleTurns(place, turn, cause, settings)
    : takeTurn(originJob(place, turn, cause, settings), settings);
}
