import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { packColumns, unpackColumns } from "./pack.js";

it("gives columns back as they were", () => {
  traceSpec("HTML-REPORT-DATA-PACKED");
  const columns = fc.dictionary(
    fc.string(),
    fc.oneof(
      fc.array(fc.integer()),
      fc.array(fc.array(fc.integer())),
      fc.array(fc.array(fc.string(), { minLength: 1 })),
    ),
  );
  fc.assert(
    fc.property(columns, (given) => {
      const plain = { ...given };
      expect(unpackColumns(JSON.parse(JSON.stringify(packColumns(plain))))).toEqual(plain);
    }),
  );
});
