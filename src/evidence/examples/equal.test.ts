import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import { compareValues } from "./equal.js";

class Point {
  readonly x: number;
  constructor(x: number) {
    this.x = x;
  }
}

class Secret {
  readonly #x: number;
  constructor(x: number) {
    this.#x = x;
  }
  get x(): number {
    return this.#x;
  }
}

function ring(value: number): object {
  const made: { value: number; self?: object } = { value };
  made.self = made;
  return made;
}

const equalPairs: [string, unknown, unknown][] = [
  ["numbers", 1.5, 1.5],
  ["NaN", Number.NaN, Number.NaN],
  ["bigint", 10n, 10n],
  ["symbols", Symbol.for("a"), Symbol.for("a")],
  ["nested objects in another order", { a: 1, b: { c: [2] } }, { b: { c: [2] }, a: 1 }],
  ["symbol members", { [Symbol.for("k")]: 1 }, { [Symbol.for("k")]: 1 }],
  ["sparse arrays", new Array(2), new Array(2)],
  ["instances", new Point(1), new Point(1)],
  [
    "maps in another order",
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
    new Map([
      ["b", 2],
      ["a", 1],
    ]),
  ],
  ["maps with object keys", new Map([[{ k: 1 }, { v: 2 }]]), new Map([[{ k: 1 }, { v: 2 }]])],
  ["sets of objects", new Set([{ a: 1 }, { a: 2 }]), new Set([{ a: 2 }, { a: 1 }])],
  ["dates", new Date(5), new Date(5)],
  ["invalid dates", new Date(Number.NaN), new Date(Number.NaN)],
  ["regular expressions", /a+/giu, /a+/giu],
  ["typed arrays", new Float64Array([1, -0]), new Float64Array([1, -0])],
  ["buffers", new Uint8Array([1, 2]).buffer, new Uint8Array([1, 2]).buffer],
  ["views", new DataView(new ArrayBuffer(2)), new DataView(new ArrayBuffer(2))],
  ["errors", new RangeError("no", { cause: { a: 1 } }), new RangeError("no", { cause: { a: 1 } })],
  ["addresses", new URL("http://a/b"), new URL("http://a/b")],
  ["boxed values", Object("a"), Object("a")],
  ["objects without prototype", Object.create(null), Object.create(null)],
];

const differentPairs: [string, unknown, unknown][] = [
  ["number and string", 1, "1"],
  ["zeros", 0, -0],
  ["zeros inside", { a: [0] }, { a: [-0] }],
  ["null and undefined", null, undefined],
  ["absent and undefined member", {}, { a: undefined }],
  ["more members", { a: 1 }, { a: 1, b: 2 }],
  ["fewer members", { a: 1, b: 2 }, { a: 1 }],
  ["another member name", { a: 1 }, { b: 1 }],
  ["hole and undefined", new Array(1), [undefined]],
  ["longer array", [1], [1, 2]],
  ["array and object", [], {}],
  ["instance and plain object", new Point(1), { x: 1 }],
  ["instances", new Point(1), new Point(2)],
  ["object without prototype", Object.create(null), {}],
  ["map values", new Map([["a", 1]]), new Map([["a", 2]])],
  ["map keys", new Map([["a", 1]]), new Map([["b", 1]])],
  ["map object keys", new Map([[{ k: 1 }, 1]]), new Map([[{ k: 2 }, 1]])],
  ["sets", new Set([1]), new Set([2])],
  ["sets of objects", new Set([{ a: 1 }, { a: 1 }]), new Set([{ a: 1 }, { a: 2 }])],
  ["dates", new Date(5), new Date(6)],
  ["flags", /a/u, /a/gu],
  ["typed arrays", new Float64Array([0]), new Float64Array([-0])],
  ["kinds of typed array", new Uint8Array([1]), new Int8Array([1])],
  ["buffers", new Uint8Array([1]).buffer, new Uint8Array([2]).buffer],
  ["error messages", new Error("a"), new Error("b")],
  ["error classes", new Error("a"), new TypeError("a")],
  ["error causes", new Error("a", { cause: 1 }), new Error("a", { cause: 2 })],
  ["addresses", new URL("http://a/b"), new URL("http://a/c")],
  ["boxed values", Object(1), Object(2)],
  ["functions", () => 1, () => 1],
  ["cycles", ring(1), ring(2)],
];

describe("whole values", () => {
  test.each(equalPairs)("of equal %s", (_, a, b) => {
    traceSpec("EXAMPLE-WHOLE");
    expect(compareValues(a, b)).toEqual({ equal: true });
  });

  test.each(differentPairs)("of different %s", (_, a, b) => {
    traceSpec("EXAMPLE-WHOLE-NEAR");
    expect(compareValues(a, b)).toEqual({ equal: false, hidden: null });
    expect(compareValues(b, a)).toEqual({ equal: false, hidden: null });
  });

  test("that hold themselves", () => {
    traceSpec("EXAMPLE-WHOLE-CYCLE");
    expect(compareValues(ring(1), ring(1)).equal).toBe(true);
    expect(compareValues({ a: ring(1) }, { a: ring(2) }).equal).toBe(false);
    // The trial of one partner must not make the next one equal.
    const inner = () => ({ b: 1 });
    expect(
      compareValues(new Set([{ a: inner(), c: 1 }, inner()]), new Set([{ a: inner(), c: 2 }, inner()])).equal,
    ).toBe(false);
  });

  test.each([
    ["private members", new Secret(1), new Secret(1), "Secret"],
    ["promises", Promise.resolve(1), Promise.resolve(1), "Promise"],
    ["weak collections", new WeakSet(), new WeakSet(), "WeakSet"],
    ["private members inside", [new Secret(1)], [new Secret(1)], "Secret"],
  ])("with %s cannot be told", (_, a, b, hidden) => {
    traceSpec("EXAMPLE-WHOLE-HIDDEN");
    expect(compareValues(a, b)).toEqual({ equal: false, hidden });
    expect(compareValues(a, a)).toEqual({ equal: true });
    expect(compareValues([a, 1], [b, 2])).toEqual({ equal: false, hidden: null });
  });

  test("of generators cannot be told", () => {
    traceSpec("EXAMPLE-WHOLE-HIDDEN");
    function* count() {
      yield 1;
    }
    const make = () => count();
    expect(compareValues(make(), make()).equal).toBe(false);
    expect(compareValues([1].values(), [2].values())).toMatchObject({ equal: false });
  });
});
