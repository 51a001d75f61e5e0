import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { checkLines, sectionOf } from "../../../test/builders/check-lines.js";
import { corporaParts } from "../../../test/builders/corpora.js";
import { buildPredicate } from "../../../test/builders/predicate.js";
import { predicateSchema } from "../../model/manifest.js";
import { checkJson } from "./json.js";
import { checkText } from "./text.js";

describe("checkText", () => {
  it("gives the same for a predicate read back from its manifest", () => {
    traceSpec("REPORT-PURE");
    const predicate = buildPredicate(corporaParts());
    const saved = predicateSchema.parse(JSON.parse(JSON.stringify(predicate)));
    const options = { width: 80, colour: true, detail: "verbose" as const };
    expect(checkText(saved, options)).toBe(checkText(predicate, options));
    expect(checkJson(saved)).toBe(checkJson(predicate));
  });

  it("begins with the gate and every count above zero", () => {
    traceSpec("REPORT-GATE");
    const tags = [
      { tag: "A-1" },
      { tag: "A-2", verdict: "failing" as const },
      { tag: "A-3", verdict: "waived" as const },
    ];
    expect(checkLines({ tags, findings: [{ code: "EVD006" }] })[0]).toBe(
      "FAIL  1 of 3 tags verified, 1 failing, 1 waived, 1 warning",
    );
    expect(checkLines({ tags: [{ tag: "A-1" }] })[0]).toBe("PASS  1 tag verified");
  });

  it("gives the reasons of a failed gate below", () => {
    traceSpec("REPORT-GATE-REASONS");
    const lines = checkLines({ tags: [{ tag: "A-1", verdict: "missing" }], findings: [{}] });
    expect(lines[1]).toBe("      because 1 must tag without sufficient evidence,");
    expect(lines[2]).toBe("      1 finding of severity error");
  });

  it("says in report mode that strict mode would fail", () => {
    traceSpec("REPORT-GATE-MODE");
    const lines = checkLines({ mode: "report", tags: [{ tag: "A-1", verdict: "failing" }] });
    expect(lines.slice(0, 2)).toEqual([
      "PASS  0 of 1 tag verified, 1 failing",
      "      report mode; strict mode would fail because 1 tag failing",
    ]);
    expect(checkLines({ mode: "report", tags: [{ tag: "A-1" }] }).join("\n")).not.toContain("strict");
  });

  it("says when nothing was judged, and prints no table", () => {
    traceSpec("REPORT-GATE-NOTHING");
    const lines = checkLines({});
    expect(lines[0]).toBe("FAIL  nothing was judged");
    expect(lines.join("\n")).not.toContain("capability");
  });

  it("says what was read", () => {
    traceSpec("REPORT-GATE-STATEMENTS");
    const read = checkLines({ tags: [{ tag: "A-1" }], results: [{ tests: 7, items: 1 }] });
    expect(read).toContain("Read 1 specification, 1204 source files and 1 results file with 8 results.");
    const ears = { statements: 9, read: 8, unread: 1 };
    expect(checkLines({ analyses: { ears } }).join(" ")).toContain("no results file. 8 of 9 statements read.");
    expect(checkLines({ analyses: { ears, logic: { opaque: 5, formalised: 3 } } }).join(" ")).toContain(
      "8 of 9 statements read, 5 opaque, 3 formalised.",
    );
    expect(checkLines({})).toContain("Read 0 specifications, 1204 source files and no results file.");
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
    expect(checkLines({ tags }).slice(3, 9)).toEqual([
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
    expect(checkLines({ tags: [{ tag: "A-1" }] })[2]).toBe("  capability    tags  verified");
    expect(checkLines({ tags: [{ tag: "A-1", verdict: "hollow" }] })[3]).toBe("  capability    tags  verified  hollow");
  });

  it("prints the forty capabilities with the most open tags", () => {
    traceSpec("REPORT-TABLE-CAP");
    const many = Array.from({ length: 45 }, (_, index) => ({ tag: `C-${index}`, capability: `capability-${index}` }));
    const open = { tag: "Z-1", capability: "zebra", verdict: "missing" as const };
    const lines = checkLines({ tags: [...many, open] });
    expect(lines.filter((line) => line.startsWith("  capability-"))).toHaveLength(39);
    expect(lines[5]).toMatch(/^ {2}zebra/);
    expect(lines).toContain("  … and 6 more capabilities; see them with --verbose");
    expect(checkLines({ tags: many }, "verbose").filter((line) => line.startsWith("  capability-"))).toHaveLength(45);
  });
});

describe("active changes", () => {
  it("stand with their verdicts and whether they count", () => {
    traceSpec("REPORT-CHANGES");
    const changes = [
      { change: "add-box", tags: [{ tag: "B-1", verdict: "missing" as const }, { tag: "B-2" }], removed: ["B-0"] },
      { change: "gating", gates: true },
    ];
    expect(sectionOf(checkLines({ tags: [{ tag: "A-1" }], changes }), "Active changes")).toEqual([
      "  add-box  1 missing, 1 verified, 1 removed (shown only)",
      "  gating  no tagged requirement (counts for the gate)",
    ]);
  });
});

describe("detail", () => {
  it("quiet prints the answer only", () => {
    traceSpec("REPORT-QUIET");
    expect(checkLines({ tags: [{ tag: "A-1", verdict: "missing" }], findings: [{}] }, "quiet")).toEqual([
      "FAIL  0 of 1 tag verified, 1 missing, 1 error",
    ]);
  });

  it("verbose leaves nothing out", () => {
    traceSpec("REPORT-VERBOSE");
    const predicate = buildPredicate(corporaParts());
    const text = checkLines(corporaParts(), "verbose").join("\n");
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
