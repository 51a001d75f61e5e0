import type { Tag } from "../model/tag.js";
import { bracketedTokens, isTag } from "../model/tag.js";
import type { Comment } from "./text/lex.js";
import type { AlloyText, Command, Paragraph } from "./text/paragraph.js";
import type { Places } from "./text/places.js";

/** A tag that a comment or name of the model states. */
export interface StatedTag {
  tag: Tag;
  /** `@verifies TAG` claims it outright; a bracketed token may be something else. */
  explicit: boolean;
  start: number;
  end: number;
}

const CLAIM = /@(?:verifies|checks)[ \t]+([A-Za-z][\w-]{0,119}(?:[ \t]*,[ \t]*[A-Za-z][\w-]{0,119}){0,50})/g;
const WORD = /[A-Za-z][\w-]*/g;

/**
 * The tags stated for a paragraph: in the comments directly above it, on its first line and behind its last, and those of
 * `known` that its own name spells with underscores (`BOX_CLOSE`).
 */
export function statedTags(text: AlloyText, places: Places, index: number, known: ReadonlySet<Tag>): StatedTag[] {
  const paragraph = text.paragraphs[index];
  if (paragraph === undefined) return [];
  const found = commentsOf(text, places, index).flatMap(tagsIn);
  for (const name of ownNames(paragraph)) {
    const tag = name.text.replaceAll("_", "-");
    if (isTag(tag) && known.has(tag)) found.push({ tag, explicit: true, start: name.start, end: name.end });
  }
  return found;
}

function ownNames(paragraph: Paragraph): { text: string; start: number; end: number }[] {
  switch (paragraph.kind) {
    case "check":
    case "run":
      return paragraph.label === null ? [] : [paragraph.label];
    case "assert":
      return paragraph.name === null ? [] : [paragraph.name];
    case "pred":
    case "fun":
      return [paragraph.name];
    default:
      return [];
  }
}

function tagsIn(comment: Comment): StatedTag[] {
  const found: StatedTag[] = bracketedTokens(comment.text)
    .filter(({ wellFormed }) => wellFormed)
    .map(({ text, offset }) => placed(comment, text, offset + 1, false));
  for (const claim of comment.text.matchAll(CLAIM)) {
    const from = claim.index + claim[0].length - (claim[1] ?? "").length;
    for (const word of (claim[1] ?? "").matchAll(WORD)) {
      if (isTag(word[0])) found.push(placed(comment, word[0], from + word.index, true));
    }
  }
  return found;
}

function placed(comment: Comment, tag: Tag, offset: number, explicit: boolean): StatedTag {
  const start = comment.start + offset;
  return { tag, explicit, start, end: start + tag.length };
}

/** Comments that belong to a paragraph: right above it without an empty line, on its first line, behind its end. */
function commentsOf(text: AlloyText, places: Places, index: number): Comment[] {
  const paragraph = text.paragraphs[index];
  if (paragraph === undefined) return [];
  const previous = text.paragraphs[index - 1];
  const above: Comment[] = [];
  let line = places.line(paragraph.start);
  const from = previous?.end ?? 0;
  for (let at = firstBehind(text.comments, paragraph.start) - 1; at >= 0; at--) {
    const comment = text.comments[at];
    if (comment === undefined || comment.start < from || places.line(comment.end) < line - 1) break;
    line = places.line(comment.start);
    if (previous !== undefined && line === places.line(previous.end)) break;
    above.push(comment);
  }
  return [...above.reverse(), ...besides(text, places, paragraph, text.paragraphs[index + 1])];
}

/** Comments on the first line of a paragraph or of its block, and behind its end on the same line. */
function besides(text: AlloyText, places: Places, paragraph: Paragraph, next: Paragraph | undefined): Comment[] {
  const found: Comment[] = [];
  const first = places.line(paragraph.start);
  const last = places.line(paragraph.end);
  for (let at = firstBehind(text.comments, paragraph.start); at < text.comments.length; at++) {
    const comment = text.comments[at];
    if (comment === undefined || (next !== undefined && comment.start > next.start)) break;
    const line = places.line(comment.start);
    if (line > last) break;
    if (line === first || (line === last && comment.start >= paragraph.end)) found.push(comment);
  }
  return found;
}

/** Index of the first comment that starts at or behind an offset. */
function firstBehind(comments: readonly Comment[], offset: number): number {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The label before the colon, else the name of what is checked or run; null for a block without one. */
export function labelOf(command: Command): string | null {
  return command.label?.text ?? command.target?.text ?? null;
}
