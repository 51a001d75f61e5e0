import type { ServerSettings } from "../../algorithm/settings.js";
import type { MicroStep } from "../../kernel/machine.js";
import type { Instant } from "../../kernel/model.js";
import type { Detector, Seen, Watch } from "./detector.js";

function twoNows(): Watch {
  return (o, ledger): Seen => {
    if (o.kind !== "effect" || o.op !== "kv.cas" || o.effect.note?.kind !== "commit") return undefined;
    const { note, key, expected, value } = o.effect;
    if (note.purpose === "flush") return undefined;
    const before = ledger.before(o);
    const last = before.findLastIndex((done) => done.op === "kv.cas");
    const clocks = before.slice(last + 1).flatMap((done) => (done.op === "clock.read" ? [done.answer.now] : []));
    const [clock] = clocks;
    if (clocks.length !== 1 || clock === undefined)
      return `${note.turn} reads its clock ${clocks.length} times before ${key}`;
    const basis = expected === 0 ? 0 : ledger.version(key, expected)?.hw;
    // An occurrence is not born before its instant, whatever the clock shows.
    const earliest = Math.max(Math.floor(clock), note.occurrence?.at ?? 0);
    if (basis !== undefined && note.now !== Math.max(earliest, basis)) {
      return `${note.turn} decides on ${key} at ${note.now}; its clock showed ${clock}, the document ${basis}`;
    }
    const other = note.steps.find(({ now }) => now !== note.now);
    if (other !== undefined) return `${note.turn} decides on ${key} at ${note.now} and at ${other.now}`;
    return value.hw === note.now ? null : `${note.turn} decides on ${key} at ${note.now} and stores ${value.hw}`;
  };
}

function earlyStep({ drift }: ServerSettings): Watch {
  return (o): Seen => {
    if (o.kind !== "effect" || o.op !== "kv.cas" || o.effect.note?.kind !== "commit") return undefined;
    const { note, key } = o.effect;
    let seen: Seen;
    for (const step of note.steps) {
      const at = note.occurrence !== null && isFiring(step) ? note.occurrence.at : dueAt(step);
      if (at === null) continue;
      seen = null;
      const name = "step" in step.by ? step.by.step : "";
      if (at > step.now) return `${name} of ${key} is due at ${at} and fired at ${step.now}`;
      if (at > o.time + drift) return `${name} of ${key} is due at ${at} and fired when it was ${o.time}`;
    }
    return seen;
  };
}

function isFiring({ by }: MicroStep): boolean {
  return "step" in by && by.step === "R7";
}

/** When the internal step is due in the document that it starts from; null for a request and for steps without an instant. */
function dueAt({ by, before }: MicroStep): Instant | null {
  if (!("step" in by)) return null;
  switch (by.step) {
    case "R1":
      return before.promises.get(by.promise)?.timeoutAt ?? null;
    case "R5":
      return before.tasks.get(by.task)?.expiresAt ?? null;
    case "R6":
      return before.tasks.get(by.task)?.retryAt ?? null;
    case "R7":
      return before.schedules.get(by.schedule)?.nextRunAt ?? null;
    case "R3":
    case "R4": {
      const promise = before.promises.get(by.promise);
      return promise?.settledAt ?? promise?.timeoutAt ?? null;
    }
  }
}

export const TIME_DETECTORS: readonly Detector[] = [
  {
    name: "two-nows",
    tag: "MAP-NOW",
    meaning: "two clock readings in one attempt, or a reused now in a retry",
    start: twoNows,
  },
  {
    name: "early-step",
    tag: "MAP-TIMER",
    meaning: "an internal step fired before its instant",
    start: earlyStep,
  },
];
