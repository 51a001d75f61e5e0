import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { put, scratch } from "../../test/builders/scratch.js";
import { toManifest } from "../evidence/manifest.js";
import { canonicalJson } from "../model/canonical.js";
import { judge } from "./judge.js";

/** Set it to look further than an ordinary run does. */
const { CACHE_RUNS = "6" } = process.env;

const TAGS = ["BOX-OPEN", "BOX-SHUT", "CRATE-LIFT"];

const spec = (tag: string, verb: string) =>
  `## Purpose\n\nHold.\n\n## Requirements\n\n### Requirement: Do it [${tag}]\nTHE box SHALL ${verb} it.\n`;

const source = (tag: string) => `it("does it", () => {\n  // @verifies ${tag}\n  expect(one()).toBe(1);\n});\n`;

const results = (tag: string, outcome: string) =>
  `<testsuite name="s" tests="2"><testcase name="a [${tag}]"/><testcase name="does it" file="src/a.test.ts">${outcome}</testcase></testsuite>`;

const START = {
  "evidence.config.json": '{ "results": [{ "path": "reports/*.xml" }] }',
  "openspec/specs/box/spec.md": spec("BOX-OPEN", "open"),
  "src/a.test.ts": source("BOX-OPEN"),
  "src/b.ts": "// @implements BOX-OPEN\n",
  "reports/a.xml": results("BOX-OPEN", ""),
};

const tag = fc.constantFrom(...TAGS);

/** Paths and contents that fit them; contents of one path often have one length. */
const written = fc.oneof(
  fc.tuple(
    fc.constantFrom("openspec/specs/box/spec.md", "openspec/specs/crate/spec.md"),
    fc.tuple(tag, fc.constantFrom("open", "shut", "lift")).map((parts) => spec(...parts)),
  ),
  fc.tuple(fc.constantFrom("src/a.test.ts", "src/c.test.ts"), tag.map(source)),
  fc.tuple(
    fc.constantFrom("src/b.ts", "src/d.py"),
    tag.map((each) => `# // @implements ${each}\n`),
  ),
  fc.tuple(
    fc.constantFrom("reports/a.xml", "reports/b.xml"),
    fc.tuple(tag, fc.constantFrom("", "<failure/>", "<skipped/>")).map((parts) => results(...parts)),
  ),
);

type Edit = (root: string) => void;

const edit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 4,
    arbitrary: written.map(
      ([path, text]): Edit =>
        (root) =>
          put(root, { [path]: text }),
    ),
  },
  {
    weight: 2,
    arbitrary: written.map(
      ([path, text]): Edit =>
        (root) =>
          rewriteUnseen(join(root, path), text),
    ),
  },
  {
    weight: 1,
    arbitrary: written.map(
      ([path]): Edit =>
        (root) =>
          rmSync(join(root, path), { force: true }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(written, written).map(
      ([[from], [to]]): Edit =>
        (root) => {
          if (existsSync(join(root, from)) && existsSync(join(root, to))) renameSync(join(root, from), join(root, to));
        },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(), fc.nat(3)).map(
      ([which, how]): Edit =>
        (root) =>
          damage(root, which, how),
    ),
  },
);

/** As an editor or a checkout may do it: another content, the modification time as it was. */
function rewriteUnseen(path: string, text: string): void {
  if (!existsSync(path)) return;
  // A whole second: a time with fractions cannot be set again exactly.
  const seconds = Math.floor(statSync(path).mtimeMs / 1000);
  utimesSync(path, seconds, seconds);
  writeFileSync(path, text);
  utimesSync(path, seconds, seconds);
}

function entriesOf(root: string): string[] {
  const folder = join(root, ".evidence/cache");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => join(folder, name));
}

function damage(root: string, which: number, how: number): void {
  const entries = entriesOf(root);
  const path = entries[which % Math.max(1, entries.length)];
  const other = entries[(which + 1) % Math.max(1, entries.length)];
  if (path === undefined || other === undefined) return;
  const text = readFileSync(path, "utf8");
  const damaged = [text.slice(0, -7), "", text.replaceAll("OPEN", "SHUT"), readFileSync(other, "utf8")];
  writeFileSync(path, damaged[how] ?? "");
}

async function manifest(root: string, cache: boolean): Promise<string> {
  const options = { cwd: root, format: "text", color: false, cache, quiet: true };
  const { predicate, specifications } = await judge(options, { providers: "read", alloy: "none" });
  return canonicalJson(toManifest(predicate, specifications));
}

it("gives the same manifest with a cache, whatever happened to the tree and the cache", async () => {
  traceSpec("CACHE-EQUAL", "CACHE-EQUAL-EDITS", "CACHE-EQUAL-DAMAGED", "CACHE-EQUAL-PARALLEL");
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (edits) => {
      const root = scratch(START);
      await manifest(root, true);
      expect(entriesOf(root).length).toBeGreaterThan(1);
      for (const apply of edits) {
        apply(root);
        const plain = await manifest(root, false);
        expect(await Promise.all([manifest(root, true), manifest(root, true)])).toEqual([plain, plain]);
        expect(await manifest(root, true)).toBe(plain);
      }
    }),
    { numRuns: Number(CACHE_RUNS) },
  );
}, 120_000);
