import { canonicalJson } from "../../model/canonical.js";
import { visibleJson } from "../text/visible.js";
import type { LinksReport } from "./report.js";

/** `spec-evidence/links@1`: every link with its state, missing files, findings and edits. */
export function linksJson(report: LinksReport): string {
  return visibleJson(canonicalJson({ schema: "spec-evidence/links@1", ...report }));
}
