import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { PredicateParts } from "../../../test/builders/predicate.js";
import { buildPredicate } from "../../../test/builders/predicate.js";
import type { Detail } from "../format.js";
import { knowsTag } from "./case.js";
import { whyJson } from "./json.js";
import { whyMarkdown } from "./markdown.js";
import { whyText } from "./text.js";

const PARTS: PredicateParts = {
  tags: [
    {
      tag: "BOX-ALIAS",
      title: "Alias validation",
      text: "Alias validation\n\nTHE box SHALL refuse an alias that is taken.",
      needs: ["test.unit", "model"],
      verdict: "hollow",
      level: "linked",
      reasons: ['test "adds" could not have failed: it ran no assertion'],
      items: [
        { name: "adds", file: "a.test.ts", line: 4, assertions: 0, cannotFail: "it ran no assertion" },
        {
          name: "scope 4",
          kind: "model",
          producer: { name: "alloy", version: "6.2", command: null },
          strength: { scope: 4 },
        },
      ],
      references: [
        { file: "a.test.ts", line: 3, test: "adds", executed: true },
        { form: "prose", role: "mentions", test: null, executed: null, file: "README.md", line: 9 },
      ],
    },
    { tag: "BOX-ALIAS-FAIL", parent: "BOX-ALIAS", title: "Taken", line: 20 },
    { tag: "BOX-OTHER", verdict: "waived" },
  ],
  findings: [
    { tags: ["BOX-ALIAS"], message: "Unexpected X, expected Y", file: "c.ts", line: 2 },
    { message: "about another" },
  ],
  waivers: [
    {
      tag: "BOX-OTHER",
      verdict: "missing",
      reason: "Needs hardware",
      owner: "ann",
      expires: "2030-01-01",
      state: "used",
    },
  ],
  changes: [{ change: "add-lid", tags: [{ tag: "BOX-LID", verdict: "missing" }] }],
};

const predicate = buildPredicate(PARTS);

function text(tag: string, detail: Detail = "normal"): string[] {
  return whyText({ predicate, tag }, { width: 80, colour: false, detail }).split("\n").slice(0, -1);
}

describe("whyText", () => {
  it("gives the whole case", () => {
    traceSpec("REPORT-WHY");
    expect(text("BOX-ALIAS")).toEqual([
      "BOX-ALIAS  Alias validation",
      "must requirement in box-registry; needs test.unit and model",
      "openspec/specs/box-registry/spec.md:12",
      "",
      "  THE box SHALL refuse an alias that is taken.",
      "",
      "BOX-ALIAS is hollow (level: linked)",
      '  - test "adds" could not have failed: it ran no assertion',
      "",
      "Evidence (2)",
      "",
      "  pass  test.unit  adds",
      "    a.test.ts:4",
      "    by vitest, 0 assertions",
      "    could not have failed: it ran no assertion",
      "  pass  model  scope 4",
      "    by alloy 6.2, scope 4",
      "",
      "References (2)",
      "",
      '  verifies by comment, test "adds" (executed)',
      "    a.test.ts:3",
      "  mentions by prose",
      "    README.md:9",
      "",
      "Scenarios (1)",
      "",
      "  verified BOX-ALIAS-FAIL  Taken",
      "    openspec/specs/box-registry/spec.md:20",
      "",
      "Findings (1)",
      "",
      "  c.ts:2",
      "    TAG004 Unexpected X, expected Y",
      "",
      "What would close it",
      "",
      '  1. Make test "adds" at a.test.ts:4 able to fail: it ran no assertion',
    ]);
  });

  it("names the requirement of a scenario", () => {
    expect(text("BOX-ALIAS-FAIL")[1]).toBe("must scenario of BOX-ALIAS in box-registry; needs any");
  });

  it("gives the waiver", () => {
    traceSpec("REPORT-WHY-WAIVED");
    expect(text("BOX-OTHER")).toContain("  Waiver (used) of verdict missing by ann until 2030-01-01: Needs hardware");
    expect(text("BOX-OTHER").join("\n")).toContain("1. Write a test");
  });

  it("names the change that proposes a tag", () => {
    traceSpec("REPORT-WHY-CHANGE");
    expect(text("BOX-LID")[1]).toBe("must requirement in box-registry, proposed by change add-lid; needs any");
    expect(knowsTag({ predicate, tag: "BOX-LID" })).toBe(true);
  });

  it("suggests tags for one that nobody defines", () => {
    traceSpec("REPORT-WHY-UNKNOWN");
    expect(text("BOX-ALAIS")).toEqual([
      "Unexpected tag BOX-ALAIS, expected one that a specification defines",
      "Did you mean BOX-ALIAS or BOX-LID?",
    ]);
    expect(text("ZZZ-QQQQQQQQQQ")).toHaveLength(1);
    expect(knowsTag({ predicate, tag: "BOX-ALAIS" })).toBe(false);
    expect(JSON.parse(whyJson({ predicate, tag: "box-alias" }))).toEqual({
      schema: "spec-evidence/why@1",
      known: false,
      tag: "box-alias",
      near: ["BOX-ALIAS", "BOX-LID"],
    });
    expect(whyMarkdown({ predicate, tag: "box-alias" })).toContain("Did you mean `BOX-ALIAS` or `BOX-LID`?");
  });

  it("stops at the verdict when quiet", () => {
    expect(text("BOX-ALIAS", "quiet")).toEqual(["BOX-ALIAS is hollow (level: linked)"]);
  });
});

