import { canonicalJson } from "../../model/canonical.js";
import type { StateDiff } from "../../model/diff.js";
import { visibleJson } from "../text/visible.js";

/** `spec-evidence/diff@1`, by its schema. */
export function diffJson(diff: StateDiff): string {
  return visibleJson(canonicalJson(diff));
}
