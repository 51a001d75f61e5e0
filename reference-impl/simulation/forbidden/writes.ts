import type { CommitNote } from "../../algorithm/note.js";
import type { Stored } from "../../algorithm/stored.js";
import { encodeDocument } from "../../kernel/codec.js";
import type { Document } from "../../kernel/model.js";
import { originOf } from "../../kernel/origin.js";
import type { Observation, ObservedEffect } from "../observation.js";
import type { Detector, Watch } from "./detector.js";
import { appliedWrite, type Ledger } from "./ledger.js";

type Write = Extract<ObservedEffect, { op: "kv.cas" }>;

/** A write of a document with what the algorithm says of it; null for any other observation. */
function writeOf(o: Observation): { readonly write: Write; readonly note: CommitNote } | null {
  if (o.kind !== "effect" || o.op !== "kv.cas" || o.effect.note?.kind !== "commit") return null;
  return { write: o, note: o.effect.note };
}

function isSame(a: Document, b: Document): boolean {
  return a === b || encodeDocument(a) === encodeDocument(b);
}

/** Whether the note tells all of the change: an advance and a flush are no steps of the machine. */
function isTold({ purpose }: CommitNote): boolean {
  return purpose === "turn" || purpose === "occurrence";
}

function blindWrite(): Watch {
  return (o, ledger) => {
    const found = writeOf(o);
    if (found === null) return undefined;
    const { key, expected } = found.write.effect;
    const isKnown = ledger
      .before(found.write)
      .some(
        (done) =>
          (done.op === "kv.get" && done.effect.key === key && done.answer.revision === expected) ||
          (done.op === "kv.cas" &&
            done.effect.key === key &&
            done.answer.outcome === "committed" &&
            done.answer.revision === expected),
      );
    return isKnown ? null : `${key} is written at revision ${expected}, which this turn never saw`;
  };
}

function replayedDecision(): Watch {
  return (o, ledger) => {
    const found = writeOf(o);
    if (found === null) return undefined;
    const { note } = found;
    const { key, expected, value } = found.write.effect;
    if (note.basis !== expected) return `${key}: decided from revision ${note.basis}, written at ${expected}`;
    const basis = ledger.version(key, expected)?.document;
    if (!isTold(note) || basis === undefined) return null;
    const start = note.steps[0]?.before ?? value.document;
    return isSame(start, basis) ? null : `${key}: the decision at revision ${expected} is not made from its document`;
  };
}

function hadConflict({ effect }: Write, before: readonly ObservedEffect[]): boolean {
  return before.some(
    (done) => done.op === "kv.cas" && done.effect.key === effect.key && done.answer.outcome !== "committed",
  );
}

/** What the steps of the turn made of the document is not what is written; null if it is. */
function patched({ effect }: Write, note: CommitNote, ledger: Ledger): string | null {
  const made = note.steps.at(-1)?.after ?? ledger.version(effect.key, effect.expected)?.document;
  if (made === undefined || isSame(made, effect.value.document)) return null;
  return `${effect.key}: what follows revision ${effect.expected} is not what its turn decided`;
}

function patchedAfterConflict(): Watch {
  return (o, ledger) => {
    const found = writeOf(o);
    if (found === null || !isTold(found.note)) return undefined;
    if (!hadConflict(found.write, ledger.before(found.write))) return undefined;
    return patched(found.write, found.note, ledger);
  };
}

function partialTurn(): Watch {
  return (o, ledger) => {
    const found = writeOf(o);
    if (found === null || !isTold(found.note) || found.write.truth.written === null) return undefined;
    return patched(found.write, found.note, ledger);
  };
}

function clockRegression(): Watch {
  return (o, ledger) => {
    const write = appliedWrite(o);
    const before = write === null ? null : ledger.newest(write.key);
    if (write === null || before === null) return undefined;
    return write.value.hw >= before.hw ? null : `${write.key}: high-water mark ${write.value.hw} after ${before.hw}`;
  };
}

