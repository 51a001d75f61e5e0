import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Project, verdicts } from "../harness.js";

/** What a newcomer and a reviewer do to a small real project, with the real command and the real test runner. */

let project: Project;

beforeEach(async () => {
  project = new Project("check");
  await project.install();
});

afterEach(() => project.remove());

const SPEC = "openspec/specs/box/spec.md";
const TEST = "test/box.test.ts";

describe("evidence check", () => {
  it("runs the provider and verifies every tag", async () => {
    traceSpec("CLI-CHECK", "CLI-EXIT-PASS", "CLI-PROVIDERS", "JUDGE-TOTALS");
    const { code, report } = await project.check();
    expect(verdicts(report)).toEqual({
      "BOX-CAPACITY": "verified",
      "BOX-OPEN": "verified",
      "BOX-OPEN-LOCKED": "verified",
    });
    expect(report.totals).toEqual({
      specs: 1,
      requirements: 2,
      scenarios: 1,
      tags: 3,
      failing: 0,
      hollow: 0,
      suspect: 0,
      missing: 0,
      waived: 0,
      verified: 3,
    });
    expect(report.findings).toEqual([]);
    expect(report.gate).toBe("pass");
    expect(code).toBe(0);
  });

  it("says hollow once the only assertion of a traced test is gone", async () => {
    traceSpec("CLI-CHECK-HOLLOW", "CLI-EXIT-FAIL", "JUDGE-HOLLOW-EMPTY");
    project.edit(TEST, 'expect(box.open()).toEqual(["ball"]);', "box.open();");
    const { code, report } = await project.check();
    expect(verdicts(report)).toMatchObject({ "BOX-OPEN": "hollow", "BOX-CAPACITY": "verified" });
    expect(report.gate).toBe("fail");
    expect(code).toBe(1);
  });

  it.each([
    ["a constant assertion", 'expect(box.open()).toEqual(["ball"]);', "box.open();\n  expect(true).toBe(true);"],
    ["no body but the trace", /const box[\s\S]*?\["ball"\]\);/u.source, ""],
  ])("says hollow for %s", async (_name, before, after) => {
    traceSpec("JUDGE-HOLLOW-CONSTANT", "JUDGE-HOLLOW-EMPTY");
    project.write(TEST, project.read(TEST).replace(after === "" ? new RegExp(before, "u") : before, after));
    const { report } = await project.check();
    expect(verdicts(report)["BOX-OPEN"]).toBe("hollow");
  });

  it("says hollow for a test that is skipped or declared to fail", async () => {
    traceSpec("JUDGE-HOLLOW-SKIPPED", "JUDGE-HOLLOW-EXPECTED");
    project.edit(TEST, 'it("shows', 'it.skip("shows');
    project.edit(TEST, 'it("stays closed while locked"', 'it.fails("stays closed while locked"');
    project.edit(TEST, 'toThrow("locked")', 'toThrow("jammed")');
    const { report } = await project.check();
    expect(verdicts(report)).toEqual({
      "BOX-CAPACITY": "verified",
      "BOX-OPEN": "hollow",
      "BOX-OPEN-LOCKED": "hollow",
    });
  });

  it("says failing for a test that fails", async () => {
    traceSpec("JUDGE-FAILING");
    project.edit("src/box.ts", ">= 3", ">= 4");
    const { code, report } = await project.check();
    expect(verdicts(report)["BOX-CAPACITY"]).toBe("failing");
    expect(report.tags.find((tag) => tag.tag === "BOX-CAPACITY")?.reasons[0]).toContain("keeps at most three things");
    expect(code).toBe(1);
  });

  it("says why when a test file cannot be loaded", async () => {
    traceSpec("JUDGE-BROKEN-FILE");
    project.edit(TEST, "../src/box.js", "../src/bxo.js");
    const { code, report } = await project.check();
    const broken = report.findings.find((each) => each.code === "RES015");
    expect(broken).toMatchObject({ severity: "error", file: TEST });
    expect(broken?.message).toContain("bxo.js");
    expect(code).toBe(1);
  });

  it("says missing once the test is gone", async () => {
    traceSpec("CLI-CHECK-MISSING");
    const text = project.read(TEST);
    project.write(TEST, text.slice(0, text.indexOf('it("keeps at most')));
    const { code, report } = await project.check();
    expect(verdicts(report)["BOX-CAPACITY"]).toBe("missing");
    expect(code).toBe(1);
  });

  it("runs the provider again after a change, and only then", async () => {
    traceSpec("CLI-PROVIDERS");
    await project.check();
    const before = project.read(".evidence/results/vitest.json");
    await project.check();
    expect(project.read(".evidence/results/vitest.json")).toBe(before);
    project.edit(TEST, "shows what it holds", "shows the things");
    await project.check();
    expect(project.read(".evidence/results/vitest.json")).toContain("shows the things");
  });

  it("reads only what is there with --no-run", async () => {
    traceSpec("CLI-PROVIDERS-NORUN");
    const { code, report } = await project.check("--no-run");
    expect(verdicts(report)["BOX-OPEN"]).toBe("missing");
    expect(report.findings.map((each) => each.code)).toContain("RES001");
    expect(code).toBe(1);
  });

  it("suggests the new tag where the old one is still referred to", async () => {
    traceSpec("CLI-CHECK-RENAMED");
    project.edit(SPEC, "[BOX-CAPACITY]", "[BOX-CAPACITIES]");
    const { code, report } = await project.check();
    const unknown = report.findings.filter((each) => each.code === "TAG004");
    expect(unknown.map((each) => [each.file, each.tags])).toEqual([
      ["src/box.ts", ["BOX-CAPACITY"]],
      [TEST, ["BOX-CAPACITY"]],
    ]);
    for (const each of unknown) expect(each.suggestion).toContain("BOX-CAPACITIES");
    expect(verdicts(report)["BOX-CAPACITIES"]).toBe("missing");
    expect(code).toBe(1);
  });

  it("does not believe recorded results of a test that changed since", async () => {
    traceSpec("JUDGE-SUSPECT-OUTDATED");
    await project.check();
    project.edit(TEST, 'it("shows', 'it.skip("shows');
    expect(verdicts((await project.check("--no-run")).report)["BOX-CAPACITY"]).toBe("suspect");
    rmSync(join(project.root, TEST));
    expect(verdicts((await project.check("--no-run")).report)["BOX-CAPACITY"]).toBe("suspect");
  });

  it("notices a changed digit when the recorded results are older than the text", async () => {
    traceSpec("JUDGE-SUSPECT");
    await project.check();
    project.edit(SPEC, "at most 3 things", "at most 4 things");
    const { code, report } = await project.check("--no-run");
    expect(verdicts(report)).toMatchObject({ "BOX-CAPACITY": "suspect", "BOX-OPEN": "verified" });
    expect(code).toBe(1);
  });

  it("notices a changed digit where the text is quoted, whatever passes", async () => {
    traceSpec("JUDGE-SUSPECT-QUOTE");
    project.edit(
      "src/box.ts",
      "// @implements BOX-CAPACITY",
      '// @implements BOX-CAPACITY\n  // "WHEN a thing is put in, THE box SHALL keep at most 3 things."',
    );
    expect(verdicts((await project.check()).report)["BOX-CAPACITY"]).toBe("verified");
    project.edit(SPEC, "at most 3 things", "at most 4 things");
    const { report } = await project.check();
    expect(verdicts(report)["BOX-CAPACITY"]).toBe("suspect");
    expect(report.findings.map((each) => [each.code, each.file, each.line])).toEqual([["TAG007", "src/box.ts", 12]]);
  });
});

