import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { PredicateParts } from "../../../test/builders/predicate.js";
import { buildPredicate } from "../../../test/builders/predicate.js";
import type { Detail } from "../format.js";
import { watchText } from "./text.js";

function text(before: PredicateParts, after: PredicateParts, detail: Detail = "normal"): string[] {
  const states = { before: buildPredicate(before), after: buildPredicate(after) };
  return watchText(states, { width: 80, colour: false, detail }).split("\n").slice(0, -1);
}

describe("watchText", () => {
  it("lists newly failing tags first and newly verified ones next", () => {
    traceSpec("WATCH-CHANGES");
    const before: PredicateParts = {
      tags: [
        { tag: "A-1", verdict: "missing" },
        { tag: "A-2" },
        { tag: "A-3" },
        { tag: "A-4" },
        { tag: "A-5", verdict: "missing" },
      ],
    };
    const after: PredicateParts = {
      tags: [
        { tag: "A-1" },
        { tag: "A-2", verdict: "hollow", reasons: ["no assertion ran"] },
        { tag: "A-3", verdict: "failing", reasons: ["a test failed"] },
        { tag: "A-5", verdict: "missing" },
        { tag: "A-6", verdict: "missing" },
      ],
    };
    expect(text(before, after).slice(2)).toEqual([
      "  failing  A-3  Title of A-3 (was verified)",
      "      a test failed",
      "  verified  A-1  Title of A-1 (was missing)",
      "  hollow  A-2  Title of A-2 (was verified)",
      "      no assertion ran",
      "  missing  A-6  Title of A-6 (new)",
      "      no evidence that was executed",
      "  removed  A-4   (was verified)",
    ]);
    expect(text(before, after, "quiet")).toEqual(["FAIL  1 of 5 tags verified, 1 failing, 1 hollow, 2 missing"]);
  });

  it("lists new findings and counts those that are gone", () => {
    traceSpec("WATCH-CHANGES-FINDINGS");
    const [old, fresh] = [{ message: "Unexpected A" }, { message: "Unexpected B", file: "b.ts", line: 7 }];
    expect(text({ findings: [old] }, { findings: [fresh] }).slice(2)).toEqual([
      "  new  TAG004 Unexpected B",
      "       b.ts:7",
      "  gone  1 finding",
    ]);
  });

  it("says that nothing changed", () => {
    traceSpec("WATCH-CHANGES-NONE");
    const same: PredicateParts = { tags: [{ tag: "A-1" }], findings: [{ message: "Unexpected A" }] };
    expect(text(same, same).at(-1)).toBe("No verdict and no finding changed.");
    expect(text(same, { tags: [] }).join()).not.toContain("No verdict");
  });

  it("stops at twenty unless verbose", () => {
    traceSpec("WATCH-CHANGES");
    const tags = Array.from({ length: 25 }, (_, at) => ({ tag: `A-${at}` }));
    expect(text({}, { tags }).at(-1)).toBe("  … and 5 more tags; see them with --verbose");
    expect(text({}, { tags }, "verbose").filter((line) => line.includes("verified  A-"))).toHaveLength(25);
  });
});
