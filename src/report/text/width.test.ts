import { describe, expect, it } from "vitest";
import { chop, columns, shorten, shortenMiddle } from "./width.js";

describe("columns", () => {
  it.each([
    ["plain", 5],
    ["", 0],
    ["日本", 4],
    ["ｗｉｄｅ", 8],
    ["한국", 4],
    ["é", 1],
    ["e\u0301\u0302", 1],
    ["👍", 2],
    ["👍🏽", 2],
    ["👩‍👩‍👧‍👦", 2],
    ["🇩🇪", 2],
    ["❤️", 2],
    ["❤", 1],
    ["©", 1],
    ["…─·→", 4],
    ["𠀀", 2],
    ["שלום", 4],
    ["ก็", 1],
  ])("of %j are %i", (text, count) => {
    expect(columns(text)).toBe(count);
  });
});

describe("shorten", () => {
  it.each([
    ["abcdef", 6, "abcdef"],
    ["abcdef", 5, "abcd…"],
    ["ab cdef", 4, "ab…"],
    ["日本語", 5, "日本…"],
    ["日本語", 4, "日…"],
    ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
    ["abc", 1, "…"],
    ["abc", 0, ""],
  ])("cuts %j to %i columns", (text, max, cut) => {
    expect(shorten(text, max)).toBe(cut);
  });
});

describe("shortenMiddle", () => {
  it("keeps the end, where the file and line stand", () => {
    expect(shortenMiddle("openspec/specs/box/spec.md:12", 20)).toBe("opensp…ox/spec.md:12");
    expect(shortenMiddle("short:1", 20)).toBe("short:1");
  });

  it("leaves as much to the start as it is told", () => {
    expect(shortenMiddle("formalization-and-logic-analysis", 12, 2 / 3)).toBe("formali…ysis");
  });
});

describe("chop", () => {
  it("cuts into pieces of at most the given columns", () => {
    expect(chop("abcdefg", 3)).toEqual(["abc", "def", "g"]);
    expect(chop("日本語", 3)).toEqual(["日", "本", "語"]);
    expect(chop("", 3)).toEqual([]);
  });
});
