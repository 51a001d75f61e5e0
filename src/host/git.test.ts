import { utimesSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it, vi } from "vitest";
import { commitAll, git, put, scratch } from "../../test/builders/scratch.js";
import { checkoutOf, listGitFiles, tracksEvidence } from "./git.js";

describe("a checkout", () => {
  it("names the commit and the work tree around the folder", async () => {
    traceSpec("HOST-GIT");
    const root = scratch({ "a.ts": "1", "part/b.ts": "1" });
    commitAll(root);
    const head = git(root, "rev-parse", "HEAD").trim();
    expect(head).toMatch(/^[0-9a-f]{40}$/);
    expect(await checkoutOf(root)).toEqual({ workTree: root, head });
    expect(await checkoutOf(join(root, "part"))).toEqual({ workTree: root, head });
    git(root, "checkout", "--quiet", "--detach");
    git(root, "commit", "--quiet", "--allow-empty", "-m", "another");
    expect((await checkoutOf(root)).head).toBe(git(root, "rev-parse", "HEAD").trim());
  });

  it("has no commit before the first one, and no work tree outside of one, in a bare repository and without git", async () => {
    traceSpec("HOST-GIT-NONE");
    const unborn = scratch({ "a.ts": "" });
    git(unborn, "init", "--quiet");
    const bare = scratch();
    git(bare, "init", "--quiet", "--bare");
    expect(await checkoutOf(unborn)).toEqual({ workTree: unborn, head: null });
    const nothing = { workTree: null, head: null };
    for (const root of [scratch(), bare]) expect(await checkoutOf(root)).toEqual(nothing);
    const root = scratch({ "a.ts": "1" });
    commitAll(root);
    vi.stubEnv("PATH", "/nonexistent");
    try {
      expect(await checkoutOf(root)).toEqual(nothing);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("leaves the index as it is", async () => {
    traceSpec("HOST-GIT");
    const root = scratch({ "a.ts": "1" });
    commitAll(root);
    const before = git(root, "ls-files", "--debug");
    utimesSync(join(root, "a.ts"), 1000, 1000);
    await checkoutOf(root);
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
