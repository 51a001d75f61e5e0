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
  const { catalog, verdicts } = predicate;
  const items = itemsById(predicate);
  // Made one by one: those of a large repository are larger than everything that is known of them.
  const tags = { [Symbol.iterator]: () => tagsOf(catalog, verdicts, items) };
  return Array.from(canonicalPieces({ ...restOf(predicate, items), tags }), visibleJson).join("");
}

/** A predicate without the manifest's bookkeeping: gate, totals, tags with their evidence, findings, changes. */
export function toCheck(predicate: Predicate): Check {
  const items = itemsById(predicate);
  return { ...restOf(predicate, items), tags: [...tagsOf(predicate.catalog, predicate.verdicts, items)] };
}

function itemsById({ items }: Predicate): Map<string, ManifestItem> {
  return new Map(items.map((item) => [item.id, item]));
}

function restOf(predicate: Predicate, items: ReadonlyMap<string, ManifestItem>): Omit<Check, "tags"> {
  return {
    schema: "spec-evidence/check@1",
    gate: predicate.gate,
    gateReasons: predicate.gateReasons,
    mode: predicate.mode,
    ...(predicate.known === undefined ? {} : { known: predicate.known }),
    totals: predicate.totals,
    ...(predicate.base === undefined ? {} : { base: predicate.base }),
    findings: predicate.findings.map(findingOf),
    changes: predicate.changes.map(({ change, gates, removed, definitions, verdicts }) => ({
      change,
      gates,
      removed,
      tags: [...tagsOf(definitions, verdicts, items)],
    })),
    analyses: predicate.analyses,
  };
}

function* tagsOf(
  definitions: readonly ManifestDefinition[],
  verdicts: readonly ManifestVerdict[],
  items: ReadonlyMap<string, ManifestItem>,
): Generator<CheckTag> {
  const definitionOf = new Map(definitions.map((each) => [each.tag, each]));
  for (const { tag, verdict, level, reasons, evidence } of verdicts) {
    const definition = definitionOf.get(tag);
    if (definition === undefined) continue;
    const { kind, title, capability, parent, priority, file, line, needs } = definition;
    const known: CheckTag["evidence"] = [];
    for (const id of evidence) {
      const item = items.get(id);
      if (item !== undefined) known.push(itemOf(item));
    }
    yield {
      tag,
      kind,
      title,
      capability,
      parent,
      priority,
      verdict,
      level,
      file,
      line,
      needs,
      reasons,
      evidence: known,
    };
  }
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
