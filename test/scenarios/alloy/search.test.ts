import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlloyReport } from "../../../src/model/alloy-report.js";
import { alloyJar } from "../../builders/alloy-engine.js";
import { Project } from "../harness.js";

/** What is found by changing a model: facts that nothing needs, changes that nothing notices, checks without a subject. */

const MODEL = "box.als";

let project: Project;

beforeEach(() => {
  project = new Project(null);
  mkdirSync(join(project.root, "openspec"));
});

afterEach(() => project.remove());

async function alloy(...args: string[]): Promise<AlloyReport> {
  const run = await project.evidence("alloy", "--format", "json", ...args);
  if (run.stdout === "") throw new Error(run.stderr);
  return JSON.parse(run.stdout) as AlloyReport;
}

/** Lines at which a finding of this code stands. */
const lines = ({ findings }: AlloyReport, code: string) =>
  findings.filter((each) => each.code === code).map(({ span }) => span.line);

/** Files of the cache by path; a file that is written again is another file. */
function cached(): Map<string, number> {
  const folder = join(project.root, ".evidence/cache");
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
  return new Map(files.map((path) => [path, statSync(join(folder, path)).ino]));
}

const BOX = [
  "sig Lid { on: set Lid, under: set Lid }",
  "fact needed { no on }",
  "fact spare { lone under }",
  "assert shut { no on }",
  "check shut for 2 expect 0",
  "run { some Lid } for 2 expect 1",
];

describe.skipIf(alloyJar === null)("models that are searched", { timeout: 240_000 }, () => {
  it("for facts that no check needs", async () => {
    traceSpec("MODEL-ABLATE", "MODEL-ABLATE-UNUSED");
    project.write(MODEL, BOX.join("\n"));
    const report = await alloy("--ablate");
    expect(report.ablation?.commands).toMatchObject([{ name: "shut", needs: [{ name: "needed" }], undecided: 0 }]);
    expect(report.ablation?.unneeded).toMatchObject([{ name: "spare" }]);
    expect(lines(report, "ALLOY042")).toEqual([3]);
  });

  it("for changes that no command notices", async () => {
    traceSpec("MODEL-MUTATE", "MODEL-MUTATE-SCORE");
    project.write(MODEL, BOX.join("\n"));
    const report = await alloy("--mutate");
    const found = lines(report, "ALLOY043");
    expect(found).toContain(3);
    const [score] = report.mutation ?? [];
    expect(score).toMatchObject({ module: MODEL, survived: found.length, undecided: 0 });
    expect(score?.killed).toBeGreaterThan(0);
  });

  it("for a while, and later from where that ended", async () => {
    traceSpec("MODEL-RESUME");
    project.write(MODEL, BOX.join("\n"));
    await alloy();
    const before = cached().size;
    const args = [Project.command, "alloy", "--mutate"];
    const command = spawn(process.execPath, args, { cwd: project.root, stdio: "ignore" });
    const ended = new Promise((resolve) => command.on("close", resolve));
    while (cached().size === before && command.exitCode === null) await pause(5);
    command.kill("SIGINT");
    expect(await ended).toBe(130);
    const kept = cached();
    expect(kept.size).toBeGreaterThan(before);
    const whole = await alloy("--mutate");
    const all = cached();
    expect(all.size).toBeGreaterThan(kept.size);
    // Nothing that was answered before the interruption is asked, and so written, again.
    expect([...kept].filter(([path, file]) => all.get(path) !== file)).toEqual([]);
    expect(await alloy("--mutate", "--no-cache")).toEqual(whole);
  });

  it("for conditions, and are not hollow while one part is put to the test", async () => {
    traceSpec("MODEL-VACUITY", "MODEL-VACUITY-ANTECEDENT", "MODEL-VACUITY-PART");
    const conditions = [
      "(some on implies no Lid)",
      "(some on implies no Lid) and no on",
      "always (some on implies no Lid)",
    ];
    project.write(
      MODEL,
      [
        "sig Lid { on: set Lid }",
        "fact { no on }",
        ...conditions.map((each) => `check { ${each} } for 2 expect 0`),
        "check { all l: Lid | (some l.on implies no Lid) and no l.on } for 2 expect 0",
        "check { (some on implies no Lid) and (some Lid implies no on) } for 2 expect 0",
      ].join("\n"),
    );
    const report = await alloy();
    expect(report.models.commands.map(({ place, cannotFail }) => [place.line, cannotFail === null])).toEqual([
      [3, false],
      [4, true],
      [5, false],
      [6, true],
      [7, true],
    ]);
    // The condition that never holds is named all the same.
    expect(lines(report, "ALLOY034")).toEqual([3, 4, 5, 6, 7]);
  });
});
