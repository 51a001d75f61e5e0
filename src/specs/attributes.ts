import type { Attribute, AttributeItem, Statement } from "../model/requirement.js";
import type { Block } from "./blocks.js";
import { childrenOf } from "./blocks.js";
import type { Source } from "./source.js";
import { spanAt } from "./source.js";

/**
 * Names of attributes that say something about a requirement and are no part of what it demands. A bold name that is not
 * among them may carry a demand (`**Constraint:** The system MUST …`), so its line counts as a statement too.
 */
const DESCRIPTIVE = new Set([
  "author",
  "comment",
  "id",
  "needs",
  "note",
  "notes",
  "owner",
  "priority",
  "rationale",
  "reference",
  "references",
  "refines",
  "since",
  "source",
  "status",
  "verification",
]);

/** `**Name:** value` or `**Name**: value` at the start of a line. */
const ATTRIBUTE_LINE = /^[ \t]*\*\*([A-Za-z][A-Za-z0-9 _/-]{0,60}?)(?::\*\*|\*\*[ \t]*:)(?=[ \t]|$)/;

export function isPostcondition(attribute: Attribute): boolean {
  return /^postconditions?$/i.test(attribute.name);
}

export interface ParagraphParts {
  statements: Statement[];
  attributes: Attribute[];
}

/**
 * Adds the statements and attributes of a paragraph to those of its owner: an attribute runs from its line to the next one or
 * to the end. Returns the attribute that the paragraph ends with; null when it ends with a statement.
 */
export function splitParagraph(source: Source, block: Block, owner: ParagraphParts): Attribute | null {
  let start = block.start;
  for (let at = nextLine(source.text, block.start, block.end); ; at = nextLine(source.text, at, block.end)) {
    const startsAttribute = at < block.end && ATTRIBUTE_LINE.test(lineFrom(source.text, at, block.end));
    if (at < block.end && !startsAttribute) continue;
    const last = addPart(source, start, at >= block.end ? block.end : at - 1, owner);
    if (at >= block.end) return last;
    start = at;
  }
}

function nextLine(text: string, from: number, end: number): number {
  const newline = text.indexOf("\n", from);
  return newline < 0 || newline + 1 > end ? end : newline + 1;
}

function lineFrom(text: string, start: number, end: number): string {
  return text.slice(start, Math.max(start, nextLine(text, start, end)));
}

function addPart(source: Source, start: number, end: number, parts: ParagraphParts): Attribute | null {
  const text = source.text.slice(start, end);
  const span = spanAt(source, start, end);
  const match = ATTRIBUTE_LINE.exec(lineFrom(source.text, start, end));
  if (match === null) {
    parts.statements.push({ kind: "paragraph", span, text });
    return null;
  }
  const attribute: Attribute = { name: match[1] ?? "", value: text.slice(match[0].length).trim(), items: [], span };
  parts.attributes.push(attribute);
  if (!DESCRIPTIVE.has(attribute.name.toLowerCase()) && !isPostcondition(attribute) && !isName(attribute.value)) {
    parts.statements.push({ kind: "paragraph", span, text });
  }
  return attribute;
}

/** A single word names something and demands nothing. */
function isName(value: string): boolean {
  return /^\S+$/u.test(value);
}

/** Whether the list behind an attribute is the attribute's own. */
export function takesList(attribute: Attribute): boolean {
  return attribute.value === "" || attribute.value.endsWith(":");
}

/** The items of a list, each without its marker. */
export function listItems(source: Source, list: Block): AttributeItem[] {
  return childrenOf(list).flatMap((item) => {
    const content = childrenOf(item);
    const first = content[0];
    const last = content.at(-1);
    if (first === undefined || last === undefined) return [];
    const text = source.text.slice(first.start, last.end);
    return [{ text, span: spanAt(source, first.start, last.end) }];
  });
}
