import type { Span } from "./span.js";
import type { Tag } from "./tag.js";

/** Alloy text with everything it opens, as an engine is given it. */
export interface AlloyModule {
  /** Path of the file the commands stand in: an `.als` file, or a spec.md whose blocks are joined. */
  root: string;
  /**
   * Text by path, the root's and that of every module it opens, relative to the judged root. The text of a spec.md has
   * all its lines: what is not in an Alloy block is blank, so that lines and columns are those of the file.
   */
  files: Readonly<Record<string, string>>;
}

/** One `check` or `run`, as it stands in the text of a module's root. */
export interface AlloyCommand {
  /** Position among the commands of the root, from 0: labels may repeat. */
  index: number;
  kind: "check" | "run";
  /** The label before the colon, else the name of what is checked or run, else null (`run { … }`). */
  label: string | null;
  /** Name of the assert or predicate; null for a block. */
  target: string | null;
  /** `expect 0` or `expect 1`; null without. */
  expect: 0 | 1 | null;
  /** The scope as written (`for 4 but 5 Int`), empty when there is none. */
  scope: string;
  span: Span;
  /** What it gives evidence for; empty when that cannot be told. */
  tags: Tag[];
}

/** What an engine fixes for every question, so that it does not depend on who asks. */
export interface AlloyOptions {
  /** SAT solver by the engine's name for it. */
  solver: string;
  /** Integer overflow makes a formula false instead of wrapping around. */
  noOverflow: boolean;
  skolemDepth: number;
  symmetry: number;
  /** Milliseconds one question may take. */
  timeoutMs: number;
}

export const ALLOY_OPTIONS: AlloyOptions = {
  solver: "sat4j",
  noOverflow: true,
  skolemDepth: 1,
  symmetry: 20,
  timeoutMs: 60_000,
};

/** A place in a module as an engine tells it: 1-based, end exclusive. */
export type AlloyPlace = Span;

/** What an engine knows of a module that it has read. */
export interface AlloyOutline {
  commands: {
    index: number;
    kind: "check" | "run";
    label: string;
    expect: 0 | 1 | null;
    place: AlloyPlace;
    /**
     * Conditions under which the assertion says anything, one for each of its implications and bounded quantifiers, in
     * order of place: `all n: Node | p[n] implies q[n]` has `p[n]`. Empty for a run and for an assertion without any.
     */
    antecedents: { text: string; place: AlloyPlace }[];
  }[];
  /**
   * Formulas that hold in every instance because someone wrote them as facts, the root's before those of the modules it
   * opens and in order of place; those of the engine's own library are not listed. `of` names the signature whose fact it
   * is, null for a fact of its own.
   */
  facts: { index: number; name: string | null; of: string | null; text: string; place: AlloyPlace }[];
  warnings: { message: string; place: AlloyPlace }[];
}

export type AlloyQuestion =
  /** The command itself. */
  | { ask: "command"; command: number }
  /** Whether the facts, without what is checked or run, have an instance in the command's scope. */
  | { ask: "facts"; command: number }
  /** Whether one of the antecedents of what is checked can hold, together with the facts, in the command's scope. */
  | { ask: "antecedent"; command: number; antecedent: number }
  /** The command without these facts. */
  | { ask: "without"; command: number; facts: readonly number[] };

/** One relation's tuples: rows of atom names, all of one width. */
export interface AlloyRelation {
  name: string;
  /** Signature that declares the field, or null for signatures and skolems themselves. */
  of: string | null;
  tuples: string[][];
}

/**
 * A signature with its own atoms: those that are in no signature extending it. `parent` is what it extends, null at the
 * top; `subsetOf` names what a signature declared with `in` or `=` is a subset of, and is empty for all others.
 */
export type AlloySignature = AlloyRelation & { parent: string | null; subsetOf: string[]; builtin: boolean };

export interface AlloyState {
  signatures: AlloySignature[];
  fields: AlloyRelation[];
  /** Witnesses of `some` and the parameters of the predicate that was run. */
  skolems: AlloyRelation[];
}

/** An instance or a counterexample; of a static model one state. */
export interface AlloyInstance {
  states: AlloyState[];
  /** Index of the state that follows the last one; null for a static model. */
  loop: number | null;
}

export type AlloyAnswer =
  | {
      status: "satisfiable";
      instance: AlloyInstance;
      facts: AlloyAnswerFacts;
    }
  | { status: "unsatisfiable"; facts: AlloyAnswerFacts }
  /** The engine cannot decide it: an unbounded trace length, a missing solver. */
  | { status: "unknown"; reason: string }
  | { status: "timeout"; afterMs: number }
  | { status: "error"; message: string; place: AlloyPlace | null }
  | AlloyUnavailable;

/** No question can be answered here, for a reason that is not the model's: no Java, or one that does not start. */
export interface AlloyUnavailable {
  status: "unavailable";
  reason: string;
}

export interface AlloyAnswerFacts {
  variables: number;
  clauses: number;
  /**
   * Scope the engine resolved, by signature (`Node` → 3, or `exactly 3`), with `int` (bit width), `seq` and, of temporal
   * models, `steps` (`1..10`).
   */
  scope: Readonly<Record<string, number | string>>;
  solver: string;
}

export type AlloyReading =
  | { status: "read"; outline: AlloyOutline }
  | { status: "error"; message: string; place: AlloyPlace | null }
  | { status: "timeout"; afterMs: number }
  | AlloyUnavailable;

/**
 * Something that reads and solves Alloy modules. Asking for more than one thing at once is allowed, and how many are worked
 * on at once is its own matter. What goes wrong is an answer; a promise is rejected only with the reason of an aborted
 * signal. After `close` nothing may be asked.
 */
export interface AlloyEngine {
  /** Who answers, for the record; `digest` is what results may be kept under. */
  readonly identity: { name: string; version: string; digest: string };
  read(module: AlloyModule, signal?: AbortSignal): Promise<AlloyReading>;
  ask(module: AlloyModule, question: AlloyQuestion, options: AlloyOptions, signal?: AbortSignal): Promise<AlloyAnswer>;
  close(): Promise<void>;
}
