/**
 * Generates the repository that the bench judges.
 *
 *     node bench/generate.mjs [--scale 1] [--seed 1] DIR
 *
 * At scale 1: 10,000 requirements in 6 MB of specifications, 50,000 source files of 200 MB, 100,000 JUnit results of
 * 20 MB, under git. Equal scale and seed give the same bytes, and so the same commit. Prints what it made, and what a
 * right judgement of it says, as JSON.
 */
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { makeCatalog } from "./catalog.mjs";
import { commitAll, digestOf, writeAt } from "./repository.mjs";
import { sourceFiles } from "./source.mjs";
import { specText } from "./specs.mjs";
import { makeSuites, resultFiles } from "./suites.mjs";

const STANDARD = { requirements: 10_000, files: 50_000, cases: 100_000, unknown: 10 };
const MEAN_BYTES = 4_000;

/** Part of the files that hold tests. */
const TEST_FILES = 0.05;

const CONFIGURATION = { results: [{ path: "reports/*.xml", format: "junit" }] };

const { values, positionals } = parseArgs({
  options: { scale: { type: "string", default: "1" }, seed: { type: "string", default: "1" } },
  allowPositionals: true,
});
const scale = Number(values.scale);
const seed = Number(values.seed);
const [target] = positionals;
if (target === undefined || !(scale > 0 && scale <= 10) || !Number.isInteger(seed)) {
  console.error("usage: node bench/generate.mjs [--scale 0.001..10] [--seed N] DIR");
  process.exitCode = 2;
} else if (existsSync(target) && readdirSync(target).length > 0) {
  console.error(`Unexpected content in ${target}, expected an empty folder or none`);
  process.exitCode = 2;
} else {
  console.log(JSON.stringify(generate(resolve(target)), null, 2));
}

/** Makes the repository in an empty folder; says what was made, and what `check` has to say of it. */
function generate(folder) {
  const size = Object.fromEntries(Object.entries(STANDARD).map(([name, value]) => [name, Math.ceil(value * scale)]));
  const written = { specs: 0, source: 0, results: 0 };
  const write = (part, path, text) => {
    writeAt(join(folder, path), text);
    written[part] += Buffer.byteLength(text);
  };
  const catalog = makeCatalog({ seed, requirements: size.requirements });
  for (const each of catalog.capabilities) write("specs", `openspec/specs/${each.name}/spec.md`, specText(seed, each));
  const tests = Math.floor(size.files * TEST_FILES);
  const { unknown } = size;
  const plain = { seed, files: size.files - tests, meanBytes: MEAN_BYTES, tags: catalog.tags, unknown };
  for (const { path, text } of sourceFiles(plain)) write("source", path, text);
  const suites = makeSuites(seed, catalog, size.cases, tests);
  for (const each of suites) if (each.text !== null) write("source", each.file, each.text);
  for (const [path, text] of resultFiles(suites)) write("results", path, text);
  writeAt(join(folder, "evidence.config.json"), `${JSON.stringify(CONFIGURATION, null, 2)}\n`);
  writeAt(join(folder, ".gitignore"), "reports/\n.evidence/\nevidence-manifest.json\n");
  return {
    made: { requirements: size.requirements, files: size.files, cases: size.cases, bytes: written },
    commit: commitAll(folder),
    reports: digestOf(join(folder, "reports")),
    expected: expectedAnswer(catalog, size),
  };
}

function expectedAnswer(catalog, size) {
  const having = (fate) => catalog.tags.filter((each) => each.fate === fate).length;
  const totals = {
    specs: catalog.capabilities.length,
    requirements: size.requirements,
    scenarios: catalog.tags.length - size.requirements,
    tags: catalog.tags.length,
    failing: having("failing"),
    hollow: 0,
    suspect: 0,
    missing: having("missing"),
    waived: 0,
    verified: having("verified"),
  };
  return { totals, unknown: size.unknown };
}
