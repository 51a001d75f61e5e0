import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { scratch } from "../../test/builders/scratch.js";
import { configSchema, defaultConfig } from "../model/config.js";
import { discoverResults, discoverSpecs } from "./discover.js";

const said = (root: string, config = defaultConfig()) =>
  discoverSpecs(root, config).findings.map(({ code, span, message }) => `${code} ${span.file}: ${message}`);

describe("discovering specifications", () => {
  it("finds main and active delta specifications, sorted, without git", () => {
    traceSpec("HOST-SPECS");
    const root = scratch({
      "openspec/specs/b/spec.md": "",
      "openspec/specs/a/deep/spec.md": "",
      "openspec/specs/a/notes.md": "",
      "openspec/changes/add-x/specs/b/spec.md": "",
      "openspec/changes/add-x/proposal.md": "",
      "openspec/changes/add-x/other/spec.md": "",
      "openspec/changes/archive/2024-old/specs/b/spec.md": "",
      "openspec/changes/archive/specs/b/spec.md": "",
    });
    expect(discoverSpecs(root, defaultConfig())).toEqual({
      files: ["openspec/changes/add-x/specs/b/spec.md", "openspec/specs/a/deep/spec.md", "openspec/specs/b/spec.md"],
      findings: [],
    });
  });

  it("leaves changes alone when told to ignore them, and takes their folder from the configuration", () => {
    traceSpec("HOST-SPECS-CHANGES");
    const root = scratch({ "openspec/specs/a/spec.md": "", "my {a,b} changes/x/specs/a/spec.md": "" });
    const config = configSchema.parse({ changesFolder: "./my {a,b} changes/" });
    expect(discoverSpecs(root, config).files).toEqual([
      "my {a,b} changes/x/specs/a/spec.md",
      "openspec/specs/a/spec.md",
    ]);
    expect(discoverSpecs(root, { ...config, changes: "ignore" }).files).toEqual(["openspec/specs/a/spec.md"]);
  });

  it("passes over foreign folders below a pattern, not those a pattern starts in", () => {
    traceSpec("HOST-SPECS");
    const root = scratch({
      "node_modules/p/spec.md": "",
      "vendor/specs/a/spec.md": "",
      "a/spec.md": "",
      "spec.md": "",
    });
    const all = configSchema.parse({ specs: ["**/spec.md"] });
    expect(discoverSpecs(root, all).files).toEqual(["a/spec.md", "spec.md"]);
    const vendored = configSchema.parse({ specs: ["./vendor/specs/**/spec.md"] });
    expect(discoverSpecs(root, vendored).files).toEqual(["vendor/specs/a/spec.md"]);
  });

  it("says when there is none, and which of several patterns matches nothing", () => {
    traceSpec("HOST-SPECS-NONE");
    expect(said(scratch())).toEqual([
      'CFG001 evidence.config.json: Unexpected absence of specifications, expected files that match "openspec/specs/**/spec.md"',
    ]);
    const config = configSchema.parse({ specs: ["a/*.md", "b/*.md"] });
    expect(said(scratch({ "a/x.md": "" }), config)).toEqual([
      'CFG002 evidence.config.json: Unexpected pattern "b/*.md" that no file matches, expected at least one specification',
    ]);
  });

  it("reports a folder that is named like a specification, and reads the rest", () => {
    traceSpec("HOST-SPECS-FOLDER");
    const root = scratch({ "openspec/specs/a/spec.md/x.txt": "", "openspec/specs/b/spec.md": "" });
    expect(discoverSpecs(root, defaultConfig()).files).toEqual(["openspec/specs/b/spec.md"]);
    expect(said(root)).toEqual(["FILE004 openspec/specs/a/spec.md: Unexpected folder, expected a file"]);
  });

  it("lists odd names as they are", () => {
    traceSpec("HOST-SPECS");
    const names = ['openspec/specs/a "b"/spec.md', "openspec/specs/new\nline/spec.md", "openspec/specs/größe/spec.md"];
    const root = scratch(Object.fromEntries(names.map((name) => [name, ""])));
    expect(discoverSpecs(root, defaultConfig()).files).toEqual([...names].sort());
  });

  it("reports a folder whose name is not UTF-8", () => {
    traceSpec("HOST-SPECS-CLOSED");
    const root = scratch({ "openspec/specs/a/spec.md": "" });
    execFileSync("sh", ["-c", "mkdir \"$(printf 'openspec/specs/\\377')\""], { cwd: root });
    const [found, ...more] = discoverSpecs(root, defaultConfig()).findings;
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: "FILE001", suggestion: "Its name is not UTF-8; rename it." });
  });
});

