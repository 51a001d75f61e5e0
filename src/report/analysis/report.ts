import type { ManifestFinding } from "../../model/manifest.js";

/** What one analysis of the specifications found, for a report of its own. */
export interface AnalysisReport {
  /** `lint`, `logic` or `glossary`. */
  analysis: string;
  /** How much was looked at, in one sentence: silence must not look like assurance. */
  coverage: string;
  facts: Readonly<Record<string, number | string | boolean | null>>;
  findings: readonly ManifestFinding[];
  /** Why nothing at all was looked at, and what to do, for a person; absent where something was. */
  idle?: string;
  /** How each statement was read; only where somebody asked for it. */
  readings?: readonly StatementReading[];
}

/** What was made of one statement, for a person to compare with what stands there. */
export interface StatementReading {
  file: string;
  line: number | null;
  tag: string | null;
  /** The statement rebuilt from its reading alone; the sentence itself where it was not read. */
  text: string;
  /** By which rules, or what stood in the way. */
  notes: readonly string[];
}
