import { applies } from "./compat.js";
import type { Draft } from "./draft.js";
import type { DurablePromise, PromiseRecord } from "./model.js";
import { byCodeUnits } from "./order.js";
import { promiseRecord } from "./record.js";

const BRANCH = "resonate:branch";

/**
 * The other promises of the branch of a task's promise, as they are at `now` after the transition's own writes, by id.
 * A cache hint: strict mode, and a promise without a branch, give none. Source: protocol, section 7.18.
 */
export function preload(draft: Draft, promise: DurablePromise): readonly PromiseRecord[] {
  const branch = promise.tags[BRANCH];
  if (branch === undefined || !applies("preload-is-filled", draft.settings.mode)) return [];
  const ids: string[] = [];
  for (const { id, tags } of draft.promises.values()) {
    if (tags[BRANCH] === branch && id !== promise.id) ids.push(id);
  }
  return ids.sort(byCodeUnits).flatMap((id) => {
    const sibling = draft.read(id);
    return sibling === undefined ? [] : [promiseRecord(sibling)];
  });
}
