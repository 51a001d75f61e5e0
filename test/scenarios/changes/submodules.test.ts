import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BaseRecord } from "../../../src/model/base.js";
import type { Check } from "../../../src/model/check.js";
import { Project, verdicts } from "../harness.js";

/** Specifications that stand in a submodule, or behind a link. */

const SPEC = "openspec/specs/box/spec.md";

let project: Project;
const others: Project[] = [];

beforeEach(() => {
  project = new Project("commands");
});

afterEach(() => {
  for (const each of [project, ...others.splice(0)]) each.remove();
});

/** Commits below a folder of the project, or of the whole project. */
async function commit(message: string, folder = "."): Promise<void> {
  await project.git("-C", folder, "add", "--all");
  await project.git("-C", folder, "commit", "--quiet", "--allow-empty", "--message", message);
}

async function against(base: string): Promise<{ report: Check; base: BaseRecord }> {
  const { report } = await project.check("--base", base);
  if (report.base === undefined) throw new Error("no base in the report");
  return { report, base: report.base };
}

const notes = ({ findings }: Check) =>
  findings.filter(({ code }) => code.startsWith("FILE00")).map(({ code, message }) => `${code} ${message}`);

const widen = () => project.edit(SPEC, "at most 3 things", "at most 4 things");

describe("specifications in a submodule", () => {
  beforeEach(async () => {
    const inner = new Project(null);
    others.push(inner);
    cpSync(join(project.root, "openspec/specs"), join(inner.root, "specs"), { recursive: true });
    await inner.git("init", "--quiet", "--initial-branch=main");
    await inner.git("add", ".");
    await inner.git("commit", "--quiet", "-m", "specifications");
    rmSync(join(project.root, "openspec"), { recursive: true });
    await project.git("init", "--quiet", "--initial-branch=main");
    project.write(".gitignore", "evidence-manifest.json\n");
    await project.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "openspec");
    await commit("base");
    await project.git("checkout", "--quiet", "-b", "work");
  });

  it("are held against those at the commit that the base records", async () => {
    traceSpec("CHANGE-SUBMODULE-SPECS", "CHANGE-SUBMODULE");
    expect((await against("main")).base).toMatchObject({ added: [], changed: [], lacking: [], untouched: [] });
    widen();
    for (const lacking of [[], ["openspec is a submodule that changed; only its specifications were compared."]]) {
      const { report, base } = await against("main");
      expect(verdicts(report)["BOX-CAPACITY"]).toBe("suspect");
      expect(base).toMatchObject({ added: [], changed: [{ tag: "BOX-CAPACITY" }], lacking });
      expect(base.files.changed).toBe(1 + lacking.length);
      await commit("widen", "openspec");
    }
    await commit("take the new specifications");
    expect((await against("main")).base.changed).toMatchObject([{ tag: "BOX-CAPACITY" }]);
    expect((await against("HEAD")).base).toMatchObject({ added: [], changed: [], lacking: [] });
    const { stdout } = await project.evidence("diff", "main", "HEAD");
    expect(stdout).toMatch(/Changed text \(1\)\n\n {2}BOX-CAPACITY/u);
  });

  it("count as unchanged where the base's commit of the submodule is not there, which is said", async () => {
    traceSpec("CHANGE-SUBMODULE-ABSENT", "CHANGE-DIFF-LACKING");
    await project.git("update-index", "--cacheinfo", `160000,${"1".repeat(40)},openspec`);
    await project.git("commit", "--quiet", "-m", "a commit that nobody has");
    const { base } = await against("HEAD");
    expect(base).toMatchObject({
      added: [],
      changed: [],
      lacking: ["openspec is a submodule that is not there as the base has it; its files were not compared."],
    });
    const { stdout } = await project.evidence("diff", "main", "HEAD");
    expect(stdout).toContain("openspec is a submodule that is not there as HEAD has it.");
  });

  it("are told of when the submodule is not as recorded", async () => {
    traceSpec("CHANGE-SUBMODULES", "CHANGE-SUBMODULES-ABSENT");
    expect(notes((await project.check()).report)).toEqual([]);
    project.write("openspec/new.md", "1");
    const expected = /expected commit [0-9a-f]{8} as recorded$/u;
    const said = async () => notes((await project.check()).report).map((each) => each.replace(expected, "…"));
    expect(await said()).toEqual(["FILE009 Unexpected submodule with uncommitted changes, …"]);
    await commit("new", "openspec");
    expect(await said()).toEqual(["FILE009 Unexpected submodule at another commit, …"]);
    await project.git("submodule", "--quiet", "deinit", "--force", "openspec");
    expect(await said()).toEqual(["FILE008 Unexpected submodule that is not checked out, …"]);
    expect((await against("HEAD")).base.lacking).toHaveLength(1);
  });
});

