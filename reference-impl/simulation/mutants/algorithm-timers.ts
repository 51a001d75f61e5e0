import type { Mutant } from "./mutant.js";

/** Defects of timers, messages and schedules. */
export const TIMER_MUTANTS: readonly Mutant[] = [
  {
    name: "nothing-is-armed",
    file: "algorithm/turn.ts",
    from: "const at = missing(stored, wake, now);",
    to: "const at = null;",
    breaks: ["commit-before-arm"],
    why: "Sleeping workflows never wake.",
  },
  {
    name: "timer-is-armed-after-the-commit",
    file: "algorithm/turn.ts",
    from: `    if (!(yield* arm(place, at, turn))) return abandoned(false, "no timer was confirmed");
    held.at = at;
  }

  const next = at === null ? made.next : { ...made.next, armedAt: held.at };
  const note = commitNote(job, basis, decision, attempt);
  const answer = yield* perform({ op: "kv.cas", key, value: next, expected: revision, note });`,
    to: `    held.at = at;
  }

  const next = at === null ? made.next : { ...made.next, armedAt: held.at };
  const note = commitNote(job, basis, decision, attempt);
  const answer = yield* perform({ op: "kv.cas", key, value: next, expected: revision, note });
  if (at !== null && !isHeld) yield* arm(place, at, turn);`,
    breaks: ["commit-before-arm"],
    why: "A crash between commit and arming leaves the origin asleep for ever.",
  },
  {
    name: "unconfirmed-timer-is-relied-on",
    file: "algorithm/turn.ts",
    from: "if (!(yield* arm(place, at, turn))) return abandoned",
    to: "if ((yield* arm(place, at, turn)) === null) return abandoned",
    breaks: ["commit-before-arm"],
    why: "A document relies on a timer that the platform never took.",
  },
  {
    name: "passed-timer-is-relied-on",
    file: "algorithm/arming.ts",
    from: "const isArmed = armedAt !== null && armedAt > now;",
    to: "const isArmed = armedAt !== null && armedAt > now - 3_600_000;",
    breaks: ["timer-acked-unarmed"],
    why: "A document relies on a timer that has come and gone.",
  },
  {
    name: "later-timer-counts-as-cover",
    file: "algorithm/arming.ts",
    from: "(isArmed && armedAt <= wake)",
    to: "isArmed",
    breaks: ["commit-before-arm"],
    why: "A short lease waits for the timer of a long deadline.",
  },
  {
    name: "one-timer-for-an-origin",
    file: "algorithm/arming.ts",
    from: 'const answer = yield* perform({ op: "timer.set", name, subject: name, at, note });',
    to: 'const answer = yield* perform({ op: "timer.set", name: keyOf(place), subject: name, at, note });',
    breaks: ["timer-overwritten", "relax-before-commit"],
    why: "A turn that arms a later instant replaces the timer that another turn's commit relies on.",
  },
  {
    name: "messages-need-no-wake-up",
    file: "algorithm/arming.ts",
    from: "document.outbox.size === 0 ? NEVER : hw + pause",
    to: "NEVER",
    breaks: ["commit-before-arm"],
    why: "A crash before publication leaves a listener waiting for ever.",
  },
  {
    name: "unfenced-timer-is-dropped",
    file: "algorithm/turn.ts",
    from: 'if (isEarly(job, basis, decision)) return { outcome: "early" };',
    to: `if (isEarly(job, basis, decision)) return { outcome: "early" };
  if (job.timer !== null && decision.document === stored.document) return { outcome: "committed", stored: made.next, revision, decision, armed: false };`,
    breaks: ["stale-nothing-due"],
    why: "A timer that read an old document is dropped, and with it what it was armed for.",
  },
  {
    name: "timer-is-acknowledged-before-the-commit",
    file: "algorithm/due.ts",
    from: "    const result = yield* emptyTurn(place, delivery, timer.at, settings);",
    to: `    yield* perform({ op: "timer.ack", delivery, note: because("MAP-TIMER-ACK", delivery) });
    const result = yield* emptyTurn(place, delivery, timer.at, settings);`,
    breaks: ["timer-acked-unarmed"],
    why: "A crash between acknowledgement and commit ends the chain of timers.",
  },
  {
    name: "timer-of-a-failed-turn-is-acknowledged",
    file: "algorithm/due.ts",
    from: 'if (result.outcome !== "committed") return { kind: "timer", acknowledged: false };',
    to: `if (result.outcome !== "committed") {
      yield* perform({ op: "timer.ack", delivery, note: because("MAP-TIMER-ACK", delivery) });
      return { kind: "timer", acknowledged: true };
    }`,
    breaks: ["stale-nothing-due", "timer-acked-unarmed"],
    why: "The chain of timers ends with the first conflict that is not resolved in time.",
  },
  {
    name: "early-timer-is-acknowledged",
    file: "algorithm/due.ts",
    from: 'if (result.outcome !== "committed") return { kind: "timer", acknowledged: false };',
    to: `if (result.outcome === "early") {
      yield* perform({ op: "timer.ack", delivery, note: because("MAP-TIMER-ACK", delivery) });
      return { kind: "timer", acknowledged: true };
    }
    if (result.outcome !== "committed") return { kind: "timer", acknowledged: false };`,
    breaks: ["timer-acked-unarmed", "stale-nothing-due"],
    settings: { sites: ["timer-early"], swarm: false },
    why: "A timer that came too early is gone when its instant comes.",
  },
  {
    name: "messages-are-published-before-the-commit",
    file: "algorithm/turn.ts",
    from: "const note = commitNote(job, basis, decision, attempt);",
    to: `const note = commitNote(job, basis, decision, attempt);
  for (const { message } of decision.messages) {
    const data = message.kind === "execute" ? { task: message.task } : { promise: message.promise };
    yield* perform({ op: "queue.publish", address: message.address, body: { kind: message.kind, head: {}, data }, note: because("MAP-PUBLISH", turn) });
  }`,
    breaks: ["publish-before-commit"],
    why: "A worker is offered a task, or a listener told of a settlement, that is never committed.",
  },
  {
    name: "unconfirmed-message-is-dropped",
    file: "algorithm/outbox.ts",
    from: 'return answer === "confirmed" ||',
    to: "return true ||",
    breaks: ["drop-before-publish"],
    settings: { sites: ["set-unknown"], swarm: false },
    why: "A listener that could not be reached is never told.",
  },
  {
    name: "schedule-advances-first",
    file: "algorithm/schedule.ts",
    from: "if (stored.intent === null || schedule === undefined) return true;",
    to: "if (stored.intent === null || schedule === undefined || settings.bound > 0) return true;",
    breaks: ["advance-before-fire"],
    why: "A crash skips an occurrence.",
  },
  {
    name: "failed-occurrence-is-passed",
    file: "algorithm/schedule.ts",
    from: 'if (result.outcome !== "committed") return false;',
    to: 'if (result.outcome !== "committed") return true;',
    breaks: ["advance-before-fire"],
    settings: { workload: "schedules", sites: ["set-unknown", "cas-unknown-lost"], swarm: false },
    why: "An occurrence whose document could not be written is skipped.",
  },
  {
    name: "occurrence-is-not-intended",
    file: "algorithm/schedule.ts",
    from: `  if (stored.intent === null || schedule === undefined) return true;
  const job = occurrenceJob(place, schedule, stored.intent, settings);`,
    to: `  if (schedule === undefined) return true;
  const next = { at: schedule.nextRunAt, promise: occurrenceOf(schedule, schedule.nextRunAt, settings.protocol).id };
  const job = occurrenceJob(place, schedule, stored.intent ?? next, settings);`,
    breaks: ["advance-before-fire"],
    why: "An occurrence is created by whoever read the schedule, after its acknowledged deletion too.",
  },
  {
    name: "request-does-not-finish-an-intent",
    file: "algorithm/schedule.ts",
    from: "prepare: (stored) => finishIntent(place, stored, settings),",
    to: "prepare: (stored) => finishIntent(place, request === null ? stored : { ...stored, intent: null }, settings),",
    breaks: ["advance-before-fire"],
    why: "A schedule is deleted, and then fires.",
  },
];
