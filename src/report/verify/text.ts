import { writeFindings } from "../check/findings.js";
import { counted } from "../check/summary.js";
import type { RenderOptions } from "../format.js";
import { Page } from "../text/page.js";
import type { Verification } from "./report.js";

/** Whether a manifest still describes what is there, then what differs. `quiet` gives the answer only. */
export function verifyText({ path, files, tags, findings }: Verification, options: RenderOptions): string {
  const page = new Page(options);
  const read = `${counted(files, "file")}, ${counted(tags, "tag")}`;
  if (findings.length === 0) page.text([["good", "MATCH"], `  ${path} describes what is there: ${read}`], { hang: 7 });
  else
    page.text([["bad", "DIFFER"], `  ${path} differs in ${counted(findings.length, "place")} of ${read}`], { hang: 8 });
  if (options.detail === "quiet") return page.toString();
  writeFindings(page, findings, options.detail === "verbose");
  return page.toString();
}
