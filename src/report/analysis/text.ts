import { writeFindings } from "../check/findings.js";
import type { RenderOptions } from "../format.js";
import { Page } from "../text/page.js";
import type { AnalysisReport, StatementReading } from "./report.js";

/** How much was looked at, then the findings. `quiet` gives the first line only. */
export function analysisText(
  { coverage, findings, idle, readings = [] }: AnalysisReport,
  options: RenderOptions,
): string {
  const page = new Page(options);
  const errors = findings.some((each) => each.severity === "error");
  const answer = errors ? "ERRORS" : idle !== undefined ? "NONE" : findings.length === 0 ? "CLEAN" : "NOTES";
  page.text([[errors ? "bad" : idle !== undefined ? "doubtful" : "good", answer], `  ${coverage}`], {
    hang: answer.length + 2,
  });
  if (options.detail === "quiet") return page.toString();
  if (idle !== undefined) page.text([idle], { indent: answer.length + 2, hang: answer.length + 2 });
  writeFindings(page, findings, true);
  if (readings.length > 0) writeReadings(page, readings);
  return page.toString();
}

function writeReadings(page: Page, readings: readonly StatementReading[]): void {
  page.heading(`How each statement was read (${readings.length})`);
  for (const { file, line, tag, text, notes } of readings) {
    page.place(file, line, 2);
    page.text([["strong", tag ?? "untagged"], `  ${text}`], { indent: 4, hang: 6 });
    for (const note of notes) page.text([["faint", note]], { indent: 6, hang: 8 });
  }
}
