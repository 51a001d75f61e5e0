import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project } from "../harness.js";

let project: Project;

beforeEach(() => {
  project = new Project("commands");
});

afterEach(() => project.remove());

const MANIFEST = "evidence-manifest.json";
const TIME = ["--time", "2026-01-31T12:00:00Z"];

const digestOfManifest = () => createHash("sha256").update(project.read(MANIFEST)).digest("hex");

describe("evidence manifest --as", () => {
  it("prints the manifest it writes, in each form", async () => {
    traceSpec("EXPORT-FORMS", "EXPORT-SVR", "EXPORT-SUMMARY");
    const types = new Map<string, string>();
    for (const form of ["svr", "test-result", "cyclonedx", "summary"]) {
      const run = await project.evidence("manifest", "--as", form, ...TIME);
      expect(run.code, run.stderr).toBe(0);
      const printed = JSON.parse(run.stdout);
      types.set(form, printed.predicateType ?? `${printed.bomFormat} ${printed.specVersion}`);
      if (form === "svr")
        expect(printed.subject.at(-1)).toEqual({ name: MANIFEST, digest: { sha256: digestOfManifest() } });
      if (form === "summary") expect(printed.predicate.manifest.size).toBe(statSync(join(project.root, MANIFEST)).size);
    }
    expect(Object.fromEntries(types)).toEqual({
      svr: "https://in-toto.io/attestation/svr/v0.2",
      "test-result": "https://in-toto.io/attestation/test-result/v0.1",
      cyclonedx: "CycloneDX 1.6",
      summary: "urn:spec-evidence:summary:1",
    });
  });

  it("prints a saved manifest without judging", async () => {
    traceSpec("EXPORT-SAVED", "EXPORT-DETERMINISTIC");
    const direct = await project.evidence("manifest", "--as", "cyclonedx");
    const before = project.read(MANIFEST);
    project.write("evidence.config.json", "no configuration");
    const saved = await project.evidence("manifest", "--as", "cyclonedx", "--manifest", MANIFEST);
    expect(saved).toMatchObject({ code: 0, stdout: direct.stdout });
    expect(project.read(MANIFEST)).toBe(before);
  });

  it("takes the time from the option, the environment or the commit", async () => {
    traceSpec("EXPORT-SVR-TIME", "EXPORT-SVR-TIMELESS");
    const timeless = await project.evidence("manifest", "--as", "svr");
    expect(timeless).toMatchObject({ code: 2, stdout: "" });
    expect(timeless.stderr).toContain("--time");
    await project.git("init", "--quiet");
    await project.git("add", ".");
    await project.git("commit", "--quiet", "--message", "all", "--date", "2020-01-01T00:00:00Z");
    const environment = { SOURCE_DATE_EPOCH: "1767225600" };
    const time = async (env: Record<string, string>, ...args: string[]) =>
      JSON.parse((await project.evidenceWith(env, "manifest", "--as", "svr", ...args)).stdout).predicate.timeCreated;
    expect(await time(environment, ...TIME)).toBe("2026-01-31T12:00:00Z");
    expect(await time(environment)).toBe("2026-01-01T00:00:00Z");
    const committed = await time({});
    expect(committed).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
    expect(await time({})).toBe(committed);
  });

  it.each([
    [["--as", "sbom"], "svr, test-result, cyclonedx, summary"],
    [["--as", "svr", "--time", "yesterday"], "yesterday"],
    [["--as", "svr", "--manifest", "package.json"], "package.json"],
    [["--as", "svr", "--manifest", "evidence.config.json"], "expected a manifest"],
    [["--as", "svr", "--format", "html"], "html"],
    [["--manifest", "x.json"], "--as"],
  ])("refuses %s", async (args, said) => {
    traceSpec("EXPORT-UNKNOWN", "EXPORT-NO-MANIFEST");
    const run = await project.evidence("manifest", ...args);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(said);
    expect(existsSync(join(project.root, MANIFEST))).toBe(false);
  });

  it("says which form fits a service that takes only so much", async () => {
    traceSpec("EXPORT-SUMMARY-LARGE");
    await project.evidence("manifest");
    const manifest = JSON.parse(project.read(MANIFEST));
    const [first] = manifest.predicate.catalog;
    manifest.predicate.catalog.push({ ...first, tag: "BOX-LARGE", text: "x".repeat(17 * 1024 * 1024) });
    project.write(MANIFEST, JSON.stringify(manifest));
    const large = await project.evidence("manifest", "--as", "cyclonedx", "--manifest", MANIFEST);
    expect(large.code).toBe(0);
    expect(large.stderr).toContain("--as summary");
    const small = await project.evidence("manifest", "--as", "summary", "--manifest", MANIFEST);
    expect(small.stderr).toBe("");
    expect(JSON.parse(small.stdout).subject[0].digest.sha256).toBe(digestOfManifest());
  });
});
