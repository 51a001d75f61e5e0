import { canonicalJson } from "../../model/canonical.js";
import { visibleJson } from "../text/visible.js";
import type { OneTag } from "../why/case.js";
import { caseOf, tagsNear } from "../why/case.js";
import type { Entry, Listing } from "./catalog.js";
import { findEntries, listEntries } from "./catalog.js";

/** `spec-evidence/tags@1`: `tags[]` with provenance. */
export function listJson(listing: Listing): string {
  return tagsJson(listEntries(listing));
}

/** The same for `findEntries`; `excerpt` is the line of the text that matched. */
export function findJson(listing: Listing): string {
  return tagsJson(findEntries(listing));
}

/** `spec-evidence/tag@1`: the definition with `references`, `evidence`, `scenarios` (tags) and `findings`. */
export function showJson(question: OneTag): string {
  const schema = "spec-evidence/tag@1";
  const found = caseOf(question);
  if (found === null) {
    return visibleJson(canonicalJson({ schema, known: false, tag: question.tag, near: tagsNear(question) }));
  }
  const { definition, change, references, items, findings } = found;
  const scenarios = found.scenarios.map((each) => each.definition.tag);
  const record = { schema, known: true, ...definition, change, references, evidence: items, scenarios, findings };
  return visibleJson(canonicalJson(record));
}

function tagsJson(entries: readonly Entry[]): string {
  const tags = entries.map(({ definition, change, excerpt }) => {
    const { tag, kind, title, capability, parent, priority, file, line, column } = definition;
    return { tag, kind, title, capability, parent, priority, file, line, column, change, excerpt };
  });
  return visibleJson(canonicalJson({ schema: "spec-evidence/tags@1", tags }));
}
