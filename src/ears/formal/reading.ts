import type { Formula } from "./formula.js";

/** The rules that turn words into atoms; every one applied is recorded so that a finding can explain itself. */
export type Rule =
  | "conjuncts"
  | "negation"
  | "phrase"
  | "template"
  | "state"
  | "inflection"
  | "value"
  | "comparison"
  | "range"
  | "unit"
  | "assignment"
  | "mode"
  | "synonym"
  | "subject"
  | "edge"
  | "until";

export interface Applied {
  rule: Rule;
  /** `"is reached" is liquid level 1 = true`. */
  note: string;
}

export interface Opaque {
  reason: OpaqueReason;
  /** The words that did not resolve. */
  text: string;
  /** A declared enum got a value that it does not have. */
  strange?: { variable: string; value: string };
}

export type OpaqueReason =
  | "unknown-words"
  | "ambiguous"
  | "mixed-connectives"
  | "missing-unit"
  | "other-dimension"
  | "open-range"
  | "unknown-value";

/** The author's words of one atom with what they mean. */
export interface Said {
  text: string;
  formula: Formula;
}

export interface Understood {
  formula: Formula;
  rules: Applied[];
  /** The parts of the phrase in order. */
  said: Said[];
}

export type Reading = Understood | { opaque: Opaque };
