import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlloyReport } from "../../../src/model/alloy-report.js";
import type { Check } from "../../../src/model/check.js";
import { alloyJar } from "../../builders/alloy-engine.js";
import { execute, Project, verdicts } from "../harness.js";

/** What Alloy's own command line ends with 0 for, although nothing is shown: here it must not pass. */

const SPEC = "openspec/specs/box/spec.md";

let project: Project;

beforeEach(() => {
  project = new Project(null);
});

afterEach(() => project.remove());

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project.root, path)), { recursive: true });
  project.write(path, text);
}

/** A specification of one requirement whose section holds these lines. */
function specification(...lines: string[]): string {
  const head = ["# Box", "", "## Purpose", "", "Boxes.", "", "## Requirements", ""];
  const requirement = ["### Requirement: Lids close [BOX-CLOSE]", "THE box SHALL close its lid.", ""];
  return [...head, ...requirement, ...lines, ""].join("\n");
}

function model(...lines: string[]): string {
  return specification("```alloy", ...lines, "```");
}

/** Exit code of `alloy exec` on a file, as a script in CI would see it. */
async function naive(path: string): Promise<number | null> {
  const args = ["-Djava.awt.headless=true", "-jar", alloyJar?.path ?? "", "exec", "-f", "-o", "naive", path];
  return (await execute("java", args, project.root)).code;
}

async function alloy(...args: string[]): Promise<AlloyReport & { code: number | null }> {
  const run = await project.evidence("alloy", "--format", "json", ...args);
  if (run.stdout === "") throw new Error(run.stderr);
  return { ...(JSON.parse(run.stdout) as AlloyReport), code: run.code };
}

const codes = ({ findings }: { findings: { code: string; severity: string }[] }) =>
  findings.filter(({ severity }) => severity !== "info").map(({ code }) => code);

const COUNTEREXAMPLE = ["sig Lid { on: set Lid }", "assert shut { no on }", "check shut for 2"];

