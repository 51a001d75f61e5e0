import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
// @ts-expect-error a script without types: it runs in the workflow as it is
import { commentOf, MARKER } from "../../../action/comment.mjs";
import { Project } from "../harness.js";

const REPOSITORY = fileURLToPath(new URL("../../../", import.meta.url));

let project: Project;
let runner: string;

beforeEach(() => {
  project = new Project("check");
  runner = mkdtempSync(join(tmpdir(), "evidence-runner-"));
});

afterEach(() => {
  project.remove();
  rmSync(runner, { recursive: true, force: true });
});

/** Runs the action as the runner does: inputs as variables, files for outputs and the summary. */
function act(inputs: Record<string, string> = {}, script = join(REPOSITORY, "action/main.mjs")) {
  const given = Object.entries(inputs).map(([name, value]): [string, string] => [`INPUT_${name.toUpperCase()}`, value]);
  const env = {
    ...process.env,
    ...Object.fromEntries(given),
    GITHUB_WORKSPACE: project.root,
    GITHUB_OUTPUT: join(runner, "output"),
    GITHUB_STEP_SUMMARY: join(runner, "summary"),
    RUNNER_TEMP: runner,
  };
  const run = spawnSync(process.execPath, [script], { cwd: project.root, env, encoding: "utf8" });
  const text = existsSync(env.GITHUB_OUTPUT) ? readFileSync(env.GITHUB_OUTPUT, "utf8") : "";
  const outputs = Object.fromEntries(
    [...text.matchAll(/^(\w+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map((match) => [match[1], match[3]]),
  );
  const summary = existsSync(env.GITHUB_STEP_SUMMARY) ? readFileSync(env.GITHUB_STEP_SUMMARY, "utf8") : "";
  return { code: run.status, stdout: run.stdout, stderr: run.stderr, outputs, summary };
}

describe("the action", () => {
  it("judges, annotates, sums up and gives outputs", () => {
    traceSpec("GITHUB-CHECK");
    traceSpec("GITHUB-OUTPUTS");
    traceSpec("GITHUB-SUMMARY");
    project.edit("evidence.config.json", '"providers"', '"mode": "strict", "providers"');
    const run = act({ mode: "report" });
    expect(run).toMatchObject({ code: 0 });
    expect(run.outputs).toMatchObject({
      verdict: "pass",
      manifest: "evidence-manifest.json",
      report: ".evidence/report.html",
    });
    expect(JSON.parse(run.outputs.counts ?? "")).toMatchObject({
      tags: expect.any(Number),
      verified: expect.any(Number),
    });
    expect(run.summary).toContain("## Evidence: PASS");
    expect(project.read(".evidence/report.html")).toContain("<!doctype html>");
    expect(run.stdout).toMatch(/evidence: PASS, /);
  });

  it("leaves what no input says to the configuration", () => {
    traceSpec("GITHUB-CHECK-DEFAULTS");
    project.write("evidence.config.json", JSON.stringify({ mode: "report", manifest: "out/manifest.json" }));
    const run = act();
    expect(run.code).toBe(0);
    expect(run.outputs).toMatchObject({ verdict: "pass", manifest: "out/manifest.json" });
    project.write("evidence.config.json", JSON.stringify({ mode: "strict" }));
    const strict = act();
    expect(strict.code).toBe(1);
    expect(strict.outputs.verdict).toBe("fail");
    expect(strict.stdout).toMatch(/^::error file=openspec\/specs\//m);
  });

  it("passes inputs as values, whatever they look like", () => {
    traceSpec("GITHUB-CHECK-OPTIONS");
    traceSpec("GITHUB-OUTPUTS-NONE");
    const run = act({ config: "--help", "base-ref": "" });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("--help");
    expect(run.stdout).toBe("");
    expect(run.outputs).toEqual({ verdict: "", manifest: "", report: "", counts: "" });
    expect(act({ mode: "$(touch pwned)" }).code).toBe(2);
    expect(existsSync(join(project.root, "pwned"))).toBe(false);
  });

  it("writes SARIF and facts where the inputs say", () => {
    traceSpec("GITHUB-REPORTS");
    const run = act({ sarif: "out.sarif", comment: "facts/check.json", mode: "report" });
    expect(run.code).toBe(0);
    expect(JSON.parse(project.read("out.sarif")).version).toBe("2.1.0");
    expect(commentOf(project.read("facts/check.json"))).toContain("## Evidence: PASS");
  });

  it("says when there is nothing to run", () => {
    traceSpec("GITHUB-CHECK-ABSENT");
    cpSync(join(REPOSITORY, "action"), join(runner, "action"), { recursive: true });
    const run = act({}, join(runner, "action/main.mjs"));
    expect(run.code).toBe(2);
    expect(run.stdout).toContain("::error title=evidence::spec-evidence is not installed");
  });
});

describe("check", () => {
  it.each(["html", "=file", "html=", "html=-", "pdf=x"])("refuses --report %s before judging", async (report) => {
    traceSpec("GITHUB-REPORTS-FORMAT");
    const run = await project.evidence("check", "--report", report);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(existsSync(join(project.root, "evidence-manifest.json"))).toBe(false);
  });

  it("reads results that the command line names", async () => {
    traceSpec("GITHUB-RESULTS");
    const suite = '<testsuite name="s"><testcase name="x" classname="y"/></testsuite>';
    project.write("more.xml", `<?xml version="1.0"?><testsuites>${suite}</testsuites>`);
    const without = await project.check("--no-run");
    const given = await project.check("--no-run", "--results", "more.xml");
    const unread = JSON.parse(project.read("evidence-manifest.json")).predicate.results;
    expect(unread.map((each: { path: string }) => each.path)).toContain("more.xml");
    expect(given.report.totals.tags).toBe(without.report.totals.tags);
    const absent = await project.check("--no-run", "--results", "absent-*.xml");
    expect(absent.code).toBe(1);
    expect(absent.report.findings.map((each) => each.code)).toContain("RES001");
  });
});

describe("the comment", () => {
  it("takes nothing but counts, verdicts and tags from the facts", () => {
    traceSpec("GITHUB-COMMENT");
    const bad = "@everyone [x](http://evil.example) <img src=x>";
    const tag = (name: unknown, verdict: unknown) => ({ tag: name, verdict, title: bad, reasons: [bad] });
    const facts = {
      schema: "spec-evidence/check@1",
      gate: "fail",
      gateReasons: [bad],
      totals: { tags: 3, verified: 1, failing: bad, missing: 2, hollow: -1, [bad]: 4 },
      tags: [tag("BOX-A", "missing"), tag(bad, "missing"), tag("BOX-B", bad), tag("BOX-C", "verified"), null, 7],
    };
    const comment: string = commentOf(JSON.stringify(facts));
    expect(comment.startsWith(`${MARKER}\n`)).toBe(true);
    expect(comment).not.toMatch(/everyone|evil|img|src/);
    expect(comment).toContain("1 of 3 tags verified.");
    expect(comment).toContain("- 2 missing");
    expect([...comment.matchAll(/`([^`]*)`/g)].map((match) => match[1])).toEqual(["BOX-A"]);
    fc.assert(
      fc.property(fc.json(), (json) => {
        const hostile = JSON.stringify({ ...Object(JSON.parse(json)), schema: facts.schema, gate: "pass" });
        expect(commentOf(hostile)).toMatch(/^<!-- evidence: pull request -->\n## Evidence: PASS\n\n\d+ of \d+ tags/);
      }),
    );
  });

  it.each(["", "{", "[]", "null", '{"schema":"spec-evidence/check@1","gate":"maybe"}', '{"gate":"pass"}'])(
    "is left out for %j",
    (text) => {
      traceSpec("GITHUB-COMMENT-NONE");
      expect(commentOf(text)).toBeNull();
    },
  );
});

describe("the workflows", () => {
  const workflows = ["ci", "evidence", "evidence-comment"].map((name): [string, string] => [
    name,
    readFileSync(join(REPOSITORY, `.github/workflows/${name}.yml`), "utf8"),
  ]);

  it.each(workflows)("%s pins its actions and interpolates nothing into scripts", (_, text) => {
    traceSpec("GITHUB-SAFE");
    const workflow = parse(text);
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    const jobs: { steps: { uses?: string; run?: string; with?: { script?: string } }[] }[] = Object.values(
      workflow.jobs,
    );
    const steps = jobs.flatMap((job) => job.steps);
    expect(steps.length).toBeGreaterThan(1);
    for (const { uses, run, with: given } of steps) {
      if (uses !== undefined) expect(uses).toMatch(/^(?:\.\/|[\w.-]+\/[\w./-]+@[0-9a-f]{40}$)/);
      expect(run ?? "").not.toContain("${{");
      expect(given?.script ?? "").not.toContain("${{");
    }
  });

  it("give no permission to write to what runs files of a pull request", () => {
    traceSpec("GITHUB-SAFE-PERMISSIONS");
    for (const [name, text] of workflows) {
      const workflow = parse(text);
      for (const [job, { permissions, steps }] of Object.entries<{
        permissions?: object;
        steps: { run?: string; uses?: string }[];
      }>(workflow.jobs)) {
        const granted = Object.values(permissions ?? workflow.permissions);
        const runsFiles = steps.some(({ run, uses }) => run !== undefined || uses === "./");
        if (runsFiles) expect([name, job, granted.filter((right) => right === "write")]).toEqual([name, job, []]);
      }
    }
  });
});
