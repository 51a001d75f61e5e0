import { canonicalJson } from "../../model/canonical.js";
import { visibleJson } from "../text/visible.js";
import type { AnalysisReport } from "./report.js";

/** `spec-evidence/analysis@1`: the analysis's name, coverage, facts, findings and readings. Facts say what `idle` advises on. */
export function analysisJson({ idle: _, ...report }: AnalysisReport): string {
  return visibleJson(canonicalJson({ schema: "spec-evidence/analysis@1", ...report }));
}
