import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Mention } from "../model/requirement.js";
import type { Tag } from "../model/tag.js";
import { bracketedTokens, TAG_SOURCE } from "../model/tag.js";
import type { Block } from "./blocks.js";
import { maskInline } from "./inline.js";
import { findLinks } from "./links.js";
import type { Source } from "./source.js";
import { spanAt } from "./source.js";

const HOLDS_TAG = new RegExp(`\\[${TAG_SOURCE}\\]`);

/** The bracketed tags of a block of prose, outside code and the targets of links. */
export function readMentions(source: Source, block: Block, within: Tag | null): Mention[] {
  const text = source.text.slice(block.start, block.end);
  if (!HOLDS_TAG.test(text)) return [];
  const masked = maskInline(text);
  const links = findLinks(text, masked);
  const mentions: Mention[] = [];
  let next = 0;
  for (const token of bracketedTokens(masked)) {
    while ((links[next]?.end ?? text.length) <= token.offset) next += 1;
    const link = links[next];
    if (!token.wellFormed || (link !== undefined && link.targetStart <= token.offset)) continue;
    const start = block.start + token.offset;
    mentions.push({ tag: token.text, span: spanAt(source, start, start + token.text.length + 2), within });
  }
  return mentions;
}

const GLUED_HEADING = /^ {0,3}#{1,6}(?:requirement|scenario):.*$/im;

/** The finding for a heading that lacks the blank behind its signs, so that markdown takes it for text. */
export function gluedHeadingFindings(source: Source, block: Block): Finding[] {
  const text = source.text.slice(block.start, block.end);
  const glued = text.includes("#") ? GLUED_HEADING.exec(text) : null;
  if (glued === null) return [];
  const start = block.start + glued.index;
  const message = `Unexpected text ${JSON.stringify(glued[0].trim())}, expected a blank behind the signs of a heading`;
  return [finding({ code: "SPEC014", message, span: spanAt(source, start, start + glued[0].length) })];
}
