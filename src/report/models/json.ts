import type { AlloyReport } from "../../model/alloy-report.js";
import { canonicalJson } from "../../model/canonical.js";
import { visibleJson } from "../text/visible.js";

/** The output of `evidence alloy --format json`; its schema is `alloyReportSchema`. */
export function modelsJson(report: AlloyReport): string {
  return visibleJson(canonicalJson({ schema: "spec-evidence/alloy@1", ...report }));
}
