import type { Document, OutboxEntry } from "../kernel/model.js";
import type { Publication } from "../platform/effects.js";
import type { CommitNote } from "./note.js";
import { because, perform } from "./perform.js";
import { keyOf, type Place } from "./place.js";
import type { Serving } from "./serving.js";
import type { Stored } from "./stored.js";
import type { CommittedResult } from "./turn.js";
import { digestOf } from "./weight.js";
import { messageBody } from "./wire.js";

/** A committed document and which of its messages are to be published. */
export interface Flush {
  readonly place: Place;
  readonly turn: string;
  readonly stored: Stored;
  readonly revision: number;
  readonly entries: readonly OutboxEntry[];
}

/** The messages of the turn itself: what earlier turns left is tried again at the next timer. */
export function ownMessages(place: Place, turn: string, { stored, revision, decision }: CommittedResult): Flush {
  return { place, turn, stored, revision, entries: decision.messages };
}

/** All messages that wait. */
export function allMessages(place: Place, turn: string, { stored, revision }: CommittedResult): Flush {
  const entries = [...stored.document.outbox.values()].sort((a, b) => a.sequence - b.sequence);
  return { place, turn, stored, revision, entries };
}

/**
 * Publishes, then takes out of the document what was published: by one compare-and-set, which is not tried again. If it
 * fails, the messages are published once more when the timer of the document comes, which is harmless.
 *
 * Returns how many messages were dealt with.
 */
export function* flush({ place, turn, stored, revision, entries }: Flush): Serving<number> {
  const done = new Set<number>();
  for (const { sequence, message } of entries) {
    const note = because("MAP-PUBLISH", turn);
    const { address } = message;
    const answer = yield* perform({ op: "queue.publish", address, body: messageBody(message), note });
    if (isDone(message.kind, answer)) done.add(sequence);
  }
  if (done.size === 0) return 0;
  const value = without(stored, done, revision);
  const note = flushNote(turn, revision, stored);
  yield* perform({ op: "kv.cas", key: keyOf(place), value, expected: revision, note });
  return done.size;
}

/** The dispatch of a task is repeated until somebody acquires it; nothing repeats an unblock. */
function isDone(kind: "execute" | "unblock", answer: Publication): boolean {
  return answer === "confirmed" || (kind === "execute" && answer === "undeliverable");
}

function without(stored: Stored, done: ReadonlySet<number>, revision: number): Stored {
  const outbox = new Map([...stored.document.outbox].filter(([, { sequence }]) => !done.has(sequence)));
  const document = { ...stored.document, outbox };
  return {
    ...stored,
    document,
    cursor: Math.max(stored.cursor, cursorOf(document)),
    previous: { revision, digest: digestOf(stored) },
  };
}

/** The sequence before the first message that waits. */
function cursorOf({ outbox, sequence }: Document): number {
  return Math.min(sequence, ...[...outbox.values()].map((entry) => entry.sequence - 1));
}

function flushNote(turn: string, basis: number, { hw }: Stored): CommitNote {
  return {
    kind: "commit",
    rule: "MAP-DROP-PUBLISHED",
    turn,
    attempt: 1,
    purpose: "flush",
    basis,
    now: hw,
    steps: [],
    response: null,
    occurrence: null,
  };
}
