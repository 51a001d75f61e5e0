import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import type { RenderOptions } from "../format.js";
import { doctorJson } from "./json.js";
import type { DoctorReport } from "./report.js";
import { doctorText } from "./text.js";

const OPTIONS: RenderOptions = { width: 60, colour: false, detail: "normal" };
const REPORT: DoctorReport = {
  parts: [
    { part: "node", status: "ok", version: "20.20.2", neededFor: "everything", hint: null },
    {
      part: "java",
      status: "absent",
      version: null,
      neededFor: "models",
      hint: "apt-get install default-jre-headless",
    },
    { part: "git", status: "broken", version: "1.8", neededFor: "commits", hint: null },
  ],
};

describe("doctor", () => {
  it("prints every part with status, version, use and hint", () => {
    traceSpec("REPORT-DOCTOR");
    expect(doctorText(REPORT, OPTIONS).split("\n")).toEqual([
      "ok      node 20.20.2",
      "        needed for everything",
      "absent  java",
      "        needed for models",
      "        apt-get install default-jre-headless",
      "broken  git 1.8",
      "        needed for commits",
      "",
    ]);
    expect(JSON.parse(doctorJson(REPORT))).toEqual({ schema: "spec-evidence/doctor@1", ...REPORT });
  });

  it("leaves out what is fine when quiet", () => {
    expect(doctorText(REPORT, { ...OPTIONS, detail: "quiet" })).not.toContain("node");
    expect(doctorText({ parts: [] }, OPTIONS)).toBe("");
  });
});
