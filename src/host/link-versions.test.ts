import { existsSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { commitAll, git, put, scratch } from "../../test/builders/scratch.js";
import { openVersions } from "./link-versions.js";

const LOAD = { text: "load", word: true };

describe("openVersions", () => {
  it("tells a failure of git from files that hold nothing", async () => {
    traceSpec("LINK-FIX-FILE-UNREAD");
    const root = scratch({ "a.ts": "load();\n" });
    commitAll(root);
    const versions = await openVersions(root);
    expect(await versions.filesWith(LOAD, "HEAD", ["."])).toEqual(["a.ts"]);
    expect(await versions.filesWith({ text: "unload", word: true }, "HEAD", ["."])).toEqual([]);
    expect(await versions.filesWith(LOAD, "HEAD^", ["a.ts"])).toBeNull();
  });

  it("finds the changes of a word without the programs that the repository names for its diffs", async () => {
    traceSpec("LINK-FIX-FILE");
    const root = scratch({ "a.ts": "load();\n", ".gitattributes": "*.ts diff=own\n" });
    commitAll(root);
    git(root, "config", "diff.own.textconv", "touch ran; cat");
    git(root, "config", "diff.own.command", "touch ran; true");
    put(root, { "a.ts": "reload();\n" });
    git(root, "commit", "--quiet", "--all", "--message", "Reload");
    const [reload = "", first = ""] = git(root, "log", "--format=%H").trim().split("\n");
    const versions = await openVersions(root);
    expect(await versions.changesOf("a.ts", LOAD)).toEqual([
      { before: "HEAD", after: null },
      { before: `${reload}^`, after: reload },
      { before: `${first}^`, after: first },
    ]);
    expect(await versions.filesWith(LOAD, "HEAD^", ["."])).toEqual(["a.ts"]);
    expect(existsSync(join(root, "ran"))).toBe(false);
  });
});
