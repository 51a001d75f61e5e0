import type { ManifestFinding } from "../../model/manifest.js";

/** What verifying a saved manifest found out. */
export interface Verification {
  /** Path of the manifest. */
  path: string;
  /** Files whose digest was recomputed. */
  files: number;
  /** Requirements and scenarios whose text was compared. */
  tags: number;
  /** What no longer matches; the manifest holds when this is empty. */
  findings: readonly ManifestFinding[];
}
