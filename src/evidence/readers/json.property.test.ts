import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { JsonPath } from "./json.js";
import { elementOffsets, jsonPointer, offsetOf, placeOf, placesOf, readJson } from "./json.js";

/** Every path into a value, with what stands there. */
function paths(value: unknown, at: JsonPath = []): { path: JsonPath; value: unknown }[] {
  const here = [{ path: at, value }];
  if (Array.isArray(value)) return [...here, ...value.flatMap((each, index) => paths(each, [...at, index]))];
  if (typeof value !== "object" || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([key, each]) => paths(each, [...at, key]))];
}

describe("places in JSON", () => {
  it("lead to the value at a path, however the text is laid out", () => {
    traceSpec("RES-ENTRY");
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom("", " ", "\n\t"), (value, indent) => {
        const text = indent + JSON.stringify(value, null, indent);
        const parsed: unknown = JSON.parse(text);
        for (const each of paths(parsed)) {
          const rest = text.slice(offsetOf(text, each.path));
          const end = [...Array(rest.length + 1).keys()].find((length) => fits(rest.slice(0, length), each.value));
          expect(end, jsonPointer(each.path)).toBeDefined();
        }
      }),
      { numRuns: 60 },
    );
  });

  it("list the elements of an array", () => {
    traceSpec("RES-ENTRY");
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 2 })), (list) => {
        const text = JSON.stringify({ list });
        const offsets = elementOffsets(text, offsetOf(text, ["list"]));
        expect(offsets).toHaveLength(list.length);
        list.forEach((each, index) => {
          expect(text.slice(offsets[index]).startsWith(JSON.stringify(each))).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
  });

  it("count lines and columns alike, one at a time or many", () => {
    traceSpec("RES-MALFORMED");
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\n", "\r") }), fc.array(fc.nat(30)), (text, wanted) => {
        const offsets = wanted.map((each) => Math.min(each, text.length)).sort((a, b) => a - b);
        const expected = offsets.map((offset) => {
          const lines = text.slice(0, offset).split("\n");
          return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
        });
        expect(placesOf(text, offsets)).toEqual(expected);
        expect(offsets.map((offset) => placeOf(text, offset))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("of the first fault stand where another beginning would be needed", () => {
    traceSpec("RES-MALFORMED-JSON");
    const damaged = fc
      .record({
        value: fc.jsonValue({ maxDepth: 3 }),
        at: fc.nat(60),
        put: fc.constantFrom(",", ":", "}", "]", "x", '"', "1", ""),
      })
      .map(({ value, at, put }) => {
        const text = JSON.stringify(value);
        return text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        const read = readJson(text);
        if (read.fault === null) return;
        const offset = read.fault.column - 1;
        expect(offset).toBeLessThanOrEqual(text.length);
        // What stands before the fault can still become JSON: cutting there faults at the end, or in the last word.
        const before = readJson(text.slice(0, offset));
        if (before.fault !== null) expect(before.fault.column - 1).toBe(offset);
      }),
      { numRuns: 500 },
    );
  });
});

function fits(text: string, value: unknown): boolean {
  const read = readJson(text);
  return read.fault === null && text !== "" && JSON.stringify(read.value) === JSON.stringify(value);
}
