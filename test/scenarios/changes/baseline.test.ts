import { existsSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project, verdicts } from "../harness.js";

/** An old repository that takes the gate: what is there is written down, and only what is new fails. */

const FILE = "evidence.baseline.yaml";
const SPEC = "openspec/specs/box/spec.md";

let project: Project;

beforeEach(() => {
  project = new Project("commands");
  project.edit(
    SPEC,
    "### Requirement: Capacity",
    "### Requirement: Weight [BOX-WEIGHT]\nTHE box SHALL weigh 3 kg.\n\n### Requirement: Capacity",
  );
  project.edit("src/box.ts", "// @implements BOX-OPEN", "// @implements BOX-OPNE");
});

afterEach(() => project.remove());

describe("evidence baseline", () => {
  it("lets an old repository pass, and fails what is new", async () => {
    traceSpec("BASELINE-SHOWN", "BASELINE-WRITE", "BASELINE-RATCHET", "BASELINE-DETERMINISTIC", "BASELINE-STRICT");
    expect((await project.check()).code).toBe(1);
    const { code, stdout } = await project.evidence("baseline");
    expect([code, stdout]).toEqual([0, expect.stringContaining("1 tag that is not verified and 1 finding")]);
    const text = project.read(FILE);
    expect(text).toContain("tag: BOX-WEIGHT, verdict: missing");
    expect(text).toContain("BOX-OPNE");
    const passed = await project.check();
    expect([passed.code, passed.report.mode]).toEqual([0, "ratchet"]);
    expect(verdicts(passed.report)["BOX-WEIGHT"]).toBe("missing");
    expect((await project.check("--strict")).code).toBe(1);
    const shown = await project.evidence("check");
    expect(shown.stdout).toContain("PASS  2 of 4 tags verified, 1 missing, 1 waived, 2 known before\n");
    expect(shown.stdout).toContain("Ratchet mode: 1 tag and 1 finding were there before and do not count");
    expect(shown.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect((await project.evidence("check", "--quiet")).stdout).toMatch(/^PASS .* 2 known before\n$/u);
    expect((await project.evidence("check", "--format", "markdown")).stdout).toContain(
      "do not count (evidence.baseline",
    );
    expect(passed.report.known).toMatchObject({ tags: ["BOX-WEIGHT"], findings: [expect.stringMatching(/^TAG004-/u)] });
    expect((await project.evidence("baseline", "--write")).code).toBe(0);
    expect(project.read(FILE)).toBe(text);
    project.edit("src/box.ts", "// @implements BOX-CAPACITY", "// @implements BOX-CAPACTIY");
    const failed = await project.check();
    expect([failed.code, failed.report.gateReasons]).toEqual([1, ["1 new finding of severity error"]]);
  });

  it("shrinks and never grows", async () => {
    traceSpec("BASELINE-UPDATE", "BASELINE-STALE");
    await project.evidence("baseline");
    project.edit("src/box.ts", "// @implements BOX-OPNE", "// @implements BOX-OPEN");
    project.edit(
      SPEC,
      "### Requirement: Weight",
      "### Requirement: Height [BOX-HEIGHT]\nTHE box SHALL be 3 m high.\n\n### Requirement: Weight",
    );
    const before = await project.check();
    expect(before.report.findings.map(({ code }) => code)).toContain("CHG020");
    expect(before.code).toBe(1);
    const { stdout } = await project.evidence("baseline", "--update");
    expect(stdout).toContain("Took 1 entry out");
    expect(project.read(FILE)).toContain("BOX-WEIGHT");
    for (const gone of ["BOX-OPNE", "BOX-HEIGHT"]) expect(project.read(FILE)).not.toContain(gone);
    const after = await project.check();
    expect(after.report.findings.map(({ code }) => code)).not.toContain("CHG020");
    expect(after.code).toBe(1);
  });

  it("leaves a baseline alone unless it is told what to do with it", async () => {
    traceSpec("BASELINE-EXISTS", "BASELINE-BROKEN");
    expect((await project.evidence("baseline", "--update")).code).toBe(2);
    expect(existsSync(join(project.root, FILE))).toBe(false);
    project.write(FILE, "verdicts: [{ tag: BOX-OPEN }]\n");
    for (const args of [[], ["--update"], ["--update", "--write"]]) {
      const { code, stderr } = await project.evidence("baseline", ...args);
      expect([code, stderr]).toEqual([2, expect.stringMatching(/^evidence: .*expected/mu)]);
    }
    expect(project.read(FILE)).toBe("verdicts: [{ tag: BOX-OPEN }]\n");
    expect((await project.check()).report.findings.map(({ code }) => code)).toContain("CHG021");
  });
});
