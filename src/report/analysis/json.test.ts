import { expect, it } from "vitest";
import { analysisJson } from "./json.js";

it("holds what an analysis found, and no advice for a person", () => {
  const report = { analysis: "logic", coverage: "0 of 3", facts: { formalised: 0 }, findings: [], readings: [] };
  expect(JSON.parse(analysisJson({ ...report, idle: "Write a glossary." }))).toEqual({
    schema: "spec-evidence/analysis@1",
    ...report,
  });
});
