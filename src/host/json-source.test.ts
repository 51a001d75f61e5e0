import { describe, expect, it } from "vitest";
import { readJson } from "./json-source.js";

function problem(text: string): string {
  const read = readJson("c.json", text);
  if (!("message" in read)) throw new Error("expected a problem");
  return `${read.span.line}:${read.span.column} ${read.message}`;
}

describe("JSON with places", () => {
  it("gives the place of values and keys", () => {
    const read = readJson("c.json", '\uFEFF{\n  "a": [1, {"b": "x"}],\n  "c": null\n}\n');
    if ("message" in read) throw new Error(read.message);
    expect(read.value).toEqual({ a: [1, { b: "x" }], c: null });
    expect(read.spanOf(["a", 1, "b"])).toEqual({ file: "c.json", line: 2, column: 18, endLine: 2, endColumn: 21 });
    expect(read.keySpanOf(["a", 1, "b"])).toMatchObject({ line: 2, column: 13, endColumn: 16 });
    expect(read.spanOf(["a", 7, "none"])).toMatchObject({ line: 2, column: 8 });
    expect(read.spanOf([])).toMatchObject({ line: 1, column: 2, endLine: 4 });
  });

  it.each([
    ['{"a": }', '1:7 Unexpected "}", expected a value'],
    ["", "1:1 Unexpected end of the file, expected a value"],
    ['{\n  "a": 1,\n}', '3:1 Unexpected "}", expected a key in double quotes'],
    ["{\n  // why\n}", "2:3 Unexpected comment, which JSON does not have, expected a key in double quotes"],
    ['{"a" 1}', '1:6 Unexpected "1", expected ":"'],
    ['{"a": 1 "b": 2}', '1:9 Unexpected "\\"", expected "," or "}"'],
    ["[1 2]", '1:4 Unexpected "2", expected "," or "]"'],
    ["[1, 2", '1:6 Unexpected end of the file, expected "," or "]"'],
    ["{} x", '1:4 Unexpected "x", expected the end of the file'],
    ['{"a": "b\n"}', "1:7 Unexpected end of a string, expected a closing quotation mark on its line"],
    ['{"a": "\\q"}', '1:7 Unexpected "\\"\\\\q\\"", expected a value'],
    ["[01]", '1:2 Unexpected "01", expected a value'],
    ["[nul]", '1:2 Unexpected "nul", expected a value'],
    ['{"a": 1, "a": 2}', '1:10 Unexpected second "a", expected each key once'],
    ["['a']", '1:2 Unexpected "\'", expected a value'],
  ])("says what is wrong with %j", (text, expected) => {
    expect(problem(text)).toBe(expected);
  });

  it("refuses nesting that could exhaust the stack", () => {
    expect(problem("[".repeat(1_000_000))).toBe("1:102 Unexpected nesting, expected at most 100 levels");
  });

  it("takes a key that objects have of their own", () => {
    const read = readJson("c.json", '{"__proto__": {"a": 1}}');
    if ("message" in read) throw new Error(read.message);
    expect(JSON.stringify(read.value)).toBe('{"__proto__":{"a":1}}');
  });
});
