import type { Birth } from "./instants.js";
import { candidates, instantsShown, leasesOf, promisesOf, wakesOf } from "./instants.js";
import type { KernelState } from "./kernel-model.js";
import type { KernelOperation, Partition } from "./partition.js";

/**
 * The open operations that are tried before `wanted`. One is left for later if it commutes with `wanted` and with all that
 * are tried: they are on other objects, and time passing until then changes nothing for it. Whatever order has it before
 * `wanted` has an equal order with it after, so nothing is missed (a persistent set in the sense of Godefroid,
 * "Partial-Order Methods for the Verification of Concurrent Systems", LNCS 1032, 1996).
 */
export function relevantTo(
  state: KernelState,
  wanted: KernelOperation,
  open: readonly KernelOperation[],
  seen: Partition["seen"],
  births: readonly Birth[],
): readonly KernelOperation[] {
  const pressing = open.filter((each) => cannotWait(state, each, wanted, seen, births));
  const chosen = new Set<KernelOperation>(pressing);
  const objects = new Set<string>();
  const look = [wanted, ...pressing];
  for (let each = look.pop(); each !== undefined; each = look.pop()) {
    if (showsPreload(each)) return open;
    for (const object of objectsOf(state, each)) objects.add(object);
    for (const other of open) {
      if (chosen.has(other) || !objectsOf(state, other).some((object) => objects.has(object))) continue;
      chosen.add(other);
      look.push(other);
    }
  }
  return open.filter((each) => chosen.has(each));
}

/** Whether something changes for an operation while `wanted` takes effect: a deadline, the end of a lease, its own instant. */
function cannotWait(
  state: KernelState,
  operation: KernelOperation,
  wanted: KernelOperation,
  seen: Partition["seen"],
  births: readonly Birth[],
): boolean {
  if (showsPreload(operation)) return true;
  const latest = Math.min(operation.latest, wanted.latest);
  if (instantsShown(operation, seen).some((each) => each >= state.now && each <= latest)) return true;
  return candidates(state, { ...operation, latest }, seen, births).length > 1;
}

/** A preload that is not empty shows promises that the request does not name. */
function showsPreload({ response }: KernelOperation): boolean {
  return response !== null && typeof response.data !== "string" && (response.data.preload ?? []).length > 0;
}

/** Ids of the promises and tasks that an operation looks at or writes: with its tasks, what these wait for. */
function objectsOf({ document }: KernelState, { request }: KernelOperation): string[] {
  if (request.kind.startsWith("schedule.")) return ["schedule"];
  const tasks = [...leasesOf(request), ...wakesOf(request)];
  const awaited = [...document.promises.values()].filter(({ callbacks }) =>
    callbacks.some((each) => tasks.includes(each)),
  );
  return [...promisesOf(request), ...tasks, ...awaited.map(({ id }) => id)];
}
