import type { MicroStep } from "../kernel/machine.js";
import type { Document, Instant, Settings } from "../kernel/model.js";
import type { Request, Response } from "../kernel/request.js";

/** What a predicate found: how often its guard was met, and what breaks it. */
export interface Judgement {
  /** How many cases had the guard of the property satisfied: 0 means that nothing was checked. */
  readonly met: number;
  /** The first case that breaks it, in words with the ids and values; null if none does. */
  readonly broken: string | null;
}

/** What a predicate says of one case: false if its guard is not met, true if it holds, and words if it is broken. */
export type Verdict = boolean | string;

export interface Named {
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

/** An answer as its client saw it. Places are numbers in one order of everything that was sent and received. */
export interface Answer {
  readonly request: Request;
  readonly response: Response;
  /** Place at which the request was sent. */
  readonly sent: number;
  /** Place at which the answer was received, after `sent` or the same. */
  readonly answered: number;
}

/** An answer with the step that made it. */
export interface Observation extends Answer {
  readonly now: Instant;
  readonly before: Document;
  readonly after: Document;
}

/** Judged on answers, `from: "answers"` on what clients see alone. */
export type ResponseProperty = Named & { readonly kind: "response" } & (
    | {
        readonly from: "answers";
        /** Starts a history: the function takes its answers, in the order they were received. */
        begin(settings: Settings): (answer: Answer) => Verdict;
        judge(history: readonly Answer[], settings: Settings): Judgement;
      }
    | {
        readonly from: "observations";
        begin(settings: Settings): (observation: Observation) => Verdict;
        judge(history: readonly Observation[], settings: Settings): Judgement;
      }
  );

/** A finished run of one document. */
export interface FinishedRun {
  /** Every state in order with the instant at which it was reached: at least one. */
  readonly states: readonly { readonly now: Instant; readonly document: Document }[];
  /** Whether the run ended because nothing was left to do, and not because its steps were used up. */
  readonly quiet: boolean;
}

/** Judged on a finished run. What it finds can refute liveness, never prove it. */
export interface LivenessProperty extends Named {
  readonly kind: "liveness";
  judge(run: FinishedRun, settings: Settings): Judgement;
}

/** Judged once, at the start. */
export interface ConfigurationProperty extends Named {
  readonly kind: "configuration";
  judge(settings: Settings): Judgement;
}

export type Property = StateProperty | TransitionProperty | ResponseProperty | LivenessProperty | ConfigurationProperty;

/** `PROP-NO-DEAD-DISPATCH` of `NoDeadDispatch`, `PROP-WELL-FORMED-TASK-TTL-POSITIVE` of `well_formed_task_ttl_positive`. */
export function tagOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").split("_");
  return `PROP-${words.join("-").toUpperCase()}`;
}
