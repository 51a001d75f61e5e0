import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, test } from "vitest";
import { RICH } from "../../../test/builders/alloy.js";
import { parseSpec } from "../../specs/parse.js";
import { padBlocks } from "../padding.js";
import { Cursor } from "./cursor.js";
import { lex } from "./lex.js";
import { parseAlloy } from "./parse.js";

const CORPUS = "test/fixtures/specs/corpora/spec-check";

/** Models of a real project, and one with every form. */
const MODELS = [
  RICH,
  ...readdirSync(CORPUS, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("spec.md"))
    .sort()
    .map((path) => {
      const text = readFileSync(join(CORPUS, path), "utf8");
      return padBlocks(text, parseSpec({ path, text }).document.alloyBlocks);
    }),
].filter((text) => text.trim() !== "");

const fragments = [...new Set(MODELS.flatMap((text) => lex(text).tokens.map((token) => token.text)))].sort();

/** Real tokens in any order, with what breaks readers. */
const soup = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...fragments) },
      {
        weight: 2,
        arbitrary: fc.constantFrom("{", "}", "[", "]", "(", ")", "check", "run", "sig", "fact", "for", ",", ":"),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          '"',
          "/*",
          "*/",
          "//",
          "--",
          "\\",
          "\r",
          "‘",
          "\u0000",
          "\ud800",
          "constructor",
          "__proto__",
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
    ),
    { maxLength: 60 },
  )
  .chain((parts) => fc.constantFrom(" ", "", "\n").map((between) => parts.join(between)));

/** A prefix of a real model, with a bit of it taken out. */
const cut = fc
  .tuple(
    fc.constantFrom(...MODELS),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([model, end, hole]) => {
    const prefix = model.slice(0, Math.floor(model.length * end));
    const at = Math.floor(prefix.length * hole);
    return prefix.slice(0, at) + prefix.slice(at + 7);
  });

function covers(text: string): void {
  const read = parseAlloy("a.als", text);
  let token = 0;
  let before = 0;
  for (const { first, last, start, end } of read.paragraphs) {
    expect([first, last > first]).toEqual([token, true]);
    expect([start, end]).toEqual([read.tokens[first]?.start, read.tokens[last - 1]?.end]);
    token = last;
    expect(blankBetween(read.comments, text, before, start)).toBe("");
    before = end;
  }
  expect(token).toBe(read.tokens.length);
}

/** What stands between two paragraphs besides comments and white space. */
function blankBetween(
  comments: readonly { start: number; end: number }[],
  text: string,
  from: number,
  to: number,
): string {
  let left = "";
  let at = from;
  for (const comment of comments) {
    if (comment.start < from || comment.end > to) continue;
    left += text.slice(at, comment.start);
    at = comment.end;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what the reader takes for white space
  return (left + text.slice(at, to)).replace(/[\u0000-\u0020\ufeff\u00a0]/g, "");
}

describe("whatever the text", () => {
  test("every token stands in one paragraph", () => {
    traceSpec("ALLOY-HOSTILE", "ALLOY-HOSTILE-COVER");
    for (const model of MODELS) covers(model);
    fc.assert(fc.property(fc.oneof(soup, cut), covers), { numRuns: 300 });
  });

  test("tokens and comments hold all of it but white space", () => {
    traceSpec("ALLOY-HOSTILE-COVER");
    fc.assert(
      fc.property(soup, (text) => {
        const { tokens, comments } = lex(text);
        const all = [...tokens, ...comments].sort((a, b) => a.start - b.start);
        let at = 0;
        for (const { start, end } of all) {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: what the reader takes for white space
          expect(text.slice(at, start)).toMatch(/^[\u0000-\u0020\ufeff\u00a0]*$/);
          expect(end).toBeGreaterThan(start);
          at = end;
        }
      }),
      { numRuns: 300 },
    );
  });

  test("tokens are looked at a bounded number of times", () => {
    traceSpec("ALLOY-HOSTILE-LINEAR");
    const looks = { count: 0 };
    const peek = Cursor.prototype.peek;
    Cursor.prototype.peek = function counted(this: Cursor, ahead?: number) {
      looks.count++;
      return peek.call(this, ahead);
    };
    try {
      const measured = (text: string) => {
        looks.count = 0;
        const { tokens } = parseAlloy("a.als", text);
        return looks.count / Math.max(50, tokens.length);
      };
      const shapes = [
        "let a = ( ",
        "fun f : { ",
        "some a, ",
        "check ",
        "{ a, ",
        "sig A { b: ",
        "! ",
        "pred p [",
        "a: ",
        "one ",
      ];
      for (const shape of shapes) {
        const many = measured(shape.repeat(20_000));
        expect([shape, many < 200]).toEqual([shape, true]);
        expect([shape, many / measured(shape.repeat(2_000)) < 1.5]).toEqual([shape, true]);
      }
      fc.assert(
        fc.property(fc.oneof(soup, cut), (text) => {
          expect(measured(text)).toBeLessThan(400);
        }),
        { numRuns: 200 },
      );
    } finally {
      Cursor.prototype.peek = peek;
    }
  });
});
