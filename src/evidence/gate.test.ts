import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { aDefinition } from "../../test/builders/case.js";
import { finding } from "../model/finding.js";
import { fileSpan } from "../model/span.js";
import type { TagVerdict, Verdict } from "../model/verdict.js";
import { applySeverities, decideGate } from "./gate.js";

const NONE = { tags: [], findings: [] };
const known = { tags: new Set<string>(), ids: new Set<string>() };

function judged(tag: string, verdict: Verdict): TagVerdict {
  return { tag, verdict, unwaived: verdict, level: "declared", reasons: [], evidence: [] };
}

function gateOf(priority: "must" | "should", verdict: Verdict, mode: "strict" | "report" = "strict") {
  const definitions = new Map([["BOX-A", aDefinition("BOX-A", { priority })]]);
  return decideGate({ mode, known, definitions, verdicts: [judged("BOX-A", verdict)], proposed: [], findings: [] });
}

const warning = finding({ code: "EVD002", message: "unused", span: fileSpan("w.yaml") });
const error = finding({ code: "EVD003", message: "unknown", span: fileSpan("w.yaml") });

describe("decideGate", () => {
  it.each([
    ["must", "verified", "pass"],
    ["must", "waived", "pass"],
    ["must", "missing", "fail"],
    ["must", "suspect", "fail"],
    ["must", "hollow", "fail"],
    ["must", "failing", "fail"],
    ["should", "failing", "fail"],
  ] as const)("of a %s tag that is %s is %s", (priority, verdict, gate) => {
    traceSpec("JUDGE-GATE");
    expect(gateOf(priority, verdict).gate).toBe(gate);
    expect(gateOf(priority, verdict).reasons.length > 0).toBe(gate === "fail");
  });

  it.each(["missing", "suspect", "hollow"] as const)("passes when only a should tag is %s", (verdict) => {
    traceSpec("JUDGE-GATE-ADVISORY");
    expect(gateOf("should", verdict)).toEqual({ gate: "pass", reasons: [], known: NONE });
  });

  it("fails on a finding of severity error only", () => {
    traceSpec("JUDGE-GATE");
    const verdicts = [judged("BOX-A", "verified")];
    const input = { mode: "strict" as const, known, definitions: new Map(), verdicts, proposed: [] };
    expect(decideGate({ ...input, findings: [warning] }).gate).toBe("pass");
    expect(decideGate({ ...input, findings: [warning, error] })).toEqual({
      gate: "fail",
      reasons: ["1 finding of severity error"],
      known: NONE,
    });
  });

  it("fails when nothing was judged", () => {
    traceSpec("JUDGE-GATE");
    const nothing = {
      mode: "strict" as const,
      known,
      definitions: new Map(),
      verdicts: [],
      proposed: [],
      findings: [],
    };
    expect(decideGate(nothing)).toEqual({ gate: "fail", reasons: ["nothing was judged"], known: NONE });
  });

  it("passes in report mode and still says why it would not", () => {
    expect(gateOf("must", "missing", "report")).toEqual({
      gate: "pass",
      reasons: ["1 must tag without sufficient evidence"],
      known: NONE,
    });
  });
});

describe("an active change that gates", () => {
  const of = (priority: "must" | "should", verdict: Verdict) => ({
    definitions: new Map([["BOX-A", aDefinition("BOX-A", { priority })]]),
    verdicts: [judged("BOX-A", verdict)],
  });
  const input = { known: { tags: new Set(["BOX-A"]), ids: new Set<string>() }, findings: [] };

  it.each([
    ["missing", "1 must tag newly without sufficient evidence"],
    ["failing", "1 tag newly failing"],
  ] as const)("counts in ratchet mode where the main tag was known: %s", (verdict, reason) => {
    traceSpec("JUDGE-CHANGES-RATCHET");
    const proposed = [of("must", verdict)];
    const decided = { gate: "fail", reasons: [reason], known: NONE };
    expect(decideGate({ ...input, mode: "ratchet", ...of("must", "verified"), proposed })).toEqual(decided);
    const both = decideGate({ ...input, mode: "ratchet", ...of("must", verdict), proposed });
    expect(both).toEqual({ ...decided, known: { tags: ["BOX-A"], findings: [] } });
  });

  it("lowers no tag of the main specifications, nor of another change", () => {
    traceSpec("JUDGE-CHANGES-RATCHET");
    const reasons = (main: Verdict, proposed: ReturnType<typeof of>[]) =>
      decideGate({ ...input, mode: "strict", ...of("must", main), proposed }).reasons;
    expect(reasons("missing", [of("should", "verified")])).toHaveLength(1);
    expect(reasons("verified", [of("must", "missing"), of("should", "missing")])).toHaveLength(1);
    expect(reasons("verified", [of("should", "missing")])).toEqual([]);
  });
});

describe("applySeverities", () => {
  it("raises, lowers and drops findings by code", () => {
    traceSpec("JUDGE-SEVERITY");
    const changed = applySeverities([warning, error], { EVD002: "error", EVD003: "off" });
    expect(changed.map((each) => [each.code, each.severity])).toEqual([["EVD002", "error"]]);
  });

  it("names what only ratchet mode does not count", () => {
    traceSpec("BASELINE-SHOWN");
    const tags = ["BOX-A", "BOX-B", "BOX-C", "BOX-D"];
    const verdicts = [
      judged("BOX-A", "missing"),
      judged("BOX-B", "failing"),
      judged("BOX-C", "verified"),
      judged("BOX-D", "hollow"),
    ];
    const priorityOf = (tag: string) => (tag === "BOX-D" ? "should" : "must");
    const input = {
      known: { tags: new Set(tags), ids: new Set([error.id, warning.id]) },
      definitions: new Map(tags.map((tag) => [tag, aDefinition(tag, { priority: priorityOf(tag) })])),
      verdicts,
      proposed: [],
      findings: [warning, error],
    };
    const counted = { tags: ["BOX-A", "BOX-B"], findings: [error.id] };
    expect(decideGate({ ...input, mode: "ratchet" })).toEqual({ gate: "pass", reasons: [], known: counted });
    expect(decideGate({ ...input, mode: "strict" }).known).toEqual(NONE);
    expect(decideGate({ ...input, mode: "report" }).known).toEqual(NONE);
  });
});
