import type { AssessmentInput } from "../../src/evidence/assess.js";
import { viewChanges } from "../../src/evidence/changes.js";
import { configSchema } from "../../src/model/config.js";
import type { ResultSet, TestResult } from "../../src/model/result.js";
import { parseSpec } from "../../src/specs/parse.js";
import { buildCatalog } from "../../src/tags/catalog.js";
import { scanSource } from "../../src/tags/scan.js";

export interface Tree {
  /** Main specifications, delta specifications and sources: text by path. */
  files: Record<string, string>;
  tests?: TestResult[];
  config?: unknown;
  over?: Partial<AssessmentInput>;
}

/** The input that a folder with these files and test results would give. */
export function anAssessment({ files, tests, config = {}, over = {} }: Tree): AssessmentInput {
  const specs = Object.entries(files).filter(([path]) => path.endsWith("spec.md"));
  const parsed = specs.map(([path, text]) => ({ text, ...parseSpec({ path, text }) }));
  const mains = parsed.flatMap(({ document }) => (document.kind === "main" ? [document] : []));
  const deltas = parsed.filter(({ document }) => document.kind === "delta");
  const sources = Object.entries(files).filter(([path]) => !path.endsWith("spec.md"));
  const scans = sources.map(([path, text]) => scanSource({ path, text }));
  const built = buildCatalog(parsed.map(({ document }) => document));
  const textOf = (capability: string) => {
    const path = mains.find((main) => main.capability === capability)?.path;
    return path === undefined ? null : { path, text: files[path] ?? "" };
  };
  return {
    toolVersion: "1.2.3",
    config: configSchema.parse(config),
    configuration: { path: null, digest: "0".repeat(64) },
    source: { commit: null, files: sources.length, digest: "1".repeat(64) },
    documents: mains,
    changes: viewChanges(mains, textOf, deltas),
    catalog: built.catalog,
    references: scans.flatMap((scan) => scan.references),
    results: tests === undefined ? [] : [resultSet(tests)],
    waivers: [],
    findingWaivers: [],
    confirmations: [],
    baseline: null,
    base: null,
    digests: new Map(sources.map(([path]) => [path, "2".repeat(64)])),
    findings: [
      ...parsed.flatMap((each) => each.findings),
      ...built.findings,
      ...scans.flatMap((scan) => scan.findings),
    ],
    items: [],
    analyses: {},
    today: "2030-01-01",
    scope: null,
    ...over,
  };
}

function resultSet(tests: TestResult[], source = "results.xml"): ResultSet {
  const producer = { name: "runner", version: null, command: null };
  return { source, format: "junit", producer, tests, items: [], findings: [] };
}

/** A main specification with one requirement and further lines below it. */
export function specText(tag: string, body = `WHEN asked, THE box SHALL do 3 things for ${tag}.`): string {
  return `## Purpose\n\nA box.\n\n## Requirements\n\n### Requirement: Of ${tag} [${tag}]\n${body}\n`;
}
