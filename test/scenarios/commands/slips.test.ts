import { existsSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Project } from "../harness.js";

/** What a slip of the fingers costs: a moment, never a file or a wrong answer. */

let project: Project;

beforeEach(() => {
  project = new Project("commands");
});

afterEach(() => project.remove());

describe("a report in the place of another file", () => {
  it.each([
    [["check", "--output", "src/box.ts"], "src/box.ts"],
    [["check", "--format", "json", "-o", "evidence.config.json"], "evidence.config.json"],
    [["check", "--report", "markdown=openspec/specs/box/spec.md"], "openspec/specs/box/spec.md"],
    [["report", "-o", "reports/junit.xml"], "reports/junit.xml"],
    [["glossary", "suggest", "-o", "evidence.waivers.yaml"], "evidence.waivers.yaml"],
  ])("is refused: %s", async (args, file) => {
    traceSpec("CLI-OUTPUT-FOREIGN");
    const before = project.read(file);
    const { code, stderr } = await project.evidence(...args);
    expect(stderr).toContain(`Unexpected file ${file} that is no report`);
    expect(code).toBe(2);
    expect(project.read(file)).toBe(before);
  });

  it("is written over an earlier report of any format", async () => {
    traceSpec("CLI-OUTPUT");
    const reports = ["markdown=r.md", "junit=r.xml", "gitlab=g.json", "sarif=r.sarif", "html=r.html", "text=report"];
    const args = ["check", "--report", ...reports, "--format", "json", "-o", "r.json"];
    expect((await project.evidence(...args)).code).toBe(0);
    const before = project.read("r.json");
    project.write("report", "PASS  of some other day\n");
    const { code, stderr } = await project.evidence(...args);
    expect(stderr).not.toContain("Unexpected");
    expect(code).toBe(0);
    expect(project.read("r.json")).toBe(before);
    expect(project.read("report")).not.toContain("some other day");
  });
});

it.each(["svr", "test-result", "cyclonedx", "summary"])(
  "a manifest as %s is written over an earlier one",
  async (form) => {
    traceSpec("CLI-OUTPUT");
    const args = ["manifest", "--as", form, "--output", "statement.json"];
    expect((await project.evidenceWith({ SOURCE_DATE_EPOCH: "0" }, ...args)).code).toBe(0);
    const before = project.read("statement.json");
    const { code, stderr } = await project.evidenceWith({ SOURCE_DATE_EPOCH: "0" }, ...args);
    expect(stderr).not.toContain("Unexpected");
    expect(code).toBe(0);
    expect(project.read("statement.json")).toBe(before);
  },
);

describe("a mistyped word", () => {
  it("is not taken for words of the catalog", async () => {
    traceSpec("CLI-TAGS-SLIP");
    const slip = await project.evidence("tags", "shwo", "BOX-OPEN");
    expect(slip.stderr).toContain("Did you mean show?");
    expect([slip.code, slip.stdout]).toEqual([2, ""]);
    expect((await project.evidence("tags", "list", "shwo", "BOX-OPEN")).stdout).toContain("0 of ");
    expect((await project.evidence("tags", "box", "open")).stdout).toContain("BOX-OPEN ");
  });

  it.each([["init"], ["baseline"]])("leaves no file of %s in an unknown format", async (command) => {
    traceSpec("CLI-FORMAT-NONE");
    const bare = new Project(null);
    const { code, stdout, stderr } = await bare.evidence(command, "--format", "json");
    const wrote = ["evidence.config.json", "evidence.baseline.yaml"].filter((file) =>
      existsSync(join(bare.root, file)),
    );
    bare.remove();
    expect(stderr).toContain('Unexpected format "json", expected text');
    expect([code, stdout, wrote]).toEqual([2, "", []]);
  });
});

describe("a folder without specifications", () => {
  it.each(["lint", "logic"])("is no success for %s", async (command) => {
    traceSpec("CLI-LINT-EMPTY");
    const bare = new Project(null);
    const { code, stdout } = await bare.evidence(command);
    bare.remove();
    expect(stdout).toContain("CFG001");
    expect(code).toBe(1);
  });

  it("gets no baseline", async () => {
    traceSpec("BASELINE-NOTHING");
    const bare = new Project(null);
    const { code } = await bare.evidence("baseline");
    const wrote = existsSync(join(bare.root, "evidence.baseline.yaml"));
    bare.remove();
    expect([code, wrote]).toEqual([2, false]);
  });
});

it("says which program of a provider is missing, and runs none", async () => {
  traceSpec("CLI-DOCTOR-PROVIDERS");
  project.write("build.sh", "#!/bin/sh\n");
  const of = (name: string, ...command: string[]) => ({ name, command, results: ["r.xml"] });
  const commands = [of("runs", "node", "--test"), of("gone", "no-such-program"), of("closed", "./build.sh")];
  project.write(
    "evidence.config.json",
    JSON.stringify({ providers: [...commands, of("fetched", "npx", "vitest", "run")] }),
  );
  const { stdout, code } = await project.evidence("doctor", "--format", "json");
  const { parts } = JSON.parse(stdout) as { parts: { part: string; status: string; hint: string | null }[] };
  const told = parts.filter(({ part }) => part.startsWith("provider ")).map(({ part, status }) => `${part}: ${status}`);
  expect(told).toEqual([
    "provider runs: ok",
    "provider gone: absent",
    "provider closed: absent",
    "provider fetched: absent",
  ]);
  expect(parts.at(-1)?.hint).toContain("Install vitest,");
  expect(code).toBe(0);
});

it("tells the options of every command with those of one", async () => {
  traceSpec("CLI-HELP");
  const { code, stdout } = await project.evidence("check", "--help");
  for (const option of ["--no-run", "--cwd", "--format", "gitlab", "Exit code:"]) expect(stdout).toContain(option);
  expect(code).toBe(0);
});

it("says that the gate passes in spite of gaps", async () => {
  traceSpec("CLI-NEXT-PASSED");
  project.write("evidence.waivers.yaml", "waivers: []\n");
  expect((await project.evidence("next")).stdout).toMatch(/^1 gap, 1 of them keeps the gate shut/u);
  project.write("evidence.config.json", '{ "mode": "report", "results": [{ "path": "reports/junit.xml" }] }');
  expect((await project.evidence("next")).stdout.replace(/\s+/gu, " ")).toContain("in report mode it passes");
});
