import { applies } from "./compat.js";
import type { Draft } from "./draft.js";
import { NEVER } from "./instant.js";
import type { DurablePromise, Instant, Mode, Tags, Task, Value } from "./model.js";
import { isTargeted, targetOf, verdictOf } from "./project.js";
import type { PromiseCreate } from "./request.js";

const DELAY = "resonate:delay";
const NO_VALUE: Value = {};
const NONE: readonly string[] = [];

/** What a promise is created with. */
export type Birth = PromiseCreate["data"];

/**
 * Why compat mode refuses tags that strict mode takes, whoever asks for them; null if neither does. `timeoutAt` is the
 * deadline of the promise, for a schedule that of its first occurrence.
 */
export function unsoundTags(tags: Tags, timeoutAt: Instant, mode: Mode): string | null {
  if (applies("target-is-nonempty", mode) && targetOf({ tags }) === "") return "the target is empty";
  const delay = tags[DELAY];
  if (delay === undefined || !applies("delay-is-sound", mode)) return null;
  if (!/^\d+$/.test(delay)) return "the delay is no decimal instant";
  if (!isTargeted({ tags }, mode)) return "the delay delays nothing: there is no target";
  return delayOf(delay) < timeoutAt ? null : "the delay is not before the deadline";
}

/**
 * Stores a promise that is not there yet, as created at `instant`, with its task if it is targeted: pending, or settled
 * by a deadline that is not after that instant. Source: protocol, sections 4.3 and 7.2.
 */
export function bear(draft: Draft, birth: Birth, instant: Instant): DurablePromise {
  const promise = promiseBornAt(birth, instant);
  draft.setPromise(promise);
  if (isTargeted(promise, draft.settings.mode)) draft.setTask(taskBornWith(promise, instant));
  return promise;
}

/** The promise alone. */
export function promiseBornAt(birth: Birth, instant: Instant): DurablePromise {
  const { id, timeoutAt, param, tags } = birth;
  const fixed = { id, param, value: NO_VALUE, tags, timeoutAt, callbacks: NONE, listeners: NONE };
  if (timeoutAt > instant) return { ...fixed, state: "pending", createdAt: instant };
  return { ...fixed, state: verdictOf(birth), createdAt: timeoutAt, settledAt: timeoutAt };
}

function taskBornWith({ id, state, tags }: DurablePromise, instant: Instant): Task {
  if (state !== "pending") return { id, state: "fulfilled", version: 0, resumes: NONE };
  const delay = tags[DELAY];
  const retryAt = delay === undefined ? instant : Math.max(delayOf(delay), instant);
  return { id, state: "pending", version: 0, resumes: NONE, retryAt };
}

/**
 * The number that a delay tag stands for: per character, times ten plus its distance from `0`, which is not below 0. For
 * a decimal number that is its value. Source: protocol section 12, row 12.
 */
function delayOf(text: string): Instant {
  let value = 0;
  for (const character of text) {
    value = value * 10 + Math.max(0, (character.codePointAt(0) ?? 48) - 48);
    if (value >= NEVER) return NEVER;
  }
  return value;
}
