import type { ManifestFinding } from "../../model/manifest.js";

/** One link as it was judged. */
export interface ReportedLink {
  file: string;
  line: number;
  column: number;
  role: string;
  form: string;
  text: string;
  url: string;
  /** What it leads to, relative to the judged root; null for addresses and for what was not found. */
  target: string | null;
  state: string;
  /** Id of the finding about it; null when it holds. */
  finding: string | null;
}

/** A file that links lead to and that is not there. */
export interface MissingFile {
  path: string;
  /** What is known of it: when it was last seen, where it may be now. */
  notes: readonly string[];
  /** `finding` is the id of the finding about the link; null when that is turned off. */
  links: readonly { file: string; line: number; finding: string | null }[];
}

export interface LinksReport {
  /** How much was looked at, in one sentence. */
  coverage: string;
  facts: Readonly<Record<string, number>>;
  links: readonly ReportedLink[];
  missing: readonly MissingFile[];
  /** Those about missing files too. */
  findings: readonly ManifestFinding[];
  /** Numbers that were corrected, or would be. */
  edits: readonly { file: string; line: number; column: number; before: string; after: string }[];
  /** Whether the edits were made. */
  written: boolean;
}
