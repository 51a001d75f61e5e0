import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hasZ3 } from "../../builders/tools.js";
import { execute, Project, verdicts } from "../harness.js";

/** The commands that read sentences, on the liquid mixer: a published case with one conflict. */

const fixture = (path: string) => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), "utf8");

const SPEC = "openspec/specs/liquid-mixer/spec.md";
const GLOSSARY = "openspec/glossary.yaml";

let project: Project;

beforeEach(() => {
  project = new Project(null);
  mkdirSync(join(project.root, "openspec/specs/liquid-mixer"), { recursive: true });
  project.write(SPEC, fixture(`specs/corpora/liquid-mixer/${SPEC}`));
  project.write(GLOSSARY, fixture("ears/liquid-mixer/glossary.yaml"));
});

afterEach(() => project.remove());

interface Analysis {
  facts: Record<string, number>;
  findings: { id: string; code: string; check: string; tier: string; tags: string[]; severity: string }[];
}

async function analysis(...args: string[]): Promise<Analysis> {
  return JSON.parse((await project.evidence(...args, "--format", "json")).stdout) as Analysis;
}

describe("evidence logic", () => {
  it("proves the one conflict, in the words of the specification", async () => {
    traceSpec("CLI-LOGIC");
    const { code, stdout } = await project.evidence("logic");
    expect(stdout).toContain("12 of 12 statements read, 0 opaque, 12 formalised");
    expect(stdout.replace(/\s+/gu, " ")).toContain(
      "when liquid level 1 is not reached, and the start button is pressed, and the emergency button is pressed",
    );
    expect(code).toBe(1);
    const { findings } = await analysis("logic");
    expect(findings.map(({ check, tier, tags }) => [check, tier, ...tags])).toEqual([
      ["conflict", "proved", "LM-001", "LM-009"],
    ]);
  });

  it("shows on request what it took each statement to say, and what stood in the way", async () => {
    traceSpec("CLI-LOGIC-VERBOSE");
    project.write(SPEC, project.read(SPEC).replace("SHALL close valve 0.", "SHALL close valve 0 or the lid."));
    const shown = (await project.evidence("logic", "--verbose")).stdout.replace(/\s+/gu, " ");
    expect(shown).toContain("How each statement was read (12)");
    expect(shown).toContain('phrase: "the 60 second timer expires" is 60 second timer has run out = true');
    expect(shown).toContain('opaque: response "close valve 0 or the lid" (unknown words)');
    expect((await project.evidence("logic")).stdout).not.toContain("How each statement was read");
  });

  it("says that nothing was compared where no statement is formalised", async () => {
    traceSpec("CLI-LOGIC-IDLE");
    const said = async () => (await project.evidence("logic")).stdout.replace(/\s+/gu, " ");
    expect(await said()).not.toContain("Nothing was compared");
    project.write(GLOSSARY, "schema: spec-evidence/glossary@1\n");
    expect(await said()).toMatch(/^NONE 12 of 12 .* 0 formalised Nothing was compared: .* evidence logic --verbose/u);
    rmSync(join(project.root, GLOSSARY));
    expect(await said()).toMatch(/^NONE .* there is no openspec\/glossary\.yaml\. .*: evidence glossary suggest -o/u);
    project.write(SPEC, "## Purpose\nNone yet.\n\n## Requirements\n");
    expect(await said()).toMatch(/Nothing was compared: no specification holds a statement/u);
  });

  it.skipIf(!hasZ3)("finds the same with a z3 on the PATH", async () => {
    traceSpec("CLI-LOGIC-NATIVE");
    const bundled = await analysis("logic");
    project.write("evidence.config.json", '{ "logic": { "solver": "native" } }');
    expect(await analysis("logic")).toEqual(bundled);
  });

  it.skipIf(!hasZ3)("writes questions that z3 answers as expected", async () => {
    traceSpec("CLI-LOGIC-SMT2");
    await project.evidence("logic", "--emit-smt2", "questions");
    const scripts = readdirSync(join(project.root, "questions"));
    expect(scripts).toHaveLength(1);
    for (const script of scripts) {
      const expected = [...project.read(`questions/${script}`).matchAll(/: expected (sat|unsat)$/gmu)].map(
        ([, answer]) => answer,
      );
      const run = await execute("z3", [`questions/${script}`], project.root);
      expect(run.stdout.trim().split("\n")).toEqual(expected);
      expect(expected.length).toBeGreaterThan(0);
    }
  });

  it("is part of check, where it fails the tags involved until a waiver excuses the finding", async () => {
    traceSpec("CLI-CHECK-LOGIC");
    const { code, report } = await project.check();
    expect(report.analyses).toMatchObject({ ears: { statements: 12, read: 12 }, logic: { formalised: 12 } });
    expect(verdicts(report)).toMatchObject({ "LM-001": "failing", "LM-009": "failing", "LM-002": "missing" });
    expect(code).toBe(1);
    const id = report.findings.find((each) => each.check === "conflict")?.id;
    const waiver = `waivers:\n  - finding: ${id}\n    reason: decided at the next review\n    owner: ada\n    expires: 2999-12-31\n`;
    project.write("evidence.waivers.yaml", waiver);
    const { report: waived } = await project.check();
    expect(verdicts(waived)).toMatchObject({ "LM-001": "missing", "LM-009": "missing" });
    expect(waived.findings.find((each) => each.id === id)?.severity).toBe("info");
  });

  it("is left out on request, and proves nothing without a glossary", async () => {
    traceSpec("CLI-CHECK-SKIP");
    const skipped = await project.check("--skip", "text,logic,links");
    expect(skipped.report.analyses).toEqual({});
    expect((await project.check("--only", "text")).report.analyses).toEqual({
      ears: { statements: 12, read: 12, unread: 0 },
    });
    expect((await project.evidence("check", "--skip", "logics")).code).toBe(2);
    project.write("evidence.config.json", '{ "logic": { "glossary": "nowhere.yaml" } }');
    const { findings, facts } = await analysis("logic");
    expect(findings).toEqual([]);
    expect(facts).toMatchObject({ formalised: 0, opaque: 12 });
  });
});

