import fc from "fast-check";
import { expect, it } from "vitest";
import { fromColumns, toColumns } from "./columns.js";

const plain = fc.oneof(fc.constantFrom<unknown>(null, true, 0, 1, "", "0", "1", "[1]", "null", '{"a":1}'), fc.string());
const member = fc.oneof(plain, fc.array(plain, { maxLength: 2 }), fc.dictionary(fc.constantFrom("a", "b"), plain));
const record = fc.dictionary(fc.constantFrom("name", "suite", "file", "toString"), member);

it("gives any records back after JSON, absent members absent", () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 12 }), (records) => {
      const again = fromColumns(JSON.parse(JSON.stringify(toColumns(records))));
      expect(again).toStrictEqual(JSON.parse(JSON.stringify(records)));
    }),
  );
});

it("keeps a value that all records share once", () => {
  const records = Array.from({ length: 100 }, (_, at) => ({ name: `test ${at}`, suite: ["basket"], line: null }));
  const { columns } = toColumns(records);
  expect(columns.map(({ key, values }) => [key, values.length])).toEqual([
    ["name", 100],
    ["suite", 1],
    ["line", 1],
  ]);
});
