import fc from "fast-check";
import { expect, it } from "vitest";
import { changesOf } from "./difference.js";

const OBJECTS = [{ v: 0 }, { v: 1 }, { v: 2 }];
const entries = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.constantFrom(...OBJECTS)));

it("finds every object that is not the same, whatever the order of the maps", () => {
  fc.assert(
    fc.property(entries, entries, (first, second) => {
      const [a, b] = [new Map(first), new Map(second)];
      const keys = [...b.keys(), ...[...a.keys()].filter((key) => !b.has(key))];
      const expected = keys.flatMap((key) =>
        a.get(key) === b.get(key) ? [] : [{ key, before: a.get(key), after: b.get(key) }],
      );
      expect(changesOf(a, b)).toEqual(expected);
      expect(changesOf(a, a)).toEqual([]);
    }),
    { seed: 1, numRuns: 500 },
  );
});
