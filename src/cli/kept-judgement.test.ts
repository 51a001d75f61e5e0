import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { anAssessment, specText } from "../../test/builders/assessment.js";
import { aResult } from "../../test/builders/case.js";
import { put, scratch } from "../../test/builders/scratch.js";
import type { AssessmentInput } from "../evidence/assess.js";
import { sha256 } from "../model/digest.js";
import { finding } from "../model/finding.js";
import { fileSpan } from "../model/span.js";
import { check } from "./commands/check.js";
import type { Outlines } from "./kept-judgement.js";
import { factsOf } from "./kept-judgement.js";

const SPEC = "openspec/specs/box/spec.md";
const FILES = { [SPEC]: specText("BOX-A"), "src/box.ts": "// @implements BOX-A\n" };
const INPUT = anAssessment({ files: FILES, tests: [aResult("works", { tags: ["BOX-A"] })] });
const OUTLINES: Outlines = {
  sources: "1",
  results: "2",
  documents: INPUT.documents,
  texts: ["3"],
  references: [],
};

const excuse = { reason: "Known for now.", owner: "o", expires: "2031-01-01", span: fileSpan("w.yaml") };
const missing = finding({ code: "EVD001", message: "m", span: fileSpan("w.yaml") });

describe("factsOf", () => {
  it("does not depend on digests of sources", () => {
    traceSpec("CACHE-FACTS");
    const source = { ...INPUT.source, digest: "9".repeat(64) };
    const digests = new Map([["src/box.ts", "9".repeat(64)]]);
    expect(factsOf({ ...INPUT, source, digests }, OUTLINES)).toBe(factsOf(INPUT, OUTLINES));
  });

  it.each<[string, Partial<AssessmentInput>, Partial<Outlines>]>([
    ["sources", {}, { sources: "other" }],
    ["results", {}, { results: "other" }],
    ["specifications", {}, { documents: [] }],
    ["text of a specification", {}, { documents: INPUT.documents.map((each) => ({ ...each, digest: "other" })) }],
    ["further texts", {}, { texts: [] }],
    ["further references", {}, { references: INPUT.references }],
    ["commit", { source: { ...INPUT.source, commit: "c0ffee" } }, {}],
    ["number of files", { source: { ...INPUT.source, files: 2 } }, {}],
    ["tool", { toolVersion: "9.9.9" }, {}],
    ["settings", { config: { ...INPUT.config, changes: "gate" } }, {}],
    ["configuration file", { configuration: { path: "c.json", digest: "0".repeat(64) } }, {}],
    ["waivers", { waivers: [{ ...excuse, tag: "BOX-A", verdict: "missing" }] }, {}],
    ["waivers of findings", { findingWaivers: [{ ...excuse, finding: missing.id }] }, {}],
    ["baseline", { baseline: { path: "b.yaml", verdicts: [], findings: [] } }, {}],
    ["findings", { findings: [missing] }, {}],
    ["analyses", { analyses: { ears: { read: 1 } } }, {}],
    ["date", { today: "2030-01-02" }, {}],
    ["scope", { scope: new Set([SPEC]) }, {}],
  ])("depends on %s", (_what, input, outlines) => {
    traceSpec("CACHE-FACTS-OTHER");
    const changed = factsOf({ ...INPUT, ...input }, { ...OUTLINES, ...outlines });
    expect(changed).toMatch(/^[0-9a-f]{64}$/);
    expect(changed).not.toBe(factsOf(INPUT, OUTLINES));
  });

  it("cannot be told where a results file records inputs of its own", () => {
    traceSpec("CACHE-FACTS-RECORDED");
    const [set] = INPUT.results;
    const items = [{ inputs: { "src/box.ts": "7".repeat(64) } }] as unknown as AssessmentInput["items"];
    expect(factsOf({ ...INPUT, items }, OUTLINES)).toBeNull();
    expect(set && factsOf({ ...INPUT, results: [{ ...set, items: [...items] }] }, OUTLINES)).toBeNull();
  });

  it("cannot be told beside a base", () => {
    traceSpec("CACHE-FACTS-BASE");
    const base = {} as NonNullable<AssessmentInput["base"]>;
    expect(factsOf({ ...INPUT, base }, OUTLINES)).toBeNull();
  });
});

/** Turns the gate of what was kept around, so that it shows when it is taken. */
function forgeGate(root: string): number {
  const folder = join(root, ".evidence/cache");
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  let forged = 0;
  for (const entry of entries) {
    const [, text = ""] = readFileSync(join(folder, entry), "utf8").split("\n");
    if (!text.startsWith('{"gate":"pass"')) continue;
    const other = text.replace('"pass"', '"fail"');
    writeFileSync(
      join(folder, entry),
      `${sha256(`${entry.replace("/", "").replace(".json", "")}\n${other}`)}\n${other}`,
    );
    forged++;
  }
  return forged;
}

it("takes what was kept when a file changed in which nothing else is found, and judges again otherwise", async () => {
  traceSpec("CACHE-FACTS", "CACHE-FACTS-OTHER");
  const root = scratch({
    "evidence.config.json": '{ "results": [{ "path": "reports/*.xml" }] }',
    ...FILES,
    "reports/a.xml": '<testsuite name="s" tests="1"><testcase name="a [BOX-A]"/></testsuite>',
  });
  const judged = (format: string) =>
    check(
      [],
      { run: false },
      { cwd: root, format, color: false, cache: true, quiet: true, output: join(root, "r.json") },
    );
  expect(await judged("json")).toBe(0);
  expect(forgeGate(root)).toBe(1);
  put(root, { "src/box.ts": `${FILES["src/box.ts"]}// more\n` });
  expect(await judged("json")).toBe(1);
  put(root, { "src/box.ts": `// more\n${FILES["src/box.ts"]}` });
  expect(await judged("json")).toBe(0);
});
