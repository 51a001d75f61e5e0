import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { mix, Stream } from "./draws.js";

describe("draws", () => {
  // The numbers were computed apart, from the published description of MurmurHash3.
  it("are the same on every engine", () => {
    traceSpec("SIM-DRAW");
    expect([0, 1, 2, 0xffffffff].map((n) => mix(0x9e3779b9, n))).toEqual([
      387082432, 2654720615, 2173269312, 1806627073,
    ]);
  });

  it("depend on seed, process, site and number alone", () => {
    traceSpec("SIM-DRAW");
    const stream = new Stream(7, 3, 11);
    const inOrder = [stream.next(), stream.next(), stream.next()];
    const again = new Stream(7, 3, 11);
    expect([2, 0, 1].map((n) => again.at(n))).toEqual([inOrder[2], inOrder[0], inOrder[1]]);
    const others = [new Stream(8, 3, 11), new Stream(7, 4, 11), new Stream(7, 3, 12)].map((other) => other.at(0));
    expect(new Set([inOrder[0], ...others]).size).toBe(4);
  });

  it("fall evenly below a bound", () => {
    const stream = new Stream(1, 2, 3);
    const counts = Array.from({ length: 8 }, () => 0);
    for (let n = 0; n < 80_000; n++) {
      const drawn = stream.below(8);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    // 80,000 throws: six standard deviations are 562.
    expect(Math.min(...counts)).toBeGreaterThan(9438);
    expect(Math.max(...counts)).toBeLessThan(10_562);
  });
});
