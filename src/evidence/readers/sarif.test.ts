import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { codesOf, readFixture, readText } from "../../../test/builders/results.js";

const SUCCESSFUL = [{ executionSuccessful: true }];

interface Run {
  rules?: unknown[];
  results?: unknown[];
  invocations?: unknown[];
}

/** Reads a log of one run of the tool `lint`. */
function log(run: Run) {
  const { rules = [{ id: "R1", properties: { tags: ["SEC-EVAL"] } }], ...rest } = run;
  const value = { version: "2.1.0", runs: [{ tool: { driver: { name: "lint", rules } }, results: [], ...rest }] };
  return readText(JSON.stringify(value));
}

const outcomeOf = (run: Run) => log(run).items.map((each) => each.outcome);
const result = (over: Record<string, unknown> = {}) => ({ ruleId: "R1", message: { text: "no" }, ...over });

describe("SARIF", () => {
  it("makes an item of each rule that names a tag", () => {
    traceSpec("RES-SARIF");
    const set = log({
      invocations: SUCCESSFUL,
      rules: [
        { id: "listed", properties: { tags: ["SEC-A", "security", "CWE79"] } },
        { id: "in-id [SEC-B]" },
        { id: "helped", help: { text: "See [SEC-C]." }, fullDescription: { markdown: "[SEC-D]" } },
        { id: "named", name: "x [SEC-E]" },
        { id: "untagged" },
      ],
    });
    expect(set.items.map((each) => [each.name, each.tags, each.kind])).toEqual([
      ["helped", ["SEC-C", "SEC-D"], "static-analysis"],
      ["in-id [SEC-B]", ["SEC-B"], "static-analysis"],
      ["listed", ["SEC-A"], "static-analysis"],
      ["named", ["SEC-E"], "static-analysis"],
    ]);
  });

  it("reads what Semgrep writes", () => {
    traceSpec("RES-SARIF", "RES-SARIF-PASS", "RES-SARIF-FAIL");
    const set = readFixture("sarif-semgrep.json");
    expect(set.producer).toEqual({ name: "Semgrep OSS", version: "1.182.0", command: null });
    expect(set.items).toMatchObject([
      {
        name: "no-eval",
        tags: ["SEC-NO-EVAL"],
        outcome: "fail",
        location: { file: "src/a.py", line: 2, column: 5, endLine: 2, endColumn: 14 },
        strength: { results: 1, suppressed: 1 },
      },
      { name: "no-exec", tags: ["SEC-NO-EXEC"], outcome: "pass", location: null },
    ]);
    expect(set.items[0]?.id).not.toBe(set.items[1]?.id);
  });

  it("passes a rule without results in a successful run", () => {
    traceSpec("RES-SARIF-PASS");
    expect(outcomeOf({ invocations: SUCCESSFUL })).toEqual(["pass"]);
    expect(outcomeOf({ invocations: SUCCESSFUL, results: [result({ kind: "pass" })] })).toEqual(["pass"]);
    expect(outcomeOf({ invocations: SUCCESSFUL, results: [result({ baselineState: "absent" })] })).toEqual(["pass"]);
  });

  it.each([{}, { level: "error" }, { level: "warning" }, { level: "note" }, { kind: "fail" }])(
    "fails a rule with the result %j",
    (over) => {
      traceSpec("RES-SARIF-FAIL");
      expect(outcomeOf({ invocations: SUCCESSFUL, results: [result(over)] })).toEqual(["fail"]);
      expect(outcomeOf({ results: [result(over)] })).toEqual(["fail"]);
    },
  );

  it("takes the level from the rule where the result has none", () => {
    traceSpec("RES-SARIF-FAIL");
    const rules = [{ id: "R1", properties: { tags: ["SEC-EVAL"] }, defaultConfiguration: { level: "none" } }];
    expect(outcomeOf({ invocations: SUCCESSFUL, rules, results: [result()] })).toEqual(["pass"]);
    expect(outcomeOf({ invocations: SUCCESSFUL, rules, results: [result({ level: "note" })] })).toEqual(["fail"]);
    expect(outcomeOf({ invocations: SUCCESSFUL, results: [result({ level: "none" })] })).toEqual(["pass"]);
  });

  it("finds the rule by index, reference and hierarchical id", () => {
    traceSpec("RES-SARIF-FAIL");
    const results = [{ ruleIndex: 0 }, { rule: { index: 0 } }, { rule: { id: "R1" } }, { ruleId: "R1/sub/case" }];
    for (const each of results) {
      expect(outcomeOf({ invocations: SUCCESSFUL, results: [{ message: {}, ...each }] })).toEqual(["fail"]);
    }
    expect(outcomeOf({ invocations: SUCCESSFUL, results: [result({ ruleId: "R2" })] })).toEqual(["pass"]);
  });

  it("finds the rules of extensions", () => {
    traceSpec("RES-SARIF");
    const extension = { name: "plugin", rules: [{ id: "E1", properties: { tags: ["SEC-EXT"] } }] };
    const found = { rule: { index: 0, toolComponent: { index: 0 } } };
    const run = {
      tool: { driver: { name: "lint" }, extensions: [extension] },
      invocations: SUCCESSFUL,
      results: [found],
    };
    const set = readText(JSON.stringify({ version: "2.1.0", runs: [run] }));
    expect(set.items).toMatchObject([{ name: "E1", tags: ["SEC-EXT"], outcome: "fail" }]);
  });

  it("knows a rule that is described nowhere by its id", () => {
    traceSpec("RES-SARIF");
    const set = log({ rules: [], results: [result({ ruleId: "odd [SEC-ODD]" })] });
    expect(set.items).toMatchObject([{ tags: ["SEC-ODD"], outcome: "fail" }]);
  });

  it("does not count suppressed results", () => {
    traceSpec("RES-SARIF-SUPPRESSED");
    const suppressed = (...statuses: (string | undefined)[]) =>
      result({ suppressions: statuses.map((status) => ({ kind: "inSource", ...(status ? { status } : {}) })) });
    const set = log({ invocations: SUCCESSFUL, results: [suppressed(undefined), suppressed("accepted")] });
    expect(set.items).toMatchObject([{ outcome: "pass", strength: { results: 0, suppressed: 2 } }]);
    expect(outcomeOf({ invocations: SUCCESSFUL, results: [suppressed("rejected")] })).toEqual(["fail"]);
    expect(outcomeOf({ invocations: SUCCESSFUL, results: [suppressed("accepted", "underReview")] })).toEqual(["fail"]);
    expect(outcomeOf({ invocations: SUCCESSFUL, results: [suppressed(), suppressed("accepted")] })).toEqual(["fail"]);
  });

  it("waits for reviews", () => {
    traceSpec("RES-SARIF-PASS");
    expect(outcomeOf({ invocations: SUCCESSFUL, results: [result({ kind: "review" })] })).toEqual(["inconclusive"]);
    expect(outcomeOf({ invocations: SUCCESSFUL, results: [result({ kind: "open" }), result()] })).toEqual(["fail"]);
  });

  it("does not pass a run that was not successful", () => {
    traceSpec("RES-SARIF-ERROR");
    expect(outcomeOf({ invocations: [{ executionSuccessful: false }] })).toEqual(["error"]);
    expect(outcomeOf({ invocations: [{}] })).toEqual(["error"]);
    expect(outcomeOf({ invocations: [...SUCCESSFUL, { executionSuccessful: "true" }] })).toEqual(["error"]);
    expect(log({ invocations: [{}], results: [result()] }).items[0]?.outcome).toBe("fail");
  });

  it("does not pass a run without a list of results", () => {
    traceSpec("RES-SARIF-ERROR");
    const run = { tool: { driver: { name: "l", rules: [{ id: "[SEC-A]" }] } }, invocations: SUCCESSFUL };
    expect(readText(JSON.stringify({ version: "2.1.0", runs: [run] })).items[0]?.outcome).toBe("error");
  });

  it("does not pass a run that does not say how it ended", () => {
    traceSpec("RES-SARIF-SILENT");
    const [item] = log({}).items;
    expect(item?.outcome).toBe("inconclusive");
    expect(item?.notes[0]).toContain("invocations");
    expect(outcomeOf({ invocations: [] })).toEqual(["inconclusive"]);
  });

  it("does not pass a rule that is not enabled", () => {
    traceSpec("RES-SARIF-DISABLED");
    const rules = [{ id: "R1", properties: { tags: ["SEC-EVAL"] }, defaultConfiguration: { enabled: false } }];
    expect(outcomeOf({ invocations: SUCCESSFUL, rules })).toEqual(["skipped"]);
    expect(outcomeOf({ invocations: SUCCESSFUL, rules, results: [result()] })).toEqual(["fail"]);
    const override = { descriptor: { id: "R1" }, configuration: { enabled: true } };
    const invocations = [{ executionSuccessful: true, ruleConfigurationOverrides: [override] }];
    expect(outcomeOf({ invocations, rules })).toEqual(["pass"]);
  });

  it("reads what ruff and biome write, which name no tag", () => {
    traceSpec("RES-EMPTY");
    for (const name of ["sarif-ruff.json", "sarif-biome.json"]) {
      const set = readFixture(name);
      expect(set.format).toBe("sarif");
      expect(codesOf(set)).toEqual(["RES002"]);
      expect(set.findings[0]?.message).toContain("a rule that names a tag");
    }
  });
});
