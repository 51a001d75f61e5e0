import type { SpecLink } from "./link.js";
import type { Span } from "./span.js";
import type { Tag } from "./tag.js";

/** What a requirement's modal verb makes of it: SHALL/MUST, SHOULD, MAY. */
export type Priority = "must" | "should" | "could";

export type DeltaOperation = "added" | "modified";

/** One specification file, read. Nothing in it has been judged yet. */
export interface SpecDocument {
  /** Relative to the judged root, forward slashes. */
  path: string;
  /** The folder below `specs/` that holds the file; nested folders are joined with `/`. */
  capability: string;
  kind: "main" | "delta";
  /** Name of the active change a delta specification belongs to; null for main ones. */
  change: string | null;
  /** SHA-256 (hex) of the text as read. */
  digest: string;
  frontmatter: Frontmatter | null;
  title: { text: string; span: Span } | null;
  purpose: { text: string; span: Span } | null;
  requirements: Requirement[];
  /** Delta specifications only. */
  removals: Removal[];
  /** Delta specifications only. */
  renames: Rename[];
  /** Every ```` ```alloy ```` block of the file in order, with the tag whose section holds it. */
  alloyBlocks: AlloyBlock[];
  /** Bracketed tags in prose, outside headings that define them, code spans and fences. */
  mentions: Mention[];
  /** Every link outside code, in order of place. */
  links: SpecLink[];
}

export interface Frontmatter {
  span: Span;
  /** Raw text between the fences. */
  text: string;
  /** Top-level scalar entries (`title: X`), as text. */
  entries: Record<string, string>;
}

export interface Requirement {
  /** Null when the heading carries no well-formed tag. */
  tag: Tag | null;
  /** Heading text without `Requirement:` and without the tag. */
  title: string;
  /** Heading text after `Requirement:`, trimmed, tag included: OpenSpec's identity of the requirement. */
  header: string;
  /** Of the heading. */
  span: Span;
  /** From the heading to the end of everything that belongs to the requirement, scenarios included. */
  blockSpan: Span;
  operation: DeltaOperation | null;
  priority: Priority;
  statements: Statement[];
  attributes: Attribute[];
  evidence: EvidenceGroup[];
  scenarios: Scenario[];
  /** Normative text (title, statements, postconditions) with markdown kept; what `textDigest` is taken of. */
  text: string;
  /** See model/digest.ts; scenarios are not part of it, they have their own. */
  textDigest: string;
}

export interface Scenario {
  tag: Tag | null;
  title: string;
  span: Span;
  blockSpan: Span;
  /** The priority of the requirement it belongs to. */
  priority: Priority;
  statements: Statement[];
  attributes: Attribute[];
  evidence: EvidenceGroup[];
  text: string;
  textDigest: string;
}

/** One block of normative prose as it stands in the file. */
export interface Statement {
  kind: "paragraph" | "list" | "table" | "quote" | "code";
  span: Span;
  /** The markdown source of the block. */
  text: string;
}

/** `**Name:** value` at the start of a paragraph, with the list that may follow it. */
export interface Attribute {
  /** As written, without the colon: `References`, `Postcondition`, `Refines`, `Needs`, `Status`, `Owner`. */
  name: string;
  /** Text behind the name on the same paragraph, trimmed. */
  value: string;
  items: AttributeItem[];
  span: Span;
}

export interface AttributeItem {
  text: string;
  span: Span;
}

/** One `##### Evidence` section. */
export interface EvidenceGroup {
  span: Span;
  entries: EvidenceEntry[];
}

/** One list line of it: `- Test (property): [file.ts:12 title](/path/file.ts#L12), …`. */
export interface EvidenceEntry {
  /** `Implementation`, `Test`, `Example`, … as written. */
  label: string;
  /** The text in parentheses behind the label: `property`, `integration`; null without. */
  qualifier: string | null;
  span: Span;
  /** What stands behind the colon, markdown source. */
  text: string;
  links: EvidenceLink[];
  example: Example | null;
}

export interface EvidenceLink {
  /** Link text. */
  text: string;
  /** As written. */
  url: string;
  /** The path part, relative to the judged root; null for URLs with a scheme and bare anchors. */
  path: string | null;
  /** From `#L12` or `#L12-L20`; null without. */
  line: number | null;
  /** Another fragment than a line; null without. */
  anchor: string | null;
  /** What the link text says stands there: the text behind `file.ts:12 `; null without. */
  symbol: string | null;
  span: Span;
}

export interface Example {
  language: string;
  /** Of the fence. */
  span: Span;
  code: string;
  /** Line of the first line of code. */
  firstLine: number;
  expectations: Expectation[];
}

/** `//=> 14`, `//=> type Array`, `//=> throws TypeError`, `//*`. */
export interface Expectation {
  kind: "value" | "type" | "throws" | "any";
  expected: string;
  line: number;
}

export interface AlloyBlock {
  span: Span;
  code: string;
  /** Line of the first line of code. */
  firstLine: number;
  /** Tag of the requirement or scenario whose section holds the block; null outside one. */
  owner: Tag | null;
}

export interface Mention {
  tag: Tag;
  span: Span;
  /** Tag of the requirement or scenario whose section holds it; null outside one. */
  within: Tag | null;
}

export interface Removal {
  tag: Tag | null;
  header: string;
  span: Span;
}

export interface Rename {
  from: { header: string; tag: Tag | null };
  to: { header: string; tag: Tag | null };
  span: Span;
}
