/**
 * The objects of the durable-execution protocol. Every object is immutable: a transition makes new ones and shares the
 * rest, so that "unchanged" is the same reference.
 */

/** Milliseconds since the Unix epoch. */
export type Instant = number;

/** Milliseconds. */
export type Duration = number;

/** What a promise was called with, or ended with: opaque. `{}` is the empty value. */
export interface Value {
  readonly headers?: Readonly<Record<string, string>>;
  readonly data?: string;
}

export type Tags = Readonly<Record<string, string>>;

export type SettledState = "resolved" | "rejected" | "rejected_canceled" | "rejected_timedout";

export type PromiseState = "pending" | SettledState;

/** What an answer shows of a promise. */
export interface PromiseRecord {
  readonly id: string;
  readonly state: PromiseState;
  readonly param: Value;
  readonly value: Value;
  readonly tags: Tags;
  readonly timeoutAt: Instant;
  readonly createdAt: Instant;
  readonly settledAt?: Instant;
}

/** A promise as it is stored: its record and who waits for it. */
export interface DurablePromise extends PromiseRecord {
  /** Ids of the tasks to resume after settlement, in order of registration, without duplicates. */
  readonly callbacks: readonly string[];
  /** Addresses to notify after settlement, in order of registration, without duplicates. */
  readonly listeners: readonly string[];
}

export type TaskState = "pending" | "acquired" | "suspended" | "halted" | "fulfilled";

/** The execution of the promise that has the same id. */
export interface Task {
  readonly id: string;
  readonly state: TaskState;
  /** Fencing token: one more at each acquisition. */
  readonly version: number;
  /** Ids of the awaited promises whose settlement the task has learned of and not yet consumed. */
  readonly resumes: readonly string[];
  /** Lease length that the holder asked for; while acquired. */
  readonly ttl?: Duration;
  /** Holder; while acquired. */
  readonly pid?: string;
  /** End of the lease; while acquired. */
  readonly expiresAt?: Instant;
  /** Next dispatch; while pending. */
  readonly retryAt?: Instant;
}

/** What an answer shows of a task. */
export interface TaskRecord {
  readonly id: string;
  readonly state: TaskState;
  readonly version: number;
  /** How many resumes there are. */
  readonly resumes: number;
  readonly ttl?: Duration;
  readonly pid?: string;
}

export interface Schedule {
  readonly id: string;
  /** Five or six fields, read in UTC. */
  readonly cron: string;
  /** Template of the occurrences' ids: `{{.id}}` and `{{.timestamp}}` are expanded. */
  readonly promiseId: string;
  readonly promiseTimeout: Duration;
  readonly promiseParam: Value;
  readonly promiseTags: Tags;
  readonly createdAt: Instant;
  readonly nextRunAt: Instant;
  readonly lastRunAt?: Instant;
}

/** Offers a task to whoever serves its target. */
export interface Execute {
  readonly kind: "execute";
  readonly address: string;
  readonly task: { readonly id: string; readonly version: number };
}

/** Tells a listener that a promise is settled. */
export interface Unblock {
  readonly kind: "unblock";
  readonly address: string;
  readonly promise: PromiseRecord;
}

export type Message = Execute | Unblock;

/**
 * A message that waits for delivery. A later message with the same key replaces it: an execute is keyed by its task, an
 * unblock by promise and address, in separate key spaces.
 */
export interface OutboxEntry {
  readonly key: string;
  /** Grows with every message of the document; tells a replaced entry from the one that was sent. */
  readonly sequence: number;
  readonly message: Message;
}

/** Everything the machine knows. Maps keep the order of insertion and are never changed in place. */
export interface Document {
  readonly promises: ReadonlyMap<string, DurablePromise>;
  readonly tasks: ReadonlyMap<string, Task>;
  readonly schedules: ReadonlyMap<string, Schedule>;
  readonly outbox: ReadonlyMap<string, OutboxEntry>;
  /** Sequence of the last message that was put into the outbox; 0 before the first. */
  readonly sequence: number;
}

export const EMPTY_DOCUMENT: Document = {
  promises: new Map(),
  tasks: new Map(),
  schedules: new Map(),
  outbox: new Map(),
  sequence: 0,
};

/** `strict` is the specification to the letter, `compat` what the published SDK needs. */
export type Mode = "strict" | "compat";

export interface Settings {
  readonly mode: Mode;
  /** How long after a dispatch an unclaimed task is offered again; more than 0. */
  readonly retryTimeout: Duration;
  /** Each origin has a document of its own: what names ids of two origins is refused, in both modes. Default: false. */
  readonly partitioned?: boolean;
}
