import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { git, scratch } from "../../test/builders/scratch.js";
import { evidenceFolder, WriteError, writeFileAtomic } from "./write.js";

describe("writing a file", () => {
  it("makes missing folders and leaves nothing beside the file", () => {
    traceSpec("HOST-WRITE");
    const root = scratch();
    writeFileAtomic(join(root, "a/b/c.txt"), "größe");
    writeFileAtomic(join(root, "a/b/c.txt"), new Uint8Array([104, 105]));
    expect(readFileSync(join(root, "a/b/c.txt"), "utf8")).toBe("hi");
    expect(readdirSync(join(root, "a/b"))).toEqual(["c.txt"]);
  });

  it("gives the new content another inode, so that a reader keeps the whole old file", () => {
    traceSpec("HOST-WRITE");
    const root = scratch({ "a.txt": "old" });
    const before = statSync(join(root, "a.txt")).ino;
    writeFileAtomic(join(root, "a.txt"), "new");
    expect(statSync(join(root, "a.txt")).ino).not.toBe(before);
  });

  it("keeps the permissions of the file it replaces", () => {
    const root = scratch({ "a.txt": "old" });
    chmodSync(join(root, "a.txt"), 0o640);
    writeFileAtomic(join(root, "a.txt"), "new");
    expect(statSync(join(root, "a.txt")).mode & 0o777).toBe(0o640);
  });

  it("leaves the old file and no temporary one when it fails", () => {
    traceSpec("HOST-WRITE-FAIL");
    const root = scratch({ "a.txt": "old", file: "" });
    const broken = new Proxy(new Uint8Array(4), {});
    expect(() => writeFileAtomic(join(root, "a.txt"), broken)).toThrow(WriteError);
    expect(() => writeFileAtomic(join(root, "file/a.txt"), "x")).toThrow(WriteError);
    expect(readdirSync(root).sort()).toEqual(["a.txt", "file"]);
    expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("old");
  });

  it("neither follows nor replaces a link, and replaces no folder", () => {
    traceSpec("HOST-WRITE-LINK");
    const root = scratch({ "real.txt": "old" });
    symlinkSync("real.txt", join(root, "link.txt"));
    mkdirSync(join(root, "folder"));
    expect(() => writeFileAtomic(join(root, "link.txt"), "new")).toThrow("Unexpected symbolic link");
    expect(() => writeFileAtomic(join(root, "folder"), "new")).toThrow("Unexpected folder");
    expect(() => writeFileAtomic("/dev/null", "new")).toThrow("Unexpected device");
    expect(readFileSync(join(root, "link.txt"), "utf8")).toBe("old");
  });

  it("stays within a folder, whatever links stand on the way", () => {
    traceSpec("HOST-WRITE-OUTSIDE");
    const outside = scratch();
    const root = scratch();
    symlinkSync(outside, join(root, ".evidence"));
    symlinkSync(join(outside, "gone"), join(root, "dangling"));
    for (const path of [".evidence/a/b.txt", "dangling/b.txt", "../b.txt"]) {
      expect(() => writeFileAtomic(join(root, path), "x", { within: root })).toThrow(WriteError);
    }
    expect(readdirSync(outside)).toEqual([]);
    writeFileAtomic(join(root, "in/b.txt"), "x", { within: root });
    expect(readFileSync(join(root, "in/b.txt"), "utf8")).toBe("x");
  });
});

describe("the evidence folder", () => {
  it("keeps itself out of git", () => {
    traceSpec("HOST-WRITE-IGNORED");
    const root = scratch();
    git(root, "init", "--quiet");
    writeFileAtomic(join(evidenceFolder(root), "results/r.json"), "{}");
    expect(git(root, "status", "--porcelain")).toBe("");
  });
});
