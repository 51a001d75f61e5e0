import { writeFindings } from "../check/findings.js";
import type { RenderOptions } from "../format.js";
import { Page } from "../text/page.js";
import type { AnalysisReport } from "./report.js";

/** How much was looked at, then the findings. `quiet` gives the first line only. */
export function analysisText({ coverage, findings }: AnalysisReport, options: RenderOptions): string {
  const page = new Page(options);
  const errors = findings.some((each) => each.severity === "error");
  const answer = findings.length === 0 ? "CLEAN" : errors ? "ERRORS" : "NOTES";
  page.text([[errors ? "bad" : "good", answer], `  ${coverage}`], { hang: answer.length + 2 });
  if (options.detail === "quiet") return page.toString();
  writeFindings(page, findings, true);
  return page.toString();
}
