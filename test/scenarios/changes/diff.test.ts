import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StateDiff } from "../../../src/model/diff.js";
import { Project } from "../harness.js";

/** `evidence diff` between manifests and revisions, and `evidence exceptions`. */

const SPEC = "openspec/specs/box/spec.md";

let project: Project;

beforeEach(async () => {
  project = new Project("commands");
  await project.git("init", "--quiet", "--initial-branch=main");
  await commit("base");
});

afterEach(() => project.remove());

async function commit(message: string): Promise<void> {
  await project.git("add", "--all");
  await project.git("commit", "--quiet", "--message", message);
}

async function diff(before: string, after: string): Promise<StateDiff> {
  const { stdout, stderr } = await project.evidence("diff", before, after, "--format", "json");
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as StateDiff;
}

describe("evidence diff", () => {
  it("judges revisions without a manifest by what stands in them", async () => {
    traceSpec("CHANGE-DIFF", "CHANGE-DIFF-JUDGED");
    project.edit(SPEC, "at most 3 things", "at most 4 things");
    project.edit("src/box.ts", "// @implements BOX-OPEN", "// @implements BOX-OPNE");
    await commit("widen");
    project.write("reports/junit.xml", "not looked at");
    const found = await diff("HEAD~1", "HEAD");
    expect([found.before.source, found.after.source]).toEqual(["references", "references"]);
    expect(found.changed.map(({ tag }) => tag)).toEqual(["BOX-CAPACITY"]);
    expect(found.lost).toMatchObject([{ tag: "BOX-OPEN", kind: "implementation" }]);
    expect(found.findings.new.map(({ code }) => code)).toEqual(["TAG004"]);
    const schema = JSON.parse(readFileSync(new URL("../../../schemas/diff.schema.json", import.meta.url), "utf8"));
    const validate = new Ajv2020({ strict: false, logger: false }).compile(schema);
    expect(validate(found), JSON.stringify(validate.errors)).toBe(true);
  });

  it("takes the manifest committed there, or a file", async () => {
    traceSpec("CHANGE-DIFF", "CHANGE-DIFF-COMMITTED");
    await project.check();
    await commit("with a manifest");
    project.edit("reports/junit.xml", 'name="keeps at most three things"', 'name="something else"');
    await project.check();
    const found = await diff("HEAD", "evidence-manifest.json");
    expect([found.before.source, found.after.source]).toEqual(["committed manifest", "manifest"]);
    expect(found.verdicts).toEqual([{ tag: "BOX-CAPACITY", before: "verified", after: "missing", isWorse: true }]);
    expect((await diff("HEAD~1", "HEAD")).before.source).toBe("references");
    const { stdout } = await project.evidence("diff", "HEAD", "evidence-manifest.json");
    expect(stdout).toContain("BOX-CAPACITY  verified → missing");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("takes a manifest that stands elsewhere, and a branch with the name of a folder", async () => {
    traceSpec("CHANGE-DIFF-ELSEWHERE");
    await project.check();
    const elsewhere = new Project(null);
    try {
      const saved = join(elsewhere.root, "saved.json");
      renameSync(join(project.root, "evidence-manifest.json"), saved);
      project.edit(SPEC, "at most 3 things", "at most 4 things");
      await project.check();
      expect((await diff(saved, "evidence-manifest.json")).changed.map(({ tag }) => tag)).toEqual(["BOX-CAPACITY"]);
      const against = await project.check("--base", "HEAD", "--base-manifest", saved);
      expect(against.report.base?.manifest).toBe("saved.json");
      expect((await project.evidence("manifest", "verify", saved)).stdout).toMatch(/^DIFFER/u);
    } finally {
      elsewhere.remove();
    }
    await project.git("branch", "src");
    expect((await diff("src", "HEAD")).before.source).toBe("references");
  });

  it.each(["nope", "--output=x", "package-lock.json", SPEC])("refuses %j", async (name) => {
    traceSpec("CHANGE-DIFF-UNKNOWN", "CHANGE-OPTION");
    const { code, stdout, stderr } = await project.evidence("diff", "HEAD", "--", name);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^evidence: .*expected/mu);
  });
});

describe("evidence exceptions", () => {
  it("lists what waivers, the baseline and confirmations excuse", async () => {
    traceSpec("BASELINE-EXCEPTIONS");
    project.edit("src/box.ts", "// @implements BOX-OPEN", "// @implements BOX-OPNE");
    await project.evidence("baseline");
    await project.evidence("confirm", "BOX-OPEN", "--reason", "looked at all of it", "--owner", "ada");
    const { code, stdout } = await project.evidence("exceptions");
    expect(code).toBe(0);
    for (const part of [/BOX-OPEN-LOCKED +missing/u, /TAG004-[0-9a-f]{12} +finding/u, /BOX-OPEN +suspect +ada/u]) {
      expect(stdout).toMatch(part);
    }
  });
});
