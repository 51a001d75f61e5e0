import { readFileSync } from "node:fs";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { findingsPage } from "../src/report/explain/markdown.js";

describe("docs/findings.md", () => {
  it("is what the codes make of it: run `npm run docs` when this fails", () => {
    traceSpec("REPORT-DOCS-CURRENT");
    const page = readFileSync(new URL("../docs/findings.md", import.meta.url), "utf8");
    expect(page).toBe(findingsPage());
  });
});
