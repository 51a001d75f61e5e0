import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ResultsFile } from "../../src/evidence/readers/index.js";
import { readResults } from "../../src/evidence/readers/index.js";
import type { TestDeclaration } from "../../src/model/reference.js";
import type { ResultSet, TestResult } from "../../src/model/result.js";

const FOLDER = new URL("../fixtures/results/", import.meta.url);

/** Names of all results files among the fixtures. */
export function resultFixtures(): string[] {
  return readdirSync(fileURLToPath(FOLDER))
    .filter((name) => !name.endsWith(".md"))
    .sort();
}

export function resultText(name: string): string {
  return readFileSync(new URL(name, FOLDER), "utf8");
}

/** Reads a fixture as if it stood in the judged root `/home/ci/shop`. */
export function readFixture(name: string, over: Partial<ResultsFile> = {}): ResultSet {
  return readResults({ path: `results/${name}`, text: resultText(name), root: "/home/ci/shop", ...over });
}

/** Reads a text. */
export function readText(text: string, over: Partial<ResultsFile> = {}): ResultSet {
  return readResults({ path: "results/r", text, root: "/home/ci/shop", ...over });
}

/** The one test whose name contains the text. */
export function testNamed(set: ResultSet, part: string): TestResult {
  const found = set.tests.filter((each) => each.name.includes(part));
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new Error(`${found.length} tests are named like ${part}: ${set.tests.map((each) => each.name).join(", ")}`);
  }
  return only;
}

/** Codes of the findings, in order. */
export function codesOf(set: ResultSet): string[] {
  return set.findings.map((each) => each.code);
}

export function aTest(file: string, titles: readonly string[], over: Partial<TestDeclaration> = {}): TestDeclaration {
  return {
    file,
    line: 3,
    endLine: 5,
    name: titles.at(-1) ?? "",
    suite: titles.slice(0, -1),
    assertions: "present",
    ...over,
  };
}
