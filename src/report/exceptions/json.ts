import { canonicalJson } from "../../model/canonical.js";
import type { Predicate } from "../../model/manifest.js";
import { visibleJson } from "../text/visible.js";
import { exceptionRows } from "./rows.js";

/** `spec-evidence/exceptions@1`: `exceptions[]`, one per thing that is excused. */
export function exceptionsJson(predicate: Predicate): string {
  return visibleJson(canonicalJson({ schema: "spec-evidence/exceptions@1", exceptions: exceptionRows(predicate) }));
}
