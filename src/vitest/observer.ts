import type { AsyncLocalStorage } from "node:async_hooks";
import type { Tag } from "../model/tag.js";

/** What is observed of one attempt at one test: a retried test has several. */
export interface Attempt {
  readonly tags: Set<Tag>;
  assertions: number;
  /** An assertion ran of which it cannot be told whether it belongs to this attempt or to one beside it. */
  unsure: boolean;
  /** A fast-check property ran. */
  property: boolean;
  ended: boolean;
}

/** What one worker watches. It hangs on the global object because set-up and tests may load this module separately. */
export interface Observer {
  /** The attempt whose code is running; it follows asynchronous calls, so concurrent tests keep apart. */
  readonly running: AsyncLocalStorage<Attempt>;
  /** Attempts that have begun and not ended. */
  readonly open: Set<Attempt>;
  /** The tags that specifications define; null when that is not known. */
  known: ReadonlySet<Tag> | null;
  /** Whether calls of `expect` are seen at all. */
  seesExpect: boolean;
}

declare global {
  var __specEvidence__: Observer | undefined;
}

/** The observer of this worker; undefined where the plugin is not configured. */
export function observer(): Observer | undefined {
  return globalThis.__specEvidence__;
}

export function newAttempt(): Attempt {
  return { tags: new Set(), assertions: 0, unsure: false, property: false, ended: false };
}

/**
 * Counts one assertion for the attempt whose code is running. Where that cannot be told (a callback of something older
 * than the test), it counts for the only open attempt, and with several open none of them is sure of its count.
 */
export function countAssertion(): void {
  const watching = observer();
  if (watching === undefined) return;
  const attempt = watching.running.getStore();
  if (attempt !== undefined) {
    attempt.assertions += 1;
    return;
  }
  const [only] = watching.open;
  if (watching.open.size === 1 && only !== undefined) only.assertions += 1;
  else for (const each of watching.open) each.unsure = true;
}
