import type { Catalog } from "../model/reference.js";
import type { Tag } from "../model/tag.js";
import { firstSegment } from "../model/tag.js";

/** What claims a tag whatever the tag is: a text that holds one of these is always of interest. */
const MARKERS = ["@implements", "mplements(", "erifies", "traceSpec"] as const;

/**
 * The substrings of which every file that could refer to a tag holds at least one: the markers that claim a tag
 * outright, and each first segment of a known or proposed tag with its dash. Sorted; plain data, so that it can be sent
 * to a worker.
 */
export function referenceNeedles(catalog: Catalog): string[] {
  const segments = new Set<string>();
  const tags: Iterable<Tag>[] = [catalog.definitions.keys(), catalog.proposed.keys()];
  for (const each of tags) for (const tag of each) segments.add(`${firstSegment(tag)}-`);
  return [...MARKERS, ...[...segments].sort()];
}

/**
 * A test whether a text holds one of the needles where it could be a reference. Its cost does not grow with the number
 * of needles that are segments: dashes between capitals are rare, and each is looked up. The text may be UTF-8 bytes
 * read as Latin-1, since needles are ASCII.
 */
export function needleFilter(needles: readonly string[]): (text: string) => boolean {
  const segments = new Set(needles.filter((each) => each.endsWith("-")).map((each) => each.slice(0, -1)));
  const markers = needles.filter((each) => !each.endsWith("-"));
  const longest = [...segments].reduce((most, each) => Math.max(most, each.length), 0);
  return (text) => markers.some((each) => text.includes(each)) || holdsSegment(text, segments, longest);
}

const DASH = /[A-Z0-9]-[A-Z0-9]/g;

function holdsSegment(text: string, segments: ReadonlySet<string>, longest: number): boolean {
  DASH.lastIndex = 0;
  for (let match = DASH.exec(text); match !== null; match = DASH.exec(text)) {
    const end = match.index + 1;
    let start = match.index;
    while (start > 0 && end - start <= longest && isSegmentUnit(text.charCodeAt(start - 1))) start--;
    if (segments.has(text.slice(start, end))) return true;
  }
  return false;
}

function isSegmentUnit(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