describe.skipIf(alloyJar === null)("traps of Alloy's own command line", { timeout: 240_000 }, () => {
  it("a counterexample without `expect`", async () => {
    traceSpec("MODEL-TRAPS", "MODEL-CHECK-COUNTEREXAMPLE", "MODEL-CHECK-REPORTED", "MODEL-COMMAND-EXIT");
    write("box.als", COUNTEREXAMPLE.join("\n"));
    expect(await naive("box.als")).toBe(0);
    const report = await alloy();
    expect(report.models.commands).toMatchObject([{ answer: "counterexample", outcome: "fail", place: { line: 3 } }]);
    expect(codes(report)).toContain("ALLOY030");
    expect(report.code).toBe(1);
  });

  it("a model without any command", async () => {
    traceSpec("MODEL-TRAPS");
    write("box.als", "sig Lid {}\nassert shut { no Lid }\n");
    expect(await naive("box.als")).toBe(0);
    const report = await alloy();
    expect(report.models.commands).toEqual([]);
    expect(codes(report)).toEqual(["ALLOY004", "ALLOY005"]);
  });

  it("commands of one label, of which the last one passes", async () => {
    traceSpec("MODEL-TRAPS", "MODEL-ITEM-LABEL");
    const shut = ["sig Lid { on: set Lid }", "shut: check { no on } for 2", "shut: check { on in on + on } for 2"];
    write("box.als", shut.join("\n"));
    expect(await naive("box.als")).toBe(0);
    const report = await alloy();
    expect(report.models.commands.map(({ name, outcome }) => [name, outcome])).toEqual([
      ["shut", "fail"],
      ["shut #2", "pass"],
    ]);
  });

  it("facts that contradict each other, so that every check passes", async () => {
    traceSpec("MODEL-TRAPS", "MODEL-VACUITY-FACTS");
    const lines = [
      "sig Lid {}",
      "fact { some Lid }",
      "fact { no Lid }",
      "assert shut { #Lid = 7 }",
      "check shut for 3 expect 0",
    ];
    write(SPEC, model(...lines));
    write("box.als", lines.join("\n"));
    expect(await naive("box.als")).toBe(0);
    project.write("box.als", "");
    const { report, code } = await project.check();
    expect(verdicts(report)).toEqual({ "BOX-CLOSE": "hollow" });
    expect(codes(report)).toContain("ALLOY033");
    expect(code).toBe(1);
  });

  it("an implication whose condition never holds", async () => {
    traceSpec("MODEL-TRAPS", "MODEL-VACUITY-ANTECEDENT");
    const lines = [
      "sig Lid { on: set Lid }",
      "fact { no on }",
      "assert shut { all l: Lid | some l.on implies l.on = l }",
      "check shut for 3 expect 0",
    ];
    write(SPEC, model(...lines));
    const { report } = await project.check();
    expect(verdicts(report)).toEqual({ "BOX-CLOSE": "hollow" });
    expect(report.findings.filter(({ code }) => code === "ALLOY034").map(({ line }) => line)).toEqual([15]);
  });

  it("an instance that only overflow makes one", async () => {
    traceSpec("MODEL-TRAPS", "MODEL-EXPECT");
    write("box.als", "sig Lid {}\nrun { some x: Int | x > 0 and x.plus[1] < 0 } for 3 Int expect 1\n");
    expect(await naive("box.als")).toBe(0);
    const report = await alloy();
    expect(report.models.commands).toMatchObject([{ answer: "no instance", outcome: "fail" }]);
    expect(codes(report)).toContain("ALLOY031");
  });

  it.each([
    ["---", ["---", ""], ["```alloy", ...COUNTEREXAMPLE, "```"]],
    ["a byte order mark", ["\uFEFF# Box"], ["```alloy", ...COUNTEREXAMPLE, "```"]],
    ["tildes", ["# Box"], ["~~~alloy", ...COUNTEREXAMPLE, "~~~"]],
    ["an indented fence", ["# Box"], ["  ```alloy", ...COUNTEREXAMPLE.map((line) => `  ${line}`), "  ```"]],
    ["an annotated fence", ["# Box"], ['```alloy title="lids"', ...COUNTEREXAMPLE, "```"]],
  ])("a model in markdown behind %s", async (_, first, block) => {
    traceSpec("MODEL-TRAPS", "MODEL-CHECK-PART");
    const text = specification(...block)
      .split("\n")
      .slice(1);
    write(SPEC, [...first, ...text].join("\n"));
    expect(await naive(SPEC)).toBe(0);
    const { report, code } = await project.check();
    expect(verdicts(report)).toEqual({ "BOX-CLOSE": "failing" });
    const found = report.findings.filter((each) => each.code === "ALLOY030");
    expect(project.read(SPEC).split("\n")[(found[0]?.line ?? 0) - 1]).toContain("check shut for 2");
    expect(code).toBe(1);
  });

  it("an unbounded number of steps, which it refuses and we say why", async () => {
    traceSpec("MODEL-UNKNOWN");
    write(SPEC, model("sig Lid { var on: set Lid }", "check { always no on } for 2 but 1.. steps expect 0"));
    const { report } = await project.check();
    expect(verdicts(report)).toEqual({ "BOX-CLOSE": "missing" });
    expect(codes(report)).toContain("ALLOY037");
  });

  it("inherited fields and witnesses are part of what is shown", async () => {
    traceSpec("MODEL-COMMAND-TABLE", "MODEL-CHECK-KEPT");
    const lines = [
      "abstract sig Lid { on: set Lid }",
      "sig Tin extends Lid {}",
      "check c { no t: Tin | t in t.on } for 1",
    ];
    write(SPEC, model(...lines));
    const { stdout } = await project.evidence("alloy");
    expect(stdout).toMatch(/\n {2}on +Tin\$0 → Tin\$0\n/u);
    expect(stdout).toMatch(/\n {2}\$.*t +Tin\$0\n/u);
    const { report } = await project.check();
    expect(verdicts(report as Check)).toEqual({ "BOX-CLOSE": "failing" });
    const why = await project.evidence("why", "BOX-CLOSE");
    traceSpec("MODEL-WHY");
    expect(why.stdout).toContain("check c for 1");
    expect(why.stdout).toMatch(/\n {2}on +Tin\$0 → Tin\$0\n/u);
  });
});
