import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  COMPAT,
  create,
  documentAfter,
  EXTERNAL,
  fulfill,
  listener,
  schedule,
  spawn,
  TARGET,
} from "../simulation/scripts/requests.js";
import { canonicalJson } from "./canonical.js";
import { decodeDocument, encodeDocument } from "./codec.js";
import type { Document } from "./model.js";
import { EMPTY_DOCUMENT } from "./model.js";
import { turn } from "./turn.js";

const FULL = documentAfter(
  COMPAT,
  [1000, spawn("w", 90_000)],
  [1000, create("w:0", 50_000, EXTERNAL, { headers: { __proto__x: "1" }, data: "x" })],
  [1000, listener("w:0")],
  [1000, create("t", 50_000, TARGET)],
  [1000, schedule("s", "* * * * *")],
  [1001, fulfill("w", 1)],
  [1001, { step: "R6", task: "t" }],
  [60_000, { step: "R3", promise: "w:0", address: "http://listener" }],
);

describe("the codec", () => {
  it("gives back what it wrote", () => {
    for (const document of [EMPTY_DOCUMENT, FULL]) expect(decodeDocument(encodeDocument(document))).toEqual(document);
    expect(FULL.outbox.size).toBe(2);
  });

  it("writes one text whatever the order of the maps", () => {
    const reversed: Document = { ...FULL, promises: new Map([...FULL.promises].reverse()) };
    expect([...reversed.promises.keys()]).not.toEqual([...FULL.promises.keys()]);
    expect(encodeDocument(reversed)).toBe(encodeDocument(FULL));
    expect(encodeDocument(decodeDocument(encodeDocument(FULL)))).toBe(encodeDocument(FULL));
  });

  it("keeps ids and tags that are called like parts of JavaScript", () => {
    const tags = JSON.parse('{"__proto__":"a","constructor":"b"}');
    const id = "__proto__";
    const made = turn(EMPTY_DOCUMENT, 1, create(id, 5, tags), COMPAT, 10).document;
    const read = decodeDocument(encodeDocument(made));
    expect(Object.entries(read.promises.get(id)?.tags ?? {})).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
    expect(read).toEqual(made);
  });

  it("takes no text that is no document", () => {
    const text = encodeDocument(FULL);
    expect(() => decodeDocument("{")).toThrow(SyntaxError);
    expect(() => decodeDocument("{}")).toThrow(TypeError);
    expect(() => decodeDocument(text.replace('"state":"resolved"', '"state":"done"'))).toThrow(/no document/);
    const twice = JSON.parse(text);
    twice.promises.push(twice.promises[0]);
    expect(() => decodeDocument(JSON.stringify(twice))).toThrow(/twice/);
  });
});

describe("canonical JSON", () => {
  it("is JSON, and the same for values that are equal in JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
    expect(canonicalJson({ b: 1, a: [undefined, { d: undefined, c: -0 }].slice(1) })).toBe('{"a":[{"c":0}],"b":1}');
  });

  it("refuses what JSON does not give back", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, undefined, () => 1, 1n]) {
      expect(() => canonicalJson(value)).toThrow(TypeError);
    }
  });
});