describe("a submodule and git", () => {
  beforeEach(async () => {
    const inner = new Project("commands");
    others.push(inner);
    await inner.git("init", "--quiet");
    inner.edit("src/box.ts", "// @implements BOX-OPEN", "// @implements BOX-OPNE");
    await inner.git("add", ".");
    await inner.git("commit", "--quiet", "-m", "inner");
    await project.git("init", "--quiet", "--initial-branch=main");
    await commit("base");
    await project.git("checkout", "--quiet", "-b", "work");
    await project.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "inner");
    await commit("with a submodule");
  });

  it("may disagree, which is a finding", async () => {
    traceSpec("CHANGE-SUBMODULES-BROKEN");
    project.write(".git/modules/inner/index", "no index");
    const { report, code } = await project.check();
    expect([code, ...notes(report)]).toEqual([0, expect.stringContaining("submodule that git cannot read")]);
  });

  it("are asked about the checked-out commit, not about what is staged", async () => {
    traceSpec("CHANGE-SUBMODULES");
    await commit("new", "inner");
    await project.git("add", "inner");
    const staged = notes((await project.check()).report);
    expect(staged).toEqual([expect.stringContaining("submodule at another commit")]);
    await project.git("commit", "--quiet", "-m", "take it");
    expect(notes((await project.check()).report)).toEqual([]);
  });

  it("are asked about the judged folder in a hook of git too", async () => {
    traceSpec("CHANGE-SUBMODULES", "CHANGE-BASE");
    const hook = { GIT_INDEX_FILE: ".git/index", GIT_DIR: ".git", GIT_PREFIX: "" };
    const plain = await project.evidence("check", "--base", "main");
    const hooked = await project.evidenceWith(hook, "check", "--base", "main");
    expect([hooked.code, hooked.stdout]).toEqual([plain.code, plain.stdout]);
    expect(plain.code).toBe(0);
  });

  it("give a revision no sources that the tree would not have", async () => {
    traceSpec("CHANGE-DIFF-SOURCES");
    mkdirSync(join(project.root, "docs"));
    project.write("docs/wrong.txt", "// @implements BOX-OPPEN\n");
    symlinkSync("../docs/wrong.txt", join(project.root, "src/wrong.ts"));
    await commit("with a link");
    const { stdout } = await project.evidence("diff", "main", "HEAD", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({ findings: { new: [], fixed: [] } });
  });
});

describe("a specification behind a link", () => {
  it("is held against what the link led to", async () => {
    traceSpec("CHANGE-LINKS");
    mkdirSync(join(project.root, "docs"));
    renameSync(join(project.root, SPEC), join(project.root, "docs/box.md"));
    symlinkSync("../../../docs/box.md", join(project.root, SPEC));
    await project.git("init", "--quiet", "--initial-branch=main");
    await commit("base");
    expect((await against("main")).base).toMatchObject({ added: [], changed: [], lacking: [] });
    project.edit("docs/box.md", "at most 3 things", "at most 4 things");
    const { report, base } = await against("main");
    expect(base.changed).toMatchObject([{ tag: "BOX-CAPACITY" }]);
    expect(verdicts(report)["BOX-CAPACITY"]).toBe("suspect");
  });

  it("is compared although git was told that it never changes", async () => {
    traceSpec("CHANGE-REQUIREMENTS");
    await project.git("init", "--quiet", "--initial-branch=main");
    await commit("base");
    await project.git("update-index", "--assume-unchanged", SPEC);
    widen();
    expect((await against("main")).base.changed).toMatchObject([{ tag: "BOX-CAPACITY" }]);
  });
});

describe("a base that cannot be read whole", () => {
  it("is said to lack what cannot be read", async () => {
    traceSpec("CHANGE-BASE-BROKEN", "CHANGE-DIFF-LACKING");
    await project.git("init", "--quiet", "--initial-branch=main");
    const [spec, waivers] = [project.read(SPEC), project.read("evidence.waivers.yaml")];
    project.write(SPEC, new Uint8Array([0xff, 0x41]));
    project.write("evidence.waivers.yaml", "waivers: [");
    await commit("broken");
    const { stdout } = await project.evidence("diff", "main", "main");
    expect(stdout).toContain(`${SPEC} cannot be read there.`);
    project.write(SPEC, spec);
    project.write("evidence.waivers.yaml", waivers);
    expect((await against("main")).base.lacking).toEqual([
      "evidence.waivers.yaml of the base cannot be read whole: what cannot be read excuses nothing.",
      `${SPEC} of the base cannot be read: its tags are not known there.`,
    ]);
  });
});
