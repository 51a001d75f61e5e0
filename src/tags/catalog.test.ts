import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { specDocument } from "../../test/builders/spec-document.js";
import { buildCatalog } from "./catalog.js";

const MAIN = specDocument({
  path: "openspec/specs/box/spec.md",
  requirements: [
    {
      tag: "BOX-OPEN",
      line: 5,
      title: "Opens",
      text: "THE box SHALL open.",
      scenarios: [
        { tag: "BOX-OPEN-TWICE", line: 8 },
        { tag: null, line: 11 },
      ],
    },
    { tag: null, line: 14, scenarios: [{ tag: "BOX-LOST", line: 16 }] },
  ],
});

describe("buildCatalog", () => {
  it("holds each tag of the main specifications with its provenance, sorted", () => {
    traceSpec("REF-CATALOG", "REF-CATALOG-PARENT");
    const { catalog, findings } = buildCatalog([MAIN]);
    expect(findings).toEqual([]);
    expect([...catalog.definitions.keys()]).toEqual(["BOX-LOST", "BOX-OPEN", "BOX-OPEN-TWICE"]);
    expect(catalog.definitions.get("BOX-OPEN")).toMatchObject({
      tag: "BOX-OPEN",
      kind: "requirement",
      title: "Opens",
      capability: "box",
      change: null,
      parent: null,
      priority: "must",
      text: "THE box SHALL open.",
      span: { file: "openspec/specs/box/spec.md", line: 5 },
    });
    expect(catalog.definitions.get("BOX-OPEN")?.textDigest).toMatch(/^sha256:/);
    expect(catalog.definitions.get("BOX-OPEN-TWICE")).toMatchObject({ kind: "scenario", parent: "BOX-OPEN" });
    expect(catalog.definitions.get("BOX-LOST")?.parent).toBeNull();
    expect(catalog.proposed.size).toBe(0);
  });

  it("reports a second definition with both places, whatever the order of files", () => {
    traceSpec("REF-DUPLICATE", "REF-CATALOG-FIRST");
    const other = specDocument({ path: "openspec/specs/bag/spec.md", requirements: [{ tag: "BOX-OPEN", line: 9 }] });
    const again = specDocument({ path: "openspec/specs/zip/spec.md", requirements: [{ tag: "BOX-OPEN", line: 3 }] });
    const { catalog, findings } = buildCatalog([again, MAIN, other]);
    expect(catalog.definitions.get("BOX-OPEN")?.span.file).toBe("openspec/specs/bag/spec.md");
    expect(findings.map(({ code, span, tags }) => ({ code, file: span.file, line: span.line, tags }))).toEqual([
      { code: "TAG003", file: "openspec/specs/box/spec.md", line: 5, tags: ["BOX-OPEN"] },
      { code: "TAG003", file: "openspec/specs/zip/spec.md", line: 3, tags: ["BOX-OPEN"] },
    ]);
    expect(findings[0]?.message).toContain("openspec/specs/bag/spec.md:9:1");
    expect(findings[0]?.related).toMatchObject([{ span: { file: "openspec/specs/bag/spec.md", line: 9 } }]);
  });

  it("reports a tag that one file defines twice", () => {
    traceSpec("REF-DUPLICATE");
    const twice = specDocument({
      path: "openspec/specs/a/spec.md",
      requirements: [{ tag: "AB-C", line: 3, scenarios: [{ tag: "AB-C", line: 6 }] }],
    });
    expect(buildCatalog([twice]).findings).toMatchObject([{ code: "TAG003", span: { line: 6 } }]);
  });
});

describe("active changes", () => {
  const delta = (change: string, tags: string[], line = 3) =>
    specDocument({
      path: `openspec/changes/${change}/specs/box/spec.md`,
      change,
      requirements: tags.map((tag, index) => ({ tag, line: line + index })),
    });

  it("continue the tags they restate and propose the others", () => {
    traceSpec("REF-DUPLICATE-RESTATED", "REF-PROPOSED");
    const { catalog, findings } = buildCatalog([MAIN, delta("b", ["BOX-OPEN", "BOX-NEW"]), delta("a", ["BOX-NEW"])]);
    expect(findings).toEqual([]);
    expect(catalog.definitions.get("BOX-OPEN")?.change).toBeNull();
    expect([...catalog.proposed.keys()]).toEqual(["BOX-NEW"]);
    expect(catalog.proposed.get("BOX-NEW")?.change).toBe("a");
  });

  it("may not define a tag twice", () => {
    traceSpec("REF-DUPLICATE-CHANGE");
    const { findings } = buildCatalog([MAIN, delta("a", ["BOX-NEW", "BOX-NEW"])]);
    expect(findings).toMatchObject([{ code: "TAG003", span: { line: 4 }, related: [{ span: { line: 3 } }] }]);
  });

  it("propose the tag a rename introduces", () => {
    traceSpec("REF-PROPOSED-RENAME");
    const path = "openspec/changes/a/specs/box/spec.md";
    const rename = (from: string, to: string) => specDocument({ path, change: "a", renames: [{ from, to, line: 4 }] });
    const { catalog } = buildCatalog([MAIN, rename("BOX-OPEN", "BOX-AJAR")]);
    expect(catalog.proposed.get("BOX-AJAR")).toMatchObject({
      tag: "BOX-AJAR",
      title: "New name",
      change: "a",
      text: "THE box SHALL open.",
      span: { file: path, line: 4 },
    });
    expect(buildCatalog([MAIN, rename("BOX-OPEN", "BOX-OPEN")]).catalog.proposed.size).toBe(0);
    expect(buildCatalog([MAIN, rename("BOX-GONE", "BOX-AJAR")]).catalog.proposed.size).toBe(0);
  });
});