describe("symbolic links among specifications", () => {
  it("takes a link to a file and refuses links to folders, loops and links that lead nowhere", () => {
    traceSpec("HOST-SPECS-LINK");
    const root = scratch({ "openspec/specs/a/spec.md": "", "shared/spec.md": "", "shared/b/spec.md": "" });
    const specs = join(root, "openspec/specs");
    mkdirSync(join(specs, "file"));
    symlinkSync(join(root, "shared/spec.md"), join(specs, "file/spec.md"));
    symlinkSync("../../shared/b", join(specs, "folder"));
    symlinkSync("..", join(specs, "up"));
    symlinkSync("loop", join(specs, "loop"));
    symlinkSync("gone", join(specs, "gone-too"));
    symlinkSync("me@host.1:2", join(specs, ".#spec.md"));
    expect(discoverSpecs(root, defaultConfig()).files).toEqual([
      "openspec/specs/a/spec.md",
      "openspec/specs/file/spec.md",
    ]);
    const tail = "expected a file inside the judged folder";
    expect(said(root)).toEqual([
      `FILE005 openspec/specs/folder: Unexpected symbolic link to a folder, ${tail}`,
      `FILE005 openspec/specs/gone-too: Unexpected symbolic link that leads nowhere, ${tail}`,
      `FILE005 openspec/specs/loop: Unexpected symbolic link that loops, ${tail}`,
      `FILE005 openspec/specs/up: Unexpected symbolic link to a folder, ${tail}`,
    ]);
  });

  it("refuses a link on the way to the specifications, once", () => {
    traceSpec("HOST-SPECS-LINK");
    const root = scratch({ "real/specs/a/spec.md": "" });
    symlinkSync("real", join(root, "openspec"));
    expect(said(root).map((text) => text.split(":")[0])).toEqual(["CFG001 evidence.config.json", "FILE005 openspec"]);
  });

  it("passes over links elsewhere when a pattern starts at the root", () => {
    traceSpec("HOST-SPECS-LINK");
    const root = scratch({ "a/spec.md": "", "x/y/spec.md": "" });
    symlinkSync("../x", join(root, "a/link"));
    expect(discoverSpecs(root, configSchema.parse({ specs: ["**/spec.md"] }))).toEqual({
      files: ["a/spec.md", "x/y/spec.md"],
      findings: [],
    });
  });
});

describe("discovering results", () => {
  it("looks into folders of built things, but not into the tool's own records", () => {
    traceSpec("HOST-RESULTS");
    const root = scratch({
      "m/target/surefire-reports/TEST-a.xml": "",
      ".evidence/results/r.xml": "",
      ".evidence/providers/p/previous/old.xml": "",
      ".evidence/cache/aa/x.xml": "",
      "node_modules/p/r.xml": "",
    });
    expect(discoverResults(root, ["**/*.xml"])).toEqual([
      ".evidence/results/r.xml",
      "m/target/surefire-reports/TEST-a.xml",
    ]);
    expect(discoverResults(root, [".evidence/results/r.xml"])).toEqual([".evidence/results/r.xml"]);
    expect(discoverResults(root, ["none/*.xml"])).toEqual([]);
  });
});
