import { nextSteps } from "../../evidence/next.js";
import { canonicalJson } from "../../model/canonical.js";
import type { Predicate } from "../../model/manifest.js";
import { visibleJson } from "../text/visible.js";

/** `spec-evidence/next@1`: `gate` and every `steps[]` of `nextSteps`, most important first. */
export function nextJson(predicate: Predicate): string {
  return visibleJson(
    canonicalJson({ schema: "spec-evidence/next@1", gate: predicate.gate, steps: nextSteps(predicate) }),
  );
}
