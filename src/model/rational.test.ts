import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { add, compareRationals, divide, floor, multiply, parseDecimal, printRational, rational } from "./rational.js";

const fractions = fc
  .tuple(fc.bigInt({ min: -10_000n, max: 10_000n }), fc.bigInt({ min: 1n, max: 500n }))
  .map(([numerator, denominator]) => rational(numerator, denominator));

describe("rationals", () => {
  it("are exact where floats are not", () => {
    traceSpec("GLOSS-READ-EXACT");
    const sum = add(parseDecimal("0.1") ?? rational(0n), parseDecimal("0.2") ?? rational(0n));
    expect(sum).toEqual(parseDecimal("0.3"));
    expect(parseDecimal("-1.50")).toEqual({ numerator: -3n, denominator: 2n });
    expect(parseDecimal("2e-3")).toEqual({ numerator: 1n, denominator: 500n });
    expect([parseDecimal("1."), parseDecimal("0x1"), parseDecimal("1e999")]).toEqual([null, null, null]);
    expect(() => rational(1n, 0n)).toThrow(RangeError);
  });

  it("print so that they can be read again", () => {
    traceSpec("GLOSS-READ-EXACT");
    expect(["-0.25", "1000", "0.001"].map((text) => printRational(parseDecimal(text) ?? rational(0n)))).toEqual([
      "-0.25",
      "1000",
      "0.001",
    ]);
    expect(printRational(rational(1n, 3n))).toBe("1/3");
  });

  it("keep the laws of a field and of its order", () => {
    traceSpec("GLOSS-READ-EXACT");
    fc.assert(
      fc.property(fractions, fractions, (a, b) => {
        expect(add(a, b)).toEqual(add(b, a));
        if (b.numerator !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
        expect(Math.sign(compareRationals(a, b))).toBe(-Math.sign(compareRationals(b, a)) + 0);
        const whole = floor(a);
        expect(compareRationals(whole, a)).toBeLessThanOrEqual(0);
        expect(compareRationals(add(whole, rational(1n)), a)).toBe(1);
        const printed = printRational(a);
        if (!printed.includes("/")) expect(parseDecimal(printed)).toEqual(a);
      }),
    );
  });
});