describe("evidence glossary", () => {
  it("drafts terms that are enough to find the conflict", async () => {
    traceSpec("CLI-GLOSSARY-SUGGEST");
    project.write(GLOSSARY, "schema: spec-evidence/glossary@1\nvariables: {}\n");
    const { stdout } = await project.evidence("glossary", "suggest");
    project.write(GLOSSARY, stdout);
    const { facts, findings } = await analysis("logic");
    expect(facts).toMatchObject({ formalised: 12 });
    expect(findings.map(({ tags }) => tags)).toEqual([["LM-001", "LM-009"]]);
  });

  it("says what is declared and not used, and where the file is broken", async () => {
    traceSpec("CLI-GLOSSARY-CHECK");
    expect((await analysis("glossary", "check")).findings).toEqual([]);
    project.write(
      GLOSSARY,
      `${fixture("ears/liquid-mixer/glossary.yaml")}  night lamp:\n    role: output\n    type: boolean\n`,
    );
    const unused = await analysis("glossary", "check");
    expect(unused.findings).toMatchObject([{ code: "GLOSS003", severity: "warning" }]);
    project.write(GLOSSARY, "variables: [");
    const broken = await project.evidence("glossary", "check");
    expect(broken.stdout).toContain(`${GLOSSARY}:1`);
    expect(broken.code).toBe(1);
  });
});

describe("evidence lint", () => {
  it("shows each statement rebuilt from its reading on request", async () => {
    traceSpec("CLI-LINT-VERBOSE");
    project.write(SPEC, `${project.read(SPEC)}\n### Requirement: Odd [LM-ODD]\nAll is well.\n`);
    const { readings } = JSON.parse((await project.evidence("lint", "--verbose", "--format", "json")).stdout) as {
      readings: { tag: string; text: string; notes: string[]; line: number }[];
    };
    expect(readings).toHaveLength(13);
    expect(readings.find((each) => each.tag === "LM-009")?.text).toMatch(
      /^IF the emergency button is pressed, THEN .*valve 0/u,
    );
    expect(readings.find((each) => each.tag === "LM-ODD")).toMatchObject({
      text: "All is well.",
      notes: ["unread: no SHALL, MUST, SHOULD or MAY says that it binds"],
    });
  });

  it("says how much it read and what is hard to judge", async () => {
    traceSpec("CLI-LINT");
    expect((await project.evidence("lint")).stdout).toContain("12 of 12 statements read");
    project.write(
      SPEC,
      project.read(SPEC).replace("SHALL close valve 0.", "SHALL close valve 0 quickly and/or slowly, etc."),
    );
    const { code, stdout } = await project.evidence("lint");
    expect(stdout).toContain(`${SPEC}:12`);
    expect(stdout).toMatch(/EARS\d{3}/u);
    expect(code).toBe(0);
    const verbose = (await project.evidence("lint", "--verbose")).stdout;
    expect(verbose).toContain("How each statement was read (12)");
    const config = {
      severity: Object.fromEntries([...stdout.matchAll(/EARS\d{3}/gu)].map(([rule]) => [rule, "error"])),
    };
    project.write("evidence.config.json", JSON.stringify(config));
    expect((await project.evidence("lint")).code).toBe(1);
  });
});
