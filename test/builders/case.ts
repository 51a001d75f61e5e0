import type { TagCase } from "../../src/evidence/verdict.js";
import { textDigest } from "../../src/model/digest.js";
import type { EvidenceItem } from "../../src/model/evidence.js";
import type { Catalog, Definition, Reference } from "../../src/model/reference.js";
import type { TestResult } from "../../src/model/result.js";
import { lineSpan } from "../../src/model/span.js";

/** Builders of small, valid values for tests; each takes what the test is about. */

export function aDefinition(tag: string, over: Partial<Definition> = {}): Definition {
  const text = over.text ?? `THE box SHALL do ${tag}.`;
  return {
    tag,
    kind: "requirement",
    title: `Title of ${tag}`,
    capability: "box",
    change: null,
    parent: null,
    priority: "must",
    span: lineSpan("openspec/specs/box/spec.md", 5),
    text,
    textDigest: textDigest(text),
    ...over,
  };
}

export function aCatalog(...definitions: Definition[]): Catalog {
  return { definitions: new Map(definitions.map((each) => [each.tag, each])), proposed: new Map() };
}

export function anItem(tag: string, over: Partial<EvidenceItem> = {}): EvidenceItem {
  return {
    id: over.name ?? `item-${tag}`,
    kind: "test.unit",
    name: `checks ${tag}`,
    tags: [tag],
    outcome: "pass",
    producer: { name: "vitest", version: null, command: null },
    location: lineSpan("test/box.test.ts", 7),
    inputs: {},
    against: {},
    assertions: 1,
    cannotFail: null,
    strength: {},
    notes: [],
    ...over,
  };
}

export function aCase(definition: Definition, items: EvidenceItem[], over: Partial<TagCase> = {}): TagCase {
  return {
    definition,
    needs: ["any"],
    items,
    inherited: [],
    references: [],
    misquotations: [],
    unexecuted: [],
    unfollowed: null,
    confirmed: false,
    ...over,
  };
}

export function aReference(tag: string, over: Partial<Reference> = {}): Reference {
  return {
    tag,
    role: "verifies",
    form: "comment",
    explicit: true,
    span: lineSpan("test/box.test.ts", 6),
    test: null,
    quote: null,
    ...over,
  };
}

export function aResult(name: string, over: Partial<TestResult> = {}): TestResult {
  return {
    name,
    suite: [],
    className: null,
    file: "test/box.test.ts",
    line: 7,
    outcome: "pass",
    tags: [],
    assertions: 1,
    expectedToFail: false,
    message: null,
    against: {},
    kind: "test.unit",
    ...over,
  };
}
