import type { Instant } from "../kernel/model.js";
import type { Response } from "../kernel/request.js";
import type { ClockReading } from "../platform/effects.js";
import { arm, missing, wakeUp } from "./arming.js";
import { type Decision, isStateless, type Job } from "./job.js";
import type { CommitNote } from "./note.js";
import { because, perform } from "./perform.js";
import { keyOf } from "./place.js";
import type { Serving } from "./serving.js";
import type { ServerSettings } from "./settings.js";
import { freshAt, isOf, type Stored } from "./stored.js";
import { type Basis, fitting } from "./successor.js";

export interface CommittedResult {
  readonly outcome: "committed";
  readonly stored: Stored;
  readonly revision: number;
  readonly decision: Decision;
  /** Whether a timer had to be armed. */
  readonly armed: boolean;
}

export type TurnResult =
  | CommittedResult
  /** The answer stands without this attempt: it was committed before, or nothing was and it depends on nothing. */
  | { readonly outcome: "answered"; readonly response: Response }
  /** `doubt`: some write of this turn may have happened, or may still. */
  | { readonly outcome: "abandoned"; readonly doubt: boolean; readonly why: string }
  /** A timer came before its instant and found nothing due. */
  | { readonly outcome: "early" }
  /** The clock of this process is too far ahead to decide anything. */
  | { readonly outcome: "ahead" };

type Attempt = TurnResult | { readonly outcome: "conflict" } | { readonly outcome: "unknown" };

/**
 * The timer that an earlier attempt of the turn armed. A later attempt relies on it as on the document's own: if each armed
 * one for itself, a turn that meets conflicts would leave a timer per attempt, and each of these starts a turn again.
 */
interface Held {
  at: Instant | null;
}

/** The rule that asks for each kind of write. */
const RULES = {
  turn: "MAP-CAS",
  flush: "MAP-DROP-PUBLISHED",
  intent: "MAP-INTENT",
  occurrence: "MAP-OCCURRENCE",
  advance: "MAP-ADVANCE",
} as const;

/**
 * Takes a turn: reads, decides, arms, commits, and after a conflict or an unknown outcome again from the start, with a
 * fresh read and a fresh `now`. Whatever it answers was true of the newest revision at the time of the commit.
 */
export function* takeTurn(job: Job, settings: ServerSettings): Serving<TurnResult> {
  let doubt = false;
  let until: Instant | null = null;
  const held: Held = { at: null };
  for (let attempt = 1; attempt <= settings.attempts; attempt += 1) {
    const clock = yield* perform({ op: "clock.read", note: because("MAP-NOW", job.turn) });
    if (isAhead(clock, settings)) return doubt ? abandoned(doubt, "the clock is ahead") : { outcome: "ahead" };
    until ??= clock.now + settings.patience;
    if (clock.now > until) break;
    // Instants are whole milliseconds: a deadline is not reached before its millisecond.
    const result = yield* tryTurn(job, Math.floor(clock.now), attempt, held, settings);
    if (result.outcome === "unknown") doubt = true;
    else if (result.outcome !== "conflict") return settled(result, doubt);
  }
  return abandoned(doubt, "the document is written too often");
}

/** An attempt that wrote nothing says nothing about the earlier one whose outcome is unknown. */
function settled(result: TurnResult, doubt: boolean): TurnResult {
  if (!doubt) return result;
  if (result.outcome === "abandoned") return abandoned(doubt, result.why);
  const isRefused = result.outcome === "answered" && isStateless(result.response);
  return isRefused ? abandoned(doubt, "an earlier write may have happened") : result;
}

function* tryTurn(job: Job, clock: Instant, attempt: number, held: Held, settings: ServerSettings): Serving<Attempt> {
  const { place, turn } = job;
  const key = keyOf(place);
  const { value, revision } = yield* perform({ op: "kv.get", key, note: because("MAP-RE-DECIDE", turn) });
  const stored = value ?? freshAt(place);
  if (!isOf(stored, place)) return abandoned(false, "the document is another's");
  const known = stored.turns.find((committed) => committed.turn === turn);
  if (known !== undefined) return { outcome: "answered", response: known.response };
  // An occurrence was decided by another document's mark: it is born at its instant, whatever this clock shows.
  const now = Math.max(clock, stored.hw, job.occurrence?.at ?? 0);
  if (job.prepare !== null && !(yield* job.prepare(stored))) return abandoned(false, "an occurrence is not made yet");

  const basis = { stored, revision, now };
  const made = fitting(job, basis, settings);
  if (!made.fits) {
    return made.response === null
      ? abandoned(false, "the document has no room")
      : { outcome: "answered", response: made.response };
  }
  const { decision } = made;
  if (isEarly(job, basis, decision)) return { outcome: "early" };

  const wake = wakeUp(made.next, decision, settings);
  const at = missing(stored, wake, now);
  const isHeld = at !== null && held.at !== null && held.at > now && held.at <= at;
  if (at !== null && !isHeld) {
    if (!(yield* arm(place, at, turn))) return abandoned(false, "no timer was confirmed");
    held.at = at;
  }

  const next = at === null ? made.next : { ...made.next, armedAt: held.at };
  const note = commitNote(job, basis, decision, attempt);
  const answer = yield* perform({ op: "kv.cas", key, value: next, expected: revision, note });
  if (answer.outcome === "too-large") return abandoned(false, "the platform refused the document's size");
  if (answer.outcome !== "committed") return answer;
  return { outcome: "committed", stored: next, revision: answer.revision, decision, armed: at !== null };
}

function isAhead({ now, platform }: ClockReading, { drift }: ServerSettings): boolean {
  return platform !== null && now - platform > drift;
}

function isEarly({ timer }: Job, { stored, now }: Basis, { document, intent }: Decision): boolean {
  return timer !== null && timer > now && document === stored.document && intent === stored.intent;
}

function abandoned(doubt: boolean, why: string): Extract<TurnResult, { outcome: "abandoned" }> {
  return { outcome: "abandoned", doubt, why };
}

function commitNote(job: Job, { stored, revision, now }: Basis, decision: Decision, attempt: number): CommitNote {
  const { turn, occurrence } = job;
  const { document, purpose, steps, response } = decision;
  const rule = document === stored.document && purpose === "turn" ? "MAP-FENCE" : RULES[purpose];
  return { kind: "commit", rule, turn, attempt, purpose, basis: revision, now, steps, response, occurrence };
}
