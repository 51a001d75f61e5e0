import { done, refused } from "./answer.js";
import type { Birth } from "./birth.js";
import { bear, unsoundTags } from "./birth.js";
import { applies, waitsAcrossOrigins } from "./compat.js";
import type { Draft } from "./draft.js";
import type { DurablePromise, SettledState, Value } from "./model.js";
import { originOf } from "./origin.js";
import { isDeliverable, isExternal, isTargeted, isTimerTargeted } from "./project.js";
import { promiseRecord } from "./record.js";
import type { PromiseSettle, RegisterCallback, Response } from "./request.js";

/** What a client may settle a promise to. */
type Settleable = Exclude<SettledState, "rejected_timedout">;

export const SAME_ORIGIN = "a task can wait only for promises of its own origin";

export function getPromise(draft: Draft, { id }: { readonly id: string }): Response {
  const promise = draft.read(id);
  if (promise === undefined) return refused("promise.get", 404, "promise not found");
  return done("promise.get", { promise: promiseRecord(promise) });
}

/** Source: protocol, section 7.2. */
export function createPromise(draft: Draft, birth: Birth): Response {
  const { mode } = draft.settings;
  const kind = "promise.create";
  if (isTimerTargeted(birth) && !applies("timer-keeps-target", mode)) {
    return refused(kind, 400, "a timer cannot have a target");
  }
  const unsound = unsoundTags(birth.tags, birth.timeoutAt, mode);
  if (unsound !== null) return refused(kind, 400, unsound);
  const promise = draft.read(birth.id) ?? bear(draft, birth, draft.now);
  return done(kind, { promise: promiseRecord(promise) });
}

/** Whether a client may ask for the state. */
export function isSettleable(state: string): state is Settleable {
  return state === "resolved" || state === "rejected" || state === "rejected_canceled";
}

/** The live promise as a client settles it. */
export function settledAs(draft: Draft, live: DurablePromise, state: Settleable, value: Value): DurablePromise {
  const settled = { ...live, state, value, settledAt: draft.now };
  draft.settle(settled);
  return settled;
}

/** Source: protocol, section 7.3. */
export function settlePromise(draft: Draft, { id, state, value }: PromiseSettle["data"]): Response {
  const kind = "promise.settle";
  if (!isSettleable(state)) return refused(kind, 400, "a promise cannot be settled to that state");
  const promise = draft.read(id);
  if (promise === undefined) return refused(kind, 404, "promise not found");
  if (promise.state !== "pending") return done(kind, { promise: promiseRecord(promise) });
  return done(kind, { promise: promiseRecord(settledAs(draft, promise, state, value)) });
}

/** Source: protocol, section 7.4. */
export function registerCallback(draft: Draft, { awaited, awaiter }: RegisterCallback["data"]): Response {
  const kind = "promise.register_callback";
  const { mode } = draft.settings;
  if (awaited === awaiter) return refused(kind, 400, "a promise cannot wait for itself");
  if (!waitsAcrossOrigins(draft.settings) && originOf(awaited) !== originOf(awaiter)) {
    return refused(kind, 400, SAME_ORIGIN);
  }
  const promise = draft.read(awaited);
  if (promise === undefined) return refused(kind, 404, "awaited promise not found");
  const waiting = draft.read(awaiter);
  if (waiting === undefined) return refused(kind, 422, "awaiter not found");
  if (!isTargeted(waiting, mode)) return refused(kind, 422, "the awaiter has no task");
  if (!isExternal(promise, mode)) return refused(kind, 422, "the awaited promise is internal");
  if (promise.state === "pending" && waiting.state === "pending") addCallback(draft, promise, awaiter);
  return done(kind, { promise: promiseRecord(promise) });
}

/** Lets the awaiter's task be resumed once the live promise is settled. */
export function addCallback(draft: Draft, promise: DurablePromise, awaiter: string): void {
  if (promise.callbacks.includes(awaiter)) return;
  draft.setPromise({ ...promise, callbacks: [...promise.callbacks, awaiter] });
}

/** Source: protocol, section 7.5. */
export function registerListener(
  draft: Draft,
  { awaited, address }: { readonly awaited: string; readonly address: string },
): Response {
  const kind = "promise.register_listener";
  const { mode } = draft.settings;
  if (!isDeliverable(address, mode)) return refused(kind, 400, "nothing can be delivered to the address");
  const promise = draft.read(awaited);
  if (promise === undefined) return refused(kind, 404, "promise not found");
  if (!isExternal(promise, mode)) return refused(kind, 422, "the promise is internal");
  if (promise.state === "pending" && !promise.listeners.includes(address)) {
    draft.setPromise({ ...promise, listeners: [...promise.listeners, address] });
  }
  return done(kind, { promise: promiseRecord(promise) });
}
