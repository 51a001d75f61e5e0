import { mkdirSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { commitAll, git, put, scratch } from "../../test/builders/scratch.js";
import { readBlobs } from "./git-blobs.js";
import { changedSince, findBase, findRevision, listTree } from "./history.js";
import { openRevision, specsIn } from "./revision-files.js";

function repository(files: Record<string, string | Uint8Array>): string {
  const root = scratch(files);
  commitAll(root);
  return root;
}

const head = (root: string, ref = "HEAD") => git(root, "rev-parse", ref).trim();

async function changes(root: string, ref: string): Promise<string[]> {
  const all = await changedSince(root, await findBase(root, ref));
  return all.map(({ before, after }) => `${before?.path ?? "-"} ${after ?? "-"}`);
}

describe("findBase", () => {
  it("is where the two histories parted", async () => {
    traceSpec("CHANGE-BASE");
    const root = repository({ "a.md": "one" });
    const fork = head(root);
    git(root, "checkout", "--quiet", "-b", "work");
    put(root, { "b.md": "two" });
    commitAll(root);
    git(root, "checkout", "--quiet", "main");
    put(root, { "c.md": "three" });
    commitAll(root);
    const tip = head(root);
    git(root, "checkout", "--quiet", "work");
    expect(await findBase(root, "main")).toEqual({ ref: "main", tip, commit: fork, prefix: "", lacking: [] });
    expect(await changes(root, "main")).toEqual(["- b.md"]);
    git(root, "merge", "--quiet", "--no-edit", "main");
    expect(await findBase(root, "main")).toMatchObject({ tip, commit: tip });
    expect(await changes(root, "main")).toEqual(["- b.md"]);
  });

  it("is the named commit where the histories have none in common", async () => {
    traceSpec("CHANGE-SHALLOW");
    const root = repository({ "a.md": "one" });
    git(root, "checkout", "--quiet", "--orphan", "other");
    git(root, "commit", "--quiet", "--message", "other");
    const base = await findBase(root, "main");
    expect(base.commit).toBe(head(root, "main"));
    expect(base.lacking).toHaveLength(1);
  });

  it.each(["nope", "HEAD:a.md", "a".repeat(40), "^main", "main..HEAD", "main...", "main^!"])(
    "refuses %s, which names no commit",
    async (ref) => {
      traceSpec("CHANGE-UNKNOWN", "CHANGE-RANGE");
      const root = repository({ "a.md": "one" });
      await expect(findBase(root, ref)).rejects.toThrow(`Unexpected revision ${JSON.stringify(ref)}`);
    },
  );

  it.each(["--upload-pack=touch owned", "-h", "", "a b", "HEAD\n", "a\0b"])("passes %j to no program", async (ref) => {
    traceSpec("CHANGE-OPTION");
    const root = repository({ "a.md": "one" });
    await expect(findRevision(root, ref)).rejects.toThrow(/expected a branch, tag or commit$/u);
  });

  it("needs a work tree with a commit", async () => {
    traceSpec("CHANGE-NO-GIT");
    await expect(findBase(scratch(), "main")).rejects.toThrow("expected a git work tree");
    const root = scratch();
    git(root, "init", "--quiet");
    await expect(findBase(root, "main")).rejects.toThrow("Unexpected revision");
  });
});

describe("changedSince", () => {
  it("sees committed, staged, uncommitted and untracked files, and renamed ones as one", async () => {
    traceSpec("CHANGE-UNCOMMITTED", "CHANGE-MOVED");
    const long = "a line of some length\n".repeat(20);
    const root = repository({
      "kept.md": "1",
      "moved.md": long,
      "gone.md": "3",
      "edited.md": "4",
      ".gitignore": "*.log\n",
    });
    git(root, "mv", "moved.md", "there.md");
    unlinkSync(join(root, "gone.md"));
    put(root, { "edited.md": "5", "new.md": "6", "staged.md": "7", "run.log": "8" });
    git(root, "add", "staged.md");
    expect(await changes(root, "HEAD")).toEqual([
      "edited.md edited.md",
      "gone.md -",
      "- new.md",
      "- staged.md",
      "moved.md there.md",
    ]);
  });

  it("takes a file for moved only with the same bytes, whatever likeness git finds", async () => {
    traceSpec("CHANGE-MOVED-BYTES");
    const lines = Array.from({ length: 40 }, (_, at) => `line ${at} of the file\n`);
    const text = lines.join("");
    const reordered = [...lines].reverse().join("");
    const root = repository({ "same.md": text, "other.md": `other\n${text}`, "kept.md": `kept\n${text}` });
    for (const name of ["same", "other", "kept"]) git(root, "mv", `${name}.md`, `${name}-moved.md`);
    put(root, { "other-moved.md": `other\n${reordered}` });
    const moves = async () =>
      (await changedSince(root, await findBase(root, "main")))
        .map(({ before, after, isMove }) => `${before?.path} ${after} ${isMove}`)
        .sort();
    const expected = ["kept.md kept-moved.md true", "other.md other-moved.md false", "same.md same-moved.md true"];
    expect(await moves()).toEqual(expected);
    git(root, "add", "--all");
    expect(await moves()).toEqual(expected);
    // The same content in a file that the index does not know to be the same.
    git(
      root,
      "update-index",
      "--cacheinfo",
      `100644,${git(root, "hash-object", "-w", "other-moved.md").trim()},kept-moved.md`,
    );
    expect(await moves()).toEqual(expected);
  });

  it("takes no file for changed that was only touched, whatever git is configured to", async () => {
    traceSpec("CHANGE-BASE");
    const root = repository({ "a.md": "one" });
    git(root, "config", "diff.autoRefreshIndex", "false");
    utimesSync(join(root, "a.md"), 1, 1);
    expect(await changes(root, "HEAD")).toEqual([]);
  });

  it("looks at the judged folder only, by paths below it", async () => {
    traceSpec("CHANGE-SUBFOLDER");
    const root = repository({ "[a]/spec.md": "1", "[a]/b/spec.md": "2", "a/spec.md": "3" });
    put(root, { "[a]/spec.md": "x", "[a]/b/new.md": "y", "a/spec.md": "z", "a/new.md": "z" });
    const folder = join(root, "[a]");
    const base = await findBase(folder, "HEAD");
    expect(base.prefix).toBe("[a]/");
    expect(await changes(folder, "HEAD")).toEqual(["- b/new.md", "spec.md spec.md"]);
    expect((await listTree(folder, base)).map(({ path }) => path)).toEqual(["b/spec.md", "spec.md"]);
  });

  it("takes names of any characters, links and submodules", async () => {
    traceSpec("CHANGE-ODD-NAMES", "CHANGE-SUBMODULE");
    const inner = repository({ "x.md": "x" });
    const names = ['say "hi".md', "two\nlines.md", "tab\t.md", "-dash.md", ":(top)x.md", "ünïcode.md"];
    const root = repository(Object.fromEntries(names.map((name) => [name, "1"])));
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x66, 0xff, 0x2e, 0x6d, 0x64])]), "1");
    symlinkSync("/etc/passwd", join(root, "link.md"));
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub");
    commitAll(root);
    const base = await findBase(root, "HEAD");
    const kinds = new Map((await listTree(root, base)).map(({ path, kind }) => [path, kind]));
    for (const name of [...names, "f\ufffd.md"]) expect(kinds.get(name), name).toBe("file");
    expect([kinds.get("link.md"), kinds.get("sub")]).toEqual(["link", "submodule"]);
    for (const name of names) put(root, { [name]: "2" });
    put(join(root, "sub"), { "x.md": "y" });
    git(join(root, "sub"), "commit", "--quiet", "--all", "--message", "y");
    const found = await changedSince(root, base);
    expect(found.map(({ after }) => after).sort()).toEqual([...names, "sub"].sort());
    expect(found.find(({ after }) => after === "sub")?.before?.kind).toBe("submodule");
  });
});

