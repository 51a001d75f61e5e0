import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../kernel/canonical.js";
import { Scale } from "./scale.js";

function weigh(value: unknown): { bytes: number; digest: number } {
  const scale = new Scale();
  const digest = scale.weigh(value);
  return { bytes: scale.bytes, digest };
}

/** Any JSON value, its texts with escapes, pairs and lone halves of pairs. */
const text = fc
  .array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)))
  .map((u) => u.join(""));
const near = fc.constantFrom(
  "",
  '"',
  "\\",
  "\n",
  "\u001f",
  "\u007f",
  "é",
  "€",
  "😀",
  "\ud83d",
  "\ude00",
  "\ud83d\ud83d\ude00",
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text,
    near,
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(fc.oneof(text, near), tie("value"), { maxKeys: 5 }),
  ),
}));

describe("the weight of a JSON value", () => {
  it("is the length of its canonical text in UTF-8", () => {
    traceSpec("MAP-SIZE");
    fc.assert(
      fc.property(value, (some) => {
        expect(weigh(some).bytes).toBe(Buffer.byteLength(canonicalJson(some)));
      }),
      {
        numRuns: 2000,
      },
    );
  });

  it("has the digest of what is read back, in whatever order fields were set", () => {
    traceSpec("MAP-CHAIN");
    fc.assert(
      fc.property(value, (some) => {
        expect(weigh(JSON.parse(canonicalJson(some))).digest).toBe(weigh(some).digest);
      }),
      { numRuns: 2000 },
    );
    expect(weigh({ a: 1, b: "2", c: undefined })).toEqual(weigh({ b: "2", a: 1 }));
  });

  it("has another digest for each other value", () => {
    traceSpec("MAP-CHAIN");
    const values = [
      0,
      1,
      -1,
      4294967295,
      4294967296,
      0.5,
      1e21,
      "",
      "1",
      "0.5",
      null,
      true,
      false,
      "null",
      [],
      {},
      [[]],
    ];
    const nested = [[1, 2], [2, 1], [12], { a: 1 }, { a: "1" }, { b: 1 }, { a: { b: 1 } }, { a: { c: 1 } }, [{ a: 1 }]];
    const swapped = [
      { a: 1, b: 2 },
      { a: 2, b: 1 },
      { a: { x: 1 }, b: {} },
      { a: {}, b: { x: 1 } },
    ];
    const all = [...values, ...nested, ...swapped];
    expect(new Set(all.map((some) => weigh(some).digest)).size).toBe(all.length);
    const digests = Array.from(
      { length: 20_000 },
      (_, n) => weigh({ id: `p:${n}`, timeoutAt: 1_800_000_000_000 + n }).digest,
    );
    // About 0.05 pairs of 20,000 numbers of 32 bits are equal by chance.
    expect(new Set(digests).size).toBeGreaterThan(19_997);
  });

  it("is refused for what JSON cannot carry back", () => {
    traceSpec("MAP-SIZE");
    for (const some of [Number.NaN, Number.POSITIVE_INFINITY, undefined, () => 1, [undefined], { a: 1n }]) {
      expect(() => weigh(some)).toThrow(TypeError);
    }
  });
});