function splitGuard(): Watch {
  return (o, ledger) => {
    const found = writeOf(o);
    const by = found?.note.steps[0]?.by;
    if (found === null || by === undefined || !("kind" in by)) return undefined;
    if (by.kind !== "task.fence" && by.kind !== "task.suspend") return undefined;
    const ids = by.kind === "task.fence" ? [by.data.action.data.id] : by.data.actions.map(({ data }) => data.awaited);
    const isAcross = ids.some((id) => originOf(id) !== originOf(by.data.id));
    const status = found.note.response?.status;
    if (isAcross && status !== 400)
      return `${by.kind} of ${by.data.id} spans ${ids.join(", ")} and is answered ${status}`;
    const { key } = found.write.effect;
    const others = ledger.before(found.write).filter((done) => done.op === "kv.cas" && done.effect.key !== key);
    return others.length === 0 ? null : `${by.kind} of ${by.data.id} writes ${key} and another document`;
  };
}

function oversizeAfterArm(): Watch {
  return (o, ledger) => {
    const found = writeOf(o);
    if (found === null) return undefined;
    const armed = ledger.before(found.write).some((done) => done.op === "timer.set");
    if (found.write.answer.outcome === "too-large") {
      return `${found.write.effect.key} is refused for its size ${armed ? "after a timer was armed" : "by the platform"}`;
    }
    return armed ? null : undefined;
  };
}

/** The schedule of a schedule's document. */
function scheduleOf(stored: Stored | null) {
  return stored?.kind === "schedule" ? stored.document.schedules.get(stored.subject) : undefined;
}

function advanceBeforeFire(): Watch {
  return (o, ledger) => {
    const found = writeOf(o);
    if (found === null || found.write.truth.written === null) return undefined;
    const { key, value, expected } = found.write.effect;
    const { occurrence } = found.note;
    if (occurrence !== null) {
      const intent = `${scheduleKey(ledger, occurrence.schedule)}@${occurrence.at}`;
      return ledger.intents.has(intent)
        ? null
        : `the occurrence ${occurrence.at} of ${occurrence.schedule} was not intended`;
    }
    const before = ledger.version(key, expected);
    const [old, now] = [scheduleOf(before), scheduleOf(value)];
    if (old === undefined || now === undefined || now.nextRunAt === old.nextRunAt) return undefined;
    const intent = before?.intent ?? null;
    if (intent === null) return `${key} advances from ${old.nextRunAt} without an intent`;
    const made = [...ledger.keys.keys()].some((other) => ledger.newest(other)?.document.promises.has(intent.promise));
    return made ? null : `${key} advances from ${old.nextRunAt}, and ${intent.promise} is not committed`;
  };
}

/** The key under which the schedule is kept, whatever it is made from. */
function scheduleKey(ledger: Ledger, id: string): string {
  for (const key of ledger.keys.keys()) {
    const newest = ledger.newest(key);
    if (newest?.kind === "schedule" && newest.subject === id) return key;
  }
  return id;
}

export const WRITE_DETECTORS: readonly Detector[] = [
  {
    name: "blind-write",
    tag: "MAP-CAS",
    meaning: "a write of a document without an expected revision that was read",
    start: blindWrite,
  },
  {
    name: "replayed-decision",
    tag: "MAP-RE-DECIDE",
    meaning: "a commit whose decision was computed from another revision than the one it names",
    start: replayedDecision,
  },
  {
    name: "patched-after-conflict",
    tag: "MAP-RE-DECIDE",
    meaning: "effects of a failed attempt applied to a newer document",
    start: patchedAfterConflict,
  },
  {
    name: "partial-turn",
    tag: "MAP-CAS",
    meaning: "some effects of a turn persisted, others not",
    start: partialTurn,
  },
  {
    name: "clock-regression",
    tag: "MAP-HIGH-WATER",
    meaning: "a commit with a high-water mark below the previous revision's",
    start: clockRegression,
  },
  {
    name: "split-guard",
    tag: "MAP-SPAN",
    meaning: "guard and write of one fence or suspend in different documents",
    start: splitGuard,
  },
  {
    name: "oversize-after-arm",
    tag: "MAP-SIZE-FIRST",
    meaning: "a commit refused for size after its side effects",
    start: oversizeAfterArm,
  },
  {
    name: "advance-before-fire",
    tag: "MAP-ADVANCE-WAITS",
    meaning:
      "a schedule advanced before its occurrence is committed, or an occurrence created without a committed intent",
    start: advanceBeforeFire,
  },
];
