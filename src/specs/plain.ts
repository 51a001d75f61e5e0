import type { Heading, List, ListItem, Paragraph } from "mdast";

/** Blocks that can be read without a markdown parser, and the offset of the first line that may be anything else. */
export interface PlainBlocks {
  blocks: { node: Heading | Paragraph | List; start: number; end: number }[];
  reached: number;
}

/** What prose begins with when no other construct of CommonMark or GFM begins with it, be it interrupted or continued. */
const PROSE_START = String.raw`(?:[A-Za-z(]|\*\*[A-Za-z])`;

/** A line of prose, without blanks at its end. */
const PROSE = new RegExp(`${PROSE_START}(?:[^\\n]*[^\\s])?(?=\\n|$)`, "y");

/** A heading without closing signs. */
const HEADING = /(#{1,6}) [^\s#](?:[^\n]*[^\s#])?(?=\n|$)/y;

/** A bulleted item with one line of prose in it. */
const ITEM = new RegExp(`([-*]) ${PROSE_START}(?:[^\\n]*[^\\s])?(?=\\n|$)`, "y");

/**
 * Reads the headings, paragraphs and tight one-line lists at the start of a text, from the beginning of a line where a
 * top-level block may begin. It reads what most lines of a specification are, many times faster than a parser, and stops
 * before the first block that the next line could make something else: a setext heading, a table, a loose or lazy list.
 * The nodes are those of mdast, their places counted from the start of their block, without what stands in the text.
 */
export function readPlain(text: string, from: number): PlainBlocks {
  const read: PlainBlocks = { blocks: [], reached: from };
  for (let at = skipEmpty(text, from); at < text.length; at = skipEmpty(text, read.reached)) {
    const block = headingAt(text, at) ?? paragraphAt(text, at) ?? listAt(text, at);
    if (block === null) return { ...read, reached: at };
    read.blocks.push(block);
    read.reached = Math.min(block.end + 1, text.length);
  }
  return { ...read, reached: text.length };
}

type PlainBlock = PlainBlocks["blocks"][number];

function headingAt(text: string, start: number): PlainBlock | null {
  const match = matchAt(HEADING, text, start);
  const depth = match?.[1]?.length;
  if (match === null || !isDepth(depth)) return null;
  return {
    node: { type: "heading", depth, children: [], ...place(0, match[0].length) },
    start,
    end: HEADING.lastIndex,
  };
}

function paragraphAt(text: string, start: number): PlainBlock | null {
  let end = start;
  for (let at = start; matchAt(PROSE, text, at) !== null; at = end + 1) {
    end = PROSE.lastIndex;
    if (end >= text.length) break;
  }
  if (end === start || !(isEmptyAt(text, end + 1) || startsAt(HEADING, text, end + 1) || startsAt(ITEM, text, end + 1)))
    return null;
  return { node: { type: "paragraph", children: [], ...place(0, end - start) }, start, end };
}

/** Items on lines of their own; nothing behind them may be theirs, nor make the list a loose one. */
function listAt(text: string, start: number): PlainBlock | null {
  const children: ListItem[] = [];
  const marker = text[start];
  let end = start;
  for (let at = start; text[at] === marker && matchAt(ITEM, text, at) !== null; at = end + 1) {
    end = ITEM.lastIndex;
    const paragraph: Paragraph = { type: "paragraph", children: [], ...place(at + 2 - start, end - start) };
    children.push({ type: "listItem", spread: false, children: [paragraph], ...place(at - start, end - start) });
    if (end >= text.length) break;
  }
  if (children.length === 0 || !isListEnd(text, end + 1)) return null;
  return { node: { type: "list", ordered: false, spread: false, children, ...place(0, end - start) }, start, end };
}

function isListEnd(text: string, at: number): boolean {
  const next = skipEmpty(text, at);
  if (next >= text.length || startsAt(HEADING, text, next)) return true;
  return next > at && startsAt(PROSE, text, next);
}

function isEmptyAt(text: string, at: number): boolean {
  return at >= text.length || text[at] === "\n";
}

function skipEmpty(text: string, from: number): number {
  let at = from;
  while (text[at] === "\n") at += 1;
  return at;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function startsAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

function isDepth(depth: number | undefined): depth is Heading["depth"] {
  return depth !== undefined && depth >= 1 && depth <= 6;
}

/** Only offsets are looked at; lines and columns of the file are told from them. */
function place(start: number, end: number): Pick<Paragraph, "position"> {
  return {
    position: {
      start: { line: 1, column: start + 1, offset: start },
      end: { line: 1, column: end + 1, offset: end },
    },
  };
}
