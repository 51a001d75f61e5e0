import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { plainText, quoteDifference } from "./quote.js";

const word = fc.constantFrom("THE", "box", "SHALL", "close", "within", "5", "-", "3 * 4", "a_b", "lid's", "x", "xx");
const sentence = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));

describe("quoteDifference", () => {
  it("finds every part of a text in it, reflowed or emphasised", () => {
    traceSpec("REF-QUOTE-FOLD");
    fc.assert(
      fc.property(sentence, sentence, sentence, fc.constantFrom("*", "**", "_", "`"), (before, part, behind, mark) => {
        const text = `${before} ${part} ${behind}`;
        expect(quoteDifference(part, text)).toBeNull();
        expect(quoteDifference(part.replaceAll(" ", "\n  "), `${before} ${mark}${part}${mark} ${behind}`)).toBeNull();
      }),
    );
  });

  it("agrees with a plain search", () => {
    traceSpec("REF-QUOTE");
    fc.assert(
      fc.property(sentence, sentence, (quote, text) => {
        expect(quoteDifference(quote, text) === null).toBe(plainText(text).includes(plainText(quote)));
      }),
    );
  });

  it("notices any changed digit", () => {
    traceSpec("REF-QUOTE");
    fc.assert(
      fc.property(sentence, fc.nat(9), sentence, (before, digit, behind) => {
        const text = `${before} at ${digit} ms ${behind}`;
        const other = `${before} at ${(digit + 1) % 10} ms ${behind}`;
        expect(quoteDifference(other, text)).not.toBeNull();
      }),
    );
  });

  it("stays linear on texts that repeat themselves", () => {
    traceSpec("REF-QUOTE");
    const text = "ab ".repeat(100_000);
    expect(quoteDifference(`${"ab ".repeat(50_000)}x`, text)).toEqual({
      quoted: "…ab ab ab ab ab ab ab x",
      actual: "…ab ab ab ab ab ab ab ab ab ab ab ab ab ab ab…",
    });
  });
});
