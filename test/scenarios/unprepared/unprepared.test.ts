import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, describe, expect, it } from "vitest";
import type { Check } from "../../../src/model/check.js";
import { Project, verdicts } from "../harness.js";

/** Repositories that nobody prepared: their own tools, their own reports, `evidence init` and nothing else. */

let project: Project;

afterEach(() => project.remove());

async function initialised(
  scenario: string,
): Promise<{ report: Check; said: string; config: Record<string, unknown> }> {
  project = new Project(scenario);
  const { code, stdout } = await project.evidence("init");
  expect(code).toBe(0);
  expect(stdout).toContain("Next: `evidence check`");
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  const { report, code: gate } = await project.check();
  expect(gate).toBe(1);
  return { report, said: stdout, config: JSON.parse(project.read("evidence.config.json")) };
}

const codes = (report: Check) => report.findings.map(({ code }) => code);

describe("evidence init, then check", () => {
  it("reads every test task of a Gradle build", async () => {
    traceSpec("BASELINE-UNPREPARED", "BASELINE-UNPREPARED-GRADLE");
    const { report, said, config } = await initialised("unprepared-gradle");
    expect(said).toContain("gradle: 2 test reports");
    expect(config).toEqual({ results: [{ path: "**/build/test-results/**/*.xml" }] });
    expect(verdicts(report)).toEqual({
      "LEDGER-AUDIT": "failing",
      "LEDGER-BALANCED": "verified",
      "LEDGER-BALANCED-REJECT": "verified",
      "LEDGER-CLOSED": "verified",
    });
    expect(report.tags.find(({ tag }) => tag === "LEDGER-AUDIT")?.reasons[0]).toContain(
      "expected: <ada> but was: <null>",
    );
    expect(codes(report)).toEqual([]);
  });

  it("reads the display names that Gradle writes in place of methods", async () => {
    traceSpec("BASELINE-UNPREPARED", "BASELINE-UNPREPARED-NAMES");
    const { report } = await initialised("unprepared-names");
    expect(verdicts(report)).toEqual({
      "ACCT-CLOSE": "verified",
      "ACCT-DEPOSIT": "verified",
      "ACCT-DEPOSIT-NEGATIVE": "verified",
      "ACCT-DEPOSIT-ZERO": "verified",
      "ACCT-LANG": "missing",
      "ACCT-OVERDRAFT": "verified",
      "XFER-ATOMIC": "verified",
      "XFER-ATOMIC-CLOSED": "failing",
      "XFER-CURRENCY": "missing",
      "XFER-IDEMPOTENT": "hollow",
    });
    expect(codes(report)).toEqual([]);
    const negative = report.tags.find(({ tag }) => tag === "ACCT-DEPOSIT-NEGATIVE");
    expect(negative?.evidence.filter(({ kind }) => kind.startsWith("test"))).toHaveLength(3);
  });

  it("reads what go-junit-report wrote", async () => {
    traceSpec("BASELINE-UNPREPARED", "BASELINE-UNPREPARED-GO");
    const { report, config } = await initialised("unprepared-go");
    expect(config).toEqual({ results: [{ path: "report.xml" }] });
    expect(verdicts(report)).toEqual({
      "RATE-BUCKET": "verified",
      "RATE-BUCKET-LAST": "verified",
      "RATE-REFILL": "hollow",
    });
    expect(codes(report)).toEqual([]);
  });

  it("reads what pytest wrote where its configuration says", async () => {
    traceSpec("BASELINE-UNPREPARED", "BASELINE-UNPREPARED-PYTHON");
    const { report, config } = await initialised("unprepared-python");
    expect(config).toEqual({ results: [{ path: "reports/junit.xml" }] });
    expect(verdicts(report)).toEqual({
      "CSV-OPEN": "hollow",
      "CSV-QUOTED": "verified",
      "CSV-QUOTED-DOUBLE": "verified",
    });
    expect(codes(report)).toEqual([]);
  });

  it("tells packages apart whose test files have the same name", async () => {
    traceSpec("BASELINE-UNPREPARED", "BASELINE-UNPREPARED-PACKAGES");
    const { report } = await initialised("unprepared-packages");
    expect(verdicts(report)).toEqual({
      "DATE-LEAP": "verified",
      "DATE-LEAP-CENTURY": "failing",
      "MONEY-CURRENCY": "hollow",
      "MONEY-SUM": "verified",
    });
    expect(codes(report)).toEqual([]);
    const places = report.tags.flatMap(({ evidence }) => evidence.map(({ file }) => file));
    expect(new Set(places.filter((place) => place?.includes("test")))).toEqual(
      new Set(["packages/dates/test/index.test.ts", "packages/money/test/index.test.ts"]),
    );
  });

  it("runs the tests of each package where they can be run", async () => {
    traceSpec("BASELINE-UNPREPARED-PACKAGES");
    project = new Project("unprepared-packages");
    for (const name of ["money", "dates"]) rmSync(join(project.root, "packages", name, "reports"), { recursive: true });
    const modules = fileURLToPath(new URL("../../../node_modules/", import.meta.url));
    mkdirSync(join(project.root, "node_modules"));
    for (const each of ["vitest", ".bin"]) symlinkSync(join(modules, each), join(project.root, "node_modules", each));
    const { stdout } = await project.evidence("init");
    expect(stdout).toContain("vitest-packages-dates: tests are run with");
    const { report } = await project.check();
    expect(verdicts(report)).toMatchObject({ "DATE-LEAP-CENTURY": "failing", "MONEY-SUM": "verified" });
  });

  it("is named where results lack because it never ran", async () => {
    traceSpec("BASELINE-UNPREPARED");
    project = new Project("unprepared-go");
    const { stdout } = await project.evidence("check");
    expect(stdout).toContain("Run `evidence init` where there is no configuration yet");
  });

  it("says how to begin where no requirement has a tag", async () => {
    traceSpec("BASELINE-UNPREPARED");
    project = new Project("unprepared-go");
    const spec = "openspec/specs/ratelimit/spec.md";
    project.write(spec, project.read(spec).replaceAll(/ \[RATE-[A-Z-]+\]/gu, ""));
    await project.evidence("init");
    const { code, stdout } = await project.evidence("check");
    expect(code).toBe(1);
    expect(stdout).toContain("nothing was judged");
    expect(stdout).toContain("### Requirement: Title");
  });
});
