import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BaseRecord } from "../../../src/model/base.js";
import type { Check } from "../../../src/model/check.js";
import { execute, Project, verdicts } from "../harness.js";

/** `evidence check --base` on real repositories; what a change does is committed on a branch, or left uncommitted. */

const SPEC = "openspec/specs/box/spec.md";
const TEST = "test/box.test.ts";
const CODE = "src/box.ts";

let project: Project;
const others: Project[] = [];

beforeEach(async () => {
  project = new Project("commands");
  await project.git("init", "--quiet", "--initial-branch=main");
  await commit("base");
  await project.git("checkout", "--quiet", "-b", "work");
});

afterEach(() => {
  for (const each of [project, ...others.splice(0)]) each.remove();
});

async function commit(message: string): Promise<void> {
  await project.git("add", "--all");
  await project.git("commit", "--quiet", "--allow-empty", "--message", message);
}

async function against(
  base: string,
  ...args: string[]
): Promise<{ report: Check; base: BaseRecord; code: number | null }> {
  const { report, code } = await project.check("--base", base, ...args);
  if (report.base === undefined) throw new Error("no base in the report");
  return { report, base: report.base, code };
}

const widen = () => project.edit(SPEC, "at most 3 things", "at most 4 things");

describe("evidence check --base", () => {
  it("calls a tag suspect until something follows, however often it runs", async () => {
    traceSpec("FRESH-UNFOLLOWED", "FRESH-RERUN", "CHANGE-UNCOMMITTED", "CHANGE-BASE");
    expect(await against("main")).toMatchObject({ code: 0, base: { changed: [], files: { changed: 0 } } });
    widen();
    for (const _ of [1, 2]) {
      const { report, base, code } = await against("main");
      expect(verdicts(report)["BOX-CAPACITY"]).toBe("suspect");
      expect(base).toMatchObject({ changed: [{ tag: "BOX-CAPACITY" }], untouched: ["BOX-CAPACITY"] });
      expect(code).toBe(1);
    }
    await commit("widen");
    expect(verdicts((await against("main")).report)["BOX-CAPACITY"]).toBe("suspect");
    expect(verdicts((await project.check()).report)["BOX-CAPACITY"]).toBe("verified");
    project.edit(TEST, "new Box().open()", "[...new Box().open()]");
    expect(verdicts((await against("main")).report)["BOX-CAPACITY"]).toBe("suspect");
    project.edit(CODE, "3", "4");
    expect(verdicts((await against("main")).report)["BOX-CAPACITY"]).toBe("verified");
  });

  it("is seen in the same way by why and next", async () => {
    traceSpec("CHANGE-VIEWS", "CHANGE-VIEWS-NAMED");
    widen();
    const { stdout } = await project.evidence("check", "--base", "main");
    expect(stdout).toContain("evidence why BOX-CAPACITY --base main\n");
    const why = await project.evidence("why", "BOX-CAPACITY", "--base", "main");
    expect([why.code, why.stdout]).toEqual([0, expect.stringContaining("BOX-CAPACITY is suspect")]);
    expect((await project.evidence("why", "BOX-CAPACITY")).stdout).toContain("BOX-CAPACITY is verified");
    expect((await project.evidence("next", "--base", "main")).stdout).toContain("BOX-CAPACITY");
    expect((await project.evidence("next")).stdout).not.toContain("BOX-CAPACITY");
    expect((await project.evidence("why", "BOX-CAPACITY", "--base", "nope")).code).toBe(2);
    await project.git("branch", "main;ls");
    expect((await project.evidence("check", "--base", "main;ls")).stdout).not.toContain("--base main;ls");
  });

  it("prints JSON that the published schema accepts, and the change at the top of every report", async () => {
    traceSpec("CHANGE-REQUIREMENTS", "CHANGE-RULES-FIRST");
    widen();
    project.edit("evidence.waivers.yaml", "tag: BOX-OPEN-LOCKED", "tag: BOX-CAPACITY");
    const { report, base } = await against("main");
    const schema = JSON.parse(readFileSync(new URL("../../../schemas/check.schema.json", import.meta.url), "utf8"));
    const validate = new Ajv2020({ strict: false, logger: false }).compile(schema);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(base.rules).not.toEqual([]);
    const { stdout } = await project.evidence("check", "--base", "main");
    const order = ["Against main", "Alters what judges it", "Changed text", "capability"].map((text) =>
      stdout.indexOf(text),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    const { stdout: markdown } = await project.evidence("check", "--base", "main", "--format", "markdown");
    expect(markdown).toContain("**Alters what judges it (2)**");
  });

  it("follows a merge commit, a detached head and a worktree", async () => {
    traceSpec("CHANGE-MERGE", "CHANGE-DETACHED");
    widen();
    await commit("widen");
    await project.git("checkout", "--quiet", "main");
    project.write("notes.md", "meanwhile\n");
    await commit("meanwhile");
    await project.git("merge", "--quiet", "--no-edit", "work");
    await project.git("checkout", "--quiet", "--detach");
    const merged = await against("main~1");
    expect(merged.base.files).toEqual({ added: 0, changed: 1, removed: 0, renamed: 0 });
    expect(merged.base.changed.map(({ tag }) => tag)).toEqual(["BOX-CAPACITY"]);
    const tree = new Project(null);
    others.push(tree);
    await project.git("worktree", "add", "--quiet", "--detach", join(tree.root, "linked"), "work");
    const linked = await tree.evidence("-C", "linked", "check", "--format", "json", "--base", "main~1");
    expect((JSON.parse(linked.stdout) as Check).base?.changed.map(({ tag }) => tag)).toEqual(["BOX-CAPACITY"]);
  });

  it("says what a shallow clone lacks", async () => {
    traceSpec("CHANGE-SHALLOW", "CHANGE-UNKNOWN");
    widen();
    await commit("widen");
    await project.git("checkout", "--quiet", "main");
    await commit("meanwhile");
    const clone = new Project(null);
    others.push(clone);
    await clone.git("clone", "--quiet", "--depth=1", "--branch=work", `file://${project.root}`, "shallow");
    const unknown = await clone.evidence("-C", "shallow", "check", "--base", "origin/main");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("this clone is shallow, so fetch it first");
    const fetch = ["fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main"];
    await execute("git", fetch, join(clone.root, "shallow"));
    const { stdout } = await clone.evidence("-C", "shallow", "check", "--format", "json", "--base", "origin/main");
    const { base } = JSON.parse(stdout) as Check;
    expect(base?.lacking).toEqual([expect.stringContaining("shallow")]);
    expect(base?.changed.map(({ tag }) => tag)).toEqual(["BOX-CAPACITY"]);
  });

  it("says of a submodule what was not compared", async () => {
    traceSpec("CHANGE-SUBMODULE");
    const inner = new Project("commands");
    others.push(inner);
    await inner.git("init", "--quiet");
    await inner.git("add", ".");
    await inner.git("commit", "--quiet", "-m", "inner");
    await project.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "inner");
    await commit("with a submodule");
    await execute(
      "git",
      ["-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-q", "--allow-empty", "-m", "x"],
      join(project.root, "inner"),
    );
    const { base } = await against("HEAD");
    expect(base.lacking).toEqual(["inner is a submodule that changed; only its specifications were compared."]);
  });

  it("lists renamed tags and nothing for moved files", async () => {
    traceSpec("CHANGE-RENAMED", "CHANGE-MOVED");
    mkdirSync(join(project.root, "openspec/specs/crate"));
    renameSync(join(project.root, SPEC), join(project.root, "openspec/specs/crate/spec.md"));
    renameSync(join(project.root, CODE), join(project.root, "src/crate.ts"));
    await commit("move");
    const { base } = await against("main");
    expect(base).toMatchObject({ added: [], changed: [], removed: [], renamed: [], touched: [], gained: [], lost: [] });
    expect(base.files.renamed).toBe(2);
    project.edit("openspec/specs/crate/spec.md", "[BOX-CAPACITY]", "[BOX-SIZE]");
    const renamed = await against("main");
    expect(renamed.base.renamed).toMatchObject([{ from: "BOX-CAPACITY", tag: "BOX-SIZE" }]);
    expect(renamed.base.added).toEqual([]);
  });

  it("compares with the manifest of the base where there is one", async () => {
    traceSpec("CHANGE-MANIFEST", "CHANGE-MANIFEST-BROKEN", "CHANGE-RATCHET");
    await project.check();
    await commit("with a manifest");
    project.edit("reports/junit.xml", 'name="keeps at most three things"', 'name="something else"');
    const { base, report, code } = await against("HEAD");
    expect(base.manifest).toBe("evidence-manifest.json");
    expect(base.lost).toMatchObject([
      { tag: "BOX-CAPACITY", name: expect.stringContaining("keeps at most three things") },
    ]);
    expect([report.gate, code]).toEqual(["fail", 1]);
    expect((await against("HEAD", "--mode", "ratchet")).report.gateReasons).toEqual([
      "1 must tag newly without sufficient evidence",
    ]);
    project.write("saved.json", "{}");
    const broken = await project.evidence("check", "--base", "HEAD", "--base-manifest", "saved.json");
    expect(broken.code).toBe(2);
    project.write("evidence-manifest.json", '{ "_type": "https://in-toto.io/Statement/v1" }');
    await commit("with a broken one");
    expect((await against("HEAD")).base).toMatchObject({
      manifest: null,
      lacking: [expect.stringContaining("no manifest")],
    });
  });

  it("judges a folder inside a repository by that folder", async () => {
    traceSpec("CHANGE-SUBFOLDER");
    const outer = new Project(null);
    others.push(outer);
    await outer.git("init", "--quiet", "--initial-branch=main");
    rmSync(join(project.root, ".git"), { recursive: true });
    mkdirSync(join(outer.root, "packages"));
    renameSync(project.root, join(outer.root, "packages/box"));
    outer.write("outside.md", "1");
    await outer.git("add", ".");
    await outer.git("commit", "--quiet", "-m", "all");
    outer.write("outside.md", "2");
    outer.edit(`packages/box/${SPEC}`, "at most 3 things", "at most 4 things");
    const { stdout } = await outer.evidence("-C", "packages/box", "check", "--format", "json", "--base", "main");
    expect((JSON.parse(stdout) as Check).base).toMatchObject({
      files: { added: 0, changed: 1, removed: 0, renamed: 0 },
      changed: [{ tag: "BOX-CAPACITY", file: SPEC }],
    });
  });

  it.each([
    ["nope", "expected a branch, tag or commit of this repository"],
    ["--upload-pack=touch owned", "expected a branch, tag or commit"],
  ])("refuses %j", async (ref, message) => {
    traceSpec("CHANGE-UNKNOWN", "CHANGE-OPTION", "CLI-NO-TRACE");
    const { code, stderr, stdout } = await project.evidence("check", `--base=${ref}`);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, ""]);
    expect(existsSync(join(project.root, "owned"))).toBe(false);
  });

  it("needs git", async () => {
    traceSpec("CHANGE-NO-GIT");
    mkdirSync(join(project.root, "empty-path"));
    const without = await project.evidenceWith({ PATH: join(project.root, "empty-path") }, "check", "--base", "main");
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining("git is not installed")]);
    rmSync(join(project.root, ".git"), { recursive: true });
    const outside = await project.evidenceWith({ GIT_CEILING_DIRECTORIES: "/" }, "check", "--base", "main");
    expect([outside.code, outside.stderr]).toEqual([2, expect.stringContaining("expected a git work tree")]);
  });
});

