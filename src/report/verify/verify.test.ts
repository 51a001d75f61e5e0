import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { buildFinding } from "../../../test/builders/predicate.js";
import type { RenderOptions } from "../format.js";
import { verifyJson } from "./json.js";
import { verifyText } from "./text.js";

const OPTIONS: RenderOptions = { width: 80, colour: false, detail: "normal" };
const MATCHING = { path: "evidence-manifest.json", files: 12, tags: 458, findings: [] };
const DIFFERING = {
  ...MATCHING,
  findings: [buildFinding({ code: "EVD020", message: "Unexpected digest, expected another", file: "a.md", line: 1 })],
};

describe("verify", () => {
  it("says that a manifest matches", () => {
    traceSpec("REPORT-VERIFY");
    expect(verifyText(MATCHING, OPTIONS)).toBe(
      "MATCH  evidence-manifest.json describes what is there: 12 files, 458 tags\n",
    );
    expect(JSON.parse(verifyJson(MATCHING))).toMatchObject({ matches: true, files: 12, findings: [] });
  });

  it("prints what differs", () => {
    traceSpec("REPORT-VERIFY");
    expect(verifyText(DIFFERING, OPTIONS).split("\n")).toEqual([
      "DIFFER  evidence-manifest.json differs in 1 place of 12 files, 458 tags",
      "",
      "Errors (1)",
      "",
      "  a.md:1",
      "    EVD020 Unexpected digest, expected another",
      "",
    ]);
    expect(verifyText(DIFFERING, { ...OPTIONS, detail: "quiet" }).split("\n")).toHaveLength(2);
    expect(JSON.parse(verifyJson(DIFFERING))).toMatchObject({ matches: false, findings: [{ code: "EVD020" }] });
  });
});
