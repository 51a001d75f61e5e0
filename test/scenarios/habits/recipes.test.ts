import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Run } from "../harness.js";
import { execute, Project } from "../harness.js";

const page = readFileSync(new URL("../../../docs/recipes.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gmsu)].map(([, language = "", text = ""]) => ({
  language,
  text,
}));
/** Every use of the command on the page, wherever it stands. */
const commands = [...page.matchAll(/npx (evidence(?: [\w@.=:/-]+)+)/gu)].map(([, command]) => command ?? "");

let project: Project;
let programs: string;

beforeAll(() => {
  programs = mkdtempSync(join(tmpdir(), "evidence-npx-"));
  const script = `#!/bin/sh\nshift\nexec "${process.execPath}" "${Project.command}" "$@"\n`;
  writeFileSync(join(programs, "npx"), script);
  chmodSync(join(programs, "npx"), 0o755);
});

afterAll(() => rmSync(programs, { recursive: true }));

beforeEach(() => {
  project = new Project("commands");
});

afterEach(() => project.remove());

const environment = () => ({ PATH: `${programs}:${process.env.PATH}` });
const shell = (script: string): Promise<Run> => execute("bash", ["--norc", "-ec", script], project.root, environment());
const block = (language: string, part: string) => {
  const found = blocks.find((each) => each.language === language && each.text.includes(part));
  if (found === undefined) throw new Error(`no ${language} with ${part}`);
  return found.text;
};

function breakTest(): void {
  const passed = 'name="keeps at most three things" time="0.001">';
  project.edit("reports/junit.xml", passed, 'name="keeps at most three things"><failure message="too many"/>');
}

describe("the page of recipes", () => {
  it("shows commands that run", async () => {
    traceSpec("HABIT-RECIPES");
    expect(commands.length).toBeGreaterThan(10);
    await project.evidence("manifest");
    for (const command of new Set(commands.filter((each) => !each.includes("--watch")))) {
      const run = await shell(`npx ${command}`);
      expect([command, run.code, run.stderr.includes("error")]).toEqual([command, 0, false]);
    }
    for (const file of ["svr.json", "test-result.json", "bom.json", "summary.json", "gl-code-quality-report.json"]) {
      expect(page).toContain(file);
      expect(JSON.parse(project.read(file))).toBeTypeOf("object");
    }
  });

  it("has a hook that lets a push through, and stops it", async () => {
    traceSpec("HABIT-RECIPES");
    await project.git("init", "--quiet", "--initial-branch", "main");
    await project.git("init", "--quiet", "--bare", "remote.git");
    await project.git("remote", "add", "origin", "./remote.git");
    project.write(".git/hooks/pre-push", block("sh", "#!/bin/sh"));
    chmodSync(join(project.root, ".git/hooks/pre-push"), 0o755);
    const commit = 'git add . && git -c user.name=Ada -c user.email=a@example.org commit --quiet -m "more"';
    const ignore = "printf 'remote.git\\n.evidence\\n' > .gitignore";
    const passed = await shell(`${ignore}; ${commit}; git push --quiet origin main`);
    expect(passed.code, passed.stderr).toBe(0);
    breakTest();
    const stopped = await shell(`${commit}; git push --quiet origin main`);
    expect(stopped.code).not.toBe(0);
    expect(stopped.stdout).toMatch(/^FAIL/u);
    mkdirSync(join(project.root, ".husky"));
    const husky = await shell(`${block("sh", ".husky")}sh -e .husky/pre-push`);
    expect(husky.stdout).toMatch(/^FAIL/u);
    expect(husky.code).toBe(1);
  });

  it("has a watch that ends, and completion for bash", async () => {
    traceSpec("HABIT-RECIPES");
    const watch = spawn("bash", ["--norc", "-c", `exec ${block("sh", "--watch")}`], {
      cwd: project.root,
      env: { ...process.env, ...environment() },
    });
    const ended = new Promise((done) => watch.on("close", done));
    await new Promise<void>((done) => {
      watch.stderr.on("data", (text: Buffer) => text.includes("watching for changes") && done());
    });
    watch.kill("SIGINT");
    expect(await ended).toBe(0);
    const completed = await shell(`${block("sh", "completion bash")}complete -p evidence`);
    expect(completed.stdout).toContain("_evidence evidence");
  });

  it("has forge snippets that are YAML and name inputs that the action has", () => {
    traceSpec("HABIT-RECIPES");
    const [step] = parse(block("yaml", "uses:"));
    const action = parse(readFileSync(new URL("../../../action.yml", import.meta.url), "utf8"));
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)));
    expect(parse(block("yaml", "codequality")).evidence.artifacts.reports.codequality).toBe(
      "gl-code-quality-report.json",
    );
    expect(parse(block("yaml", "lefthook"))["pre-push"].commands.evidence.run).toContain("npx evidence check");
    const [, matcher = ""] = /::add-matcher::([\w./-]+)/u.exec(page) ?? [];
    expect(existsSync(new URL(`../../../${matcher}`, import.meta.url))).toBe(true);
  });
});

describe("the problem matcher", () => {
  it("finds every finding of the text report", async () => {
    traceSpec("HABIT-MATCHER");
    const { problemMatcher } = JSON.parse(
      readFileSync(new URL("../../../.github/problem-matchers/evidence.json", import.meta.url), "utf8"),
    );
    const [first, second] = problemMatcher[0].pattern.map(({ regexp }: { regexp: string }) => new RegExp(regexp, "u"));
    project.write(
      "test/more.test.ts",
      'import { it } from "vitest";\n\n// @verifies BOX-CAPACTIY\nit("x", () => {});\n',
    );
    project.edit("openspec/specs/box/spec.md", "[BOX-CAPACITY]", "[BOX-VOLUME]");
    const { report } = await project.check("--no-run");
    const printed = (await project.evidence("check", "--no-run", "--verbose")).stdout.split("\n");
    const found = printed.flatMap((line, at) => {
      const [place, said] = [first.exec(line), second.exec(printed[at + 1] ?? "")];
      return place === null || said === null ? [] : [[said[1], place[1], Number(place[2])]];
    });
    expect(found).toEqual(report.findings.map(({ code, file, line }) => [code, file, line]));
    expect(found.length).toBeGreaterThan(2);
  });
});
