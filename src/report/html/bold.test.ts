import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { boldPieces } from "./client/bold.js";

/** With bold words in angle brackets. */
const shown = (text: string) =>
  boldPieces(text)
    .map((each) => (each.isBold ? `<${each.text}>` : each.text))
    .join("");

describe("words between double asterisks", () => {
  it("are bold, without the asterisks", () => {
    traceSpec("HTML-REPORT-CASE-STEPS");
    expect(shown("- **GIVEN** a\n- **THEN b** c **D**")).toBe("- <GIVEN> a\n- <THEN b> c <D>");
    expect(shown("**runs `a ** b` once**")).toBe("<runs `a ** b` once>");
    expect(shown("2 ** 3 **THEN** it's a`")).toBe("2 ** 3 <THEN> it's a`");
    expect(shown("")).toBe("");
  });

  it.each([
    "x ** y ** z",
    "x** y **z",
    "a **b ** c",
    "call `**kwargs** and` so",
    "call ``a ` **b** c`` so",
    "`x ** y` and `**z**`",
    "** **",
    "****",
    "***",
    "**a\nb**",
    "`**a**`\n",
  ])("are as they stand in %s", (text) => {
    traceSpec("HTML-REPORT-CASE-ASTERISKS");
    expect(shown(text)).toBe(text);
  });

  it("are found in little time in texts that are made to take long", () => {
    for (const piece of ["`", "``a`", "**a", "**`a", "* ", "`a``b```c"]) {
      expect(boldPieces(piece.repeat(20_000)).length).toBeGreaterThan(0);
    }
  });
});
