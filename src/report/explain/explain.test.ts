import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { FINDING_CODES } from "../../model/codes/index.js";
import type { RenderOptions } from "../format.js";
import { explainJson } from "./json.js";
import { explainMarkdown, findingsPage } from "./markdown.js";
import { explainText } from "./text.js";

const OPTIONS: RenderOptions = { width: 60, colour: false, detail: "normal" };

describe("explain", () => {
  it("prints what a code means and what to do", () => {
    traceSpec("REPORT-EXPLAIN");
    const { explanation, remedy, title } = FINDING_CODES.TAG006;
    expect(explainText({ code: "tag006" }, OPTIONS).split("\n")).toEqual([
      "TAG006  Heading carries two tags (error)",
      "",
      "One heading defines one tag. With two it is unclear which is",
      "meant.",
      "",
      "What to do",
      "",
      "  Keep one, and split the requirement if both are needed.",
      "",
    ]);
    expect(explainText({ code: "TAG006" }, { ...OPTIONS, detail: "quiet" })).toBe(
      "TAG006  Heading carries two tags (error)\n",
    );
    expect(JSON.parse(explainJson({ code: " Tag006 " }))).toEqual({
      schema: "spec-evidence/explain@1",
      known: true,
      code: "TAG006",
      severity: "error",
      title,
      explanation,
      remedy,
    });
    expect(explainMarkdown({ code: "TAG006" })).toBe(
      `## TAG006\n\n**${title}** (error)\n\n${explanation}\n\nWhat to do: ${remedy}\n`,
    );
  });

  it("lists the codes that begin with what was asked for", () => {
    traceSpec("REPORT-EXPLAIN-FAMILY");
    const [first, second, ...codes] = explainText({ code: "cfg" }, OPTIONS).trimEnd().split("\n");
    expect(first).toBe("Unexpected finding code cfg, expected one like TAG004");
    expect(second).toBe("  CFG001  No specification was found");
    expect(codes.length).toBeGreaterThan(0);
    expect(JSON.parse(explainJson({ code: "cfg" })).near).toEqual(["CFG001", "CFG002"]);
    expect(explainText({ code: "CF" }, OPTIONS)).not.toContain("No specification");
  });

  it("suggests codes for an unknown one", () => {
    traceSpec("REPORT-EXPLAIN-UNKNOWN");
    expect(explainText({ code: "TGA004" }, OPTIONS).split("\n")).toEqual([
      "Unexpected finding code TGA004, expected one like TAG004",
      "Did you mean TAG004?",
      "",
    ]);
    expect(explainText({ code: "nonsense\u001b" }, OPTIONS)).toBe(
      "Unexpected finding code nonsense\\u{1B}, expected one like\nTAG004\n",
    );
    expect(JSON.parse(explainJson({ code: "TGA004" }))).toMatchObject({ known: false, near: ["TAG004"] });
    expect(explainMarkdown({ code: "TGA004" })).toContain("Did you mean `TAG004`?");
    expect(JSON.parse(explainJson({ code: "constructor" })).known).toBe(false);
  });
});

describe("findingsPage", () => {
  it("documents every code", () => {
    traceSpec("REPORT-DOCS");
    const page = findingsPage();
    for (const [code, { title, remedy }] of Object.entries(FINDING_CODES)) {
      expect(page).toContain(`## ${code}\n\n**${title}** (`);
      expect(page).toContain(`What to do: ${remedy}`);
    }
    expect(page.match(/^## /gm)).toHaveLength(Object.keys(FINDING_CODES).length);
  });
});
