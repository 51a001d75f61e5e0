import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { commitAll, git, put, scratch } from "../../test/builders/scratch.js";
import { lastSeen } from "./link-history.js";

const LONG = Array.from({ length: 20 }, (_, line) => `export const value${line} = ${line};`).join("\n");

/** A repository in which a function, a file and a file's name have gone, one commit each. */
function history(): string {
  const root = scratch({ "src/a.ts": `function gone() {}\n${LONG}\n`, "src/b.ts": "b\n", "src/c.ts": LONG });
  commitAll(root);
  put(root, { "src/a.ts": `${LONG}\n` });
  git(root, "commit", "--quiet", "--all", "--message", "Drop gone()");
  rmSync(join(root, "src/b.ts"));
  git(root, "commit", "--quiet", "--all", "--message", "Drop b");
  renameSync(join(root, "src/c.ts"), join(root, "src/d.ts"));
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "Rename c");
  renameSync(join(root, "src/d.ts"), join(root, "src/e.ts"));
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "Rename it again");
  return root;
}

const ask = async (root: string, path: string, symbol: string | null = null) =>
  (await lastSeen(root, [{ path, symbol }]))[0];

describe("lastSeen", () => {
  it("names the commit before which a file or name was there", async () => {
    traceSpec("LINK-HISTORY");
    const root = history();
    const [drop, dropB] = [
      git(root, "log", "--format=%h", "--grep=Drop gone").trim(),
      git(root, "log", "--format=%h", "--grep=Drop b").trim(),
    ];
    expect((await ask(root, "src/a.ts", "gone"))?.said).toMatch(
      new RegExp(`^it was last seen in this file before commit ${drop} of \\d{4}-\\d\\d-\\d\\d \\(Drop gone\\(\\)\\)$`),
    );
    expect(await ask(root, "src/b.ts")).toEqual({
      said: expect.stringContaining(`it was last seen before commit ${dropB}`),
      renamedTo: null,
    });
  });

  it("names the last commit for what is gone from the work tree alone", async () => {
    traceSpec("LINK-HISTORY-WORKTREE");
    const root = history();
    const last = git(root, "log", "--max-count=1", "--format=%h").trim();
    put(root, { "src/a.ts": "" });
    rmSync(join(root, "src/e.ts"));
    const said = expect.stringMatching(
      new RegExp(
        `^it was last seen in commit ${last} of [\\d-]+ \\(Rename it again\\), and is gone from the work tree$`,
      ),
    );
    expect(await ask(root, "src/a.ts", "value3")).toEqual({ said, renamedTo: null });
    expect(await ask(root, "src/e.ts")).toEqual({ said, renamedTo: null });
    expect((await ask(root, "src/a.ts", "gone"))?.said).toContain("(Drop gone())");
  });

  it("does not take a comment for what went", async () => {
    traceSpec("LINK-HISTORY-WORKTREE");
    const root = history();
    put(root, { "src/a.ts": `// gone() is gone\n${LONG}\n` });
    expect((await ask(root, "src/a.ts", "gone"))?.said).toContain("(Drop gone())");
    git(root, "commit", "--quiet", "--all", "--message", "Speak of it");
    put(root, { "src/a.ts": `${LONG}\n` });
    expect((await ask(root, "src/a.ts", "gone"))?.said).not.toContain("gone from the work tree");
  });

  it("takes no longer name for the name", async () => {
    traceSpec("LINK-HISTORY");
    const root = history();
    put(root, { "src/a.ts": `function goneAgain() {}\n${LONG}\n` });
    git(root, "commit", "--quiet", "--all", "--message", "Go again");
    expect((await ask(root, "src/a.ts", "gone"))?.said).toContain("(Drop gone())");
  });

  it("follows renames to the name of today, below the judged folder too", async () => {
    traceSpec("LINK-HISTORY-RENAMED");
    const root = history();
    expect(await ask(root, "src/c.ts")).toMatchObject({
      renamedTo: "src/e.ts",
      said: expect.stringContaining("(Rename c)"),
    });
    expect(await ask(join(root, "src"), "c.ts")).toMatchObject({ renamedTo: "e.ts" });
    expect(await ask(join(root, "src"), "../src/c.ts")).toMatchObject({ renamedTo: "e.ts" });
  });

  it("says what was never there", async () => {
    traceSpec("LINK-HISTORY-NEVER");
    const root = history();
    expect(await ask(root, "src/z.ts")).toEqual({ said: "git never had a file of that path", renamedTo: null });
    expect((await ask(root, "src/a.ts", "never"))?.said).toBe("no version of this file in git held it");
  });

  it("says that a shallow clone does not show it", async () => {
    traceSpec("LINK-HISTORY-SHALLOW");
    const root = history();
    const clone = scratch();
    git(clone, "clone", "--quiet", "--depth=2", `file://${root}`, "shallow");
    expect((await ask(join(clone, "shallow"), "src/b.ts"))?.said).toBe(
      "the clone is shallow, and its 2 commits do not show it",
    );
    expect((await ask(join(clone, "shallow"), "src/e.ts", "gone"))?.said).toBe(
      "the clone is shallow, and its 2 commits do not show it",
    );
  });

  it("says that there is no repository or no commit", async () => {
    traceSpec("LINK-HISTORY-NONE");
    const root = scratch({ "a.ts": "" });
    expect((await ask(root, "b.ts"))?.said).toBe("the folder is in no git repository, so there is no history to ask");
    git(root, "init", "--quiet");
    expect((await ask(root, "b.ts"))?.said).toBe("the repository has no commit yet");
    expect(await lastSeen(root, [])).toEqual([]);
  });

  it("asks for exactly the text, whatever it looks like", async () => {
    traceSpec("LINK-HISTORY-SAFE");
    const root = history();
    const never = { said: "git never had a file of that path", renamedTo: null };
    for (const path of ["--output=pwned", "-rf", ":(glob)src/*", "src/*", ":/src/b.ts", "src/b.ts\nx", "HEAD", ""]) {
      const answer = await ask(root, path);
      expect([path, path === "" || answer?.said === never.said]).toEqual([path, true]);
    }
    for (const symbol of ["--output=pwned", "-rf", ".*", "$(touch pwned)", "; touch pwned", "gone\u0001"]) {
      expect((await ask(root, "src/a.ts", symbol))?.said).toBe("no version of this file in git held it");
    }
    expect(git(root, "status", "--porcelain")).toBe("");
  });

  it("asks a bounded number of questions", async () => {
    traceSpec("LINK-HISTORY-SAFE");
    const root = scratch({ "a.ts": "" });
    commitAll(root);
    const many = Array.from({ length: 62 }, (_, index) => ({ path: `gone${index}.ts`, symbol: null }));
    const answers = await lastSeen(root, many);
    expect(answers.filter(({ said }) => said.includes("first 60 only"))).toHaveLength(2);
  });
});
