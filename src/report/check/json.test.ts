import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { corporaParts } from "../../../test/builders/corpora.js";
import { buildFinding, buildPredicate } from "../../../test/builders/predicate.js";
import { canonicalJson } from "../../model/canonical.js";
import { checkSchema } from "../../model/check.js";
import { checkJson, toCheck } from "./json.js";

describe("checkJson", () => {
  it("is canonical and valid against its schema", () => {
    traceSpec("REPORT-JSON");
    const predicate = buildPredicate(corporaParts());
    const json = checkJson(predicate);
    const parsed = checkSchema.parse(JSON.parse(json));
    expect(json).toBe(canonicalJson(parsed));
    expect(parsed.totals).toEqual(predicate.totals);
    expect(parsed.tags).toHaveLength(458);
    expect(parsed.findings).toHaveLength(predicate.findings.length);
  });

  it("lists the evidence of a tag below it", () => {
    traceSpec("REPORT-JSON-EVIDENCE");
    const items = [
      { name: "adds", file: "a.test.ts", line: 4, assertions: 2 },
      { name: "reviewed", kind: "review" as const },
    ];
    const [tag] = toCheck(buildPredicate({ tags: [{ tag: "A-1", items }] })).tags;
    expect(tag?.evidence.map(({ id, ...rest }) => rest)).toEqual([
      { kind: "test.unit", name: "adds", outcome: "pass", file: "a.test.ts", line: 4, assertions: 2, cannotFail: null },
      { kind: "review", name: "reviewed", outcome: "pass", file: null, line: null, assertions: null, cannotFail: null },
    ]);
    expect(new Set(tag?.evidence.map((each) => each.id)).size).toBe(2);
  });

  it("keeps what an analysis says about its finding", () => {
    const predicate = buildPredicate({ tags: [{ tag: "A-1" }] });
    predicate.findings.push({ ...buildFinding(), check: "conflict", tier: "proved" });
    const [found] = toCheck(predicate).findings;
    expect([found?.check, found?.tier, found?.line, found?.column]).toEqual(["conflict", "proved", 41, 7]);
    expect(checkSchema.safeParse(toCheck(predicate)).success).toBe(true);
  });

  it("has the tags of changes apart", () => {
    const changes = [{ change: "add", tags: [{ tag: "B-1", verdict: "missing" as const }], removed: ["A-1"] }];
    const checked = toCheck(buildPredicate({ tags: [{ tag: "A-1" }], changes }));
    expect(checked.tags.map((each) => each.tag)).toEqual(["A-1"]);
    expect(checked.changes).toMatchObject([{ change: "add", gates: false, removed: ["A-1"], tags: [{ tag: "B-1" }] }]);
  });

  it("writes control characters as escapes", () => {
    traceSpec("REPORT-SAFE-JSON");
    const predicate = buildPredicate({ tags: [{ tag: "A-1", title: "a\u001b\u202E\u009bb" }] });
    const json = checkJson(predicate);
    expect(json).toContain('"title": "a\\u001b\\u202e\\u009bb"');
    expect(JSON.parse(json).tags[0].title).toBe("a\u001b\u202E\u009bb");
  });
});
