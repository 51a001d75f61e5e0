import { parseOwners } from "../../ears/parse.js";
import { placesOf } from "../../ears/places.js";
import type { EarsStatement, ReadStatement } from "../../ears/statement.js";
import type { ManifestDefinition } from "../../model/manifest.js";
import type { Requirement, SpecDocument, Statement } from "../../model/requirement.js";
import type { Span } from "../../model/span.js";
import { PARTS } from "./data.js";

type Part = (typeof PARTS)[number];

/**
 * The EARS parts of a definition's body as flat triples of part, start and length (UTF-16 units), in order and without
 * overlap. What could not be read has none.
 */
export function marksOf(definition: ManifestDefinition, text: string): number[] {
  const places = placesOf(definition.file, text);
  const offset = text.length - places.text.length;
  const document = documentOf(definition, (start, end) => places.span(start, end), places.text);
  const ranges = parseOwners(document, places)
    .flatMap((owner) => owner.statements)
    .flatMap((statement) => rangesOf(statement))
    .map(({ part, span }) => ({ part, ...places.offsets(span) }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  const marks: number[] = [];
  let last = 0;
  for (const { part, start, end } of ranges) {
    if (start < last || end <= start) continue;
    marks.push(PARTS.indexOf(part), start + offset, end - start);
    last = end;
  }
  return marks;
}

function rangesOf(statement: EarsStatement): { part: Part; span: Span }[] {
  if (statement.status === "unread") return [];
  return [
    ...statement.clauses.flatMap(({ span, phrase }) => [
      { part: "keyword" as const, span: { ...span, endLine: phrase.span.line, endColumn: phrase.span.column } },
      { part: "condition" as const, span: phrase.span },
    ]),
    ...(statement.system === null ? [] : [{ part: "subject" as const, span: statement.system.span }]),
    { part: "modal", span: statement.modal.span },
    ...responseOf(statement),
    ...statement.timing.map(({ phrase }) => ({ part: "timing" as const, span: phrase.span })),
  ];
}

function responseOf({ response, items }: ReadStatement): { part: Part; span: Span }[] {
  return [...(response === null ? [] : [response]), ...items].map(({ span }) => ({ part: "response", span }));
}

/** The text as a specification of one requirement: its blocks are what blank lines part. */
function documentOf(
  definition: ManifestDefinition,
  span: (start: number, end: number) => Span,
  text: string,
): SpecDocument {
  const statements: Statement[] = [];
  const blocks = /[^\n]+(?:\n(?![ \t]*(?:\n|$))[^\n]*)*/g;
  for (const match of text.matchAll(blocks)) {
    const [block] = match;
    if (block.trim() === "") continue;
    statements.push({ kind: kindOf(block), span: span(match.index, match.index + block.length), text: block });
  }
  const heading = span(0, 0);
  const requirement: Requirement = {
    tag: definition.tag,
    title: definition.title,
    header: definition.title,
    span: heading,
    blockSpan: heading,
    operation: null,
    priority: definition.priority,
    statements,
    attributes: [],
    evidence: [],
    scenarios: [],
    text,
    textDigest: definition.textDigest,
  };
  return {
    path: definition.file,
    capability: definition.capability,
    kind: "main",
    change: null,
    digest: "",
    frontmatter: null,
    title: null,
    purpose: null,
    requirements: [requirement],
    removals: [],
    renames: [],
    alloyBlocks: [],
    mentions: [],
    links: [],
  };
}

function kindOf(block: string): Statement["kind"] {
  const line = block.trimStart();
  if (/^(?:[-*+]|\d{1,9}[.)])[ \t]/.test(line)) return "list";
  if (line.startsWith("|")) return "table";
  return line.startsWith(">") ? "quote" : "paragraph";
}
