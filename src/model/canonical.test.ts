import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, canonicalPieces, compactCanonicalJson } from "./canonical.js";

describe("canonicalJson", () => {
  it("indents three levels and keeps records on one line", () => {
    const value = { b: [{ z: 1, a: { y: [true, null], x: "é\n" } }], a: {}, u: undefined };
    expect(canonicalJson(value)).toBe(
      '{\n  "a": {},\n  "b": [\n    {\n      "a": {"x":"é\\n","y":[true,null]},\n      "z": 1\n    }\n  ]\n}\n',
    );
  });

  it("gives back what JSON would, on one line or many", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(plain);
        expect(JSON.parse(compactCanonicalJson(value))).toEqual(plain);
        expect(compactCanonicalJson(value)).not.toContain("\n");
      }),
    );
  });

  it("does not depend on the order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
      }),
    );
  });

  it("has the same text in pieces, each short", () => {
    const value = { a: Array.from({ length: 20_000 }, (_, at) => ({ id: at, name: `record "${at}"`, tags: ["A-B"] })) };
    const pieces = [...canonicalPieces(value)];
    expect(pieces.length).toBeGreaterThan(2);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(300_000);
    expect(pieces.join("")).toBe(canonicalJson(value));
  });

  it.each([0, 1, 3])("writes %i members that are made one by one as it writes a list", (count) => {
    const list = Array.from({ length: count }, (_, at) => ({ id: at, inner: [{}, [], [at]] }));
    const made = function* () {
      yield* list;
    };
    expect([...canonicalPieces({ a: made(), b: 1 })].join("")).toBe(canonicalJson({ a: list, b: 1 }));
  });

  it("orders the keys of every record, whatever shapes came before", () => {
    const record = fc.dictionary(
      fc.constantFrom("a", "b", "c", "d", "10", "9", "é"),
      fc.constantFrom(1, undefined, "\ud800"),
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 40 }), (records) => {
        const expected = records.map((each) => {
          const keys = Object.keys(each).sort();
          return `{${keys.flatMap((key) => (each[key] === undefined ? [] : [`${JSON.stringify(key)}:${JSON.stringify(each[key])}`])).join(",")}}`;
        });
        expect(compactCanonicalJson(records)).toBe(`[${expected.join(",")}]`);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1])("refuses %s", (value) => {
    expect(() => canonicalJson([value])).toThrow(TypeError);
  });
});
