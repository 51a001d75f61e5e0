import { describe, expect, it } from "vitest";
import { visible, visibleJson, withoutUnsafe } from "./visible.js";

describe("visible", () => {
  it.each([
    ["\u001b[31mred", "\\u{1B}[31mred"],
    ["a\u0000b", "a\\u{0}b"],
    ["\u009b31m", "\\u{9B}31m"],
    ["\u202Eevil\u202C", "\\u{202E}evil\\u{202C}"],
    ["zero\u200Bwidth\uFEFF", "zero\\u{200B}width\\u{FEFF}"],
    ["line\u2028end", "line\\u{2028}end"],
    ["lone \uD800", "lone \\u{D800}"],
    ["one\r\ntwo\tthree", "one two three"],
  ])("shows %j as %s", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("leaves other scripts, combined characters and joined emoji alone", () => {
    for (const text of ["日本語", "כותרת", "نیم\u200Cفاصله", "👩\u200D👧", "naïve", "plain"]) {
      expect(visible(text)).toBe(text);
    }
  });

  it("composes, and keeps eight of many stacked marks", () => {
    expect(visible("e\u0301")).toBe("é");
    expect(visible(`x${"\u0336".repeat(500)}y`)).toBe(`x${"\u0336".repeat(8)}y`);
  });
});

describe("visibleJson", () => {
  it("writes unsafe characters as escapes that mean the same", () => {
    const value = { text: "\u202E\u009b\u007f\u{E0041}" };
    const shown = visibleJson(JSON.stringify(value, null, 2));
    expect(shown).toBe('{\n  "text": "\\u202e\\u009b\\u007f\\udb40\\udc41"\n}');
    expect(JSON.parse(shown)).toEqual(value);
  });
});

describe("withoutUnsafe", () => {
  it("drops them and keeps line breaks and tabs", () => {
    expect(withoutUnsafe("a\u001b\u202E\uD800b\n\tc")).toBe("ab\n\tc");
  });
});
