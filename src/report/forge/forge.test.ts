import { readFileSync } from "node:fs";
import draft04 from "ajv-draft-04";
import formats from "ajv-formats";
import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { hostilePredicate } from "../../../test/builders/hostile.js";
import { buildPredicate } from "../../../test/builders/predicate.js";
import type { Predicate } from "../../model/manifest.js";
import { checkGithub } from "./github.js";
import { checkGitlab } from "./gitlab.js";
import { problemsOf } from "./problems.js";
import { checkSarif } from "./sarif.js";

const OPTIONS = { width: 80, colour: false, detail: "normal" } as const;

const schema = JSON.parse(
  readFileSync(new URL("../../../test/fixtures/schemas/sarif-2.1.0-rtm.5.json", import.meta.url), "utf8"),
);
// The schema has patterns that only hold without the flag `u`.
const ajv = new draft04.default({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv as never);
const validate = ajv.compile(schema);

const MIXED = buildPredicate({
  tags: [
    { tag: "BOX-A", verdict: "missing", priority: "should", reasons: ["no evidence"], line: 3 },
    { tag: "BOX-B", verdict: "failing", reasons: ["a test failed"], line: 9 },
    { tag: "BOX-C", verdict: "waived", line: 20 },
    { tag: "BOX-D", verdict: "verified" },
  ],
  waivers: [{ tag: "BOX-C", verdict: "missing", reason: "later", owner: "ada", expires: "2030-01-01", state: "used" }],
  findings: [
    { code: "TAG004", message: "Unexpected X", file: "src/a.ts", line: 4, suggestion: "Mend it." },
    { code: "EVD006", message: "Unexpected Y", file: "src/b.ts", line: 5 },
  ],
});

const sarif = (predicate: Predicate, below = "") => JSON.parse(checkSarif(predicate, { ...OPTIONS, below }));

describe("problems", () => {
  it("come worst first", () => {
    traceSpec("FORGE-ORDER");
    expect(problemsOf(MIXED).map(({ rule, severity }) => [rule, severity])).toEqual([
      ["TAG-failing", "error"],
      ["TAG004", "error"],
      ["TAG-missing", "warning"],
      ["EVD006", "warning"],
      ["TAG-waived", "info"],
    ]);
  });

  it("are notes where ratchet mode does not count them", () => {
    traceSpec("BASELINE-SHOWN-FORGE");
    const error = MIXED.findings.find(({ severity }) => severity === "error");
    const known = { tags: ["BOX-B"], findings: [error?.id ?? ""] };
    const severities = problemsOf({ ...MIXED, known }).map(({ rule, severity }) => [rule, severity]);
    expect(severities).toContainEqual(["TAG-failing", "info"]);
    expect(severities).toContainEqual(["TAG004", "info"]);
    expect(severities).toContainEqual(["TAG-missing", "warning"]);
    expect(checkGithub({ ...MIXED, known }, OPTIONS)).not.toContain("::error");
  });

  it("stand at paths from the root of the repository", () => {
    traceSpec("FORGE-ORDER-BELOW");
    const below = "packages/box/";
    expect(checkGithub(MIXED, { ...OPTIONS, below })).toContain("file=packages/box/src/a.ts,");
    expect(JSON.parse(checkGitlab(MIXED, { ...OPTIONS, below }))[1].location.path).toBe("packages/box/src/a.ts");
    const [, second] = sarif(MIXED, below).runs[0].results;
    expect(second.locations[0].physicalLocation.artifactLocation.uri).toBe("packages/box/src/a.ts");
  });
});

describe("workflow commands", () => {
  it("annotate lines, worst first", () => {
    traceSpec("FORGE-GITHUB");
    expect(checkGithub(MIXED, OPTIONS)).toBe(
      `${[
        "::error file=openspec/specs/box-registry/spec.md,line=9,col=1,title=TAG-failing Requirement failing::BOX-B Title of BOX-B is failing: a test failed",
        "::error file=src/a.ts,line=4,col=7,endColumn=16,title=TAG004 Reference to an unknown tag::Unexpected X. Mend it.",
        "::warning file=openspec/specs/box-registry/spec.md,line=3,col=1,title=TAG-missing Requirement missing::BOX-A Title of BOX-A is missing: no evidence",
        "::warning file=src/b.ts,line=5,col=7,endColumn=16,title=EVD006 Linked test has no result::Unexpected Y",
        "evidence: FAIL, 1 of 4 tags verified, 1 failing, 1 missing, 1 waived, 1 error, 1 warning",
      ].join("\n")}\n`,
    );
  });

  it("cannot be started by a text", () => {
    traceSpec("FORGE-GITHUB-ESCAPE");
    const bad = "50%, a:b\r\n::set-output name=x::y";
    const predicate = buildPredicate({ findings: [{ code: "TAG004", message: bad, file: `src/${bad}.ts` }] });
    const [first = "", ...rest] = checkGithub(predicate, OPTIONS).split("\n");
    expect(first).toContain("file=src/50%25%2C a%3Ab%0A%3A%3Aset-output name=x%3A%3Ay.ts,line=");
    expect(first).toMatch(/::50%25, a:b%0A::set-output name=x::y$/);
    expect(rest.filter((line) => line.startsWith("::"))).toEqual([]);
    fc.assert(
      fc.property(hostilePredicate(), (hostile) => {
        for (const line of checkGithub(hostile, OPTIONS).trimEnd().split("\n")) {
          expect(line).toMatch(
            /^(?:::(?:error|warning|notice) file=[^,:]*,line=\d+,col=\d+,(?:endColumn=\d+,)?title=[^,:]*::|evidence: )/,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are ten of a kind, and the rest is counted", () => {
    traceSpec("FORGE-GITHUB-REST");
    const findings = Array.from({ length: 13 }, (_, at) => ({
      code: "TAG004" as const,
      message: `m${at}`,
      line: at + 1,
    }));
    const lines = checkGithub(buildPredicate({ findings }), OPTIONS).trimEnd().split("\n");
    expect(lines.filter((line) => line.startsWith("::error"))).toHaveLength(10);
    expect(lines.at(-1)).toBe("evidence: 3 more of severity error in the summary and the report");
  });
});

describe("SARIF", () => {
  it("is what the schema accepts, whatever the input", () => {
    traceSpec("FORGE-SARIF");
    validate(sarif(MIXED));
    expect(validate.errors).toBeNull();
    expect(validate({ version: "2.1.0" })).toBe(false);
    fc.assert(
      fc.property(hostilePredicate(), (hostile) => {
        validate(sarif(hostile));
        expect(validate.errors).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  it("describes each rule it uses", () => {
    traceSpec("FORGE-SARIF-RULES");
    const [{ tool, results }] = sarif(MIXED).runs;
    const { rules } = tool.driver;
    for (const result of results) {
      const rule = rules[result.ruleIndex];
      expect(rule.id).toBe(result.ruleId);
      expect(rule.fullDescription.text.length).toBeGreaterThan(20);
      expect(rule.help.text.length).toBeGreaterThan(20);
    }
    expect(rules).toHaveLength(5);
  });

  it("keeps fingerprints when lines move", () => {
    traceSpec("FORGE-SARIF-FINGERPRINT");
    const moved = structuredClone(MIXED);
    for (const definition of moved.catalog) definition.line += 7;
    for (const found of moved.findings) {
      found.span.line += 7;
      found.span.endLine += 7;
    }
    const prints = (predicate: Predicate) =>
      sarif(predicate).runs[0].results.map((each: { partialFingerprints: unknown }) => each.partialFingerprints);
    expect(prints(moved)).toEqual(prints(MIXED));
    expect(new Set(prints(MIXED).map((each: unknown) => JSON.stringify(each))).size).toBe(5);
  });

  it("suppresses what a waiver excuses", () => {
    traceSpec("FORGE-SARIF-WAIVER");
    const results: { ruleId: string; suppressions?: unknown }[] = sarif(MIXED).runs[0].results;
    expect(results.filter((each) => each.suppressions !== undefined)).toMatchObject([
      {
        ruleId: "TAG-waived",
        suppressions: [{ kind: "external", status: "accepted", justification: "later (ada, until 2030-01-01)" }],
      },
    ]);
  });

  it("holds the worst 5000 and says what it leaves out", () => {
    traceSpec("FORGE-SARIF-LIMIT");
    const findings = Array.from({ length: 5003 }, (_, at) => ({
      code: at < 5001 ? ("EVD006" as const) : ("TAG004" as const),
      message: `m${at}`,
    }));
    const [run] = sarif(buildPredicate({ findings })).runs;
    expect(run.results).toHaveLength(5000);
    expect(run.results[0].ruleId).toBe("TAG004");
    const [notification] = run.invocations[0].toolExecutionNotifications;
    expect(notification.message.text).toBe("3 more results are left out; the report has them all.");
  });
});

describe("GitLab's code quality", () => {
  it("names each problem", () => {
    traceSpec("FORGE-GITLAB");
    const issues = JSON.parse(checkGitlab(MIXED, OPTIONS));
    expect(issues).toHaveLength(4);
    expect(issues[0]).toEqual({
      description: "BOX-B Title of BOX-B is failing: a test failed",
      check_name: "TAG-failing",
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: "critical",
      location: { path: "openspec/specs/box-registry/spec.md", lines: { begin: 9 } },
    });
  });

  it("tells problems of one fingerprint apart", () => {
    traceSpec("FORGE-GITLAB-UNIQUE");
    const predicate = buildPredicate({ findings: [{ code: "TAG004", message: "m" }] });
    const [first] = predicate.findings;
    if (first === undefined) throw new Error("no finding");
    const twice = { ...predicate, findings: [first, { ...first, span: { ...first.span, line: 99 } }] };
    const prints = JSON.parse(checkGitlab(twice, OPTIONS)).map((each: { fingerprint: string }) => each.fingerprint);
    expect(prints[1]).toBe(`${prints[0]}-2`);
  });
});