describe("the files of a commit", () => {
  it("are read without a checkout; binary and oversized files and what leads out of the folder are not", async () => {
    traceSpec("CHANGE-ODD-NAMES", "CHANGE-LINKS");
    const texts = { "a.md": "one\n", "b.md": "", "big.md": "x".repeat(5000), "d/e.md": "two\n" };
    const root = scratch({ ...texts, "c.bin": "a\0b", "latin.md": new Uint8Array([0x61, 0xe9]) });
    const links = {
      "link.md": "d/up.md",
      "d/up.md": "../a.md",
      "loop.md": "loop.md",
      "folder.md": "d",
      "far.md": "none",
    };
    const leading = { "out.md": "../../a.md", "passwd.md": "/etc/passwd", "d/big.md": "../big.md" };
    for (const [path, target] of Object.entries({ ...links, ...leading })) symlinkSync(target, join(root, path));
    commitAll(root);
    put(root, { "a.md": "changed" });
    const base = await openRevision(root, await findRevision(root, "HEAD"));
    const paths = ["a.md", "b.md", "big.md", "c.bin", "latin.md", "none.md", ...Object.keys({ ...links, ...leading })];
    expect([...(await base.read(paths, 1000))]).toEqual([
      ["a.md", "one\n"],
      ["b.md", ""],
      ["link.md", "one\n"],
      ["d/up.md", "one\n"],
    ]);
    expect((await base.read(["big.md"], 5000)).get("big.md")).toHaveLength(5000);
  });

  it("come by the thousand, each whole", async () => {
    traceSpec("CHANGE-ODD-NAMES");
    const files = Object.fromEntries(
      Array.from({ length: 2500 }, (_, at) => [`d/f${at}.md`, `${"line\n".repeat(at % 90)}${at}`]),
    );
    const root = repository(files);
    const base = await findRevision(root, "HEAD");
    const tree = await listTree(root, base);
    const { blobs, missing } = await readBlobs(
      root,
      tree.map(({ id }) => id),
      10_000,
    );
    expect(Object.fromEntries(tree.map(({ path, id }) => [path, blobs.get(id)?.toString()]))).toEqual(files);
    expect(missing.size).toBe(0);
    const none = await readBlobs(root, ["HEAD", "0".repeat(40), "--help"], 100);
    expect([none.blobs.size, [...none.missing]]).toEqual([0, ["0".repeat(40)]]);
  });

  it("have to be there: a commit of which git cannot read all is refused", async () => {
    traceSpec("CHANGE-ABSENT");
    const root = repository({ "a/spec.md": "one", "b.md": "two" });
    const drop = (id: string) => rmSync(join(root, ".git/objects", id.slice(0, 2), id.slice(2)));
    const revision = await findRevision(root, "HEAD");
    const opened = await openRevision(root, revision);
    drop(head(root, "HEAD:a/spec.md"));
    expect(await opened.read(["b.md"], 100)).toEqual(new Map([["b.md", "two"]]));
    await expect(opened.read(["b.md", "a/spec.md"], 100)).rejects.toThrow(/absence of a\/spec\.md .*expected/u);
    drop(head(root, "HEAD:a"));
    put(root, { "a/spec.md": "three" });
    git(root, "add", "a/spec.md");
    await expect(openRevision(root, revision)).rejects.toThrow(/^Unexpected failure to read commit .*expected/u);
    await expect(changedSince(root, revision)).rejects.toThrow(/^Unexpected failure to read commit .*expected/u);
    await expect(openRevision(join(root, "a"), { ...revision, prefix: "a/" })).rejects.toThrow("failure to read");
  });

  it("are none where the commit has no such folder", async () => {
    traceSpec("CHANGE-SUBFOLDER");
    const root = repository({ "b.md": "two", "-a": "three" });
    put(root, { "[new]/spec.md": "one", "-a.d/x.md": "1" });
    for (const name of ["[new]", "-a.d"]) {
      const base = await findBase(join(root, name), "HEAD");
      expect(await listTree(join(root, name), base)).toEqual([]);
      expect(await listTree(root, { ...base, prefix: "b.md/" })).toEqual([]);
    }
  });

  it("are chosen as on disk", async () => {
    traceSpec("CHANGE-BASE");
    const root = scratch();
    const paths = ["openspec/specs/a/spec.md", "openspec/specs/node_modules/b/spec.md", "other/spec.md"];
    for (const path of paths) mkdirSync(join(root, path, ".."), { recursive: true });
    put(root, Object.fromEntries(paths.map((path) => [path, "x"])));
    commitAll(root);
    const base = await openRevision(root, await findRevision(root, "HEAD"));
    expect(specsIn(base, ["openspec/specs/**/spec.md"])).toEqual(["openspec/specs/a/spec.md"]);
    expect(specsIn(base, ["openspec/specs/node_modules/**/spec.md"])).toEqual([
      "openspec/specs/node_modules/b/spec.md",
    ]);
  });
});
