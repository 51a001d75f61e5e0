import type { Mode, Settings } from "./model.js";

/** One way in which compat mode differs from strict mode. */
export interface CompatRule {
  readonly name: string;
  /** Row of the protocol's table of differences (section 12). */
  readonly row: number;
  /** What strict mode does, and what compat mode does. */
  readonly strict: string;
  readonly compat: string;
  /** Tag of the requirement. */
  readonly tag: string;
}

/**
 * Every difference between the modes. Nothing else in the kernel looks at the mode: it asks `applies` for one of these.
 */
export const COMPAT_RULES = [
  {
    name: "timer-keeps-target",
    row: 1,
    strict: "promise.create with a timer and a target tag is refused with 400",
    compat: "promise.create with a timer and a target tag makes a plain timer without a task",
    tag: "DUR-COMPAT-TIMER-KEEPS-TARGET",
  },
  {
    name: "global-scope-is-external",
    row: 3,
    strict: "a promise is external by its external, target or timer tag",
    compat: "a promise is external by its scope tag `global` too",
    tag: "DUR-COMPAT-GLOBAL-SCOPE-IS-EXTERNAL",
  },
  {
    name: "nats-is-deliverable",
    row: 4,
    strict: "a listener's address `nats://` is refused with 400",
    compat: "a listener's address `nats://` is deliverable",
    tag: "DUR-COMPAT-NATS-IS-DELIVERABLE",
  },
  {
    name: "waits-stay-in-the-origin",
    row: 5,
    strict: "a task may wait for a promise of another origin",
    compat: "a wait for a promise of another origin is refused with 400",
    tag: "DUR-COMPAT-WAITS-STAY-IN-THE-ORIGIN",
  },
  {
    name: "occurrences-carry-lineage",
    row: 8,
    strict: "an occurrence has the schedule's promise tags",
    compat: "an occurrence names its schedule, and itself as origin, branch, parent and prefix, too",
    tag: "DUR-COMPAT-OCCURRENCES-CARRY-LINEAGE",
  },
  {
    name: "preload-is-filled",
    row: 9,
    strict: "preload is empty",
    compat: "preload holds the other promises of the task's branch",
    tag: "DUR-COMPAT-PRELOAD-IS-FILLED",
  },
  {
    name: "ttl-is-positive",
    row: 10,
    strict: "a lease of length 0 is accepted and expires at once",
    compat: "a lease of length 0 is refused with 400",
    tag: "DUR-COMPAT-TTL-IS-POSITIVE",
  },
  {
    name: "target-is-nonempty",
    row: 11,
    strict: "an empty target is accepted and undeliverable",
    compat: "an empty target is refused with 400",
    tag: "DUR-COMPAT-TARGET-IS-NONEMPTY",
  },
  {
    name: "delay-is-sound",
    row: 12,
    strict: "any delay tag is accepted and read character by character",
    compat: "a delay that is no decimal instant, not before the deadline, or without a target is refused with 400",
    tag: "DUR-COMPAT-DELAY-IS-SOUND",
  },
  {
    name: "actions-name-the-task",
    row: 14,
    strict: "the awaiter of task.suspend's actions and the id of task.fulfill's action are ignored",
    compat: "an awaiter, or an id to fulfil, that is not the task's is refused with 400",
    tag: "DUR-COMPAT-ACTIONS-NAME-THE-TASK",
  },
  {
    name: "search-is-served",
    row: 17,
    strict: "searches are refused with 501",
    compat: "searches are answered as kernel/search.ts says",
    tag: "DUR-COMPAT-SEARCH-IS-SERVED",
  },
  {
    name: "timers-are-not-targeted",
    row: 18,
    strict: "a promise is targeted by its target tag",
    compat: "a promise is targeted by its target tag unless it is a timer",
    tag: "DUR-COMPAT-TIMERS-ARE-NOT-TARGETED",
  },
] as const satisfies readonly CompatRule[];

export type CompatRuleName = (typeof COMPAT_RULES)[number]["name"];

/** Whether a rule's right-hand side holds. The name says which difference a piece of code is about. */
export function applies(_rule: CompatRuleName, mode: Mode): boolean {
  return mode === "compat";
}

/**
 * Whether a fence may act on a promise of another origin. It may on a store that holds all origins, and never where each
 * has its own document, whatever the mode: guard and action could not be one write (protocol section 12, row 5).
 */
export function fencesAcrossOrigins({ partitioned = false }: Settings): boolean {
  return !partitioned;
}

/** Whether a task may wait for a promise of another origin. */
export function waitsAcrossOrigins({ mode, partitioned = false }: Settings): boolean {
  return !partitioned && !applies("waits-stay-in-the-origin", mode);
}
