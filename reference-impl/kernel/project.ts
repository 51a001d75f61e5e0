import { applies } from "./compat.js";
import type { DurablePromise, Instant, Mode, PromiseRecord, PromiseState, Tags, Task } from "./model.js";

/** What the predicates on tags look at. */
interface Tagged {
  readonly tags: Tags;
}

const NONE: readonly string[] = [];

/** Whether the promise is a durable sleep: nothing executes it and its deadline resolves it. */
export function isTimer({ tags }: Tagged): boolean {
  return tags["resonate:timer"] === "true";
}

/** The target tag; undefined if there is none. An empty tag counts as one. */
export function targetOf({ tags }: Tagged): string | undefined {
  return tags["resonate:target"];
}

/** Whether the tags ask for a timer and for somebody who executes it. */
export function isTimerTargeted(promise: Tagged): boolean {
  return targetOf(promise) !== undefined && isTimer(promise);
}

/** Whether the promise has a task. */
export function isTargeted(promise: Tagged, mode: Mode): boolean {
  if (targetOf(promise) === undefined) return false;
  return !(applies("timers-are-not-targeted", mode) && isTimer(promise));
}

/** Whether somebody but the caller settles the promise, so that it may be waited for and its deadline is armed. */
export function isExternal(promise: Tagged, mode: Mode): boolean {
  const { tags } = promise;
  return (
    tags["resonate:external"] === "true" ||
    targetOf(promise) !== undefined ||
    isTimer(promise) ||
    (applies("global-scope-is-external", mode) && tags["resonate:scope"] === "global")
  );
}

/** Whether a listener may have the address. Source: protocol, sections 7.5 and 9.1. */
export function isDeliverable(address: string, mode: Mode): boolean {
  return (
    address.startsWith("http://") ||
    address.startsWith("https://") ||
    (address.startsWith("poll://") && address.includes("@")) ||
    (applies("nats-is-deliverable", mode) && address.startsWith("nats://"))
  );
}

/** How a deadline settles the promise. */
export function verdictOf(promise: Tagged): Exclude<PromiseState, "pending"> {
  return isTimer(promise) ? "resolved" : "rejected_timedout";
}

/** Whether the promise is stored pending although its deadline has come. */
export function isOverdue(promise: DurablePromise, now: Instant): boolean {
  return promise.state === "pending" && promise.timeoutAt <= now;
}

/** Whether the promise is pending at `now`, whatever has been written about its deadline. */
export function isLive(promise: DurablePromise, now: Instant): boolean {
  return promise.state === "pending" && promise.timeoutAt > now;
}

/**
 * The promise as it is at `now`: the deadline settles it, at the deadline and not at `now`, whether or not that was
 * written. The same reference if nothing is different. Source: protocol, section 4.2; it is the same in both modes.
 */
export function project(promise: DurablePromise, now: Instant, _mode?: Mode): DurablePromise {
  if (!isOverdue(promise, now)) return promise;
  return { ...promise, state: verdictOf(promise), settledAt: promise.timeoutAt };
}

/** The task with its lease and its dispatch gone and nothing to consume. */
export function fulfilled({ id, version }: Task): Task {
  return { id, state: "fulfilled", version, resumes: NONE };
}

/** The task as its projected promise lets it be seen: fulfilled as soon as the promise is settled. */
export function view(task: Task, promise: PromiseRecord | undefined): Task {
  if (promise === undefined || promise.state === "pending" || task.state === "fulfilled") return task;
  return fulfilled(task);
}
