import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson } from "./json-source.js";

describe("JSON with places", () => {
  it("reads what the platform reads, whatever the layout", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const read = readJson("f", text);
        expect("message" in read ? read.message : read.value).toEqual(JSON.parse(text));
      }),
    );
  });

  it("refuses exactly what the platform refuses, at a place inside the text", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      '"a"',
      "1",
      "-",
      ".",
      "e",
      "true",
      "nul",
      " ",
      "\n",
      "\\",
      "/",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        const read = readJson("f", text);
        const refused = "message" in read;
        expect(refused).toBe(!platformReads(text) || (refused && read.message.includes("second")));
        if (refused) expect(read.span.line).toBeLessThanOrEqual(text.split("\n").length);
      }),
      { numRuns: 500 },
    );
  });
});

function platformReads(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
