import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { put, scratch } from "../../test/builders/scratch.js";
import { sha256 } from "../model/digest.js";
import { parseSpec } from "../specs/parse.js";
import { buildCatalog } from "../tags/catalog.js";
import type { ScannedSources } from "./reading.js";
import { openReading } from "./reading.js";
import { sourceStat } from "./source-index.js";

function catalogOf(...areas: string[]) {
  const requirements = areas.map((area) => `### Requirement: One [${area}-ONE]\nTHE box SHALL hold.\n`).join("\n");
  const text = `## Purpose\n\nHold.\n\n## Requirements\n\n${requirements}`;
  return buildCatalog([parseSpec({ path: "openspec/specs/box/spec.md", text }).document]).catalog;
}

const CATALOG = catalogOf("BOX");

const HOUR = 3_600_000;

/** Scans what is there, with a cache; `later`: as if the clock of the file system were that much ahead. */
async function scan(root: string, later = HOUR, catalog = CATALOG): Promise<ScannedSources> {
  const files = readdirSync(root).filter((name) => name.endsWith(".ts"));
  const stats = new Map(files.map((path) => [path, sourceStat(statSync(join(root, path)))]));
  const reading = await openReading(
    { path: root, writable: true },
    { cache: later >= 0, threads: 0, clock: () => Date.now() + later },
  );
  try {
    return await reading.scanSources(files, catalog, [], stats);
  } finally {
    await reading.close();
  }
}

const uncached = (root: string) => scan(root, -1);

/** Changes the kept references of every file to another tag, so that it shows when they are taken. */
function forgeIndex(root: string): void {
  const folder = join(root, ".evidence/cache");
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!entry.endsWith(".json")) continue;
    const key = entry.replace("/", "").replace(".json", "");
    const [, text = ""] = readFileSync(join(folder, entry), "utf8").split("\n");
    const forged = text.replaceAll("BOX-ONE", "BOX-KEPT");
    writeFileSync(join(folder, entry), `${sha256(`${key}\n${forged}`)}\n${forged}`);
  }
}

const tagsOf = ({ references }: ScannedSources) => references.map(({ tag }) => tag);

/** Waits for the clock that stamps files to advance, which it does every few milliseconds. */
function nextTick(root: string): void {
  const probe = join(root, "probe");
  writeFileSync(probe, "");
  const { ctimeMs } = statSync(probe);
  while (statSync(probe).ctimeMs === ctimeMs) writeFileSync(probe, "");
}

/** A whole second, so that it can be set again exactly. */
const MODIFIED = 1_000_000_000;

/** Writes a text and gives the file always the same modification time. */
function rewrite(root: string, name: string, text: string): void {
  nextTick(root);
  writeFileSync(join(root, name), text);
  utimesSync(join(root, name), MODIFIED, MODIFIED);
}

describe("sources of an earlier run", () => {
  it("are not opened when they are unchanged", async () => {
    traceSpec("CACHE-STAMP");
    const root = scratch({ "a.ts": "// @implements BOX-ONE\n", "b.ts": "// nothing\n" });
    const first = await scan(root);
    expect(tagsOf(first)).toEqual(["BOX-ONE"]);
    forgeIndex(root);
    const second = await scan(root);
    expect(tagsOf(second)).toEqual(["BOX-KEPT"]);
    expect(second.digests).toEqual(first.digests);
  });

  it("are read again when they were rewritten with the same size and modification time", async () => {
    traceSpec("CACHE-STAMP-REWRITTEN");
    const root = scratch();
    rewrite(root, "a.ts", "// @implements BOX-ONE\n");
    await scan(root);
    rewrite(root, "a.ts", "// @implements BOX-TWO\n");
    expect(tagsOf(await scan(root))).toEqual(["BOX-TWO"]);
  });

  it("are read again when they had been written within three seconds before the run", async () => {
    traceSpec("CACHE-STAMP-RECENT");
    const root = scratch({ "a.ts": "// @implements BOX-ONE\n" });
    await scan(root, 0);
    rewrite(root, "a.ts", "// @implements BOX-TWO\n");
    expect(tagsOf(await scan(root, 0))).toEqual(["BOX-TWO"]);
    const index = readdirSync(join(root, ".evidence/cache"), { recursive: true, encoding: "utf8" });
    const [entry = ""] = index.filter((name) => name.endsWith(".json"));
    expect(readFileSync(join(root, ".evidence/cache", entry), "utf8")).toContain('["a.ts","",');
  });

  it("keep their references when only a time stamp is another", async () => {
    traceSpec("CACHE-STAMP-TOUCHED");
    const root = scratch({ "a.ts": "// @implements BOX-ONE\n" });
    await scan(root);
    forgeIndex(root);
    utimesSync(join(root, "a.ts"), 1, 1);
    expect(tagsOf(await scan(root))).toEqual(["BOX-KEPT"]);
    put(root, { "a.ts": "// @implements BOX-ONE \n" });
    expect(tagsOf(await scan(root))).toEqual(["BOX-ONE"]);
  });

  it("are searched again when other tags may stand in them", async () => {
    traceSpec("CACHE-STAMP-NEEDLES");
    const root = scratch({ "a.ts": "// [CRATE-ONE]\n" });
    expect(tagsOf(await scan(root))).toEqual([]);
    expect(tagsOf(await scan(root, HOUR, catalogOf("BOX", "CRATE")))).toEqual(["CRATE-ONE"]);
    expect(tagsOf(await scan(root))).toEqual([]);
  });

  it("give what reading them gives, whatever happened to them between runs", async () => {
    traceSpec("CACHE-EQUAL-EDITS", "CACHE-STAMP-REWRITTEN");
    const name = fc.constantFrom("a.ts", "b.ts", "c.ts");
    const text = fc.constantFrom("// @implements BOX-ONE\n", "// @implements BOX-TWO\n", "// nothing of note here\n");
    const edit = fc.record({ name, text, keepsTime: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 6 }), async (edits) => {
        const root = scratch({ "a.ts": "", "b.ts": "", "c.ts": "" });
        for (const each of edits) {
          if (each.keepsTime) rewrite(root, each.name, each.text);
          else put(root, { [each.name]: each.text });
          nextTick(root);
          expect(await scan(root)).toEqual(await uncached(root));
        }
      }),
      { numRuns: 20 },
    );
  });
});
