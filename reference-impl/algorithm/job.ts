import type { MicroStep } from "../kernel/machine.js";
import type { Document, Instant, OutboxEntry } from "../kernel/model.js";
import type { RequestKind, Response } from "../kernel/request.js";
import type { CommitNote, Purpose } from "./note.js";
import type { Place } from "./place.js";
import type { Serving } from "./serving.js";
import type { Intent, Stored } from "./stored.js";

/** What the pure machine made of a document at one instant. */
export interface Decision {
  readonly document: Document;
  /** Null if no request was handled. */
  readonly response: Response | null;
  /** Entries that this decision put into the outbox. */
  readonly messages: readonly OutboxEntry[];
  /** When the next internal step is due; null if none will be. */
  readonly nextTimer: Instant | null;
  readonly steps: readonly MicroStep[];
  readonly intent: Intent | null;
  readonly purpose: Purpose;
}

/** One turn that is to be taken. */
export interface Job {
  readonly place: Place;
  /** Identity of the turn: the same at every delivery of what causes it. */
  readonly turn: string;
  /** Of the request that waits for the answer, which is remembered then; null if nobody does. */
  readonly request: RequestKind | null;
  /** Of a timer: the instant it was armed for. */
  readonly timer: Instant | null;
  readonly occurrence: CommitNote["occurrence"];
  /** What has to be done elsewhere before the decision; false if it could not be done. */
  readonly prepare: ((stored: Stored) => Serving<boolean>) | null;
  /** Pure. `bound` is the most internal steps to take. */
  decide(stored: Stored, now: Instant, bound: number): Decision;
}

/** A refusal that depends on the request alone, or that leaves everything as it is whatever that may be. */
export function isStateless({ status }: Response): boolean {
  return status === 400 || status === 429 || status === 501;
}
