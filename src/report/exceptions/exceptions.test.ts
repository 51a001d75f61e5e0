import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { buildPredicate } from "../../../test/builders/predicate.js";
import { exceptionsJson } from "./json.js";
import { exceptionsMarkdown } from "./markdown.js";
import { exceptionsText } from "./text.js";

const OPTIONS = { width: 80, colour: false, detail: "normal" as const };
const ID = "TAG004-0123456789ab";
const agreed = { reason: "ships | next release", owner: "ada" };
const predicate = {
  ...buildPredicate({
    waivers: [{ tag: "BOX-B", verdict: "missing", ...agreed, expires: "2030-01-31", state: "expired" }],
  }),
  findingWaivers: [{ finding: ID, ...agreed, expires: "2031-01-31", state: "used" as const }],
  confirmations: [
    { tag: "BOX-A", text: `sha256:${"1".repeat(64)}`, ...agreed, date: "2030-01-01", state: "stale" as const },
  ],
  baseline: {
    path: "evidence.baseline.yaml",
    verdicts: [{ tag: "BOX-C", verdict: "failing" as const, state: "used" as const }],
    findings: [{ finding: "SPEC002-0123456789ab", state: "unused" as const }],
  },
};

describe("exceptions", () => {
  it("stand in one table, whoever excuses them", () => {
    traceSpec("BASELINE-EXCEPTIONS");
    expect(exceptionsText(predicate, OPTIONS).split("\n")).toEqual([
      "5 exceptions: 2 waivers, 2 in the baseline, 1 confirmation.",
      "",
      "  tag or finding        excuses   by       until          from    state",
      `  ${"─".repeat(69)}`,
      "  BOX-A                 suspect  ada           ·  confirmation    stale",
      "  BOX-B                 missing  ada  2030-01-31        waiver  expired",
      "  BOX-C                 failing    ·           ·      baseline     used",
      "  SPEC002-0123456789ab  finding    ·           ·      baseline   unused",
      "  TAG004-0123456789ab   finding  ada  2031-01-31        waiver     used",
      `  ${"─".repeat(69)}`,
      "  total                                                               5",
      "",
    ]);
  });

  it("come with their reasons, and as data", () => {
    traceSpec("BASELINE-EXCEPTIONS");
    expect(exceptionsText(predicate, { ...OPTIONS, detail: "verbose" })).toContain("BOX-B  ships | next release");
    expect(exceptionsMarkdown(predicate)).toContain("| BOX-B | missing | ada | 2030\\-01\\-31".replaceAll("\\-", "-"));
    expect(exceptionsMarkdown(predicate)).toContain("ships \\| next release");
    expect(JSON.parse(exceptionsJson(predicate))).toMatchObject({
      exceptions: [
        { subject: "BOX-A", source: "confirmation", until: null },
        { subject: "BOX-B", source: "waiver", until: "2030-01-31" },
        { subject: "BOX-C", source: "baseline", by: null },
        { subject: "SPEC002-0123456789ab" },
        { subject: ID },
      ],
    });
    expect(exceptionsText(buildPredicate(), OPTIONS)).toBe("Nothing is excused.\n");
  });
});
