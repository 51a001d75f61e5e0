import { canonicalPieces } from "../../model/canonical.js";
import type { Check, CheckTag } from "../../model/check.js";
import type {
  ManifestDefinition,
  ManifestFinding,
  ManifestItem,
  ManifestVerdict,
  Predicate,
} from "../../model/manifest.js";
import { visibleJson } from "../text/visible.js";

/** The output of `check --format json`; its schema is `checkSchema`. */
export function checkJson(predicate: Predicate): string {
  return Array.from(canonicalPieces(toCheck(predicate)), visibleJson).join("");
}

/** A predicate without the manifest's bookkeeping: gate, totals, tags with their evidence, findings, changes. */
export function toCheck(predicate: Predicate): Check {
  const items = new Map(predicate.items.map((item) => [item.id, item]));
  return {
    schema: "spec-evidence/check@1",
    gate: predicate.gate,
    gateReasons: predicate.gateReasons,
    mode: predicate.mode,
    totals: predicate.totals,
    ...(predicate.base === undefined ? {} : { base: predicate.base }),
    tags: tagsOf(predicate.catalog, predicate.verdicts, items),
    findings: predicate.findings.map(findingOf),
    changes: predicate.changes.map(({ change, gates, removed, definitions, verdicts }) => ({
      change,
      gates,
      removed,
      tags: tagsOf(definitions, verdicts, items),
    })),
    analyses: predicate.analyses,
  };
}

function tagsOf(
  definitions: readonly ManifestDefinition[],
  verdicts: readonly ManifestVerdict[],
  items: ReadonlyMap<string, ManifestItem>,
): CheckTag[] {
  const definitionOf = new Map(definitions.map((each) => [each.tag, each]));
  return verdicts.flatMap((verdict): CheckTag[] => {
    const definition = definitionOf.get(verdict.tag);
    if (definition === undefined) return [];
    const { tag, kind, title, capability, parent, priority, file, line, needs } = definition;
    return [
      {
        tag,
        kind,
        title,
        capability,
        parent,
        priority,
        verdict: verdict.verdict,
        level: verdict.level,
        file,
        line,
        needs,
        reasons: verdict.reasons,
        evidence: verdict.evidence.flatMap((id) => items.get(id) ?? []).map(itemOf),
      },
    ];
  });
}

function itemOf(item: ManifestItem): CheckTag["evidence"][number] {
  return {
    id: item.id,
    kind: item.kind,
    name: item.name,
    outcome: item.outcome,
    file: item.location?.file ?? null,
    line: item.location?.line ?? null,
    assertions: item.assertions,
    cannotFail: item.cannotFail,
  };
}

function findingOf(found: ManifestFinding): Check["findings"][number] {
  const { id, code, severity, message, span, tags, related, suggestion, check, tier } = found;
  return {
    id,
    code,
    severity,
    message,
    ...placeOf(span),
    tags,
    related: related.map((each) => ({ ...placeOf(each.span), message: each.message })),
    suggestion,
    ...(check === undefined ? {} : { check }),
    ...(tier === undefined ? {} : { tier }),
  };
}

function placeOf({ file, line, column }: ManifestFinding["span"]): { file: string; line: number; column: number } {
  return { file, line, column };
}
