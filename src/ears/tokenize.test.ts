import { describe, expect, it } from "vitest";
import { tokenize } from "./tokenize.js";

function kinds(text: string): string[] {
  return tokenize(text, 0, text.length).map((token) => `${token.kind} ${token.text}`);
}

function depths(text: string): string {
  return tokenize(text, 0, text.length)
    .map((token) => token.depth)
    .join("");
}

describe("tokenize", () => {
  it.each([
    ["a `b, c` d", ["word a", "code `b, c`", "word d"]],
    ["``a ` b`` c", ["code ``a ` b``", "word c"]],
    ["an open ` tick", ["word an", "word open", "mark `", "word tick"]],
    ['say "a, b" now', ["word say", 'quote "a, b"', "word now"]],
    ["the user's “a” and 'b'", ["word the", "word user's", "quote “a”", "word and", "quote 'b'"]],
    ['a 5" pipe', ["word a", "number 5", 'mark "', "word pipe"]],
    ["see [a b](/c.md#L1).", ["word see", "link [a b](/c.md#L1)", "mark ."]],
    ["**SHALL** _not_ a_b", ["word SHALL", "word not", "word a_b"]],
    ["`npm`-installed (-5)", ["code `npm`", "mark -", "word installed", "mark (", "number -5", "mark )"]],
    ["2 * 3", ["number 2", "mark *", "number 3"]],
    ["a <!-- SHALL --> b", ["word a", "word b"]],
    ["x \\*y", ["word x", "mark *", "word y"]],
    ["A → B >= 3", ["word A", "mark →", "word B", "mark >=", "number 3"]],
    [
      "and/or re-read e.g. https://a.b/c.",
      ["word and/or", "word re-read", "word e.g", "mark .", "word https://a.b/c", "mark ."],
    ],
    ["--out -5 v1.2.3", ["word --out", "number -5", "word v1.2.3"]],
    [
      "1,000 500ms 5-minute 20% 5.5 1.2.3 3D-printed 2026-06-05",
      [
        "number 1,000",
        "number 500ms",
        "number 5-minute",
        "number 20%",
        "number 5.5",
        "word 1.2.3",
        "word 3D-printed",
        "word 2026-06-05",
      ],
    ],
  ])("reads %s", (text, expected) => {
    expect(kinds(text)).toEqual(expected);
  });

  it("counts brackets, and not those that are never closed", () => {
    expect(depths("a (b [c]) d")).toBe("0112221" + "0");
    expect(depths("a (b c")).toBe("0000");
    expect(depths("a (b [c) d")).toBe("0111110");
    expect(depths("a) b")).toBe("000");
  });

  it("keeps its work linear when brackets, quotes, ticks and comments never close", () => {
    for (const opening of ["(", "[a](", '"a ', "` `` ", "<!-- ", "([)"]) {
      const text = opening.repeat(20_000);
      expect(tokenize(text, 0, text.length).length).toBeGreaterThan(0);
    }
  });
});
