import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import { fileSpan } from "../model/span.js";

/** The finding for a file whose analysis broke off: a defect of the tool, which must not pass for a clean file. */
export function brokenFinding(path: string, why: string): Finding {
  return finding({
    code: "FILE007",
    message: `Unexpected end of the analysis (${why}), expected a result`,
    span: fileSpan(path),
    subject: "analysis",
  });
}
