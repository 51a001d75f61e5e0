/**
 * The one tag grammar. Everything that finds, checks or prints a tag goes through this file.
 *
 * A tag is an upper-case kebab token with at least two segments, such as `BOX-ALIAS-FAIL`.
 */
export type Tag = string;

/** The grammar as regular-expression source, without anchors or flags. */
export const TAG_SOURCE = "[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+";

const WHOLE_TAG = new RegExp(`^${TAG_SOURCE}$`);

/** A tag, or something shaped so nearly like one that its author probably meant a tag. */
const BRACKETED = /\[([^[\]\n]{1,120})\]/g;

export function isTag(text: string): boolean {
  return WHOLE_TAG.test(text);
}

/** `BOX` of `BOX-ALIAS-FAIL`: tags that share it are taken to come from one vocabulary. */
export function firstSegment(tag: Tag): string {
  const dash = tag.indexOf("-");
  return dash < 0 ? tag : tag.slice(0, dash);
}

export interface BracketedToken {
  /** Text between the brackets, untrimmed. */
  text: string;
  /** Offset of the opening bracket in the searched text, in UTF-16 units. */
  offset: number;
  wellFormed: boolean;
}

/** Every `[…]` in a text that holds no bracket itself, in order. The caller decides what the malformed ones mean. */
export function bracketedTokens(text: string): BracketedToken[] {
  const found: BracketedToken[] = [];
  BRACKETED.lastIndex = 0;
  for (let match = BRACKETED.exec(text); match !== null; match = BRACKETED.exec(text)) {
    const inner = match[1] ?? "";
    found.push({ text: inner, offset: match.index, wellFormed: isTag(inner) });
  }
  return found;
}
