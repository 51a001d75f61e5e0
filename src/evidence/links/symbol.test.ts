import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { readLinkText, readSymbol } from "./symbol.js";

describe("readSymbol", () => {
  it.each([
    ["load", "load", []],
    ["load()", "load", []],
    ["`load()`", "load", []],
    ['"load"', "load", []],
    ["**load**", "load", []],
    ["load(path, options)", "load", []],
    ["load<T>()", "load", []],
    ["function load", "load", []],
    ["export class Registry", "Registry", []],
    ["Registry.load()", "load", ["Registry"]],
    ["Registry#load", "load", ["Registry"]],
    ["boxes::Registry::load", "load", ["boxes", "Registry"]],
    ["#boxes", "#boxes", []],
    ["empty?", "empty?", []],
    ["adds[1-2]", "adds", []],
    ["Map[K, V]", "Map", []],
    ["(*Store).Get", "Get", ["Store"]],
    ["Store.get/1", "get", ["Store"]],
    ["a &lt; b", null, []],
    ["rejects a long alias", null, []],
    ["load() rejects", null, []],
    ["max-alias", null, []],
  ])("reads %s", (text, name, qualifiers) => {
    traceSpec("LINK-NAME-DECORATION");
    expect(readSymbol(text)).toMatchObject({ name, qualifiers });
  });
});

describe("readLinkText", () => {
  it.each([
    ["a.ts:12 load()", "a.ts", [12, null], "load()"],
    ["src/a.ts:12 load()", "src/a.ts", [12, null], "load()"],
    ["/src/a.ts:L12-L20 x y", "/src/a.ts", [12, 20], "x y"],
    ["a.ts:12-20", "a.ts", [12, 20], null],
    ["a.ts:12:5 load", "a.ts", [12, null], "load"],
    ["a.ts:12-20:5 load", "a.ts", [12, 20], "load"],
    ["a.ts:12:3rd try", "a.ts", [12, null], "3rd try"],
    ["a.ts load", "a.ts", null, "load"],
    ["`a.ts:12` load", "a.ts", [12, null], "load"],
    ["a.ts:12: load", "a.ts", [12, null], "load"],
    ["b.ts:12 load", "b.ts", [12, null], "load"],
    ["`load()`", null, null, "`load()`"],
    ["load()", null, null, "load()"],
    ["the parser", null, null, null],
    ["load", null, null, null],
    ["e.g. this", null, null, null],
    ["b.ts load", null, null, null],
  ])("takes %s apart", (text, file, lines, symbol) => {
    traceSpec("LINK-NAME");
    const read = readLinkText(text, "src/a.ts");
    expect([read.file, read.lines && [read.lines.from, read.lines.to], read.symbol]).toEqual([file, lines, symbol]);
    for (const range of [read.digits?.from, read.digits?.to]) {
      if (range) expect(text.slice(...range)).toMatch(/^\d+$/);
    }
  });

  it("knows a file whose name holds a blank", () => {
    traceSpec("LINK-NAME");
    expect(readLinkText("my notes.md:3 x", "docs/my notes.md")).toMatchObject({ file: "my notes.md", symbol: "x" });
  });
});
