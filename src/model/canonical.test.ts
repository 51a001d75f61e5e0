import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, compactCanonicalJson } from "./canonical.js";

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

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1])("refuses %s", (value) => {
    expect(() => canonicalJson([value])).toThrow(TypeError);
  });
});
