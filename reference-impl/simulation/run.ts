import type { MicroStep } from "../kernel/machine.js";
import type { Document, Duration, Instant } from "../kernel/model.js";
import type { Request, Response } from "../kernel/request.js";

/** What a simulation is asked for, and what it found. */

/**
 * Where the world can go wrong. A profile switches sites on; a run draws which of them, and how often. A fault is named
 * by its site and the number of its draw there, as in `cas-conflict#12`, so that one alone can be suppressed.
 */
export const FAULT_SITES = [
  "stale-read",
  "stale-leader-read",
  "cas-conflict",
  "cas-unknown-landed",
  "cas-unknown-lost",
  "message-loss",
  "message-duplicate",
  "message-reorder",
  "message-delay",
  "reply-loss",
  "crash",
  "pause",
  "partition",
  "clock-skew",
  "clock-jump",
  "timer-late",
  "timer-early",
  "timer-duplicate",
  "timer-loss",
  "unfenced-ack",
  "election-gap",
  "power-loss",
  "set-unknown",
  "worker-crash",
  "worker-pause",
] as const;

export type FaultSite = (typeof FAULT_SITES)[number];

export const WORKLOADS = [
  "fan-out",
  "rpc",
  "sleep",
  "human",
  "schedules",
  "zombies",
  "strangers",
  "crowds",
  "mixed",
] as const;

export type Workload = (typeof WORKLOADS)[number];

export interface RunSettings {
  readonly seed: number;
  /** Sites that may fire; swarm testing draws a subset of these for each seed. */
  readonly sites: readonly FaultSite[];
  readonly swarm: boolean;
  readonly workload: Workload;
  readonly mode: "strict" | "compat";
  /** Random order of what is ready, or by priorities that change at a few drawn places (PCT) of which there are `depth`. */
  readonly schedule: { readonly kind: "random" } | { readonly kind: "pct"; readonly depth: number };
  /** Faults stop after this many steps of the scheduler, and the run goes on until it is quiet or `maxSteps` is reached. */
  readonly faultSteps: number;
  readonly maxSteps: number;
  /** Names of faults (`site#n`) that must not take effect; every other draw stays what it was. */
  readonly suppressed: ReadonlySet<string>;
  /** Numbers of the workload's roots that are left out. */
  readonly withoutRoots: ReadonlySet<number>;
  /**
   * `properties`: every named property on every step; `all`: what judges whole histories, too; `loss`: what holds where the
   * platform takes acknowledged writes back, and nothing else.
   */
  readonly judges: "none" | "cheap" | "properties" | "all" | "loss";
  readonly trace: "hash" | "full";
  /** How far a clock of a server is off at most, in milliseconds; 900 if nothing is said. */
  readonly worstSkew?: Duration;
  /** Most configurations that the judge of linearizability visits for a document; 200,000 if nothing is said. */
  readonly searchLimit?: number;
}

export interface Violation {
  /** Public name of the property, or name of the judge. */
  readonly judge: string;
  readonly step: number;
  /** Id of the event in the full trace, if there is one. */
  readonly event: string | null;
  readonly message: string;
}

/** What a client asked for and was answered, as the client saw it. */
export interface ClientOperation {
  readonly process: string;
  /** Place of the request in the order of everything that clients sent and received; no two places are equal. */
  readonly call: number;
  /** Place of the answer in the same order; null if none came. */
  readonly return: number | null;
  /** Virtual time of the request. */
  readonly calledAt: Instant;
  /** Virtual time of the answer; null if none came. */
  readonly returnedAt: Instant | null;
  readonly request: Request;
  /** Null if no answer came. */
  readonly response: Response | null;
}

/** A commit that took effect, whether or not its author learned so: the document of one key at one revision. */
export interface CommittedTurn {
  /** Id of the event of the commit in the full trace. */
  readonly event: string;
  /** Key of the document. */
  readonly key: string;
  readonly revision: number;
  /** The `now` that the turn was decided with. */
  readonly now: Instant;
  /** What the machine did, in order; empty if the commit changed nothing of the machine's. */
  readonly steps: readonly MicroStep[];
  /** The machine's part of what was stored. */
  readonly document: Document;
  /** What was answered to the request of the turn, from this commit or its record; null if there was no request. */
  readonly response: Response | null;
}

export interface RunResult {
  readonly settings: RunSettings;
  /** Rolling hash over all events, hexadecimal. */
  readonly hash: string;
  /** Steps of the scheduler. */
  readonly steps: number;
  /** Effects that the platform carried out. */
  readonly operations: number;
  /** The first violation of each judge, in the order found. */
  readonly violations: readonly Violation[];
  /** Faults that took effect, by name, in order. */
  readonly faults: readonly string[];
  /** How often each judge had its guard met. */
  readonly met: ReadonlyMap<string, number>;
  /** Documents whose history has more orders than the judge of linearizability may try: of these it knows nothing. */
  readonly undecided: number;
  /** Effects by the tag of the rule of the mapping that asked for them. */
  readonly rules: ReadonlyMap<string, number>;
  readonly workflows: { readonly started: number; readonly ended: number };
  /** What the clients did, for the judge of linearizability. */
  readonly history: readonly ClientOperation[];
  /** Every commit that took effect, in order, for the comparison with the machine alone. */
  readonly commits: readonly CommittedTurn[];
  /** Lines of the trace, if a full one was asked for. */
  readonly trace: readonly object[];
}
