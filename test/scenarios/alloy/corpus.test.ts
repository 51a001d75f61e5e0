import { cpSync, mkdirSync, readdirSync, symlinkSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlloyReport } from "../../../src/model/alloy-report.js";
import { alloyJar } from "../../builders/alloy-engine.js";
import { scratch } from "../../builders/scratch.js";
import type { Run } from "../harness.js";
import { execute, Project } from "../harness.js";

/** A model that others wrote (see NOTICE), and what is known of it after it was run once. */

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));
const CORPUS = join(REPOSITORY, "test/fixtures/specs/corpora/spec-check");
const SPEC = "openspec/specs/reporting-and-evidence/spec.md";
const WITHOUT_JAVA = { JAVA_HOME: "/nonexistent", PATH: "/nonexistent" };

let project: Project;

beforeEach(() => {
  project = new Project(null);
  mkdirSync(dirname(join(project.root, SPEC)), { recursive: true });
});

afterEach(() => project.remove());

const reportOf = ({ stdout, stderr }: Run): AlloyReport => {
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as AlloyReport;
};

const lines = ({ findings }: AlloyReport, code: string) =>
  findings.filter((each) => each.code === code).map(({ span }) => span.line);

/** The tool as another build would have left it: the same text in every file, written at another time. */
function rebuilt(): string {
  const root = scratch();
  for (const part of ["bin", "dist", "package.json"])
    cpSync(join(REPOSITORY, part), join(root, part), { recursive: true });
  symlinkSync(join(REPOSITORY, "node_modules"), join(root, "node_modules"));
  const later = new Date(Date.now() + 60_000);
  for (const name of readdirSync(join(root, "dist"), { recursive: true, encoding: "utf8" }))
    utimesSync(join(root, "dist", name), later, later);
  return join(root, "bin/evidence.js");
}

describe.skipIf(alloyJar === null)("a model of another project", { timeout: 240_000 }, () => {
  it("has a verdict for every command, and its gaps are named at their places", async () => {
    traceSpec("MODEL-COMMAND", "ALLOY-AUDIT-UNCHECKED", "ALLOY-AUDIT-EXPECT", "ALLOY-AUDIT-HOLLOW");
    traceSpec("MODEL-RESUME-WARM", "ALLOYENG-JAVA-KNOWN", "ALLOYENG-CACHE-BUILD");
    cpSync(join(CORPUS, SPEC), join(project.root, SPEC));
    const args = ["alloy", "--format", "json"];
    const first = await project.evidence(...args);
    const report = reportOf(first);
    expect(report.models.commands.map(({ place, outcome, cannotFail }) => [place.line, outcome, cannotFail])).toEqual([
      [975, "pass", "it asks for nothing but an instance of the facts"],
      ...[978, 983, 988, 991, 994, 997, 1000, 1003, 1006, 1009, 1012].map((line) => [line, "pass", null]),
    ]);
    expect(lines(report, "ALLOY005")).toEqual([245, 253, 309, 316, 400, 406, 473, 634, 641, 708, 714, 786, 869]);
    expect(lines(report, "ALLOY006")).toEqual([975, 978, 983]);

    // Only what is kept can be told where there is no Java, by this build and by another one.
    expect(await project.evidenceWith(WITHOUT_JAVA, ...args)).toEqual(first);
    const other = await execute(process.execPath, [rebuilt(), ...args], project.root, WITHOUT_JAVA);
    expect(other).toEqual(first);
    project.write(SPEC, `${project.read(SPEC)}\n\`\`\`alloy\nrun { no none } expect 1\n\`\`\`\n`);
    const changed = await project.evidenceWith(WITHOUT_JAVA, ...args);
    expect(lines(reportOf(changed), "ALLOY103")).toEqual([975]);
    expect(reportOf(changed).facts).toMatchObject({ commands: 13, notRun: 13 });
  });

  it("is not counted as refused where nothing could be asked about its changes", async () => {
    traceSpec("MODEL-MUTATE-UNDECIDED");
    const model = ["sig Lid { on: set Lid }", "fact { no on }", "assert shut { no on }", "check shut for 2 expect 0"];
    project.write("box.als", model.join("\n"));
    mkdirSync(join(project.root, "openspec"), { recursive: true });
    const first = await project.evidence("alloy", "--format", "json");
    const mutated = await project.evidenceWith(WITHOUT_JAVA, "alloy", "--mutate", "--format", "json");
    expect(reportOf(mutated).models).toEqual(reportOf(first).models);
    const [score] = reportOf(mutated).mutation ?? [];
    expect(score).toMatchObject({ killed: 0, survived: 0, invalid: 0 });
    expect(score?.undecided).toBe(score?.possible);
    expect(score?.possible).toBeGreaterThan(0);
  });
});
