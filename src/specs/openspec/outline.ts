import { plainLines } from "../source.js";
import { fenceMask, headingOf } from "./lines.js";

export interface OutlineSection {
  level: number;
  title: string;
  /** Lines up to the next heading of the same level or above, trimmed. */
  content: string;
  /** The sections directly inside it. */
  children: OutlineSection[];
}

interface HeadingLine {
  index: number;
  level: number;
  title: string | null;
}

/** The first section of any level with this title, in lower case, as OpenSpec's validation finds it; null without. */
export function firstSection(text: string, title: string): OutlineSection | null {
  const lines = plainLines(text).split("\n");
  const fenced = fenceMask(lines);
  const headings: HeadingLine[] = [];
  for (const [index, line] of lines.entries()) {
    const heading = fenced[index] ? null : headingOf(line);
    if (heading !== null) headings.push({ index, ...heading });
  }
  const first = headings.findIndex((heading) => heading.title?.toLowerCase() === title);
  return first < 0 ? null : sectionAt(lines, headings, first).section;
}

/** The section that begins at a heading, and the place among the headings where the next one that is no part of it stands. */
function sectionAt(
  lines: readonly string[],
  headings: readonly HeadingLine[],
  first: number,
): { section: OutlineSection; next: number } {
  const { index = 0, level = 0, title = "" } = headings[first] ?? {};
  const children: OutlineSection[] = [];
  // A heading without a title ends what stands above it, and the sections behind it are still inside.
  let contentEnd: number | null = null;
  let at = first + 1;
  for (let heading = headings[at]; heading !== undefined; heading = headings[at]) {
    if (heading.level <= level) contentEnd ??= heading.index;
    if (heading.title === null) {
      at += 1;
    } else if (heading.level <= level) {
      break;
    } else {
      const child = sectionAt(lines, headings, at);
      children.push(child.section);
      at = child.next;
    }
  }
  const content = lines
    .slice(index + 1, contentEnd ?? lines.length)
    .join("\n")
    .trim();
  return { section: { level, title: title ?? "", content, children }, next: at };
}
