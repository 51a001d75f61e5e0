import { compareText } from "../../model/span.js";
import type { Tag } from "../../model/tag.js";
import { bracketedTokens, isTag } from "../../model/tag.js";

const COLOUR = /(?:\p{Cc}|#x1B)?\[\d{1,3}(?:;\d{1,3}){0,4}m/gu;
const LONGEST_MESSAGE = 300;

/**
 * The first line of a message without colours and control characters, at most 300 characters; null when blank. Paths
 * below the judged root become relative to it: a message ends up in the manifest, which is the same on every machine.
 */
export function firstLine(message: string, root: string | null): string | null {
  const whole = message.slice(0, 4000).trimStart();
  const start = root === null || root === "" || root === "/" ? whole : whole.replaceAll(`${root}/`, "");
  const line = (start.split(/[\r\n]/u, 1)[0] ?? "")
    .replace(COLOUR, "")
    .replace(/\p{Cc}+/gu, " ")
    .trim();
  if (line === "") return null;
  return line.length <= LONGEST_MESSAGE ? line : `${line.slice(0, LONGEST_MESSAGE - 1)}…`;
}

/** The tags that stand in brackets in titles. */
export function titleTags(titles: Iterable<string>): Tag[] {
  const tags: Tag[] = [];
  for (const title of titles) {
    if (!title.includes("[")) continue;
    for (const token of bracketedTokens(title)) if (token.wellFormed) tags.push(token.text);
  }
  return tags;
}

/** The tags that a value lists, separated by commas or blanks, with or without brackets; and the words that are none. */
export function listedTags(value: string): { tags: Tag[]; others: string[] } {
  const tags: Tag[] = [];
  const others: string[] = [];
  for (const word of value.slice(0, 10_000).split(/[\s,;]+/u)) {
    const bare = word.replace(/^\[|\]$/gu, "");
    if (bare === "") continue;
    if (isTag(bare)) tags.push(bare);
    else others.push(bare);
  }
  return { tags, others };
}

/** Each tag once, sorted. */
export function uniqueTags(tags: readonly Tag[]): Tag[] {
  return tags.length < 2 ? [...tags] : [...new Set(tags)].sort(compareText);
}

/** Property names that claim requirements: what stands behind them has to be a tag. */
export const CLAIMING_PROPERTIES: ReadonlySet<string> = new Set(["requirement", "requirements", "verifies"]);

/** Property names that may hold a tag among other labels. */
export const LABELLING_PROPERTIES: ReadonlySet<string> = new Set(["tag", "tags"]);
