import type { MicroStep } from "../kernel/machine.js";
import type { Document, Instant, Settings } from "../kernel/model.js";

/** When a property is judged: on a state, on a step, on a step the server takes by itself, on answers, on whole runs. */
export type PropertyKind = "state" | "transition" | "internal-step" | "response" | "liveness" | "configuration";

/** What a predicate found: how often its guard was met, and what breaks it. */
export interface Judgement {
  /** How many cases had the guard of the property satisfied: 0 means that nothing was checked. */
  readonly met: number;
  /** The first case that breaks it, in words with the ids and values; null if none does. */
  readonly broken: string | null;
}

interface Named {
  /** The public name. */
  readonly name: string;
  /** The tag of its requirement: `PROP-` and the name's words in capitals, `PROP-NO-DEAD-DISPATCH` of `NoDeadDispatch`. */
  readonly tag: string;
  /** Known to be false of the strict machine: judged in compat mode alone. */
  readonly gap?: boolean;
}

/** Judged with the `now` of the step that starts in the state. */
export interface StateProperty extends Named {
  readonly kind: "state";
  judge(now: Instant, state: Document, settings: Settings): Judgement;
}

export interface TransitionProperty extends Named {
  readonly kind: "transition" | "internal-step";
  judge(step: MicroStep, settings: Settings): Judgement;
}
