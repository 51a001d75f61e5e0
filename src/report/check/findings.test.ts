import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { checkLines, sectionOf } from "../../../test/builders/check-lines.js";

describe("findings", () => {
  it("come with errors first, each with place, code, message and suggestion", () => {
    traceSpec("REPORT-FINDINGS");
    const lines = checkLines({
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
    expect(sectionOf(lines, "Errors (1)")).toEqual([
      "  z.test.ts:9",
      "    TAG004 Unexpected tag A-2, expected A-1",
      "    defined here: s.md:3",
      "    Did you mean A-1?",
    ]);
    expect(sectionOf(lines, "Warnings (1)")).toEqual([
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
    const lines = checkLines({ tags: [{ tag: "A-1" }], findings });
    const errors = sectionOf(lines, "Errors (501)");
    expect(errors.filter((line) => line.includes("TAG004 "))).toHaveLength(4);
    expect(errors).toContain("    SPEC001 Unexpected end");
    expect(errors.slice(-2)).toEqual([
      "  … and 497 more: 497 TAG004 (Reference to an unknown tag). See them with",
      "    --verbose.",
    ]);
    expect(sectionOf(lines, "Notes (1)")).toEqual([
      "  1 TAG008 (Reference to a proposed tag). See them with --verbose.",
    ]);
  });

  it("have no section where there are none", () => {
    const lines = checkLines({ tags: [{ tag: "A-1" }] });
    expect(lines.filter((line) => /^[A-Z]/.test(line))).toEqual([lines[0], lines.at(-1)]);
  });
});
