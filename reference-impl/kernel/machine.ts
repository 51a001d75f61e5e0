import type { Document, Instant, OutboxEntry } from "./model.js";
import type { Request, Response } from "./request.js";

/** A step that the server takes by itself. The numbering has a gap where the protocol's has one. */
export type InternalStep =
  | { readonly step: "R1"; readonly promise: string }
  | { readonly step: "R3"; readonly promise: string; readonly address: string }
  | { readonly step: "R4"; readonly promise: string; readonly awaiter: string }
  | { readonly step: "R5"; readonly task: string }
  | { readonly step: "R6"; readonly task: string }
  | { readonly step: "R7"; readonly schedule: string };

/** One indivisible step of the machine: what properties of transitions are judged on. */
export interface MicroStep {
  readonly by: Request | InternalStep;
  readonly now: Instant;
  readonly before: Document;
  readonly after: Document;
  /** The answer, if a request made the step. */
  readonly response: Response | null;
}

/** What a commit would hold: a request and the internal steps that were due with it, in the order they were taken. */
export interface Turn {
  readonly document: Document;
  /** Null if no request was handled. */
  readonly response: Response | null;
  /** Entries of the outbox of `document` that were put there in this turn. */
  readonly messages: readonly OutboxEntry[];
  /** When the next internal step is due; null if none ever will be. An instant that has passed: more is due now. */
  readonly nextTimer: Instant | null;
  readonly steps: readonly MicroStep[];
}
