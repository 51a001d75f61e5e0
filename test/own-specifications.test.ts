import { fileURLToPath } from "node:url";
import { traceSpec } from "spec-evidence/vitest";
import { expect, it } from "vitest";
import { execute, Project } from "./scenarios/harness.js";

/** What `evidence` says of this repository's own specifications and glossary. */

const REPOSITORY = fileURLToPath(new URL("../", import.meta.url));

interface Analysis {
  facts: Record<string, number>;
  findings: { code: string; check?: string; severity: string; message: string }[];
}

async function analysis(...args: string[]): Promise<Analysis> {
  const { stdout } = await execute(process.execPath, [Project.command, ...args, "--format", "json"], REPOSITORY);
  return JSON.parse(stdout) as Analysis;
}

it("formalises at least half of the statements of this repository", async () => {
  traceSpec("LOGIC-OWN");
  const { facts } = await analysis("logic");
  expect(facts.statements).toBeGreaterThan(600);
  expect((facts.formalised ?? 0) / (facts.statements ?? 0)).toBeGreaterThanOrEqual(0.5);
});

it("finds no contradiction among them, and no fault in the glossary", async () => {
  traceSpec("LOGIC-OWN-CLEAN");
  const { findings, facts } = await analysis("logic");
  expect(findings.filter((each) => each.severity === "error")).toEqual([]);
  expect(facts).toMatchObject({ unknown: 0, skipped: 0 });
  const glossary = await analysis("glossary", "check");
  expect(glossary.findings.filter((each) => each.severity !== "info")).toEqual([]);
});
