import type { ServerEffect } from "../algorithm/serving.js";
import type { Stored } from "../algorithm/stored.js";
import type { Incoming } from "../algorithm/wire.js";
import type { Answers } from "../platform/effects.js";

/** Who did something, and when. */
interface Placed {
  /** Of the scheduler. */
  readonly step: number;
  /** Virtual time in milliseconds since the Unix epoch: what a perfect clock would show. */
  readonly time: number;
  readonly process: string;
  /** How often the process was started. */
  readonly incarnation: number;
  /** Which run of a procedure; every delivery and every sweep starts one. Unique in the run of the simulation. */
  readonly execution: number;
}

/** What the platform knows of the key of a read or write, and nobody else may. */
export interface KeyTruth {
  /** The newest revision just before the effect. */
  readonly revision: number;
  /** The revision that the effect wrote; null if none. After an unknown outcome it may still: a later `landed` says so. */
  readonly written: number | null;
}

type EffectOf<Op extends ServerEffect["op"]> = Extract<ServerEffect, { op: Op }>;

/** An effect with its answer; for `kv.get` and `kv.cas` with the truth. */
export type ObservedEffect = {
  [Op in ServerEffect["op"]]: Placed & {
    readonly kind: "effect";
    readonly op: Op;
    readonly effect: EffectOf<Op>;
    readonly answer: Answers<Stored>[Op];
    readonly truth: Op extends "kv.get" | "kv.cas" ? KeyTruth : null;
  };
}[ServerEffect["op"]];

/**
 * What a judge of runs is shown, in the order of the scheduler. An effect whose procedure crashed before it got the answer
 * is shown all the same, with the answer that was lost.
 */
export type Observation =
  | ObservedEffect
  /** A procedure starts. */
  | (Placed & { readonly kind: "started"; readonly incoming: Incoming })
  /** A procedure ended, by itself or with its process. */
  | (Placed & { readonly kind: "ended"; readonly crashed: boolean })
  /** A write whose outcome was told unknown takes place after all. `of` is the step of its effect. */
  | {
      readonly kind: "landed";
      readonly step: number;
      readonly time: number;
      readonly of: number;
      readonly key: string;
      readonly value: Stored;
      readonly revision: number;
    }
  /** A client sends a request for the first time. */
  | { readonly kind: "sent"; readonly step: number; readonly time: number; readonly turn: string }
  /** The platform forgets a timer that nobody acknowledged: a fault. */
  | { readonly kind: "timer-lost"; readonly step: number; readonly time: number; readonly name: string }
  /** The platform takes acknowledged writes back: a fault. Every key's newest revision after it. */
  | {
      readonly kind: "rolled-back";
      readonly step: number;
      readonly time: number;
      readonly revisions: ReadonlyMap<string, number>;
    };
