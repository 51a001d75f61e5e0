import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlloyReport } from "../../../src/model/alloy-report.js";
import type { Check } from "../../../src/model/check.js";
import { alloyJar } from "../../builders/alloy-engine.js";
import type { Run } from "../harness.js";
import { Project, verdicts } from "../harness.js";

/** Models that cannot be run, or not to their end: a clear finding, and everything else judged as without them. */

const SPEC = "openspec/specs/box/spec.md";
const RESULTS = `<testsuite name="box"><testcase classname="box" name="opens [BOX-OPEN]"/></testsuite>`;

let project: Project;

beforeEach(() => {
  project = new Project(null);
  mkdirSync(join(project.root, "openspec/specs/box"), { recursive: true });
  project.write("evidence.config.json", JSON.stringify({ results: [{ path: "results.xml" }] }));
  project.write("results.xml", RESULTS);
});

afterEach(() => project.remove());

/** One requirement with a model, and one with a test. */
function specification(...lines: string[]): string {
  return [
    "# Box",
    "",
    "## Purpose",
    "",
    "Boxes.",
    "",
    "## Requirements",
    "",
    "### Requirement: Lids close [BOX-CLOSE]",
    "THE box SHALL close its lid.",
    "",
    "```alloy",
    ...lines,
    "```",
    "",
    "### Requirement: Lids open [BOX-OPEN]",
    "THE box SHALL open its lid.",
    "",
  ].join("\n");
}

const GOOD = ["sig Lid { on: lone Lid }", "assert shut { all l: Lid | lone l.on }", "check shut for 2 expect 0"];

async function checked(env: Record<string, string> = {}, ...args: string[]): Promise<Run & { report: Check }> {
  const run = await project.evidenceWith(env, "check", "--format", "json", ...args);
  if (run.stdout === "") throw new Error(run.stderr);
  return { ...run, report: JSON.parse(run.stdout) as Check };
}

const found = (report: Check, code: string) => report.findings.filter((each) => each.code === code);

describe.skipIf(alloyJar === null)("models that are not run", { timeout: 240_000 }, () => {
  it("without Java", async () => {
    traceSpec("MODEL-NOT-RUN", "MODEL-NOT-RUN-MISSING", "MODEL-NOT-RUN-REST");
    project.write(SPEC, specification(...GOOD));
    const { report, code } = await checked({ PATH: "/nonexistent", JAVA_HOME: "" });
    expect(verdicts(report)).toEqual({ "BOX-CLOSE": "missing", "BOX-OPEN": "verified" });
    expect(report.findings.filter((each) => each.severity !== "info" && each.code.startsWith("ALLOY"))).toMatchObject([
      { code: "ALLOY103", severity: "warning", tags: ["BOX-CLOSE"], file: SPEC },
    ]);
    expect(report.analyses.alloy).toMatchObject({ commands: 1, notRun: 1, passed: 0, engine: null });
    expect(code).toBe(1);
  });

  it("with a jar of an unknown digest, or one that is broken", async () => {
    traceSpec("MODEL-NOT-RUN-DIGEST", "MODEL-NOT-RUN-MISSING");
    project.write(SPEC, specification(...GOOD));
    project.write("alloy.jar", "this is no jar");
    project.write(
      "evidence.config.json",
      JSON.stringify({ results: [{ path: "results.xml" }], alloy: { jar: "alloy.jar" } }),
    );
    const refused = await checked();
    expect(verdicts(refused.report)).toEqual({ "BOX-CLOSE": "missing", "BOX-OPEN": "verified" });
    expect(found(refused.report, "ALLOY102")).toHaveLength(1);
    const digest = /SHA-256 ([0-9a-f]{64})/u.exec(found(refused.report, "ALLOY102")[0]?.message ?? "")?.[1];
    const alloy = { jar: "alloy.jar", digest };
    project.write("evidence.config.json", JSON.stringify({ results: [{ path: "results.xml" }], alloy }));
    const broken = await checked();
    expect(verdicts(broken.report)).toEqual({ "BOX-CLOSE": "missing", "BOX-OPEN": "verified" });
    expect(found(broken.report, "ALLOY039")).toMatchObject([{ tags: ["BOX-CLOSE"], severity: "warning" }]);
  });

  it("with a mistake in the text", async () => {
    traceSpec("MODEL-SYNTAX", "MODEL-ERROR", "MODEL-NOT-RUN-REST");
    project.write(SPEC, specification("sig Lid { on: lone Lit }", ...GOOD.slice(1)));
    const { report } = await checked();
    expect(verdicts(report)).toEqual({ "BOX-CLOSE": "failing", "BOX-OPEN": "verified" });
    expect(found(report, "ALLOY036")).toMatchObject([{ line: 13, severity: "error", tags: ["BOX-CLOSE"] }]);
  });

  it("without an end", async () => {
    traceSpec("MODEL-TIMEOUT", "MODEL-UNANSWERED", "MODEL-NOT-RUN-REST");
    // More pigeons than holes, which takes a SAT solver longer than any test to refute.
    const endless = [
      "sig Hole {}",
      "sig Pigeon { in_: one Hole, weight: Hole -> lone Pigeon }",
      "fact { all disj p, q: Pigeon | p.in_ != q.in_ }",
    ];
    project.write(
      SPEC,
      specification(...endless, "run { some weight } for exactly 40 Pigeon, exactly 39 Hole expect 0"),
    );
    const config = { results: [{ path: "results.xml" }], alloy: { timeoutSeconds: 2 } };
    project.write("evidence.config.json", JSON.stringify(config));
    const { report } = await checked();
    expect(verdicts(report)).toEqual({ "BOX-CLOSE": "missing", "BOX-OPEN": "verified" });
    expect(found(report, "ALLOY035")).toMatchObject([{ line: 16, severity: "warning" }]);
  });

  it("when nothing is to be run, or nothing is there", async () => {
    traceSpec("MODEL-CHECK-SKIP", "MODEL-IDLE");
    project.write(SPEC, specification(...GOOD));
    const skipped = await checked({}, "--skip", "alloy");
    expect(verdicts(skipped.report)).toEqual({ "BOX-CLOSE": "missing", "BOX-OPEN": "verified" });
    expect(skipped.report.analyses).not.toHaveProperty("alloy");
    // Without a model Java is not even looked for.
    project.write(SPEC, specification("// later").replace("```alloy", "```text"));
    const idle = await checked({ PATH: "/nonexistent", JAVA_HOME: "" });
    expect(idle.report.findings.filter((each) => each.code.startsWith("ALLOY"))).toEqual([]);
  });
});

