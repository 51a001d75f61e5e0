import { keyOf, placeAt } from "../../algorithm/place.js";
import type { ServerSettings } from "../../algorithm/settings.js";
import { parseTimer } from "../../algorithm/wire.js";
import type { Observation, ObservedEffect } from "../observation.js";
import type { Detector, Seen, Watch } from "./detector.js";
import type { Ledger } from "./ledger.js";
import { deadlineOf, isCovered } from "./wake-up.js";

/** The key that the acknowledged timer is about, and the timer's name; null for any other observation. */
function acknowledged(o: Observation, ledger: Ledger): { readonly key: string; readonly name: string } | null {
  if (o.kind !== "effect" || o.op !== "timer.ack") return null;
  const incoming = ledger.executions.get(o.execution)?.incoming;
  if (incoming?.kind !== "timer") return null;
  const name = incoming.delivery.body.subject;
  const key = parseTimer(name)?.key;
  return key === undefined || placeAt(key) === null ? null : { key, name };
}

/** A write whose outcome was told unknown may take place as long as its revision is the newest. */
function mayLand({ answer, truth, effect }: Extract<ObservedEffect, { op: "kv.cas" }>): boolean {
  return answer.outcome === "unknown" && truth.revision === effect.expected;
}

function commitBeforeArm(settings: ServerSettings): Watch {
  return (o, ledger) => {
    const write =
      o.kind === "landed"
        ? o
        : o.kind === "effect" && o.op === "kv.cas" && (o.truth.written !== null || mayLand(o))
          ? o.effect
          : null;
    if (write === null) return undefined;
    const deadline = deadlineOf(write.value, settings);
    if (deadline === null) return undefined;
    if (isCovered(ledger, write.key, deadline)) return null;
    return `${write.key} is committed and needs a timer by ${deadline}, which nobody armed`;
  };
}

function relaxBeforeCommit(settings: ServerSettings): Watch {
  return (o, ledger) => {
    if (o.kind !== "effect" || o.op !== "timer.set") return undefined;
    const { name, at } = o.effect;
    const live = ledger.timers.get(name);
    if (live === undefined)
      return ledger.timersOf(parseTimer(o.effect.subject)?.key ?? "").length > 0 ? null : undefined;
    const newest = ledger.newest(live.key);
    const deadline = newest === null ? null : deadlineOf(newest, settings);
    if (at <= live.at || deadline === null || isCovered(ledger, live.key, deadline, name)) return null;
    return `${name} is put off from ${live.at} to ${at}, and the committed document needs it by ${deadline}`;
  };
}

function timerOverwritten(): Watch {
  return (o, ledger) => {
    if (o.kind !== "effect" || o.op !== "timer.set") return undefined;
    const { name, at, note } = o.effect;
    const live = ledger.timers.get(name);
    if (live === undefined)
      return ledger.timersOf(parseTimer(o.effect.subject)?.key ?? "").length > 0 ? null : undefined;
    if (at <= live.at || live.turn === note?.turn) return null;
    return `${name}, armed for ${live.at} by ${live.turn}, is replaced by ${at} of ${note?.turn}`;
  };
}

function timerAckedUnarmed(settings: ServerSettings): Watch {
  return (o, ledger) => {
    const acked = acknowledged(o, ledger);
    const newest = acked === null ? null : ledger.newest(acked.key);
    if (acked === null || newest === null) return undefined;
    const deadline = deadlineOf(newest, settings);
    if (deadline === null) return undefined;
    // One that was set under the same name after this delivery is another timer.
    const live = ledger.timers.get(acked.name);
    const started = ledger.executions.get(o.kind === "effect" ? o.execution : -1)?.step ?? 0;
    const except = live !== undefined && live.step <= started ? acked.name : null;
    if (isCovered(ledger, acked.key, deadline, except)) return null;
    return `${acked.name} is acknowledged, and ${acked.key} needs a timer by ${deadline}, which nobody armed`;
  };
}

function staleNothingDue(): Watch {
  return (o, ledger): Seen => {
    const acked = acknowledged(o, ledger);
    if (acked === null || o.kind !== "effect") return undefined;
    const effects = [...(ledger.executions.get(o.execution)?.turns.values() ?? [])].flat();
    const isFenced = effects.some(
      (done) => done.op === "kv.cas" && done.effect.key === acked.key && done.answer.outcome === "committed",
    );
    return isFenced ? null : `${acked.name} is dropped after a read that no commit fenced`;
  };
}

function wrongDocument(): Watch {
  return (o, ledger) => {
    if (o.kind !== "effect" || o.op !== "kv.cas") return undefined;
    const { key, value, expected } = o.effect;
    if (keyOf(value) !== key) return `${key} is written with the document of ${value.kind} ${value.subject}`;
    const before = ledger.version(key, expected);
    if (before !== null && before.subject !== value.subject) return `${key} held the document of ${before.subject}`;
    if (value.kind === "schedule") return null;
    if (rootOf(value.subject) !== value.subject) return `${value.subject} is no origin, and has a document`;
    for (const id of value.document.promises.keys()) {
      if (before?.document.promises.has(id) === true) continue;
      if (rootOf(id) !== value.subject) return `${id} is kept in the document of ${value.subject}`;
    }
    return null;
  };
}

/** What stands before the first colon. Said here once more, so that a wrong rule is not judged by itself. */
function rootOf(id: string): string {
  return id.split(":", 1)[0] ?? "";
}

export const TIMER_DETECTORS: readonly Detector[] = [
  {
    name: "commit-before-arm",
    tag: "MAP-ARM-FIRST",
    meaning: "a commit whose next wake-up is earlier than every confirmed timer of that origin",
    start: commitBeforeArm,
  },
  {
    name: "relax-before-commit",
    tag: "MAP-ARM-FIRST",
    meaning: "a timer cancelled or postponed while the commit that allows it is not confirmed",
    start: relaxBeforeCommit,
  },
  {
    name: "timer-overwritten",
    tag: "MAP-TIMER-NAME",
    meaning: "a confirmed timer replaced by a later one that another turn posted",
    start: timerOverwritten,
  },
  {
    name: "timer-acked-unarmed",
    tag: "MAP-TIMER-ACK",
    meaning: "a timer acknowledged while the document has a need and no confirmed timer",
    start: timerAckedUnarmed,
  },
  {
    name: "stale-nothing-due",
    tag: "MAP-TIMER-NOTHING",
    meaning: "a timer dropped because of an unfenced read",
    start: staleNothingDue,
  },
  {
    name: "wrong-document",
    tag: "MAP-KEY-FOREIGN",
    meaning: "a turn on a document whose stored origin differs from the ids' origin",
    start: wrongDocument,
  },
];
