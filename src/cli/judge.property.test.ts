import {
  appendFileSync,
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
import { check } from "./commands/check.js";

/** Set it to look further than an ordinary run does. */
const { CACHE_RUNS = "6" } = process.env;

const TAGS = ["BOX-OPEN", "BOX-SHUT", "CRATE-LIFT"];

const spec = (tag: string, verb: string) =>
  `## Purpose\n\nHold.\n\n## Requirements\n\n### Requirement: Do it [${tag}]\nTHE box SHALL ${verb} it.\n`;

const source = (tag: string) => `it("does it", () => {\n  // @verifies ${tag}\n  expect(one()).toBe(1);\n});\n`;

const results = (tag: string, outcome: string) =>
  `<testsuite name="s" tests="2"><testcase name="a [${tag}]"/><testcase name="does it" file="src/a.test.ts">${outcome}</testcase></testsuite>`;

/** As long as results have to be for what was read of them to be kept. */
const MANY = Array.from({ length: 1000 }, (_, at) => `<testcase name="case ${at} of a long list [CRATE-LIFT]"/>`);

const START = {
  "evidence.config.json": '{ "results": [{ "path": "reports/*.xml" }] }',
  "openspec/specs/box/spec.md": spec("BOX-OPEN", "open"),
  "src/a.test.ts": source("BOX-OPEN"),
  "src/b.ts": "// @implements BOX-OPEN\n",
  "reports/a.xml": results("BOX-OPEN", ""),
  "reports/long.xml": `<testsuite name="s" tests="1000">${MANY.join("\n")}</testsuite>`,
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
    fc.constant("reports/long.xml"),
    fc.constantFrom("", "<failure/>").map((outcome) => {
      const tests = [...MANY, `<testcase name="does it" file="src/c.test.ts">${outcome}</testcase>`];
      return `<testsuite name="s" tests="1001">${tests.join("\n")}</testsuite>`;
    }),
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
    weight: 4,
    arbitrary: fc.constantFrom("src/a.test.ts", "src/b.ts", "src/c.test.ts").map(
      (path): Edit =>
        (root) => {
          if (existsSync(join(root, path))) appendFileSync(join(root, path), "// A remark.\n");
        },
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
    arbitrary: fc.constantFrom('"verified"', '"level"', "}").map(
      (marked): Edit =>
        (root) => {
          const path = join(root, "evidence-manifest.json");
          writeFileSync(path, readFileSync(path, "utf8").replace(marked, `${marked} `));
        },
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

let serial = 0;

interface Outcome {
  exit: number;
  manifest: string;
  report: string;
}

/** What a run of `check` leaves, and how it ends. */
async function judged(root: string, cache: boolean): Promise<Outcome> {
  const output = join(root, ".evidence", `report-${serial++}.json`);
  const options = { cwd: root, format: "json", color: false, cache, quiet: true, output };
  const exit = await check([], { run: false, skip: "alloy" }, options);
  const [manifest, report] = [join(root, "evidence-manifest.json"), output].map((path) => readFileSync(path, "utf8"));
  rmSync(output);
  return { exit, manifest: manifest ?? "", report: report ?? "" };
}

it("gives the same manifest and report with a cache, whatever happened to the tree and the cache", async () => {
  traceSpec(
    "CACHE-EQUAL",
    "CACHE-EQUAL-EDITS",
    "CACHE-EQUAL-DAMAGED",
    "CACHE-EQUAL-PARALLEL",
    "CACHE-FACTS",
    "CACHE-FACTS-ALTERED",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (edits) => {
      const root = scratch(START);
      await judged(root, true);
      expect(entriesOf(root).length).toBeGreaterThan(1);
      for (const apply of edits) {
        apply(root);
        const [one, other] = await Promise.all([judged(root, true), judged(root, true)]);
        const again = await judged(root, true);
        const plain = await judged(root, false);
        expect([one, other, again]).toEqual([plain, plain, plain]);
      }
    }),
    { numRuns: Number(CACHE_RUNS) },
  );
}, 120_000);
