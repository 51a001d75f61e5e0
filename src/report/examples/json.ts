import { canonicalJson } from "../../model/canonical.js";
import type { ExamplesReport } from "../../model/examples-report.js";
import { visibleJson } from "../text/visible.js";

/** `spec-evidence/examples@1`: facts, every example with its outcome and output, findings. */
export function examplesJson(report: ExamplesReport): string {
  return visibleJson(canonicalJson(report));
}