const SECOND = "openspec/specs/lid";

describe("evidence check on broken specifications", () => {
  let judged: Project;

  beforeAll(async () => {
    judged = new Project("check");
    await judged.install();
    await judged.check();
  });

  afterAll(() => judged.remove());

  beforeEach(() => {
    project.remove();
    project = judged;
    mkdirSync(join(judged.root, SECOND));
  });

  afterEach(() => {
    rmSync(join(judged.root, SECOND), { recursive: true });
    project = new Project(null);
  });

  it.each([
    ["invalid UTF-8", "FILE002", () => project.write(`${SECOND}/spec.md`, Uint8Array.of(0x23, 0x20, 0xff, 0xfe, 0x0a))],
    ["a line of 10 MB", "FILE003", () => project.write(`${SECOND}/spec.md`, `# ${"x".repeat(10_000_000)}\n`)],
    ["a folder named spec.md", "FILE004", () => mkdirSync(join(project.root, SECOND, "spec.md"))],
    ["a symlink loop", "FILE005", () => symlinkSync("spec.md", join(project.root, SECOND, "spec.md"))],
    ["a symlinked folder", "FILE005", () => symlinkSync("..", join(project.root, SECOND, "loop"))],
    ["NUL bytes", "FILE006", () => project.write(`${SECOND}/spec.md`, "# \0\n")],
    ["an unclosed fence", "SPEC001", () => project.write(`${SECOND}/spec.md`, unclosed)],
  ])("reports %s as %s and judges the rest", async (_name, code, make) => {
    traceSpec("CLI-CHECK-BROKEN", "CLI-NO-TRACE");
    make();
    const run = await project.check("--no-run");
    expect(run.report.findings.map((each) => each.code)).toContain(code);
    expect(verdicts(run.report)).toMatchObject({ "BOX-OPEN": "verified", "BOX-CAPACITY": "verified" });
    expect(run.stderr).not.toMatch(/^\s+at /mu);
    expect(run.code).toBe(1);
  });

  it.each([
    ["a byte order mark", (text: string) => `\ufeff${text}`],
    ["CRLF line ends", (text: string) => text.replaceAll("\n", "\r\n")],
  ])("takes %s as it comes", async (_name, change) => {
    traceSpec("CLI-CHECK");
    const text = project.read(SPEC);
    project.write(SPEC, change(text));
    const { code, report } = await project.check("--no-run");
    project.write(SPEC, text);
    expect(report.totals).toMatchObject({ requirements: 2, scenarios: 1, verified: 3 });
    expect(report.tags.map((tag) => tag.line).sort((a, b) => a - b)).toEqual([7, 10, 13]);
    expect(code).toBe(0);
  });
});

