import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Check } from "../../../src/model/check.js";
import { Project } from "../harness.js";

/** What ratchet mode takes for old against a base without a manifest, on real repositories. */

const SPEC = "openspec/specs/box/spec.md";
const GAP = "1 must tag newly without sufficient evidence";

let project: Project;
const others: Project[] = [];

beforeEach(() => {
  project = new Project("commands");
  project.write(".gitignore", "evidence-manifest.json\n");
});

afterEach(() => {
  for (const each of [project, ...others.splice(0)]) each.remove();
});

async function commit(message: string, folder = "."): Promise<void> {
  await project.git("-C", folder, "add", "--all");
  await project.git("-C", folder, "commit", "--quiet", "--allow-empty", "--message", message);
}

async function start(): Promise<void> {
  await project.git("init", "--quiet", "--initial-branch=main");
  await commit("base");
  await project.git("checkout", "--quiet", "-b", "work");
}

async function ratchet(): Promise<Check> {
  return (await project.check("--base", "main", "--mode", "ratchet")).report;
}

const tagsOf = (list: readonly { tag: string }[] | undefined) => list?.map(({ tag }) => tag);

describe("a submodule whose files the base does not tell", () => {
  /** A repository of the specifications alone. */
  async function specifications(): Promise<Project> {
    const inner = new Project(null);
    others.push(inner);
    cpSync(join(project.root, "openspec/specs"), join(inner.root, "specs"), { recursive: true });
    await inner.git("init", "--quiet", "--initial-branch=main");
    await inner.git("add", ".");
    await inner.git("commit", "--quiet", "--message", "specifications");
    return inner;
  }

  const demand = (file: string) =>
    project.write(file, `${project.read(file)}\n### Requirement: New [BOX-NEW]\nTHE box SHALL be blue.\n`);

  let inner: Project;

  beforeEach(async () => {
    inner = await specifications();
    rmSync(join(project.root, "openspec"), { recursive: true });
    await project.git("init", "--quiet", "--initial-branch=main");
    await project.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "openspec");
    await commit("base");
    await project.git("checkout", "--quiet", "-b", "work");
  });

  it("excuses nothing in the ordinary files that take its place", async () => {
    traceSpec("CHANGE-RATCHET-REPLACED");
    expect(await ratchet()).toMatchObject({ gate: "pass", base: { added: [] } });
    await project.git("rm", "--quiet", "--force", "openspec");
    rmSync(join(project.root, ".git/modules/openspec"), { recursive: true });
    cpSync(join(inner.root, "specs"), join(project.root, "openspec/specs"), { recursive: true });
    demand(SPEC);
    await commit("files of our own");
    const { gateReasons, base } = await ratchet();
    expect(gateReasons).toEqual([GAP]);
    expect(tagsOf(base?.added)).toEqual(["BOX-CAPACITY", "BOX-NEW", "BOX-OPEN", "BOX-OPEN-LOCKED"]);
    expect(base?.files.added).toBe(1);
    expect(base?.lacking).toHaveLength(1);
  });

  it("excuses nothing where its commit is not there any more", async () => {
    traceSpec("CHANGE-RATCHET-SUBMODULE");
    const other = join(inner.root, "../", `${inner.root.split("/").at(-1)}-other`);
    rmSync(join(project.root, "openspec"), { recursive: true });
    rmSync(join(project.root, ".git/modules/openspec"), { recursive: true });
    mkdirSync(join(project.root, "openspec"));
    cpSync(join(inner.root, "specs"), join(project.root, "openspec/specs"), { recursive: true });
    demand(SPEC);
    await project.git("init", "--quiet", "openspec");
    await commit("another history", "openspec");
    project.edit(".gitmodules", inner.root, other);
    await commit("another repository");
    const { gateReasons, base } = await ratchet();
    expect(gateReasons).toEqual([GAP]);
    expect(base).toMatchObject({ added: [], changed: [], removed: [] });
    expect(base?.lacking).toHaveLength(1);
  });
});

describe("a file of the base in another form", () => {
  it("loses evidence in any encoding", async () => {
    traceSpec("CHANGE-EVIDENCE-ENCODING");
    const java = (tag: string) =>
      Buffer.from(
        `class OldTest {\n  /** G\u00fcte. @verifies ${tag} */\n  @Test void old() { check(); }\n}\n`,
        "latin1",
      );
    project.write(SPEC, `${project.read(SPEC)}\n### Requirement: Old [BOX-OLD]\nTHE box SHALL be old.\n`);
    project.write("test/OldTest.java", java("BOX-OLD"));
    await start();
    expect((await ratchet()).gate).toBe("pass");
    project.write("test/OldTest.java", java("BOX-OLD-NOT").subarray(0, 20));
    const { gateReasons, base } = await ratchet();
    expect([tagsOf(base?.lost), gateReasons]).toEqual([["BOX-OLD"], [GAP]]);
    await project.git("rm", "--quiet", "--force", "test/OldTest.java");
    expect((await ratchet()).gateReasons).toEqual([GAP]);
  });

  it("has not changed with its line ends", async () => {
    traceSpec("CHANGE-LINE-ENDS");
    await start();
    await project.git("config", "core.autocrlf", "true");
    const text = project.read(SPEC);
    project.write(SPEC, text.replaceAll("\n", "\r\n"));
    expect((await ratchet()).base).toMatchObject({ changed: [], touched: [], files: { changed: 0 } });
    project.write(SPEC, text.replaceAll("\n", "\r\n").replace("3 things", "4 things"));
    expect((await ratchet()).base).toMatchObject({ changed: [{ tag: "BOX-CAPACITY" }], files: { changed: 1 } });
  });
});

describe("a moved file", () => {
  it("excuses no finding that its new place makes", async () => {
    traceSpec("CHANGE-RATCHET-PLACE");
    const link = "\n#### Evidence\n- Test: [box.test.ts:1](../../../test/box.test.ts#L1)\n";
    project.write(SPEC, project.read(SPEC).trimEnd().concat("\n", link));
    await start();
    const broken = ({ findings }: Check) =>
      findings.filter(({ code, severity }) => code.startsWith("LINK") && severity === "error");
    const before = await ratchet();
    expect([before.gate, broken(before).length]).toEqual(["pass", 0]);
    mkdirSync(join(project.root, "openspec/specs/deep"));
    await project.git("mv", "openspec/specs/box", "openspec/specs/deep/box");
    const after = await ratchet();
    expect(broken(after)).not.toEqual([]);
    expect([after.gate, ...after.gateReasons]).toEqual([
      "fail",
      expect.stringMatching(/^\d new findings? of severity error$/u),
    ]);
    expect(after.base).toMatchObject({ added: [], changed: [], removed: [] });
  });
});
