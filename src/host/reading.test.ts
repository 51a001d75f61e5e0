import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { commitAll, put, scratch } from "../../test/builders/scratch.js";
import { sha256 } from "../model/digest.js";
import type { Catalog } from "../model/reference.js";
import { parseSpec } from "../specs/parse.js";
import { buildCatalog } from "../tags/catalog.js";
import { toolIdentity } from "./identity.js";
import type { ReadingOptions } from "./reading.js";
import { openReading } from "./reading.js";

const SPEC = `## Purpose

Weigh boxes.

## Requirements

### Requirement: Weight [BOX-WEIGHT]
THE scale SHALL show the weight.
`;

const PATH = "openspec/specs/box/spec.md";

async function read<T>(
  root: string,
  options: Partial<ReadingOptions> & { writable?: boolean },
  work: (reading: Awaited<ReturnType<typeof openReading>>) => Promise<T>,
): Promise<T> {
  const { writable = true, ...more } = options;
  const reading = await openReading({ path: root, writable }, { cache: false, threads: 0, ...more });
  try {
    return await work(reading);
  } finally {
    await reading.close();
  }
}

const catalog: Catalog = buildCatalog([parseSpec({ path: PATH, text: SPEC }).document]).catalog;

function cacheEntries(root: string): string[] {
  const folder = join(root, ".evidence/cache");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".json"));
}

describe("reading specifications", () => {
  it("gives documents in the order of the files, and a finding for each that cannot be read", async () => {
    traceSpec("HOST-READING");
    const root = scratch({ [PATH]: SPEC, "openspec/specs/a/spec.md": "\0", "openspec/specs/z/spec.md": SPEC });
    const files = ["openspec/specs/z/spec.md", "openspec/specs/a/spec.md", PATH];
    const { documents, findings } = await read(root, {}, (reading) => reading.parseSpecs(files));
    expect(documents.map(({ path }) => path)).toEqual([files[0], files[2]]);
    expect(findings.map(({ code, span }) => [code, span.file])).toEqual([["FILE006", files[1]]]);
  });

  it("takes a specification of 20,000 lines and none that is longer", async () => {
    traceSpec("HOST-READ-LINES");
    const long = `${SPEC}${"\n".repeat(20_000 - SPEC.split("\n").length + 1)}`;
    const root = scratch({ [PATH]: long, "openspec/specs/cr/spec.md": "\r".repeat(20_001) });
    put(root, { "openspec/specs/longer/spec.md": `${long}x` });
    const files = [PATH, "openspec/specs/cr/spec.md", "openspec/specs/longer/spec.md"];
    const { documents, findings } = await read(root, {}, (reading) => reading.parseSpecs(files));
    expect(documents.map(({ path }) => path)).toEqual([PATH]);
    expect(findings.map(({ code, span }) => [code, span.file, span.line])).toEqual([
      ["FILE003", files[1], 20_001],
      ["FILE003", files[2], 20_001],
    ]);
  });

  it("parses a text once, until the text or the path is another", async () => {
    traceSpec("HOST-READING-CACHE");
    const root = scratch({ [PATH]: SPEC });
    const parse = (...files: string[]) => read(root, { cache: true }, (reading) => reading.parseSpecs(files));
    const first = await parse(PATH);
    const [entry, ...more] = cacheEntries(root);
    expect(more).toEqual([]);
    expect(await parse(PATH)).toEqual(first);
    expect(cacheEntries(root)).toEqual([entry]);
    put(root, { [PATH]: SPEC.replace("weight", "mass"), "openspec/specs/two/spec.md": SPEC });
    const second = await parse(PATH, "openspec/specs/two/spec.md");
    expect(second.documents.map(({ requirements }) => requirements[0]?.span.file)).toEqual([
      PATH,
      "openspec/specs/two/spec.md",
    ]);
    expect(cacheEntries(root)).toHaveLength(3);
  });

  it("takes what the cache says for the same text", async () => {
    traceSpec("HOST-READING-CACHE");
    const root = scratch({ [PATH]: SPEC });
    await read(root, { cache: true }, (reading) => reading.parseSpecs([PATH]));
    const [entry = ""] = cacheEntries(root);
    const file = join(root, ".evidence/cache", entry);
    const key = entry.replace("/", "").replace(".json", "");
    const text = (readFileSync(file, "utf8").split("\n")[1] ?? "").replaceAll("the weight.", "a weight.");
    writeFileSync(file, `${sha256(`${key}\n${text}`)}\n${text}`);
    const { documents } = await read(root, { cache: true }, (reading) => reading.parseSpecs([PATH]));
    expect(documents[0]?.requirements[0]?.text).toContain("a weight.");
    const plain = await read(root, { cache: false }, (reading) => reading.parseSpecs([PATH]));
    expect(plain.documents[0]?.requirements[0]?.text).toContain("the weight.");
  });

  it.each<[string, (root: string) => Partial<ReadingOptions> & { writable?: boolean }]>([
    ["without a cache", () => ({ cache: false })],
    ["in a folder that cannot be written to", () => ({ cache: true, writable: false })],
    [
      "when the evidence folder came with the tree",
      (root) => {
        put(root, { ".evidence/kept.txt": "" });
        commitAll(root);
        return { cache: true };
      },
    ],
  ])("keeps nothing %s", async (_, prepare) => {
    traceSpec("HOST-CACHE-TRACKED", "HOST-CACHE-READONLY");
    const root = scratch({ [PATH]: SPEC });
    const options = prepare(root);
    const { documents } = await read(root, options, (reading) => reading.parseSpecs([PATH]));
    expect(documents).toHaveLength(1);
    expect(cacheEntries(root)).toEqual([]);
  });
});

