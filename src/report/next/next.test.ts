import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { PredicateParts } from "../../../test/builders/predicate.js";
import { buildPredicate } from "../../../test/builders/predicate.js";
import type { Detail } from "../format.js";
import { nextJson } from "./json.js";
import { nextText } from "./text.js";

function text(parts: PredicateParts, detail: Detail = "normal"): string[] {
  return nextText(buildPredicate(parts), { width: 80, colour: false, detail }).split("\n").slice(0, -1);
}

describe("nextText", () => {
  it("prints every step with its place and what would close it", () => {
    traceSpec("REPORT-NEXT");
    const parts: PredicateParts = {
      tags: [{ tag: "A-1", verdict: "missing", title: "Alias", priority: "should", line: 4 }],
      results: [{ format: "tests" }],
      findings: [{ message: "Unexpected A-2, expected A-1", suggestion: "Did you mean A-1?", file: "a.ts", line: 3 }],
    };
    expect(text(parts)).toEqual([
      "2 gaps, 1 of them keeps the gate shut",
      "",
      "1. TAG004  Unexpected A-2, expected A-1",
      "   a.ts:3",
      "   → Did you mean A-1?",
      "",
      "2. missing  should  A-1  Alias",
      "   openspec/specs/box-registry/spec.md:4",
      '   → Write a test that calls traceSpec("A-1") and asserts it',
    ]);
  });

  it("stops at twenty unless verbose, and JSON never does", () => {
    traceSpec("REPORT-NEXT");
    const parts: PredicateParts = {
      tags: Array.from({ length: 25 }, (_, index) => ({ tag: `A-${index}`, verdict: "missing" as const })),
    };
    const heads = (lines: readonly string[]) => lines.filter((line) => /^ ?\d+\. /.test(line));
    expect(heads(text(parts))).toHaveLength(20);
    expect(text(parts).at(-1)).toBe("… and 5 more. See them with --verbose or --format json.");
    expect(heads(text(parts, "verbose"))).toHaveLength(25);
    const parsed = JSON.parse(nextJson(buildPredicate(parts)));
    expect([parsed.schema, parsed.gate, parsed.steps.length]).toEqual(["spec-evidence/next@1", "fail", 25]);
    expect(parsed.steps[0]).toMatchObject({
      tag: "A-0",
      verdict: "missing",
      file: "openspec/specs/box-registry/spec.md",
    });
  });

  it("says so when there is no gap", () => {
    expect(text({ tags: [{ tag: "A-1" }] })).toEqual(["0 gaps"]);
    expect(text({ tags: [{ tag: "A-1", verdict: "missing" }] }, "quiet")).toEqual([
      "1 gap, 1 of them keeps the gate shut",
    ]);
  });
});
