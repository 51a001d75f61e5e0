import type { Nodes, RootContent } from "mdast";
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import type { Processor } from "unified";
import { unified } from "unified";
import { SKIP, visit } from "unist-util-visit";
import { readPlain } from "./plain.js";

/** A block of markdown at absolute offsets; its node's own offsets count from `base`. */
export interface Block {
  node: Nodes;
  start: number;
  end: number;
  base: number;
}

/** Inline constructs: which words are emphasised or linked does not matter for blocks, and finding out takes most of the time. */
const INLINE = [
  "attention",
  "autolink",
  "characterEscape",
  "characterReference",
  "codeText",
  "hardBreakEscape",
  "htmlText",
  "labelEnd",
  "labelStartImage",
  "labelStartLink",
  "wwwAutolink",
  "protocolAutolink",
  "emailAutolink",
  "strikethrough",
  "tasklistCheck",
  "gfmFootnoteCall",
  "gfmPotentialFootnoteCall",
];

function blocksOnly(this: Processor): void {
  const data = this.data();
  data.micromarkExtensions ??= [];
  data.micromarkExtensions.push({ disable: { null: INLINE } });
}

const plain = unified().use(remarkParse).use(blocksOnly).freeze();
const extended = unified().use(remarkParse).use(remarkGfm).use(blocksOnly).freeze();
const withFrontmatter = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter).use(blocksOnly).freeze();

/** What every table's delimiter row and every footnote definition holds; without it the plain parser reads the same. */
const MAY_BE_EXTENDED = /\[\^|[|:][ \t]*-|-[ \t]*[|:]/;

/** Length of a piece in characters. The parser's time grows with the square of what it is given at once. */
const PIECE = 1024;

/**
 * The top-level blocks of a text in order. Plain ones are read by `readPlain`; from any other on, the text is parsed in
 * pieces. A piece ends where a parse that goes one line further finds that a new top-level block begins, so the pieces
 * read as the whole does. `frontmatterEnd` is the offset behind the frontmatter, 0 without; `piece` the least length of
 * a piece in characters.
 */
export function* readBlocks(text: string, frontmatterEnd = 0, piece = PIECE): Generator<Block> {
  let base = 0;
  let size = Math.max(piece, frontmatterEnd);
  while (base < text.length) {
    if (base > 0 || frontmatterEnd === 0) {
      const plain = readPlain(text, base);
      for (const { node, start, end } of plain.blocks) yield { node, start, end, base: start };
      if (plain.blocks.length > 0) size = piece;
      base = plain.reached;
      if (base >= text.length) return;
    }
    const boundary = nextBoundary(text, base + size);
    const part = base === 0 ? text.slice(0, lineEnd(text, boundary)) : inner(text.slice(base, lineEnd(text, boundary)));
    const nodes = parsePart(part, base === 0 && frontmatterEnd > 0);
    if (boundary >= text.length) {
      for (const node of nodes) yield placed(node, base);
      return;
    }
    const last = nodes.at(-1);
    for (const node of nodes) if (node !== last) yield placed(node, base);
    const reached = base + lineStart(part, last?.position?.start.offset ?? 0);
    // A block that holds the boundary is parsed again together with twice as much of what follows.
    size = reached === boundary ? piece : Math.max(piece, 2 * (boundary - reached));
    base = reached;
  }
}

/** The parser drops a byte order mark at the start of what it is given; inside a text it is a character like others. */
function inner(part: string): string {
  return part.startsWith("\uFEFF") ? `\u2060${part.slice(1)}` : part;
}

function parsePart(part: string, first: boolean): readonly RootContent[] {
  const processor = first ? withFrontmatter : MAY_BE_EXTENDED.test(part) ? extended : plain;
  return processor.parse(part).children;
}

function placed(node: Nodes, base: number): Block {
  return {
    node,
    start: base + (node.position?.start.offset ?? 0),
    end: base + (node.position?.end.offset ?? 0),
    base,
  };
}

/** The start of a heading line at or behind an offset, or of a line of text behind an empty line; else the end. */
function nextBoundary(text: string, from: number): number {
  if (from >= text.length) return text.length;
  const candidate = /\n(?:(?=#{1,6}[ \t\n])|\n(?=[A-Za-z*#]))/g;
  candidate.lastIndex = Math.max(0, from - 1);
  const match = candidate.exec(text);
  return match === null ? text.length : match.index + match[0].length;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** A block itself, or for a container every block in it that holds text, in order. */
export function leavesOf(block: Block): Block[] {
  const { type } = block.node;
  if (type !== "list" && type !== "blockquote" && type !== "footnoteDefinition" && type !== "listItem") return [block];
  const leaves: Block[] = [];
  visit(block.node, (node) => {
    switch (node.type) {
      case "paragraph":
      case "heading":
      case "table":
      case "code":
      case "html":
      case "definition":
        leaves.push(placed(node, block.base));
        return SKIP;
      default:
        return undefined;
    }
  });
  return leaves;
}

/** The blocks directly inside a container. */
export function childrenOf(block: Block): Block[] {
  if (!("children" in block.node)) return [];
  return block.node.children.map((node) => placed(node, block.base));
}
