import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { corporaParts } from "../../../test/builders/corpora.js";
import type { PredicateParts } from "../../../test/builders/predicate.js";
import { buildPredicate } from "../../../test/builders/predicate.js";
import type { Predicate } from "../../model/manifest.js";
import { predicateSchema } from "../../model/manifest.js";
import type { Detail } from "../format.js";
import { checkJson } from "./json.js";
import { checkText } from "./text.js";

function render(predicate: Predicate, detail: Detail = "normal"): string[] {
  return checkText(predicate, { width: 80, colour: false, detail }).split("\n").slice(0, -1);
}

function check(parts: PredicateParts, detail: Detail = "normal"): string[] {
  return render(buildPredicate(parts), detail);
}

/** The lines of one section, without its heading. */
function section(lines: readonly string[], title: string): string[] {
  const start = lines.findIndex((line) => line.startsWith(title));
  const end = lines.findIndex((line, index) => index > start && /^[A-Z]/.test(line));
  return start < 0 ? [] : lines.slice(start + 2, end < 0 ? undefined : end - 1);
}

describe("checkText", () => {
  it("gives the same for a predicate read back from its manifest", () => {
    traceSpec("REPORT-PURE");
    const predicate = buildPredicate(corporaParts());
    const saved = predicateSchema.parse(JSON.parse(JSON.stringify(predicate)));
    expect(render(saved, "verbose")).toEqual(render(predicate, "verbose"));
    expect(checkJson(saved)).toBe(checkJson(predicate));
  });

  it("begins with the gate and every count above zero", () => {
    traceSpec("REPORT-GATE");
    const tags = [
      { tag: "A-1" },
      { tag: "A-2", verdict: "failing" as const },
      { tag: "A-3", verdict: "waived" as const },
    ];
    expect(check({ tags, findings: [{ code: "EVD006" }] })[0]).toBe(
      "FAIL  1 of 3 tags verified, 1 failing, 1 waived, 1 warning",
    );
    expect(check({ tags: [{ tag: "A-1" }] })[0]).toBe("PASS  1 tag verified");
  });

  it("gives the reasons of a failed gate below", () => {
    traceSpec("REPORT-GATE-REASONS");
    const lines = check({ tags: [{ tag: "A-1", verdict: "missing" }], findings: [{}] });
    expect(lines[1]).toBe("      because 1 must tag without sufficient evidence,");
    expect(lines[2]).toBe("      1 finding of severity error");
  });

  it("says in report mode that strict mode would fail", () => {
    traceSpec("REPORT-GATE-MODE");
    const lines = check({ mode: "report", tags: [{ tag: "A-1", verdict: "failing" }] });
    expect(lines.slice(0, 2)).toEqual([
      "PASS  0 of 1 tag verified, 1 failing",
      "      report mode; strict mode would fail because 1 tag failing",
    ]);
    expect(check({ mode: "report", tags: [{ tag: "A-1" }] }).join("\n")).not.toContain("strict");
  });

  it("says when nothing was judged, and prints no table", () => {
    traceSpec("REPORT-GATE-NOTHING");
    const lines = check({});
    expect(lines[0]).toBe("FAIL  nothing was judged");
    expect(lines.join("\n")).not.toContain("capability");
  });

  it("says what was read", () => {
    const read = check({ tags: [{ tag: "A-1" }], results: [{ tests: 7, items: 1 }] });
    expect(read).toContain("Read 1 specification, 1204 source files and 1 results file with 8 results.");
    expect(check({})).toContain("Read 0 specifications, 1204 source files and no results file.");
  });
});

describe("table by capability", () => {
  const tags = [
    { tag: "B-1", capability: "box" },
    { tag: "B-2", capability: "box", verdict: "missing" as const },
    { tag: "R-1", capability: "remote-access" },
  ];

  it("has a row per capability and one of totals", () => {
    traceSpec("REPORT-TABLE");
    expect(check({ tags }).slice(3, 9)).toEqual([
      "  capability     tags  verified  missing",
      "  ──────────────────────────────────────",
      "  box               2         1        1",
      "  remote-access     1         1        ·",
      "  ──────────────────────────────────────",
      "  total             3         2        1",
    ]);
  });

  it("leaves out verdicts that no tag has", () => {
    traceSpec("REPORT-TABLE-FOLD");
    expect(check({ tags: [{ tag: "A-1" }] })[2]).toBe("  capability    tags  verified");
    expect(check({ tags: [{ tag: "A-1", verdict: "hollow" }] })[3]).toBe("  capability    tags  verified  hollow");
  });

  it("prints the forty capabilities with the most open tags", () => {
    traceSpec("REPORT-TABLE-CAP");
    const many = Array.from({ length: 45 }, (_, index) => ({ tag: `C-${index}`, capability: `capability-${index}` }));
    const open = { tag: "Z-1", capability: "zebra", verdict: "missing" as const };
    const lines = check({ tags: [...many, open] });
    expect(lines.filter((line) => line.startsWith("  capability-"))).toHaveLength(39);
    expect(lines[5]).toMatch(/^ {2}zebra/);
    expect(lines).toContain("  … and 6 more capabilities; see them with --verbose");
    expect(check({ tags: many }, "verbose").filter((line) => line.startsWith("  capability-"))).toHaveLength(45);
  });
});