describe("scanning sources", () => {
  const TEST = 'it("shows it", () => {\n  traceSpec("BOX-WEIGHT");\n  expect(1).toBe(one());\n});\n';

  it("finds references and digests every file", async () => {
    traceSpec("HOST-READING");
    const texts = { "a.test.ts": TEST, "b.ts": "// @implements BOX-WEIGHT\n", "c.ts": "// nothing [UTF-8]\n" };
    const root = scratch(texts);
    const scanned = await read(root, {}, (reading) => reading.scanSources(Object.keys(texts), catalog, []));
    expect(scanned.references.map(({ tag, role, span }) => [tag, role, span.file])).toEqual([
      ["BOX-WEIGHT", "verifies", "a.test.ts"],
      ["BOX-WEIGHT", "implements", "b.ts"],
    ]);
    expect(scanned.tests.map(({ name }) => name)).toEqual(["shows it"]);
    expect([...scanned.digests]).toEqual(Object.entries(texts).map(([path, text]) => [path, sha256(text)]));
    expect(scanned.findings).toEqual([]);
  });

  it("takes a file for a test when the configuration says so, cached or not", async () => {
    traceSpec("HOST-READING-CACHE");
    const root = scratch({ "checks/a.ts": '// [BOX-WEIGHT]\nit("x", () => {});\n' });
    const roles = async (tests: string[]) => {
      const scanned = await read(root, { cache: true }, (reading) =>
        reading.scanSources(["checks/a.ts"], catalog, tests),
      );
      return scanned.references.map(({ role }) => role);
    };
    expect(await roles([])).toEqual(["implements"]);
    expect(await roles(["checks/**"])).toEqual(["verifies"]);
    expect(await roles([])).toEqual(["implements"]);
    expect(await roles(["checks/**"])).toEqual(["verifies"]);
  });

  it("reads UTF-16 by its mark and tags among bytes that are not UTF-8", async () => {
    traceSpec("HOST-READING-BYTES");
    const comment = "// @implements BOX-WEIGHT\n";
    const root = scratch({
      "le.ts": Buffer.from(`\uFEFF${comment}`, "utf16le"),
      "be.ts": Buffer.from(`\uFEFF${comment}`, "utf16le").swap16(),
      "latin1.ts": Buffer.from(`// größer\n${comment}`, "latin1"),
    });
    const files = ["le.ts", "be.ts", "latin1.ts"];
    const { references, findings } = await read(root, {}, (reading) => reading.scanSources(files, catalog, []));
    expect(references.map(({ span }) => [span.file, span.line])).toEqual([
      ["le.ts", 1],
      ["be.ts", 1],
      ["latin1.ts", 2],
    ]);
    expect(findings).toEqual([]);
  });

  it("passes over what is gone, and reports what cannot be read", async () => {
    traceSpec("HOST-READING-GONE");
    const root = scratch({ "a.ts": "a" });
    symlinkSync("loop.ts", join(root, "loop.ts"));
    chmodSync(join(root, "a.ts"), 0o644);
    const scanned = await read(root, {}, (reading) => reading.scanSources(["gone.ts", "loop.ts", "a.ts"], catalog, []));
    expect([...scanned.digests.keys()]).toEqual(["a.ts"]);
    expect(scanned.findings.map(({ code, span }) => [code, span.file])).toEqual([["FILE005", "loop.ts"]]);
  });
});

describe("the identity of the tool", () => {
  it("is the same as long as its files are", () => {
    traceSpec("HOST-CACHE");
    expect(toolIdentity()).toMatch(/^[0-9a-f]{64}$/);
    expect(toolIdentity()).toBe(toolIdentity());
  });
});
