import { describe, expect, it } from "vitest";
import { predicateSchema } from "../../src/model/manifest.js";
import { corporaParts } from "./corpora.js";
import { buildFinding, buildPredicate } from "./predicate.js";

describe("buildPredicate", () => {
  it("makes predicates of the published shape", () => {
    for (const parts of [{}, { tags: [{ tag: "A-B" }] }, corporaParts()]) {
      expect(predicateSchema.safeParse(buildPredicate(parts)).error).toBeUndefined();
    }
  });

  it("derives totals and gate from the tags and findings named", () => {
    const built = buildPredicate({
      tags: [
        { tag: "A-1" },
        { tag: "A-1-S", parent: "A-1", verdict: "missing" },
        { tag: "B-1", capability: "b", verdict: "hollow", priority: "should" },
      ],
      findings: [{ code: "EVD006" }, { code: "TAG004" }],
    });
    expect(built.totals).toEqual({
      specs: 2,
      requirements: 2,
      scenarios: 1,
      tags: 3,
      failing: 0,
      hollow: 1,
      suspect: 0,
      missing: 1,
      waived: 0,
      verified: 1,
    });
    expect(built.gate).toBe("fail");
    expect(built.gateReasons).toEqual(["1 must tag without sufficient evidence", "1 finding of severity error"]);
    expect(built.findings.map((each) => each.code)).toEqual(["TAG004", "EVD006"]);
  });

  it("ties items and references to their tag", () => {
    const built = buildPredicate({ tags: [{ tag: "A-1", items: [{ file: "a.test.ts", line: 3 }], references: [{}] }] });
    expect(built.items).toHaveLength(1);
    expect(built.verdicts[0]?.evidence).toEqual([built.items[0]?.id]);
    expect(built.items[0]?.location?.line).toBe(3);
    expect(built.references[0]?.tag).toBe("A-1");
  });

  it("passes the gate in report mode and keeps the reasons", () => {
    const built = buildPredicate({ mode: "report", tags: [{ tag: "A-1", verdict: "failing" }] });
    expect([built.gate, built.gateReasons]).toEqual(["pass", ["1 tag failing"]]);
  });

  it("has the size of the real projects it is modelled on", () => {
    const { totals } = buildPredicate(corporaParts());
    expect([totals.specs, totals.requirements, totals.scenarios, totals.tags]).toEqual([12, 124, 334, 458]);
    expect(Math.min(totals.failing, totals.hollow, totals.suspect, totals.missing, totals.waived)).toBeGreaterThan(0);
  });
});

describe("buildFinding", () => {
  it("keeps the code's severity unless another is given", () => {
    expect(buildFinding({ code: "EVD006" }).severity).toBe("warning");
    expect(buildFinding({ code: "EVD006", severity: "error" }).severity).toBe("error");
  });
});
