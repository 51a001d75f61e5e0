import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { buildPredicate } from "../../../test/builders/predicate.js";
import type { Detail } from "../format.js";
import { checkMarkdown } from "./markdown.js";

function render(parts: Parameters<typeof buildPredicate>[0], detail: Detail = "normal"): string {
  return checkMarkdown(buildPredicate(parts), { width: 80, colour: false, detail });
}

describe("checkMarkdown", () => {
  it("gives gate, table, errors and open tags", () => {
    traceSpec("REPORT-MARKDOWN");
    const tags = [
      { tag: "A-1", capability: "a|b" },
      { tag: "A-2", verdict: "missing" as const, title: "Two_words" },
    ];
    const findings = [
      { file: "a.ts", line: 3, message: "Unexpected A-3, expected A-2", suggestion: "Did you mean A-2?" },
    ];
    expect(render({ tags, findings }).split("\n")).toEqual([
      "## Evidence: FAIL",
      "",
      "**1 of 2 tags verified**, 1 missing, 1 error. The gate fails because 1 must tag without sufficient evidence, 1 finding of severity error.",
      "",
      "| capability | tags | verified | missing |",
      "| :-- | --: | --: | --: |",
      "| a\\|b | 1 | 1 | 0 |",
      "| box-registry | 1 | 0 | 1 |",
      "| **total** | **2** | **1** | **1** |",
      "",
      "Read 2 specifications, 1204 source files and no results file.",
      "",
      "### Errors (1)",
      "",
      "- error `TAG004` at `a.ts:3`: Unexpected A-3, expected A-2. Did you mean A-2?",
      "",
      "### Tags not verified (1)",
      "",
      "- **missing** must `A-2` Two\\_words at `openspec/specs/box-registry/spec.md:12`: no evidence that was executed",
      "",
    ]);
  });

  it("folds what comes after ten lines, and warnings", () => {
    traceSpec("REPORT-MARKDOWN-FOLD");
    const tags = Array.from({ length: 12 }, (_, index) => ({ tag: `A-${index}`, verdict: "missing" as const }));
    const lines = render({ tags, findings: [{ code: "EVD006" }] }).split("\n");
    const fold = lines.indexOf("<details><summary>2 more tags</summary>");
    expect(lines.slice(0, fold).filter((line) => line.startsWith("- **missing**"))).toHaveLength(10);
    expect(lines.slice(fold).filter((line) => line.startsWith("- **missing**"))).toHaveLength(2);
    expect(lines).toContain("<details><summary>Warnings and notes (1)</summary>");
    expect(lines.filter((line) => line === "</details>")).toHaveLength(2);
  });

  it("stays below what a job summary may hold, unless verbose", () => {
    const tags = Array.from({ length: 2_000 }, (_, index) => ({ tag: `A-${index}`, verdict: "missing" as const }));
    expect(render({ tags })).toContain("- … and 1490 lines more in the manifest");
    expect(render({ tags }, "verbose").match(/^- \*\*missing/gm)).toHaveLength(2_000);
  });

  it("is two lines when quiet", () => {
    expect(render({ tags: [{ tag: "A-1" }] }, "quiet")).toBe("## Evidence: PASS\n\n**1 tag verified**.\n");
  });
});
