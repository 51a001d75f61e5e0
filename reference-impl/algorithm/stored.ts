import type { Document, Instant } from "../kernel/model.js";
import { EMPTY_DOCUMENT } from "../kernel/model.js";
import type { Response } from "../kernel/request.js";
import type { Place } from "./place.js";

/** Of the documents that this version writes. */
export const SCHEMA = 1;

/** A turn that was committed to a document, for the case that its outcome stayed unknown or that its request comes again. */
export interface CommittedTurn {
  readonly turn: string;
  /** The `now` that it was decided with. */
  readonly at: Instant;
  /** The answer, with an empty preload. */
  readonly response: Response;
}

/** An occurrence that a schedule is about to create. */
export interface Intent {
  /** The instant of the occurrence. */
  readonly at: Instant;
  /** The id that its promise will have. */
  readonly promise: string;
}

/** What a key holds: all promises and tasks of one origin, or one schedule. */
export interface Stored {
  /** Version of this form. */
  readonly schema: number;
  readonly kind: "origin" | "schedule";
  /** The origin, or the id of the schedule: whoever reads the document makes sure that it is the one meant. */
  readonly subject: string;
  readonly document: Document;
  /** High-water mark of the clock: the largest `now` that was ever committed here. 0 before the first. */
  readonly hw: Instant;
  /** The instant of the timer that the document relies on; null if it relies on none. */
  readonly armedAt: Instant | null;
  /** Every message up to this sequence was published, or replaced by a later one. */
  readonly cursor: number;
  /** The last turns that answered a request which can change the document, refusals too, oldest first. */
  readonly turns: readonly CommittedTurn[];
  /** Of a schedule: the occurrence whose creation is decided and not yet known to be done. */
  readonly intent: Intent | null;
  /** How many timers in a row found messages that could not be published: they are tried more and more seldom. */
  readonly stalled: number;
  /** The revision that this document was decided from and a digest of what it held: tells a history that forked. */
  readonly previous: { readonly revision: number; readonly digest: string };
}

/** What a place that was never written holds. */
export function freshAt({ kind, subject }: Place): Stored {
  return {
    schema: SCHEMA,
    kind,
    subject,
    document: EMPTY_DOCUMENT,
    hw: 0,
    armedAt: null,
    cursor: 0,
    turns: [],
    intent: null,
    stalled: 0,
    previous: { revision: 0, digest: "" },
  };
}

/** Whether the document is the one of the place, in a form that this version knows. */
export function isOf(stored: Stored, { kind, subject }: Place): boolean {
  return stored.schema === SCHEMA && stored.kind === kind && stored.subject === subject;
}