describe("whyJson", () => {
  it("gives the whole case", () => {
    traceSpec("REPORT-WHY");
    const parsed = JSON.parse(whyJson({ predicate, tag: "BOX-ALIAS" }));
    expect(parsed).toMatchObject({
      known: true,
      tag: "BOX-ALIAS",
      priority: "must",
      needs: ["test.unit", "model"],
      verdict: "hollow",
      change: null,
      evidence: [{ name: "adds", cannotFail: "it ran no assertion" }, { name: "scope 4" }],
      references: [{ file: "a.test.ts", executed: true }, { file: "README.md" }],
      scenarios: [{ tag: "BOX-ALIAS-FAIL", verdict: "verified" }],
      findings: [{ message: "Unexpected X, expected Y" }],
      close: ['Make test "adds" at a.test.ts:4 able to fail: it ran no assertion'],
    });
    expect(parsed.findings).toHaveLength(1);
  });
});

describe("whyMarkdown", () => {
  it("gives the whole case", () => {
    traceSpec("REPORT-WHY");
    expect(whyMarkdown({ predicate, tag: "BOX-ALIAS" }).split("\n")).toEqual([
      "## `BOX-ALIAS` Alias validation",
      "",
      "**hollow** (linked): must requirement in box-registry, needs test.unit and model, at `openspec/specs/box-registry/spec.md:12`.",
      "",
      "```text",
      "Alias validation",
      "",
      "THE box SHALL refuse an alias that is taken.",
      "```",
      "",
      "### Why",
      "",
      '- test "adds" could not have failed: it ran no assertion',
      "",
      "### Evidence",
      "",
      "- **pass** test.unit adds at `a.test.ts:4` (by vitest, 0 assertions, could not have failed: it ran no assertion)",
      "- **pass** model scope 4 (by alloy 6.2, scope 4)",
      "",
      "### References",
      "",
      '- verifies by comment, test "adds" (executed) at `a.test.ts:3`',
      "- mentions by prose at `README.md:9`",
      "",
      "### Scenarios",
      "",
      "- **verified** `BOX-ALIAS-FAIL` Taken",
      "",
      "### Findings",
      "",
      "- error `TAG004` at `c.ts:2`: Unexpected X, expected Y",
      "",
      "### What would close it",
      "",
      '- Make test "adds" at a.test.ts:4 able to fail: it ran no assertion',
      "",
    ]);
  });

  it("gives waiver and change", () => {
    traceSpec("REPORT-WHY-WAIVED", "REPORT-WHY-CHANGE");
    expect(whyMarkdown({ predicate, tag: "BOX-OTHER" })).toContain(
      "- used: verdict missing by ann until 2030-01-01: Needs hardware",
    );
    expect(whyMarkdown({ predicate, tag: "BOX-LID" })).toContain("in box-registry, proposed by change add-lid, needs");
  });
});
