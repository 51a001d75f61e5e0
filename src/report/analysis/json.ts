import { canonicalJson } from "../../model/canonical.js";
import { visibleJson } from "../text/visible.js";
import type { AnalysisReport } from "./report.js";

/** `spec-evidence/analysis@1`: the analysis's name, facts and findings. */
export function analysisJson(report: AnalysisReport): string {
  return visibleJson(canonicalJson({ schema: "spec-evidence/analysis@1", ...report }));
}
