import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aResult } from "../../test/builders/case.js";
import { aTest } from "../../test/builders/results.js";
import type { TestDeclaration } from "../model/reference.js";
import { fits, titlePattern } from "../model/title-pattern.js";
import { matchResults } from "./match.js";
import { PathIndex } from "./matching/path-index.js";

const segment = fc.constantFrom("a", "b", "c", "src");
const folder = fc.array(segment, { maxLength: 3 });
const path = fc.tuple(folder, segment).map(([folders, name]) => [...folders, name].join("/"));
const titles = fc.array(fc.constantFrom("cart", "total", "adds", "removes"), { minLength: 1, maxLength: 3 });
const extension = fc.constantFrom(".test.ts", ".py", ".java", "_test.go", ".rs", ".cs");
const test = fc
  .record({ path, extension, titles, line: fc.integer({ min: 1, max: 5 }) })
  .map((each) => aTest(each.path + each.extension, each.titles, { line: each.line, endLine: each.line }));
const tests = fc.uniqueArray(test, { maxLength: 12, selector: (each) => JSON.stringify(each) });

describe("matching", () => {
  it("meets every test whose file and title no other has", () => {
    traceSpec("RES-MATCH", "RES-MATCH-AMBIGUOUS");
    fc.assert(
      fc.property(tests, (declared) => {
        const key = (each: TestDeclaration) => [each.file, ...each.suite, each.name].join(" ");
        for (const each of declared) {
          const result = aResult(each.name, { suite: each.suite, file: each.file, line: null });
          const alone = declared.filter((other) => key(other) === key(each)).length === 1;
          expect(matchResults([result], [], declared)[0]?.test).toBe(alone ? each : null);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("matches nothing by name when every name stands in two places", () => {
    traceSpec("RES-MATCH-AMBIGUOUS", "RES-MATCH-TITLE", "RES-MATCH-SUITE");
    const className = fc.option(
      fc.oneof(
        path,
        titles.map((each) => each.join(".")),
      ),
      { nil: null },
    );
    fc.assert(
      fc.property(tests, titles, className, (declared, names, named) => {
        const twice = ["one", "two"].flatMap((copy) =>
          declared.map((each) => ({ ...each, file: `${copy}/${each.file}` })),
        );
        const result = aResult(names.at(-1) ?? "", {
          suite: names.slice(0, -1),
          className: named,
          file: null,
          line: null,
        });
        expect(matchResults([result], [], twice)[0]?.test).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it("never depends on the order of declarations", () => {
    traceSpec("RES-MATCH");
    fc.assert(
      fc.property(tests, titles, path, extension, (declared, names, file, ending) => {
        const result = aResult(names.at(-1) ?? "", { suite: names.slice(0, -1), file: file + ending, line: null });
        const forward = matchResults([result], [], declared)[0]?.test;
        expect(matchResults([result], [], declared.toReversed())[0]?.test).toBe(forward);
      }),
      { numRuns: 300 },
    );
  });
});

describe("PathIndex", () => {
  it("finds what comparing with every path finds", () => {
    traceSpec("RES-MATCH-SUFFIX");
    const endsIn = (long: string, short: string) => long.endsWith(`/${short}`);
    fc.assert(
      fc.property(fc.uniqueArray(path), path, fc.integer({ min: 1, max: 3 }), (known, wanted, shortest) => {
        const index = new PathIndex(
          known.map((each) => [each, each]),
          shortest,
        );
        const longer = known.filter((each) => endsIn(each, wanted));
        const shorter = known.filter((each) => endsIn(wanted, each)).sort((a, b) => b.length - a.length);
        const longest = shorter.slice(0, 1).filter((each) => each.split("/").length >= shortest);
        const expected = known.includes(wanted) ? [wanted] : longer.length > 0 ? longer : longest;
        expect([...index.find(wanted)].sort()).toEqual([...expected].sort());
        // Asked again, and after another question, it says the same.
        expect([...index.find(wanted)].sort()).toEqual([...expected].sort());
        for (const each of known) expect(index.find(each)).toEqual([each]);
        expect([...index.find(wanted)].sort()).toEqual([...expected].sort());
      }),
      { numRuns: 500 },
    );
  });

  it("says nothing where too many paths end alike", () => {
    traceSpec("RES-MATCH-SUFFIX");
    const many = Array.from({ length: 65 }, (_, n) => [`p${n}/index.ts`, n] as const);
    expect(new PathIndex(many, 1).find("index.ts")).toEqual([]);
    expect(new PathIndex(many.slice(1), 1).find("index.ts")).toHaveLength(64);
  });
});

describe("title patterns", () => {
  it("fit every title that values make of them", () => {
    traceSpec("RES-MATCH-PLACEHOLDERS");
    const literal = fc.stringMatching(/^[a-c ]{0,3}$/u);
    const value = fc.stringMatching(/^[a-d]{0,3}$/u);
    fc.assert(
      fc.property(literal, fc.array(fc.tuple(value, literal), { minLength: 1, maxLength: 4 }), (first, parts) => {
        const declared = first + parts.map(([, after]) => `%s${after}`).join("");
        const reported = first + parts.map(([given, after]) => given + after).join("");
        const pattern = titlePattern(declared);
        expect(pattern !== null && fits(reported, pattern)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("fit only what a regular expression fits", () => {
    traceSpec("RES-MATCH-PLACEHOLDERS");
    const declared = fc.stringMatching(/^(?:[ab]|%s){1,6}$/u);
    fc.assert(
      fc.property(declared, fc.stringMatching(/^[ab]{0,8}$/u), (title, reported) => {
        const pattern = titlePattern(title);
        const expected = new RegExp(`^${title.replaceAll("%s", ".*")}$`, "u").test(reported);
        expect(pattern === null ? title === reported : fits(reported, pattern)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
