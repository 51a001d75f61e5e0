import { canonicalJson } from "../../model/canonical.js";
import { visibleJson } from "../text/visible.js";
import type { Judged, OneTag } from "./case.js";
import { caseOf, tagsNear } from "./case.js";

/**
 * `spec-evidence/why@1`: the definition's members beside `verdict`, `unwaived`, `level`, `reasons`, `waiver`,
 * `evidence` (items as in the manifest), `references`, `models` (commands as in the manifest), `scenarios`, `findings` and `close`. For an unknown tag
 * `known` is false and `near` holds the nearest ones.
 */
export function whyJson(question: OneTag): string {
  return visibleJson(canonicalJson(record(question)));
}

function record(question: OneTag): Record<string, unknown> {
  const found = caseOf(question);
  const schema = "spec-evidence/why@1";
  if (found === null) return { schema, known: false, tag: question.tag, near: tagsNear(question) };
  const { definition, verdict, change, scenarios, items, references, models, findings, waiver, close } = found;
  return {
    schema,
    known: true,
    ...definition,
    change,
    verdict: verdict.verdict,
    unwaived: verdict.unwaived,
    level: verdict.level,
    reasons: verdict.reasons,
    waiver,
    evidence: items,
    references,
    models,
    scenarios: scenarios.map(brief),
    findings,
    close,
  };
}

function brief({ definition, verdict }: Judged): Record<string, unknown> {
  const { tag, title, file, line } = definition;
  return { tag, title, file, line, verdict: verdict.verdict, reasons: verdict.reasons };
}
