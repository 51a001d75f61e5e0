import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { put, scratch } from "../../test/builders/scratch.js";
import { loadKnownTags } from "./known-tags.js";
import { evidenceFolder, writeAtomically } from "./write.js";

function spec(tag: string, text: string, heading = "## Requirements"): string {
  return `${heading}\n\n### Requirement: It [${tag}]\nTHE box SHALL ${text}.\n`;
}

const load = (root: string, version = "1") =>
  loadKnownTags({ root, specs: ["specs/**/spec.md"], changesFolder: "changes", version });

describe("the known tags", () => {
  it("come from the specifications and then from active changes, not from archived ones", async () => {
    traceSpec("VIT-KNOWN", "VIT-REFUSE-PROPOSED");
    const root = scratch({
      "specs/a/spec.md": spec("AREA-A", "hold"),
      "specs/b/c/spec.md": spec("AREA-C", "hold"),
      "specs/a/notes.md": spec("AREA-NOTES", "hold"),
      "changes/one/specs/a/spec.md": spec("AREA-NEW", "open", "## ADDED Requirements"),
      "changes/two/specs/a/spec.md": spec("AREA-A", "close", "## MODIFIED Requirements"),
      "changes/archive/old/specs/a/spec.md": spec("AREA-OLD", "open", "## ADDED Requirements"),
    });
    const known = await load(root);
    expect([...known.keys()].sort()).toEqual(["AREA-A", "AREA-C", "AREA-NEW"]);
    put(root, { "changes/two/specs/a/spec.md": spec("AREA-A", "shut", "## MODIFIED Requirements") });
    expect((await load(root)).get("AREA-A")).toBe(known.get("AREA-A"));
    put(root, { "specs/a/spec.md": spec("AREA-A", "keep") });
    expect((await load(root)).get("AREA-A")).not.toBe(known.get("AREA-A"));
  });

  it("leave out what cannot be read", async () => {
    traceSpec("VIT-KNOWN");
    const root = scratch({
      "specs/a/spec.md": spec("AREA-A", "hold"),
      "specs/b/spec.md": new Uint8Array([0x5b, 0xff, 0xfe]),
    });
    mkdirSync(join(root, "specs/c/spec.md"), { recursive: true });
    expect([...(await load(root)).keys()]).toEqual(["AREA-A"]);
  });

  it.each([
    ["another version", (text: string) => text.replace('"version":"1"', '"version":"0"')],
    ["another form", (text: string) => text.replace(/"sha256:0+"/u, "1")],
    ["short digests", (text: string) => text.replace(/sha256:0+/u, "sha256:0")],
    ["no object", () => "null"],
    ["half a file", (text: string) => text.slice(0, text.length / 2)],
  ])("do not come from a cache of %s", async (_name, damage) => {
    traceSpec("VIT-KNOWN-DAMAGED");
    const root = scratch({ "specs/a/spec.md": spec("AREA-A", "hold") });
    const known = await load(root);
    const path = join(root, ".evidence/cache/catalog.json");
    const cache = readFileSync(path, "utf8");
    const planted = cache.replace(String(known.get("AREA-A")), `sha256:${"0".repeat(64)}`);
    writeFileSync(path, planted);
    expect((await load(root)).get("AREA-A")).toBe(`sha256:${"0".repeat(64)}`);
    writeFileSync(path, damage(planted));
    expect(await load(root)).toEqual(known);
    expect(readFileSync(path, "utf8")).toBe(cache);
  });
});

describe("a file that is written", () => {
  it("is replaced as a whole, or left as it is without a trace of the attempt", () => {
    traceSpec("VIT-FILE-ATOMIC");
    const root = scratch({ "results/a.json": "old" });
    writeAtomically(join(root, "results/a.json"), "new");
    expect(readFileSync(join(root, "results/a.json"), "utf8")).toBe("new");
    mkdirSync(join(root, "results/b.json"));
    expect(() => writeAtomically(join(root, "results/b.json"), "new")).toThrow();
    expect(readdirSync(join(root, "results"))).toEqual(["a.json", "b.json"]);
  });

  it("does not land elsewhere by a link", () => {
    traceSpec("VIT-FILE-ATOMIC");
    const root = scratch({ "elsewhere/a": "" });
    symlinkSync(join(root, "elsewhere"), join(root, ".evidence"));
    expect(() => evidenceFolder(root)).toThrow("Unexpected link");
    expect(readdirSync(join(root, "elsewhere"))).toEqual(["a"]);
  });
});
