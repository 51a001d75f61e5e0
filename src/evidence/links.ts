import type { EvidenceKind } from "../model/evidence.js";
import type { Reference, TestDeclaration } from "../model/reference.js";
import type { EvidenceEntry, EvidenceGroup, EvidenceLink, SpecDocument } from "../model/requirement.js";
import { lineSpan } from "../model/span.js";
import type { Tag } from "../model/tag.js";

/** Kinds that the qualifier of a `- Test (…)` entry names. */
const QUALIFIERS: Readonly<Record<string, EvidenceKind>> = {
  property: "test.property",
  integration: "test.integration",
  e2e: "test.integration",
  concurrency: "test.concurrency",
  simulation: "simulation",
};

/**
 * The references that Evidence sections make: `Implementation` links implement, `Test` links verify by the file and
 * name of a test, and so count only together with a result.
 */
export function evidenceReferences(documents: readonly SpecDocument[]): Reference[] {
  return documents.flatMap((document) =>
    document.requirements.flatMap((requirement) => [
      ...ofSection(requirement.tag, requirement.evidence),
      ...requirement.scenarios.flatMap((scenario) => ofSection(scenario.tag, scenario.evidence)),
    ]),
  );
}

function ofSection(tag: Tag | null, groups: readonly EvidenceGroup[]): Reference[] {
  if (tag === null) return [];
  return groups.flatMap((group) => group.entries.flatMap((entry) => ofEntry(tag, entry)));
}

function ofEntry(tag: Tag, entry: EvidenceEntry): Reference[] {
  const label = entry.label.toLowerCase();
  if (label !== "implementation" && label !== "test") return [];
  return entry.links.flatMap((link): Reference[] => {
    if (link.path === null) return [];
    const target = lineSpan(link.path, link.line ?? 1);
    const common = { tag, form: "evidence" as const, explicit: true, span: link.span, quote: null, target };
    if (label === "implementation") return [{ ...common, role: "implements", test: null }];
    const kind = QUALIFIERS[entry.qualifier?.toLowerCase() ?? ""];
    const test = linkedTest(link);
    return [{ ...common, role: "verifies", test, ...(kind === undefined ? {} : { kind }) }];
  });
}

function linkedTest(link: EvidenceLink): TestDeclaration | null {
  if (link.path === null || link.symbol === null) return null;
  const line = link.line ?? 1;
  return { file: link.path, line, endLine: line, name: link.symbol, suite: [], assertions: "unknown" };
}
