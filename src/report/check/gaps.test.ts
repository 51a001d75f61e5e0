import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { checkLines, sectionOf } from "../../../test/builders/check-lines.js";
import { baseOption } from "./gaps.js";

describe("tags not verified", () => {
  it("stand with verdict, priority, place and first reason, most important first", () => {
    traceSpec("REPORT-GAPS");
    const lines = checkLines({
      tags: [
        { tag: "A-1", verdict: "missing", priority: "should" },
        { tag: "A-2", verdict: "missing", line: 20 },
        { tag: "A-3", verdict: "hollow", reasons: ["it asserts nothing", "it was skipped"], title: "Alias" },
        { tag: "A-4" },
        { tag: "A-5", verdict: "waived" },
      ],
    });
    expect(sectionOf(lines, "Tags not verified (3)")).toEqual([
      "  hollow   must    A-3  Alias",
      "    openspec/specs/box-registry/spec.md:12",
      "    it asserts nothing",
      "  missing  must    A-2  Title of A-2",
      "    openspec/specs/box-registry/spec.md:20",
      "    no evidence that was executed",
      "  missing  should  A-1  Title of A-1",
      "    openspec/specs/box-registry/spec.md:12",
      "    no evidence that was executed",
    ]);
  });

  it("beyond ten are counted", () => {
    traceSpec("REPORT-GAPS-CAP");
    const tags = Array.from({ length: 10_000 }, (_, index) => ({
      tag: `A-${index}`,
      verdict: index < 9_000 ? ("missing" as const) : ("suspect" as const),
    }));
    const gaps = sectionOf(checkLines({ tags }), "Tags not verified (10000)");
    expect(gaps.filter((line) => line.startsWith("  suspect"))).toHaveLength(10);
    expect(gaps.at(-1)).toBe("  … and 9990 more (990 suspect, 9000 missing). See them with: evidence next");
    expect(sectionOf(checkLines({ tags: tags.slice(0, 12) }), "Tags not verified (12)").at(-1)).toBe(
      "  … and 2 more (all missing). See them with: evidence next",
    );
  });
});

describe("what to do next", () => {
  it("is one step for each of three kinds of gaps", () => {
    traceSpec("REPORT-STEPS");
    const lines = checkLines({
      tags: [
        { tag: "A-1", verdict: "missing", references: [{ form: "traceSpec", executed: true, tag: "A-9" }] },
        { tag: "A-2", verdict: "missing", line: 20 },
        { tag: "A-3", verdict: "failing", items: [{ outcome: "fail", name: "adds", file: "a.test.ts", line: 4 }] },
        { tag: "A-4", verdict: "suspect" },
      ],
      findings: [{ code: "TAG005", file: "b.ts", line: 2 }],
    });
    expect(sectionOf(lines, "What to do next")).toEqual([
      "  1. A-3 is failing",
      '     Mend what test "adds" at a.test.ts:4 finds, or the check itself if it is',
      "     wrong",
      "     evidence why A-3",
      "  2. Reference is malformed: b.ts:2",
      "     Name a tag: `@verifies AREA-NAME`.",
      "     evidence explain TAG005",
      "  3. A-4 is suspect",
      "     Compare what is quoted or tested with the text as it is now, and bring the",
      "     two in line",
      "     evidence why A-4",
      "",
      "  All 5 gaps, in order of importance: evidence next",
    ]);
  });

  it("counts the gaps that are alike", () => {
    const tags = ["A-1", "A-2", "A-3"].map((tag) => ({ tag, verdict: "suspect" as const }));
    const steps = sectionOf(checkLines({ tags }), "What to do next");
    expect(steps.filter((line) => /^ {2}\d/.test(line))).toEqual(["  1. A-1 is suspect, and 2 more like it"]);
  });

  it("is left out when there is nothing to do", () => {
    expect(checkLines({ tags: [{ tag: "A-1" }] }).join("\n")).not.toContain("What to do next");
  });
});

describe("the base in a command to run next", () => {
  it.each([
    ["origin/main", "origin/main"],
    ["HEAD~1", "'HEAD~1'"],
    ["HEAD^", "'HEAD^'"],
    ["main@{u}", "'main@{u}'"],
    ["main;ls", "'main;ls'"],
    ["it's", String.raw`'it'\''s'`],
  ])("%s is %s", (ref, quoted) => {
    traceSpec("CHANGE-VIEWS-NAMED");
    expect(baseOption({ base: { ref } })).toBe(` --base ${quoted}`);
    expect(baseOption({})).toBe("");
  });
});
