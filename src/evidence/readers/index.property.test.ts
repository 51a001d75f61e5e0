import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { codesOf, readFixture, readText, resultFixtures, resultText } from "../../../test/builders/results.js";
import type { Outcome } from "../../model/evidence.js";
import { RESULT_FORMATS } from "../../model/result.js";

const format = fc.option(fc.constantFrom(...RESULT_FORMATS), { nil: undefined });

/** Reads as whatever is configured and says whether the answer is a sound one. */
function isSound(text: string, configured: (typeof RESULT_FORMATS)[number] | undefined): boolean {
  const set = readText(text, configured === undefined ? {} : { format: configured });
  const silent = set.tests.length === 0 && set.items.length === 0 && set.findings.length === 0;
  return (
    !silent && set.findings.every((each) => /^Unexpected .+, expected .+/su.test(each.message) && each.span.line > 0)
  );
}

describe("any input", () => {
  it("gives a result set that says something", () => {
    traceSpec("RES-ANY-INPUT", "RES-EMPTY");
    fc.assert(fc.property(fc.string({ unit: "binary" }), format, isSound), { numRuns: 300 });
  });

  it("that looks like XML gives one too", () => {
    traceSpec("RES-ANY-INPUT");
    const pieces = [
      "<testsuites>",
      "</testsuites>",
      '<testsuite name="a" tests="2">',
      "</testsuite>",
      '<testcase name="a" classname="b.c">',
      "</testcase>",
      "<failure>",
      "</failure>",
      "<![CDATA[",
      "]]>",
      "<!--",
      "-->",
      "<?xml version='1.0'?>",
      "<!DOCTYPE a [",
      "]>",
      "&lt;",
      "&#0;",
      '<property name="verifies" value="',
      '"/>',
      "\u0000",
      "é",
      " ",
      "\r\n",
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => `<${parts.join("")}`);
    fc.assert(fc.property(text, format, isSound), { numRuns: 500 });
  });

  it("that is any JSON gives one too", () => {
    traceSpec("RES-ANY-INPUT");
    const heads = [
      { schema: "spec-evidence/tests@1", producer: { name: "x" } },
      { schema: "spec-evidence/campaign@1", producer: { name: "x" } },
      { results: { tool: { name: "x" }, tests: [] } },
      { version: "2.1.0", runs: [{ tool: {}, results: [] }] },
    ];
    const value = fc
      .record({
        head: fc.constantFrom(...heads),
        member: fc.constantFrom("tests", "items", "runs", "results", "x"),
        any: fc.jsonValue(),
      })
      .map(({ head, member, any }) => JSON.stringify({ ...head, [member]: any }));
    fc.assert(fc.property(fc.oneof(value, fc.json()), format, isSound), { numRuns: 500 });
  });

  it("that is a damaged report gives one too", () => {
    traceSpec("RES-ANY-INPUT");
    const damaged = fc
      .record({
        name: fc.constantFrom(...resultFixtures()),
        at: fc.nat(3000),
        cut: fc.nat(20),
        put: fc.constantFrom("", "<", ">", '"', "{", "}", "[", "]", "\\", "\u0000", "null", "&"),
      })
      .map(({ name, at, cut, put }) => {
        const text = resultText(name);
        return text.slice(0, at) + put + text.slice(at + cut);
      });
    fc.assert(
      fc.property(damaged, (text) => isSound(text, undefined)),
      { numRuns: 500 },
    );
  });
});

describe("every beginning of a report", () => {
  it.each(resultFixtures().filter((name) => name.endsWith(".xml")))("is read up to its end: %s", (name) => {
    traceSpec("RES-MALFORMED-CUT", "RES-MALFORMED");
    const text = resultText(name);
    const whole = readFixture(name).tests;
    const last = text.trimEnd().length;
    // Every beginning of the short reports; the long ones show no other elements.
    const step = last > 1500 ? 7 : 1;
    for (let end = 1; end < last; end += step) {
      const set = readText(text.slice(0, end), { format: "junit" });
      expect(codesOf(set)).toContain("RES003");
      const complete = text.slice(0, end).match(/<\/testcase>|<testcase\b(?:"[^"]*"|[^>"])*\/>/gu)?.length ?? 0;
      expect(set.tests.length).toBe(name.includes("gradle") ? Math.min(complete, whole.length) : complete);
      if (end % 20 === 1) expect(set.tests).toEqual(whole.slice(0, set.tests.length));
    }
  });

  it.each(resultFixtures().filter((name) => name.endsWith(".json")))("is malformed JSON: %s", (name) => {
    traceSpec("RES-MALFORMED-JSON");
    const text = resultText(name).trimEnd();
    for (let end = 1; end < text.length; end += 3) {
      const set = readText(text.slice(0, end));
      expect(codesOf(set)).toEqual(["RES003"]);
      expect(set.tests.length + set.items.length).toBe(0);
    }
  });
});

interface Written {
  name: string;
  outcome: Outcome;
}

/** A report of the given tests, in the plainest JUnit there is. */
function junit(suites: { name: string; tests: Written[] }[]): string {
  const escaped = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll(">", "&gt;");
  const element: Readonly<Record<Outcome, string>> = {
    pass: "",
    fail: '<failure message="no"/>',
    error: "<error>no</error>",
    skipped: "<skipped/>",
    inconclusive: "<aborted/>",
  };
  const lines = suites.map(({ name, tests }) => {
    const cases = tests.map((each) => `<testcase name="${escaped(each.name)}">${element[each.outcome]}</testcase>`);
    return `<testsuite name="${escaped(name)}" tests="${tests.length}">\n${cases.join("\n")}\n</testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${lines.join("\n")}\n</testsuites>`;
}

describe("a written report", () => {
  it("is read back with its names and outcomes", () => {
    traceSpec("RES-JUNIT-OUTCOME", "RES-JUNIT-NAMES", "RES-COUNT");
    const name = fc.stringMatching(/^[ -~é😀][ -~]{0,30}$/u);
    const outcome = fc.constantFrom<Outcome>("pass", "fail", "error", "skipped", "inconclusive");
    const suite = fc.record({ name, tests: fc.array(fc.record({ name, outcome }), { minLength: 1, maxLength: 5 }) });
    fc.assert(
      fc.property(fc.array(suite, { minLength: 1, maxLength: 4 }), (suites) => {
        const set = readText(junit(suites));
        expect(set.tests.map((each) => ({ name: each.name, outcome: each.outcome }))).toEqual(
          suites.flatMap((each) => each.tests),
        );
        expect(codesOf(set)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
