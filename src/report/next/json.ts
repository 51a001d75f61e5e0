import { nextSteps } from "../../evidence/next.js";
import { canonicalJson } from "../../model/canonical.js";
import type { Predicate } from "../../model/manifest.js";
import { NEXT_SCHEMA } from "../../model/next-report.js";
import { visibleJson } from "../text/visible.js";

/** `gate` and every step of `nextSteps`, most important first. Schema: schemas/next.schema.json. */
export function nextJson(predicate: Predicate): string {
  return visibleJson(canonicalJson({ schema: NEXT_SCHEMA, gate: predicate.gate, steps: nextSteps(predicate) }));
}
