import type { Segment } from "./lex.js";
import type { Source } from "./source.js";

/** One comment, or line comments on consecutive lines, read as one text. */
export interface CommentBlock {
  /** The lines without comment signs, joined by newlines. */
  text: string;
  start: number;
  end: number;
  /** Offset of the last code or string before it on any line; -1 without. */
  before: number;
  /** Offset of the first code or string behind it; the length of the file without. */
  after: number;
  /** Code stands before it on its first line. */
  trailing: boolean;
  /** It documents what the head right before it declares. */
  documents: boolean;
  /** The offset in the file of an offset in `text`. */
  toFile(offset: number): number;
}

/** What every reference in a comment has. */
const OF_INTEREST = /[A-Z0-9]-[A-Z0-9]|@(?:implements|verifies)/;

/**
 * The comments of a file that could hold a reference, in order. A line comment alone on its line and the comments on
 * the lines right behind it are one block.
 */
export function commentBlocks(source: Source): CommentBlock[] {
  const { segments, text, lines } = source;
  const isOfInterest = ({ kind, start, end }: Segment) =>
    kind === "comment" && OF_INTEREST.test(text.slice(start, end));
  if (!segments.some(isOfInterest)) return [];
  const before = lastCodeBefore(segments, text);
  const after = nextCodeBehind(segments, text);
  const blocks: CommentBlock[] = [];
  for (let index = 0; index < segments.length; index++) {
    const first = segments[index];
    if (first?.kind !== "comment") continue;
    const previous = before[index] ?? -1;
    const trailing = previous >= 0 && lines.lineAt(previous) === lines.lineAt(first.start);
    const group = [first];
    while (first.line && !trailing) {
      const next = segments[index + 2];
      if (next === undefined || !continues(source, segments[index + 1], next)) break;
      group.push(next);
      index += 2;
    }
    if (!group.some(isOfInterest)) continue;
    const last = group.at(-1) ?? first;
    const place = { start: first.start, end: last.end, before: previous, after: after[index] ?? text.length, trailing };
    blocks.push({ ...joinLines(source, group), ...place, documents: first.documents === true });
  }
  return blocks;
}

function continues(source: Source, gap: Segment | undefined, next: Segment): boolean {
  if (gap?.kind !== "code" || next.kind !== "comment") return false;
  return gap.end - gap.start < 200 && /^\r?\n[ \t]*$/.test(source.text.slice(gap.start, gap.end));
}

/** For each segment the offset of the last character before it that is neither comment nor blank. */
function lastCodeBefore(segments: readonly Segment[], text: string): number[] {
  let last = -1;
  return segments.map(({ kind, start, end }) => {
    const before = last;
    if (kind === "string") last = end - 1;
    if (kind === "code") {
      let at = end - 1;
      while (at >= start && text.charCodeAt(at) <= 32) at--;
      if (at >= start) last = at;
    }
    return before;
  });
}

/** For each segment the offset of the first character behind it that is neither comment nor blank. */
function nextCodeBehind(segments: readonly Segment[], text: string): number[] {
  const behind: number[] = new Array(segments.length);
  let next = text.length;
  for (let index = segments.length - 1; index >= 0; index--) {
    behind[index] = next;
    const { kind, start, end } = segments[index] ?? { kind: "comment", start: 0, end: 0 };
    if (kind === "string") next = start;
    if (kind === "code") {
      let at = start;
      while (at < end && text.charCodeAt(at) <= 32) at++;
      if (at < end) next = at;
    }
  }
  return behind;
}

function joinLines(source: Source, group: readonly Segment[]): Pick<CommentBlock, "text" | "toFile"> {
  const pieces: string[] = [];
  const places: { joined: number; file: number }[] = [];
  let joined = 0;
  for (const segment of group) {
    for (const { text, offset } of innerLines(source.text, segment)) {
      places.push({ joined, file: offset });
      pieces.push(text);
      joined += text.length + 1;
    }
  }
  const toFile = (offset: number) => {
    let low = 0;
    let high = places.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((places[middle]?.joined ?? 0) <= offset) low = middle;
      else high = middle;
    }
    const place = places[low] ?? { joined: 0, file: 0 };
    return place.file + offset - place.joined;
  };
  return { text: pieces.join("\n"), toFile };
}

/** The lines of a comment without its signs: repeated opening characters (`///`, `/**`), and stars that lead a line. */
function innerLines(text: string, segment: Segment): { text: string; offset: number }[] {
  const sign = text[segment.innerStart - 1] ?? "";
  let first = segment.innerStart;
  while (first < segment.innerEnd && (text[first] === sign || text[first] === "!")) first++;
  let offset = first;
  return text
    .slice(first, segment.innerEnd)
    .split("\n")
    .map((line, number) => {
      const start = number === 0 || segment.line ? 0 : leadingStar(line);
      const found = { text: line.slice(start, line.endsWith("\r") ? -1 : undefined), offset: offset + start };
      offset += line.length + 1;
      return found;
    });
}

/** Length of the ` * ` that decorates a line of a block comment. */
function leadingStar(line: string): number {
  return /^[ \t]*\*(?=\s|$)/.exec(line)?.[0].length ?? 0;
}
