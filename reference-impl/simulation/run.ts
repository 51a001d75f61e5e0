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

export const WORKLOADS = ["fan-out", "rpc", "sleep", "human", "schedules", "zombies", "mixed"] as const;

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
  readonly judges: "none" | "cheap" | "all";
  readonly trace: "hash" | "full";
}

export interface Violation {
  /** Public name of the property, or name of the judge. */
  readonly judge: string;
  readonly step: number;
  /** Id of the event in the full trace, if there is one. */
  readonly event: string | null;
  readonly message: string;
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
  readonly workflows: { readonly started: number; readonly ended: number };
  /** Lines of the trace, if a full one was asked for. */
  readonly trace: readonly object[];
}
