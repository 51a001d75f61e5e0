import type { Span } from "../model/span.js";

/** One specification file as the reader sees it: without byte order mark and with `\n` as the only line ending. */
export interface Source {
  file: string;
  text: string;
  /** Offset of the first character of each line. */
  lineStarts: readonly number[];
}

/**
 * Lines and columns of the result are those of the file: a byte order mark takes no column, and a carriage return stands
 * behind everything else of its line.
 */
export function makeSource(file: string, raw: string): Source {
  const text = plainLines(raw);
  const lineStarts = [0];
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) lineStarts.push(end + 1);
  return { file, text, lineStarts };
}

/** The text without a byte order mark, every line ending as `\n`. */
export function plainLines(raw: string): string {
  const text = raw.charCodeAt(0) === 0xfeff ? raw.slice(1) : raw;
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** The line, from 1, that holds an offset. */
export function lineAt(source: Source, offset: number): number {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** A line, from 1, without its line ending. */
export function lineText(source: Source, line: number): string {
  const start = source.lineStarts[line - 1] ?? source.text.length;
  return source.text.slice(start, Math.max(start, (source.lineStarts[line] ?? source.text.length + 1) - 1));
}

/** The place of the characters from `start` up to, not including, `end`. */
export function spanAt(source: Source, start: number, end: number): Span {
  const line = lineAt(source, start);
  const endLine = lineAt(source, end);
  return {
    file: source.file,
    line,
    column: start - (source.lineStarts[line - 1] ?? 0) + 1,
    endLine,
    endColumn: end - (source.lineStarts[endLine - 1] ?? 0) + 1,
  };
}

/** From the start of one place to the end of another. */
export function joinSpans(first: Span, last: Span): Span {
  return { ...first, endLine: last.endLine, endColumn: last.endColumn };
}
