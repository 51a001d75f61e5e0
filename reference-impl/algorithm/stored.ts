import type { Document, Duration, Instant, Settings } from "../kernel/model.js";
import type { Response } from "../kernel/request.js";

/** A turn that was committed to a document, for the case that its outcome stayed unknown or that its request comes again. */
export interface CommittedTurn {
  readonly turn: string;
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
  /** The last few turns that changed the document, oldest first. */
  readonly turns: readonly CommittedTurn[];
  /** Of a schedule: the occurrence whose creation is decided and not yet known to be done. */
  readonly intent: Intent | null;
  /** The revision that this document was decided from and a digest of what it held: tells a history that forked. */
  readonly previous: { readonly revision: number; readonly digest: string };
}

/** The dials of the algorithm. */
export interface ServerSettings {
  readonly protocol: Settings;
  /** Most internal steps of one turn; the rest is for the next one. */
  readonly bound: number;
  /** Most attempts of one turn. */
  readonly attempts: number;
  /** How long a turn is tried again after a conflict, by the clock of the process. */
  readonly patience: Duration;
  /** Most that a timer is armed ahead: a lost one then means delay and not loss. */
  readonly ceiling: Duration;
  /** How soon unpublished messages are tried again after a crash. */
  readonly grace: Duration;
  /** Most that the clock of the process may be ahead of the platform's. */
  readonly drift: Duration;
  /** Most bytes of an encoded document. */
  readonly maxBytes: number;
  /** Bytes of those that only settlements and internal steps may use. */
  readonly reserve: number;
  /** How many committed turns a document remembers. */
  readonly turns: number;
  /** Whether searches are answered; 501 otherwise. */
  readonly search: boolean;
}
