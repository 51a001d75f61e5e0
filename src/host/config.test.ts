import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { scratch } from "../../test/builders/scratch.js";
import { defaultConfig } from "../model/config.js";
import { ConfigurationError, loadConfig, parseConfig } from "./config.js";

function problems(text: string): string[] {
  try {
    parseConfig("c.json", text);
  } catch (caught) {
    if (caught instanceof ConfigurationError) return caught.message.split("\n");
    throw caught;
  }
  return [];
}

describe("loading a configuration", () => {
  it("takes the defaults in a folder without one", () => {
    traceSpec("HOST-CONFIG");
    const loaded = loadConfig(scratch());
    expect(loaded).toMatchObject({ config: defaultConfig(), path: null });
    expect(loaded.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("reads the one of the folder, or the one it is pointed to", () => {
    traceSpec("HOST-CONFIG");
    const root = scratch({ "evidence.config.json": '{"mode": "report"}', "other/x.json": '\uFEFF{"changes": "gate"}' });
    expect(loadConfig(root)).toMatchObject({
      path: "evidence.config.json",
      config: { mode: "report", changes: "show" },
    });
    const other = loadConfig(root, join(root, "other/x.json"));
    expect(other).toMatchObject({
      path: "other/x.json",
      config: { waivers: "evidence.waivers.yaml", changes: "gate" },
    });
  });

  it("digests what is configured, not how it is written", () => {
    traceSpec("HOST-CONFIG-DIGEST");
    const digest = (text: string) => loadConfig(scratch({ "evidence.config.json": text })).digest;
    const plain = digest('{"mode": "report", "changes": "gate"}');
    expect(
      digest('{ "$schema": "x.json",\n "changes": "gate", "waivers": "evidence.waivers.yaml", "mode": "report"}'),
    ).toBe(plain);
    expect(digest('{"mode": "report"}')).not.toBe(plain);
    expect(digest("{}")).toBe(loadConfig(scratch()).digest);
  });

  it("refuses a file that cannot be read", () => {
    traceSpec("HOST-CONFIG-UNREADABLE");
    const root = scratch({ "latin1.json": Buffer.from([0x22, 0xe9, 0x22]), "huge.json": " ".repeat(1024 * 1024 + 1) });
    mkdirSync(join(root, "evidence.config.json"));
    expect(() => loadConfig(root)).toThrow(
      "evidence.config.json:1:1: Unexpected folder, expected a configuration file",
    );
    expect(() => loadConfig(root, join(root, "none.json"))).toThrow("none.json:1:1: Unexpected absence of the file");
    expect(() => loadConfig(root, join(root, "latin1.json"))).toThrow(
      "latin1.json:1:1: Unexpected bytes that are not UTF-8",
    );
    expect(() => loadConfig(root, join(root, "huge.json"))).toThrow("Unexpected size of 1048577 bytes");
    expect(() => loadConfig(root, join(root, "none.json"))).toThrow(ConfigurationError);
  });
});

describe("a configuration that does not fit", () => {
  it("is refused at the place of the syntax error", () => {
    traceSpec("HOST-CONFIG-SYNTAX");
    expect(problems('{\n  "mode": report\n}')).toEqual(['c.json:2:11: Unexpected "report", expected a value']);
  });

  it("is refused with every issue at its place", () => {
    traceSpec("HOST-CONFIG-SCHEMA");
    const text = `{
  "specs": "openspec/**/spec.md",
  "mode": "stric",
  "results": [{ "path": "" }],
  "providers": [{ "name": "p", "command": [], "results": ["r.xml"], "timeoutSeconds": 1.5 }],
  "severity": { "spec1": "error", "SPEC002": "fatal", "TAG999": "off" },
  "policy": { "must": ["unit"] }
}`;
    expect(problems(text).sort()).toEqual([
      'c.json:2:12: Unexpected "openspec/**/spec.md", expected a list',
      'c.json:3:11: Unexpected "stric", expected one of "strict", "ratchet", "report"; did you mean "strict"?',
      'c.json:4:25: Unexpected "", expected at least 1 character',
      "c.json:5:43: Unexpected empty list, expected at least 1 entry",
      "c.json:5:87: Unexpected 1.5, expected a whole number",
      'c.json:6:17: Unexpected key "spec1", expected a finding code',
      'c.json:6:46: Unexpected "fatal", expected one of "error", "warning", "info", "off"',
      'c.json:6:55: Unexpected key "TAG999", expected a finding code',
      expect.stringMatching(/^c\.json:7:24: Unexpected "unit", expected "any" or evidence kinds joined by "\\|"/),
    ]);
  });

  it("says what is missing and what is not an object", () => {
    traceSpec("HOST-CONFIG-SCHEMA");
    expect(problems('{"results": [{"format": "junit"}]}')).toEqual([
      'c.json:1:14: Unexpected absence of "path", expected text in quotes',
    ]);
    expect(problems("[]")).toEqual(["c.json:1:1: Unexpected empty list, expected an object"]);
    expect(problems('{ "results": ["junit.xml"] }')).toEqual([
      'c.json:1:15: Unexpected "junit.xml", expected an object: { "path": "junit.xml" }',
    ]);
  });

  it("names the key that an unknown one resembles", () => {
    traceSpec("HOST-CONFIG-KEY");
    expect(problems('{\n  "spec": [],\n  "source": {"exlude": []}}')).toEqual([
      'c.json:3:14: Unexpected key "exlude", expected "exclude" or another known key',
      'c.json:2:3: Unexpected key "spec", expected "specs" or another known key',
    ]);
    expect(problems('{"results": [{"path": "a", "nothing-like": 1}]}')).toEqual([
      'c.json:1:28: Unexpected key "nothing-like", expected one of "path", "format", "kind"',
    ]);
  });

  it("is refused when a path leaves the folder or a pattern is negated", () => {
    traceSpec("HOST-CONFIG-PATH");
    const text = `{"specs": ["../x/*.md"], "manifest": "/tmp/m.json", "source": {"include": ["!a"], "exclude": ["a..b/**"]},
"results": [{"path": "a\\\\b.xml"}], "changesFolder": "a/../..", "waivers": "w.yaml",
"providers": [{"name": "p", "command": ["c"], "results": ["../r.xml"]}], "policy": {"rules": [{"specs": ["/x"], "needs": ["any"]}]}}`;
    expect(problems(text)).toEqual([
      'c.json:1:12: Unexpected "../x/*.md", expected a path inside the judged folder',
      'c.json:2:53: Unexpected "a/../..", expected a path inside the judged folder',
      'c.json:1:76: Unexpected "!a", expected a pattern without negation; what to leave out belongs under exclude',
      'c.json:2:22: Unexpected "a\\\\b.xml", expected forward slashes',
      'c.json:3:59: Unexpected "../r.xml", expected a path inside the judged folder',
      'c.json:3:106: Unexpected "/x", expected a path relative to the judged folder',
      'c.json:1:38: Unexpected "/tmp/m.json", expected a path relative to the judged folder',
    ]);
  });

  it("is refused when two providers have one name", () => {
    traceSpec("HOST-CONFIG-NAMES");
    const provider = (name: string) => ({ name, command: ["c"], results: ["r"] });
    expect(problems(JSON.stringify({ providers: [provider("unit"), provider("e2e"), provider("Unit")] }))).toEqual([
      'c.json:1:118: Unexpected second provider "Unit", expected names that differ, in more than case',
    ]);
  });
});