describe("findings", () => {
  it("come with errors first, each with place, code, message and suggestion", () => {
    traceSpec("REPORT-FINDINGS");
    const lines = check({
      tags: [{ tag: "A-1" }],
      findings: [
        { code: "EVD006", message: "Unexpected silence, expected a result", file: "a.test.ts", line: 1 },
        {
          message: "Unexpected tag A-2, expected A-1",
          suggestion: "Did you mean A-1?",
          file: "z.test.ts",
          line: 9,
          related: [{ span: { file: "s.md", line: 3, column: 1, endLine: 3, endColumn: 1 }, message: "defined here" }],
        },
      ],
    });
    expect(section(lines, "Errors (1)")).toEqual([
      "  z.test.ts:9",
      "    TAG004 Unexpected tag A-2, expected A-1",
      "    defined here: s.md:3",
      "    Did you mean A-1?",
    ]);
    expect(section(lines, "Warnings (1)")).toEqual([
      "  a.test.ts:1",
      "    EVD006 Unexpected silence, expected a result",
    ]);
    expect(lines.indexOf("Errors (1)")).toBeLessThan(lines.indexOf("Warnings (1)"));
  });

  it("that are left out are counted by code", () => {
    traceSpec("REPORT-FINDINGS-CAP");
    const findings = [
      ...Array.from({ length: 500 }, (_, index) => ({ message: `Unexpected ${index}`, line: index + 1 })),
      { code: "SPEC001" as const, message: "Unexpected end", file: "z.md" },
      { code: "TAG008" as const, message: "Unexpected proposal" },
    ];
    const lines = check({ tags: [{ tag: "A-1" }], findings });
    const errors = section(lines, "Errors (501)");
    expect(errors.filter((line) => line.includes("TAG004 "))).toHaveLength(4);
    expect(errors).toContain("    SPEC001 Unexpected end");
    expect(errors.slice(-2)).toEqual([
      "  … and 497 more: 497 TAG004 (Reference to an unknown tag). See them with",
      "    --verbose.",
    ]);
    expect(section(lines, "Notes (1)")).toEqual(["  1 TAG008 (Reference to a proposed tag). See them with --verbose."]);
  });

  it("have no section where there are none", () => {
    const lines = check({ tags: [{ tag: "A-1" }] });
    expect(lines.filter((line) => /^[A-Z]/.test(line))).toEqual([lines[0], lines.at(-1)]);
  });
});

describe("tags not verified", () => {
  it("stand with verdict, priority, place and first reason, most important first", () => {
    traceSpec("REPORT-GAPS");
    const lines = check({
      tags: [
        { tag: "A-1", verdict: "missing", priority: "should" },
        { tag: "A-2", verdict: "missing", line: 20 },
        { tag: "A-3", verdict: "hollow", reasons: ["it asserts nothing", "it was skipped"], title: "Alias" },
        { tag: "A-4" },
        { tag: "A-5", verdict: "waived" },
      ],
    });
    expect(section(lines, "Tags not verified (3)")).toEqual([
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
    const gaps = section(check({ tags }), "Tags not verified (10000)");
    expect(gaps.filter((line) => line.startsWith("  suspect"))).toHaveLength(10);
    expect(gaps.at(-1)).toBe("  … and 9990 more (990 suspect, 9000 missing). See them with: evidence next");
    expect(section(check({ tags: tags.slice(0, 12) }), "Tags not verified (12)").at(-1)).toBe(
      "  … and 2 more (all missing). See them with: evidence next",
    );
  });
});

describe("what to do next", () => {
  it("is one step for each of three kinds of gaps", () => {
    traceSpec("REPORT-STEPS");
    const lines = check({
      tags: [
        { tag: "A-1", verdict: "missing", references: [{ form: "traceSpec", executed: true, tag: "A-9" }] },
        { tag: "A-2", verdict: "missing", line: 20 },
        { tag: "A-3", verdict: "failing", items: [{ outcome: "fail", name: "adds", file: "a.test.ts", line: 4 }] },
        { tag: "A-4", verdict: "suspect" },
      ],
      findings: [{ code: "TAG005", file: "b.ts", line: 2 }],
    });
    expect(section(lines, "What to do next")).toEqual([
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
    const steps = section(check({ tags }), "What to do next");
    expect(steps.filter((line) => /^ {2}\d/.test(line))).toEqual(["  1. A-1 is suspect, and 2 more like it"]);
  });

  it("is left out when there is nothing to do", () => {
    expect(check({ tags: [{ tag: "A-1" }] }).join("\n")).not.toContain("What to do next");
  });
});

describe("active changes", () => {
  it("stand with their verdicts and whether they count", () => {
    traceSpec("REPORT-CHANGES");
    const changes = [
      { change: "add-box", tags: [{ tag: "B-1", verdict: "missing" as const }, { tag: "B-2" }], removed: ["B-0"] },
      { change: "gating", gates: true },
    ];
    expect(section(check({ tags: [{ tag: "A-1" }], changes }), "Active changes")).toEqual([
      "  add-box  1 missing, 1 verified, 1 removed (shown only)",
      "  gating  no tagged requirement (counts for the gate)",
    ]);
  });
});

describe("detail", () => {
  it("quiet prints the answer only", () => {
    traceSpec("REPORT-QUIET");
    expect(check({ tags: [{ tag: "A-1", verdict: "missing" }], findings: [{}] }, "quiet")).toEqual([
      "FAIL  0 of 1 tag verified, 1 missing, 1 error",
    ]);
  });

  it("verbose leaves nothing out", () => {
    traceSpec("REPORT-VERBOSE");
    const predicate = buildPredicate(corporaParts());
    const text = render(predicate, "verbose").join("\n");
    const flat = text.replace(/\s+/g, " ");
    for (const found of predicate.findings) expect(flat).toContain(found.message);
    for (const { tag, verdict, reasons } of predicate.verdicts) {
      if (verdict === "verified" || verdict === "waived") continue;
      expect(flat).toContain(` ${tag} `);
      for (const reason of reasons) expect(flat).toContain(reason);
    }
    expect(text).toContain("  ears  statements 458, read 402, unread 56");
    expect(text).not.toMatch(/… and \d+ more/);
  });
});
