import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Span } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { bracketedTokens, isTag } from "../model/tag.js";
import type { Block } from "./blocks.js";
import { maskInline } from "./inline.js";
import { closedName } from "./openspec/lines.js";
import type { Source } from "./source.js";
import { spanAt } from "./source.js";

export interface Heading {
  depth: number;
  kind: "requirement" | "scenario" | "evidence" | "other";
  /** Heading text behind `Requirement:` or `Scenario:`, trimmed, tag included. */
  header: string;
  tag: Tag | null;
  /** The same without the tag. */
  title: string;
  span: Span;
}

const KEYWORD = /^(requirement|scenario):\s*/i;

/** Reads a heading and reports what is wrong with its level and its tag. */
export function readHeading(source: Source, block: Block): { heading: Heading; findings: Finding[] } {
  const depth = block.node.type === "heading" ? block.node.depth : 0;
  const raw = headingText(source.text.slice(block.start, block.end));
  const span = spanAt(source, block.start, block.end);
  const keyword = KEYWORD.exec(raw);
  const header = keyword === null ? raw : raw.slice(keyword[0].length);
  const { tag, title, tags } = readTag(header);
  const named = keyword?.[1]?.toLowerCase();
  const proper = (named === "requirement" && depth === 3) || (named === "scenario" && depth === 4);
  if (proper && header !== "") {
    const kind = named === "requirement" ? "requirement" : "scenario";
    const heading: Heading = { depth, kind, header, tag, title, span };
    return { heading, findings: tagFindings(heading, tags) };
  }
  const kind = depth >= 4 && /^evidence$/i.test(raw) ? "evidence" : "other";
  const heading: Heading = { depth, kind, header: raw, tag: null, title: raw, span };
  if (named !== undefined) return { heading, findings: [misplaced(named, header, span, tags)] };
  const last = tags.at(-1);
  return { heading, findings: last !== undefined && raw.endsWith(`[${last}]`) ? [tagOnNothing(last, raw, span)] : [] };
}

/** The text of an ATX or setext heading as written. */
function headingText(text: string): string {
  const atx = /^#{1,6}(?=[ \t]|$)/.exec(text);
  if (atx !== null) return closedName(text.slice(atx[0].length));
  return text
    .slice(0, text.lastIndexOf("\n"))
    .replace(/[ \t]*\n[ \t]*/g, " ")
    .trim();
}

/** The tag of a heading's text, the last where there are several, and the text without it. */
export function readTag(header: string): { tag: Tag | null; title: string; tags: Tag[] } {
  const tokens = bracketedTokens(maskInline(header)).filter((token) => token.wellFormed);
  const token = tokens.at(-1);
  const tags = tokens.map((each) => each.text);
  if (token === undefined) return { tag: null, title: header, tags };
  const behind = header.slice(token.offset + token.text.length + 2);
  const title = `${header.slice(0, token.offset).trimEnd()} ${behind.trimStart()}`.trim();
  return { tag: token.text, title, tags };
}

function tagFindings(heading: Heading, tags: readonly Tag[]): Finding[] {
  const { span, header } = heading;
  if (tags.length > 1) {
    const message = `Unexpected tags ${tags.map((tag) => `[${tag}]`).join(" and ")} on one heading, expected one`;
    return [finding({ code: "TAG006", message, span, tags: [...tags] })];
  }
  if (heading.tag !== null) return [];
  const malformed = malformedTag(header);
  if (malformed !== null) {
    const suggestion = wellFormed(malformed);
    const message = `Unexpected tag ${JSON.stringify(malformed)}, expected upper-case segments joined by "-" in brackets`;
    return [
      suggestion === null
        ? finding({ code: "TAG001", message, span })
        : finding({ code: "TAG001", message, span, suggestion: `Write [${suggestion}].` }),
    ];
  }
  const message = `Unexpected ${heading.kind} ${JSON.stringify(header)} without a tag, expected one like [AREA-NAME] at the end`;
  return [finding({ code: heading.kind === "requirement" ? "SPEC002" : "SPEC003", message, span })];
}

/** What the brackets at the end of a heading hold when that is nearly a tag. */
function malformedTag(header: string): string | null {
  const masked = maskInline(header);
  const unclosed = /\[[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+$/.exec(masked);
  if (unclosed !== null) return unclosed[0];
  const last = masked.endsWith("]") ? bracketedTokens(masked).at(-1) : undefined;
  if (last === undefined || last.offset + last.text.length + 2 !== masked.length) return null;
  const inner = last.text.trim();
  const oneWord = /^[A-Za-z0-9_.-]+$/.test(inner) && /[A-Za-z]/.test(inner) && /[A-Z0-9_.-]/.test(inner);
  const shouted = /^[A-Z][A-Z0-9 _.-]*$/.test(inner);
  return oneWord || shouted ? `[${last.text}]` : null;
}

function wellFormed(malformed: string): Tag | null {
  const segments = malformed.toUpperCase().split(/[^A-Z0-9]+/);
  const tag = segments.filter((segment) => segment !== "").join("-");
  return isTag(tag) ? tag : null;
}

function misplaced(keyword: string, header: string, span: Span, tags: Tag[]): Finding {
  const expected =
    keyword === "requirement" ? "### Requirement: Title [AREA-NAME]" : "#### Scenario: Title [AREA-NAME-CASE]";
  const what = header === "" ? "without a title" : "at this level";
  const message = `Unexpected ${keyword} heading ${what}, expected \`${expected}\``;
  return finding({ code: "SPEC014", message, span, tags, subject: `${keyword} ${header}` });
}

function tagOnNothing(tag: Tag, raw: string, span: Span): Finding {
  const message = `Unexpected tag [${tag}] on the heading ${JSON.stringify(raw)}, expected it on a requirement or scenario`;
  return finding({ code: "TAG002", message, span, tags: [tag] });
}
