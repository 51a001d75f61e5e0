import type { Span } from "../model/span.js";
import type { Fix } from "./lint.js";

/**
 * The text with every fix applied; nothing else of it changes. Of fixes that overlap the first by place is applied, so
 * that a second run mends the rest.
 */
export function applyFixes(text: string, fixes: readonly Fix[]): string {
  const starts = lineStarts(text);
  const edits = fixes.map(({ span, replacement }) => ({ ...offsetsOf(span, starts), replacement }));
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  let mended = "";
  let at = 0;
  for (const { start, end, replacement } of edits) {
    if (start < at) continue;
    mended += text.slice(at, start) + replacement;
    at = end;
  }
  return mended + text.slice(at);
}

/** Offset of each line's first character; lines end as CommonMark ends them. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/gu)) starts.push(match.index + match[0].length);
  return starts;
}

function offsetsOf(span: Span, starts: readonly number[]): { start: number; end: number } {
  const start = (starts[span.line - 1] ?? 0) + span.column - 1;
  return { start, end: (starts[span.endLine - 1] ?? 0) + span.endColumn - 1 };
}
