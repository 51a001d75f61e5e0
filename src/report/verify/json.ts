import { canonicalJson } from "../../model/canonical.js";
import { visibleJson } from "../text/visible.js";
import type { Verification } from "./report.js";

/** `spec-evidence/verify@1`: `matches` beside the verification itself. */
export function verifyJson(verification: Verification): string {
  const matches = verification.findings.length === 0;
  return visibleJson(canonicalJson({ schema: "spec-evidence/verify@1", matches, ...verification }));
}
