/**
 * A stretch of one file. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive.
 * `file` is relative to the judged root, with forward slashes.
 */
export interface Span {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** The whole of a file as a place, for findings about the file itself. */
export function fileSpan(file: string): Span {
  return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

/** A stretch that starts and ends on one line. */
export function lineSpan(file: string, line: number, column = 1, length = 0): Span {
  return { file, line, column, endLine: line, endColumn: column + length };
}

/** `file:line:column`, as editors and terminals make clickable. */
export function formatSpan(span: Span): string {
  return `${span.file}:${span.line}:${span.column}`;
}

/** Orders by file, then place. Plain code-unit order: it is the same on every machine. */
export function compareSpans(a: Span, b: Span): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column;
}

/** Code-unit order, never the locale's: output has to be the same bytes everywhere. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
