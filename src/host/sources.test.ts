import { execFileSync } from "node:child_process";
import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it, vi } from "vitest";
import { commitAll, git, put, scratch } from "../../test/builders/scratch.js";
import { configSchema, defaultConfig } from "../model/config.js";
import { discoverSources, SOURCE_MAX_BYTES } from "./sources.js";

const isSource = (path: string) => /\.(?:ts|json)$/.test(path);
const discover = (root: string, config = defaultConfig(), specs: string[] = []) =>
  discoverSources(root, config, specs, isSource);

describe("discovering sources in a work tree", () => {
  it("lists what is tracked and what is new, not what is ignored, deleted or a link", async () => {
    traceSpec("HOST-SOURCES");
    const root = scratch({ "a.ts": "a", "gone.ts": "", "sub/b.ts": "b", ".gitignore": "ignored/\n", "x.bin": "" });
    commitAll(root);
    rmSync(join(root, "gone.ts"));
    symlinkSync("a.ts", join(root, "link.ts"));
    put(root, { "new.ts": "n", "ignored/i.ts": "", "dist/kept.ts": "" });
    const found = await discover(root);
    expect(found).toMatchObject({
      files: ["a.ts", "dist/kept.ts", "new.ts", "sub/b.ts"],
      listedBy: "git",
      problem: null,
    });
    expect(found.bytes).toBe(3);
  });

  it("lists only what lies below a root inside the repository", async () => {
    traceSpec("HOST-SOURCES");
    const root = scratch({ "a.ts": "", "part/b.ts": "", "part/deep/c.ts": "" });
    commitAll(root);
    expect((await discover(join(root, "part"))).files).toEqual(["b.ts", "deep/c.ts"]);
  });

  it("works in a linked work tree and beside submodules", async () => {
    traceSpec("HOST-SOURCES");
    const library = scratch({ "lib.ts": "" });
    commitAll(library);
    const root = scratch({ "a.ts": "" });
    commitAll(root);
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library, "lib.ts");
    const tree = join(scratch(), "tree");
    git(root, "worktree", "add", "--quiet", tree);
    expect((await discover(root)).files).toEqual(["a.ts"]);
    expect(await discover(tree)).toMatchObject({ files: ["a.ts"], listedBy: "git" });
  });

  it("is not misled by the variables of a git hook", async () => {
    traceSpec("HOST-SOURCES");
    const other = scratch({ "other.ts": "" });
    commitAll(other);
    const root = scratch({ "a.ts": "", "kept.ts": "" });
    commitAll(root);
    // Tracked before it was ignored: only the index of the right repository knows the file.
    put(root, { ".gitignore": "kept.ts\n" });
    vi.stubEnv("GIT_DIR", join(other, ".git"));
    vi.stubEnv("GIT_INDEX_FILE", join(other, ".git/index"));
    try {
      expect((await discover(root)).files).toEqual(["a.ts", "kept.ts"]);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("runs no program that the repository names", async () => {
    traceSpec("HOST-GIT-PROGRAMS");
    const root = scratch({ "a.ts": "" });
    commitAll(root);
    git(root, "config", "core.fsmonitor", `touch ${join(root, "ran.ts")}; false`);
    expect((await discover(root)).files).toEqual(["a.ts"]);
    expect((await discover(root)).files).toEqual(["a.ts"]);
  });

  it("lists odd names as they are and counts those that are not UTF-8", async () => {
    traceSpec("HOST-SOURCES-NAMES");
    const names = ['quo"te.ts', "new\nline.ts", "größe.ts", " blank .ts", "-dash.ts"];
    const root = scratch(Object.fromEntries(names.map((name) => [name, ""])));
    execFileSync("sh", ["-c", "touch \"$(printf 'b\\377d.ts')\""], { cwd: root });
    commitAll(root);
    const found = await discover(root);
    expect(found.files).toEqual([...names].sort());
    expect(found.skipped).toEqual([{ path: "b\uFFFDd.ts", why: "name" }]);
  });
});

describe("discovering sources without git's help", () => {
  const tree = { "a.ts": "", "node_modules/p/x.ts": "", "sub/dist/y.ts": "", "sub/b.ts": "", ".evidence/z.ts": "" };

  it("walks a folder that is no work tree", async () => {
    traceSpec("HOST-SOURCES-WALK");
    const found = await discover(scratch(tree));
    expect(found).toMatchObject({ files: ["a.ts", "sub/b.ts"], listedBy: "walk" });
    expect(found.problem).toMatch(/not a git repository/);
  });

  it("walks when git is not installed", async () => {
    traceSpec("HOST-SOURCES-WALK");
    const root = scratch(tree);
    vi.stubEnv("PATH", "/nonexistent");
    try {
      const found = await discover(root);
      expect(found).toMatchObject({ files: ["a.ts", "sub/b.ts"], listedBy: "walk", problem: "git is not installed" });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("walks a folder that its repository ignores, rather than find nothing", async () => {
    traceSpec("HOST-SOURCES-WALK");
    const root = scratch({ ".gitignore": "out/\n", "out/a.ts": "" });
    commitAll(root);
    const found = await discover(join(root, "out"));
    expect(found).toMatchObject({ files: ["a.ts"], listedBy: "walk", problem: "git ignores the folder" });
  });

  it("walks a bare repository", async () => {
    traceSpec("HOST-SOURCES-WALK");
    const root = scratch();
    git(root, "init", "--quiet", "--bare");
    expect(await discover(root)).toMatchObject({
      files: [],
      listedBy: "walk",
      problem: expect.stringContaining("work tree"),
    });
  });

  it("looks into a foreign folder that a pattern starts in", async () => {
    traceSpec("HOST-SOURCES-WALK");
    const config = configSchema.parse({ source: { include: ["sub/dist/**"] } });
    expect((await discover(scratch(tree), config)).files).toEqual(["sub/dist/y.ts"]);
  });
});

describe("which sources count", () => {
  it("leaves out specifications, excluded files and what the tool writes", async () => {
    traceSpec("HOST-SOURCES-CHOICE");
    const root = scratch({
      "src/a.ts": "",
      "src/gen/b.ts": "",
      "spec.ts": "",
      "evidence-manifest.json": "",
      ".evidence/r.json": "",
      "other/c.ts": "",
      "src/.hidden.ts": "",
    });
    const config = configSchema.parse({ source: { include: ["src/**", "*"], exclude: ["**/gen/**"] } });
    expect((await discover(root, config, ["spec.ts"])).files).toEqual(["src/.hidden.ts", "src/a.ts"]);
  });

  it("leaves out files over the limit and says so", async () => {
    traceSpec("HOST-SOURCES-LARGE");
    const root = scratch({ "most.ts": Buffer.alloc(SOURCE_MAX_BYTES), "more.ts": Buffer.alloc(SOURCE_MAX_BYTES + 1) });
    const found = await discover(root);
    expect(found.files).toEqual(["most.ts"]);
    expect(found.skipped).toEqual([{ path: "more.ts", why: "large" }]);
  });
});