describe.skipIf(alloyJar === null)("models that are run", { timeout: 240_000 }, () => {
  const WITHOUT_JAVA = { JAVA_HOME: join("/nonexistent", "java"), PATH: "/nonexistent" };

  it("once: what is known is taken from the cache, and looking commands take nothing else", async () => {
    traceSpec(
      "MODEL-RESUME",
      "MODEL-CHECK-KNOWN",
      "MODEL-REPEAT",
      "MODEL-CHECK-PART",
      "MODEL-ITEM",
      "MODEL-ITEM-INPUTS",
    );
    project.write(SPEC, specification(...GOOD));
    const before = await project.evidence("why", "BOX-CLOSE");
    expect(before.stdout).toContain("not run: only `evidence check` and `evidence alloy` run models");
    const first = await checked();
    expect(verdicts(first.report)).toEqual({ "BOX-CLOSE": "verified", "BOX-OPEN": "verified" });
    expect(first.report.analyses.alloy).toMatchObject({ commands: 1, passed: 1, counterexamples: 0 });
    const manifest = project.read("evidence-manifest.json");
    const { items } = JSON.parse(manifest).predicate;
    const item = items.find((each: { kind: string }) => each.kind === "model");
    expect(item).toMatchObject({ name: "check shut", strength: { scope: "for 2", solver: "sat4j" } });
    expect(Object.keys(item.inputs)).toEqual([SPEC]);
    const after = await project.evidenceWith(WITHOUT_JAVA, "why", "BOX-CLOSE");
    expect(after.stdout).toContain("no counterexample (expect 0)");
    await checked({}, "--no-cache");
    expect(project.read("evidence-manifest.json")).toBe(manifest);
  });

  it("by label and by path", async () => {
    traceSpec("MODEL-COMMAND-ONLY", "MODEL-COMMAND-UNKNOWN", "MODEL-COMMAND-PATHS");
    project.write(SPEC, specification(...GOOD, "check some_on { some Lid } for 2 expect 1"));
    project.write("other.als", "sig A {}\nother: run { some A } expect 1\n");
    const names = async (...args: string[]) => {
      const { stdout } = await project.evidence("alloy", "--format", "json", ...args);
      return (JSON.parse(stdout) as AlloyReport).models.commands.map(({ name }) => name);
    };
    expect(await names("--only", "shut")).toEqual(["shut"]);
    expect(await names("other.als")).toEqual(["other"]);
    const unknown = await project.evidence("alloy", "--only", "shit");
    expect(unknown.stderr).toContain("did you mean shut?");
    expect(unknown.code).toBe(2);
  });

  it("a thousand of them", async () => {
    traceSpec("MODEL-ITEM-LABEL", "MODEL-RESUME-WARM", "MODEL-NOT-RUN-REST");
    const many = Array.from({ length: 1000 }, (_, at) => `c${at}: check { all l: Lid | lone l.on } for 1 expect 0`);
    project.write(SPEC, specification("sig Lid { on: lone Lid }", ...many));
    const { report } = await checked();
    expect(report.analyses.alloy).toMatchObject({ commands: 1000, passed: 1000 });
    const again = await checked({}, "--no-run");
    expect(again.report.analyses).toEqual(report.analyses);
  });

  it("and assertions that nobody checks make their tags hollow", async () => {
    traceSpec("MODEL-ITEM-UNCHECKED");
    project.write(SPEC, specification(...GOOD.slice(0, 2), "other: check { no none } for 2 expect 0"));
    project.edit(SPEC, "other: check", "// [BOX-OPEN]\nother: check");
    const { report } = await checked();
    expect(verdicts(report)["BOX-CLOSE"]).toBe("hollow");
    expect(report.tags.find(({ tag }) => tag === "BOX-CLOSE")?.reasons[0]).toContain("no command checks it");
    expect(readdirSync(join(project.root, ".evidence"))).toContain("cache");
  });
});
