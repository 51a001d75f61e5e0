import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { PredicateParts } from "../../test/builders/predicate.js";
import { buildPredicate } from "../../test/builders/predicate.js";
import { diffSchema } from "../model/diff.js";
import { diffMarkdown } from "../report/diff/markdown.js";
import { diffText } from "../report/diff/text.js";
import type { State } from "./diff.js";
import { diffStates } from "./diff.js";

const state = (name: string, parts: PredicateParts, source: State["source"] = "manifest"): State => ({
  name,
  source,
  commit: null,
  predicate: buildPredicate(parts),
});

const A = state("a.json", {
  tags: [
    { tag: "BOX-A", verdict: "verified", items: [{ name: "one", outcome: "pass" }] },
    { tag: "BOX-B", verdict: "missing" },
    { tag: "BOX-C", verdict: "verified", text: "C\nTHE box SHALL do c." },
    { tag: "BOX-D", verdict: "verified" },
  ],
  findings: [{ message: "old" }, { message: "kept" }],
});
const B = state("b.json", {
  tags: [
    { tag: "BOX-A", verdict: "failing", items: [{ name: "one", outcome: "fail" }] },
    { tag: "BOX-B", verdict: "verified", items: [{ name: "two", outcome: "pass" }] },
    { tag: "BOX-C", verdict: "verified", text: "C\nTHE box SHALL do more." },
    { tag: "BOX-E", verdict: "missing", title: "Something else" },
  ],
  findings: [{ message: "kept" }, { message: "new" }],
});

describe("diffStates", () => {
  const diff = diffStates(A, B);

  it("lists tags, verdicts, evidence and findings that differ", () => {
    traceSpec("CHANGE-DIFF");
    expect(diffSchema.safeParse(diff).error).toBeUndefined();
    expect(diff.added.map(({ tag }) => tag)).toEqual(["BOX-E"]);
    expect(diff.removed.map(({ tag }) => tag)).toEqual(["BOX-D"]);
    expect(diff.changed.map(({ tag }) => tag)).toEqual(["BOX-C"]);
    expect(diff.verdicts).toEqual([
      { tag: "BOX-A", before: "verified", after: "failing", isWorse: true },
      { tag: "BOX-B", before: "missing", after: "verified", isWorse: false },
    ]);
    expect(diff.gained.map(({ tag, name }) => `${tag} ${name}`)).toEqual(["BOX-B two"]);
    expect(diff.lost.map(({ tag, name }) => `${tag} ${name}`)).toEqual(["BOX-A one"]);
    expect(diff.findings.new.map(({ message }) => message)).toEqual(["new"]);
    expect(diff.findings.fixed.map(({ message }) => message)).toEqual(["old"]);
  });

  it("is its own mirror", () => {
    traceSpec("CHANGE-DIFF");
    const back = diffStates(B, A);
    expect([back.gained, back.lost]).toEqual([diff.lost, diff.gained]);
    expect([back.findings.new, back.findings.fixed]).toEqual([diff.findings.fixed, diff.findings.new]);
    expect(diffStates(A, A)).toMatchObject({ added: [], changed: [], verdicts: [], gained: [], findings: { new: [] } });
  });

  it("is printed worst first, with what the states are", () => {
    traceSpec("CHANGE-DIFF", "CHANGE-DIFF-JUDGED");
    const options = { width: 80, colour: false, detail: "normal" as const };
    const lines = diffText(diffStates(A, { ...B, source: "references" }), options).split("\n");
    expect(lines[1]).toContain("To b.json: specifications and references only, nothing was run");
    expect(lines[2]).toContain("Only one of them has results");
    expect(lines.indexOf("Worse verdicts (1)")).toBeLessThan(lines.indexOf("Better verdicts (1)"));
    expect(lines).toContain("  BOX-A  verified → failing");
    expect(diffMarkdown(diff, options)).toContain("**Worse verdicts (1)**\n\n- BOX-A verified → failing");
    expect(diffText(diffStates(A, A), options)).toContain("Nothing differs.");
  });
});
