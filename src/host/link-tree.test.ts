import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { commitAll, git, scratch } from "../../test/builders/scratch.js";
import { folderInRepository, openLinkTree } from "./link-tree.js";

const FILES = {
  "src/Box.ts": "x\n",
  "docs/Grüße.md": "# x\n",
  "packages/core/a.ts": "a\n",
  "b.bin": new Uint8Array([1, 0]),
};

describe("openLinkTree", () => {
  it("compares names as they stand on disk", async () => {
    traceSpec("LINK-FILE-CASE");
    const tree = await openLinkTree(scratch(FILES), []);
    expect(tree.look("src/Box.ts")).toEqual({ kind: "file", ignored: false });
    expect(tree.look("src/box.ts")).toEqual({ kind: "absent", like: "src/Box.ts" });
    expect(tree.look("SRC/box.ts")).toEqual({ kind: "absent", like: "src/Box.ts" });
    expect(tree.look("docs/Gru\u0308\u00dfe.md")).toEqual({ kind: "absent", like: "docs/Grüße.md" });
    expect(tree.look("src/bot.ts")).toEqual({ kind: "absent", like: null });
    expect(tree.look("src/Box.ts/x")).toEqual({ kind: "absent", like: null });
  });

  it("knows folders", async () => {
    traceSpec("LINK-FILE-FOLDER");
    const tree = await openLinkTree(scratch(FILES), []);
    expect(tree.look("src")).toEqual({ kind: "folder" });
    expect(tree.look("")).toEqual({ kind: "folder" });
  });

  it("gives the text of text files", async () => {
    traceSpec("LINK-LINE");
    const tree = await openLinkTree(scratch(FILES), []);
    expect(tree.read("src/Box.ts")).toBe("x\n");
    expect(tree.read("b.bin")).toBeNull();
    expect(tree.read("src")).toBeNull();
    expect(tree.read("gone")).toBeNull();
  });

  it("follows symbolic links within the repository, and none out of it", async () => {
    traceSpec("LINK-INSIDE");
    const outside = scratch({ "secret.md": "secret\n" });
    const root = scratch(FILES);
    symlinkSync(outside, join(root, "out"));
    symlinkSync(join(outside, "secret.md"), join(root, "secret.md"));
    symlinkSync("gone", join(root, "dangling"));
    symlinkSync("loop", join(root, "loop"));
    symlinkSync("src", join(root, "source"));
    const tree = await openLinkTree(root, []);
    for (const path of ["out/secret.md", "secret.md", "dangling", "loop"]) {
      expect(tree.look(path)).toMatchObject({ kind: "link", how: expect.stringContaining("symbolic link") });
      expect(tree.read(path)).toBeNull();
    }
    expect(tree.read("source/Box.ts")).toBe("x\n");
    expect(tree.look("../x").kind).toBe("absent");
    expect(tree.read(join("..", outside.split("/").at(-1) ?? "", "secret.md"))).toBeNull();
  });

  it("reaches the whole repository around the judged folder", async () => {
    traceSpec("LINK-INSIDE-FOLDER");
    const repository = scratch(FILES);
    commitAll(repository);
    const root = join(repository, "packages/core");
    expect(folderInRepository(root)).toBe("packages/core");
    expect(folderInRepository(repository)).toBe("");
    const tree = await openLinkTree(root, []);
    expect(tree.read("../../src/Box.ts")).toBe("x\n");
    expect(tree.look("../../src/box.ts")).toEqual({ kind: "absent", like: "../../src/Box.ts" });
    expect(tree.look("../../../x").kind).toBe("absent");
  });

  it("asks git which files it ignores", async () => {
    traceSpec("LINK-FILE-IGNORED");
    const root = scratch({ ...FILES, ".gitignore": "dist\n*.log\n", "dist/a.js": "", "kept.log": "", "a b\n.log": "" });
    git(root, "init", "--quiet");
    git(root, "add", "--force", "kept.log");
    mkdirSync(join(root, "empty"));
    const paths = ["dist/a.js", "src/Box.ts", "kept.log", "a b\n.log", "gone.log"];
    const tree = await openLinkTree(root, paths);
    expect(paths.map((path) => tree.look(path))).toEqual([
      { kind: "file", ignored: true },
      { kind: "file", ignored: false },
      { kind: "file", ignored: false },
      { kind: "file", ignored: true },
      { kind: "absent", like: null },
    ]);
  });
});