const unclosed = "# Lid\n\n## Requirements\n\n```\n### Requirement: Lid [LID-SHUT]\nTHE lid SHALL shut.\n";

describe("evidence check elsewhere", () => {
  it("judges a folder without configuration by the defaults, from anywhere", async () => {
    traceSpec("CLI-CHECK-BARE", "CLI-CHECK-CWD");
    rmSync(join(project.root, "evidence.config.json"));
    const elsewhere = new Project(null);
    const run = await elsewhere.evidence("-C", project.root, "check", "--format", "json");
    elsewhere.remove();
    expect(JSON.parse(run.stdout)).toMatchObject({ gate: "fail", totals: { tags: 3, missing: 3 } });
    expect(run.code).toBe(1);
  });

  it("reports a folder without specifications", async () => {
    traceSpec("CLI-CHECK-EMPTY", "JUDGE-GATE-NOTHING");
    const empty = new Project(null);
    const { code, report } = await empty.check();
    empty.remove();
    expect(report.gate).toBe("fail");
    expect(report.findings.map((each) => each.code)).toEqual(["CFG001", "EVD005"]);
    expect(code).toBe(1);
  });

  it("judges only the specifications below the given paths", async () => {
    traceSpec("CLI-CHECK-PATHS", "CLI-CHECK-NOPATH");
    mkdirSync(join(project.root, SECOND));
    project.write(`${SECOND}/spec.md`, project.read(SPEC).replaceAll("BOX-", "LID-"));
    const { report } = await project.check("openspec/specs/box", "--no-run");
    expect(report.totals).toMatchObject({ specs: 1, tags: 3 });
    const nowhere = await project.evidence("check", "src");
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain("src");
  });
});
