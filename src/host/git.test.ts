import { utimesSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it, vi } from "vitest";
import { commitAll, git, put, scratch } from "../../test/builders/scratch.js";
import { gitState, listGitFiles, tracksEvidence } from "./git.js";

describe("the state of a repository", () => {
  it("names work tree and commit, and nothing changed in a clean tree", async () => {
    traceSpec("HOST-GIT");
    const root = scratch({ "a.ts": "1", "part/b.ts": "1" });
    commitAll(root);
    const head = git(root, "rev-parse", "HEAD").trim();
    expect(head).toMatch(/^[0-9a-f]{40}$/);
    const clean = { workTree: root, head, changed: [], problem: null };
    expect(await gitState(root)).toEqual(clean);
    expect(await gitState(join(root, "part"))).toEqual(clean);
  });

  it("lists changed, deleted and new files of the folder, relative to it", async () => {
    traceSpec("HOST-GIT");
    const root = scratch({ "a.ts": "1", "part/b.ts": "1", "part/c.ts": "1" });
    commitAll(root);
    git(root, "rm", "--quiet", "part/c.ts");
    put(root, { "a.ts": "2", "part/b.ts": "2", 'part/new "one".ts': "" });
    expect((await gitState(join(root, "part"))).changed).toEqual(["b.ts", "c.ts", 'new "one".ts']);
    expect((await gitState(root)).changed).toEqual(["a.ts", "part/b.ts", "part/c.ts", 'part/new "one".ts']);
  });

  it("does not count what the tool itself writes", async () => {
    traceSpec("HOST-GIT-OWN");
    const root = scratch({ "a.ts": "1", "evidence-manifest.json": "{}" });
    commitAll(root);
    put(root, { ".evidence/r.json": "", "evidence-manifest.json": "{ }", "reports/r.xml": "" });
    expect((await gitState(root, ["evidence-manifest.json", "reports/*.xml"])).changed).toEqual([]);
  });

  it("has no commit before the first one", async () => {
    traceSpec("HOST-GIT-NONE");
    const root = scratch({ "a.ts": "" });
    git(root, "init", "--quiet");
    expect(await gitState(root)).toEqual({ workTree: root, head: null, changed: ["a.ts"], problem: null });
  });

  it("says why it knows nothing outside a work tree, in a bare repository and without git", async () => {
    traceSpec("HOST-GIT-NONE");
    const nothing = { workTree: null, head: null, changed: [] };
    const outside = scratch();
    expect(await gitState(outside)).toEqual({ ...nothing, problem: expect.stringContaining("not a git repository") });
    const bare = scratch();
    git(bare, "init", "--quiet", "--bare");
    expect(await gitState(bare)).toEqual({ ...nothing, problem: expect.stringContaining("work tree") });
    vi.stubEnv("PATH", "/nonexistent");
    try {
      expect(await gitState(outside)).toEqual({ ...nothing, problem: "git is not installed" });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("runs no program that the repository names", async () => {
    traceSpec("HOST-GIT-PROGRAMS");
    const root = scratch({ "a.ts": "" });
    commitAll(root);
    git(root, "config", "core.fsmonitor", `touch ${join(root, "ran.ts")}; false`);
    expect((await gitState(root)).changed).toEqual([]);
  });

  it("leaves the index as it is", async () => {
    traceSpec("HOST-GIT");
    const root = scratch({ "a.ts": "1" });
    commitAll(root);
    const before = git(root, "ls-files", "--debug");
    utimesSync(join(root, "a.ts"), 1000, 1000);
    await gitState(root);
    expect(git(root, "ls-files", "--debug")).toBe(before);
  });
});

describe("listing files", () => {
  it("gives files only, each once: no nested repository, no entry per side of a conflict", async () => {
    traceSpec("HOST-SOURCES");
    const root = scratch({ "a.ts": "base" });
    commitAll(root);
    git(root, "checkout", "--quiet", "-b", "other");
    put(root, { "a.ts": "other" });
    commitAll(root);
    git(root, "checkout", "--quiet", "main");
    put(root, { "a.ts": "main", "nested/n.ts": "" });
    git(root, "commit", "--quiet", "--all", "--message", "main");
    commitAll(join(root, "nested"));
    expect(() => git(root, "merge", "--quiet", "other")).toThrow();
    expect(git(root, "ls-files", "--unmerged").trim().split("\n")).toHaveLength(3);
    expect(await listGitFiles(root)).toEqual({ files: ["a.ts"] });
    expect(await listGitFiles(root, "tracked")).toEqual({ files: ["a.ts"] });
  });
});

describe("listing files beside installed packages", () => {
  it("leaves out packages that git does not track yet, and keeps those it does", async () => {
    traceSpec("HOST-SOURCES-INSTALLED");
    const root = scratch({ "node_modules/own/a.ts": "" });
    commitAll(root);
    put(root, { "b.ts": "", "node_modules/other/c.ts": "", "part/node_modules/d.ts": "", "part/.venv/lib/e.py": "" });
    expect(await listGitFiles(root)).toEqual({ files: ["b.ts", "node_modules/own/a.ts"] });
  });
});

describe("a tracked evidence folder", () => {
  it("is told from an ignored one", async () => {
    traceSpec("HOST-CACHE-TRACKED");
    const root = scratch({ ".evidence/cache/aa/b.json": "" });
    expect(await tracksEvidence(root)).toBe(false);
    git(root, "init", "--quiet");
    expect(await tracksEvidence(root)).toBe(false);
    commitAll(root);
    expect(await tracksEvidence(root)).toBe(true);
  });
});
