import type { MicroStep } from "../kernel/machine.js";
import type { Instant } from "../kernel/model.js";
import type { Response } from "../kernel/request.js";

/** What a write of a document is for. */
export type Purpose =
  /** A turn: a request or a timer, with the internal steps that are due. Unchanged documents are written too. */
  | "turn"
  /** Entries of the outbox that were published are taken out. */
  | "flush"
  /** A schedule says which occurrence it is about to create. */
  | "intent"
  /** The occurrence is created in its own document. */
  | "occurrence"
  /** The schedule goes on to its next occurrence. */
  | "advance";

/** What the algorithm says of a compare-and-set of a document. */
export interface CommitNote {
  readonly kind: "commit";
  /** Tag of the rule of the mapping that asks for the effect. */
  readonly rule: string;
  /** Identity of the turn. */
  readonly turn: string;
  /** Which attempt of the turn, from 1. */
  readonly attempt: number;
  readonly purpose: Purpose;
  /** The revision that the decision was made from. */
  readonly basis: number;
  /** The one instant of the attempt; of a flush, which decides nothing, the mark that the document has. */
  readonly now: Instant;
  readonly steps: readonly MicroStep[];
  readonly response: Response | null;
  /** Of an occurrence: whose it is. */
  readonly occurrence: { readonly schedule: string; readonly at: Instant } | null;
}

/** What the algorithm says of any other effect. */
export interface RuleNote {
  readonly kind: "rule";
  readonly rule: string;
  readonly turn: string;
}

export type Note = CommitNote | RuleNote;
