import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { expect, test } from "vitest";
import { compareValues } from "./equal.js";

const value = fc.anything({ withDate: true, withMap: true, withSet: true, withTypedArray: true, withBigInt: true });

test("a copy is equal, and comparing is symmetric", () => {
  traceSpec("EXAMPLE-WHOLE");
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(compareValues(a, structuredClone(a)).equal).toBe(true);
      expect(compareValues(a, b).equal).toBe(compareValues(b, a).equal);
    }),
  );
});

test("a value with one part replaced is another value", () => {
  traceSpec("EXAMPLE-WHOLE-NEAR");
  const parts = fc.array(fc.oneof(fc.integer(), fc.string(), fc.double(), fc.boolean()), { minLength: 1 });
  fc.assert(
    fc.property(parts, fc.nat(), fc.anything({ maxDepth: 0 }), (list, at, other) => {
      const index = at % list.length;
      fc.pre(!Object.is(list[index], other));
      const changed = list.map((each, position) => (position === index ? other : each));
      expect(compareValues(list, changed).equal).toBe(false);
      expect(compareValues({ ...list }, { ...changed }).equal).toBe(false);
    }),
  );
});
