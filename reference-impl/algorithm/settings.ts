import type { Duration, Settings } from "../kernel/model.js";

/** The dials of the algorithm. */
export interface ServerSettings {
  /** Each origin has its own document here, so the protocol is always the partitioned one. */
  readonly protocol: Settings & { readonly partitioned: true };
  /** Most internal steps of one turn; the rest is for the next one. */
  readonly bound: number;
  /** Most attempts of one turn. */
  readonly attempts: number;
  /** How long a turn is tried again after a conflict, by the clock of the process. */
  readonly patience: Duration;
  /** Most that a timer is armed ahead: a lost one then means delay and not loss. */
  readonly ceiling: Duration;
  /** How soon unpublished messages are tried again after a crash. */
  readonly grace: Duration;
  /** Most that the clock of the process may be ahead of the platform's. */
  readonly drift: Duration;
  /** Most bytes of an encoded document. */
  readonly maxBytes: number;
  /** Bytes of those that only settlements and internal steps may use. */
  readonly reserve: number;
  /**
   * How long a document remembers a committed turn, as long as there is room. A copy of a request that comes later is
   * carried out as a new one: longer than the queue may take to deliver a request for the last time.
   */
  readonly memory: Duration;
  /** Most turns that a document remembers: each commit writes them all. */
  readonly turns: number;
}

/** Settings for a platform whose messages hold 1 MiB, as NATS has it by default. */
export const DEFAULT_SETTINGS: ServerSettings = {
  protocol: { mode: "compat", retryTimeout: 5000, partitioned: true },
  bound: 64,
  attempts: 16,
  patience: 5000,
  ceiling: 3_600_000,
  grace: 5000,
  drift: 2000,
  maxBytes: 1_000_000,
  reserve: 200_000,
  memory: 300_000,
  turns: 200,
};
