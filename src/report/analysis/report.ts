import type { ManifestFinding } from "../../model/manifest.js";

/** What one analysis of the specifications found, for a report of its own. */
export interface AnalysisReport {
  /** `lint`, `logic` or `glossary`. */
  analysis: string;
  /** How much was looked at, in one sentence: silence must not look like assurance. */
  coverage: string;
  facts: Readonly<Record<string, number | string | boolean | null>>;
  findings: readonly ManifestFinding[];
}