describe("a change and its own excuses", () => {
  it("does not waive, lower or confirm itself", async () => {
    traceSpec("CHANGE-RULES", "CHANGE-RULES-ADDED", "CHANGE-RULES-POLICY", "CHANGE-RULES-REMOVED");
    project.write(
      "evidence.waivers.yaml",
      "waivers:\n  - { tag: BOX-CAPACITY, verdict: suspect, reason: I say so myself, owner: me, expires: 2099-01-01 }\n",
    );
    project.edit("evidence.config.json", "{", '{ "mode": "report", "severity": { "CHG001": "off" },');
    widen();
    const { code, report, base } = await against("main");
    expect(code).toBe(1);
    expect(verdicts(report)).toMatchObject({ "BOX-CAPACITY": "suspect", "BOX-OPEN-LOCKED": "missing" });
    expect(base.rules.map(({ kind, subject, change }) => `${change} ${kind} ${subject}`)).toEqual([
      "added configuration mode",
      "altered configuration severity",
      "added waiver BOX-CAPACITY suspect",
      "removed waiver BOX-OPEN-LOCKED missing",
    ]);
    expect(report.findings.filter((each) => each.code === "CHG001")).toHaveLength(4);
  });

  it("counts a confirmation once the base has it, or when whoever runs the gate accepts it", async () => {
    traceSpec("FRESH-CONFIRMED", "FRESH-CONFIRM", "CHANGE-RULES-ACCEPTED", "FRESH-CONFIRMED-STALE");
    widen();
    const confirm = ["confirm", "BOX-CAPACITY", "--reason", "the tests cover four as well"];
    await project.git("config", "user.name", "Grace");
    expect((await project.evidence(...confirm, "--date", "2030-01-02")).code).toBe(0);
    expect(project.read("evidence.confirmations.yaml")).toMatch(/owner: "Grace"\n {4}date: 2030-01-02\n$/u);
    expect(verdicts((await against("main")).report)["BOX-CAPACITY"]).toBe("suspect");
    const accepted = await against("main", "--accept-confirmations");
    expect(verdicts(accepted.report)["BOX-CAPACITY"]).toBe("verified");
    const told = accepted.report.findings.filter(({ code }) => code === "CHG001").map(({ message }) => message);
    expect(told).toEqual([expect.stringMatching(/confirmation .* it counts at once/u)]);
    await project.git("stash", "--quiet", "--", SPEC);
    await commit("confirm");
    await project.git("branch", "--force", "main");
    await project.git("stash", "pop", "--quiet");
    expect(verdicts((await against("main")).report)["BOX-CAPACITY"]).toBe("verified");
    project.edit(SPEC, "at most 4 things", "at most 5 things");
    const { report } = await against("main");
    expect(verdicts(report)["BOX-CAPACITY"]).toBe("suspect");
    expect(report.findings.map((each) => each.code)).toContain("CHG010");
  });

  it.each([
    [["confirm", "BOX-CAPACTY", "--reason", "looked at all of it"], "did you mean BOX-CAPACITY"],
    [["confirm", "BOX-CAPACITY", "--reason", "ok", "--owner", "ada"], "--reason"],
    [["confirm", "BOX-CAPACITY"], "--reason"],
    [["confirm", "BOX-CAPACITY", "--reason", "looked at all of it", "--owner", "a", "--format", "json"], "format"],
    [["confirm", "BOX-CAPACITY", "--reason", "looked at all of it", "--owner", "a", "--date", "today"], "--date"],
  ])("records nothing for %j", async (args, message) => {
    traceSpec("FRESH-CONFIRM-MISUSE");
    const { code, stderr } = await project.evidence(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(existsSync(join(project.root, "evidence.confirmations.yaml"))).toBe(false);
  });
});
