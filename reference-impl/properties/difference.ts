/** What a step did to one object; undefined where it does not exist. */
export interface Change<T> {
  /** The key in its map. */
  readonly key: string;
  readonly before: T | undefined;
  readonly after: T | undefined;
}

const NONE: readonly never[] = [];

/**
 * The objects of `b` that are other references than in `a`, in the order of `b`, then those that are gone. An object that a
 * step leaves alone is the same reference, so no pair with itself is among them. The usual step replaces objects or adds one
 * at the end: then both maps have the same keys in the same order, and are walked side by side.
 */
export function changesOf<T>(a: ReadonlyMap<string, T>, b: ReadonlyMap<string, T>): readonly Change<T>[] {
  if (a === b) return NONE;
  const changes: Change<T>[] = [];
  const olds = a.entries();
  let aligned = true;
  let kept = 0;
  for (const [key, after] of b) {
    let before: T | undefined;
    if (aligned) {
      const old = olds.next();
      if (old.done === true) aligned = false;
      else if (old.value[0] === key) before = old.value[1];
      else {
        aligned = false;
        before = a.get(key);
      }
    } else if (kept < a.size) before = a.get(key);
    if (before !== undefined) kept += 1;
    if (before !== after) changes.push({ key, before, after });
  }
  if (kept < a.size) {
    for (const [key, before] of a) if (!b.has(key)) changes.push({ key, before, after: undefined });
  }
  return changes;
}
