import type { Span } from "../model/span.js";
import type { Words } from "./tokenize.js";

/** Turns offsets in the text of one file into lines and columns, and back. */
export interface Places {
  readonly file: string;
  /** The text without its byte order mark: spans and offsets count in it. */
  readonly text: string;
  /** See `tokenize`. */
  readonly words: Words;
  span(start: number, end: number): Span;
  /** Offsets of a span's start and end, kept within the text. */
  offsets(span: Span): { start: number; end: number };
}

/** Lines end in LF, CR LF or CR, as CommonMark has it. */
export function placesOf(file: string, source: string): Places {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const starts = lineStarts(text);
  const offset = (line: number, column: number) => {
    const start = starts[Math.min(line, starts.length) - 1] ?? 0;
    return Math.min(text.length, Math.max(0, start + column - 1));
  };
  const lineAt = (at: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    file,
    text,
    words: new Map(),
    span(start, end) {
      const first = lineAt(start);
      const last = end < (starts[first + 1] ?? Number.POSITIVE_INFINITY) ? first : lineAt(end);
      return {
        file,
        line: first + 1,
        column: start - (starts[first] ?? 0) + 1,
        endLine: last + 1,
        endColumn: end - (starts[last] ?? 0) + 1,
      };
    },
    offsets: (span) => {
      const start = offset(span.line, span.column);
      return { start, end: Math.max(start, offset(span.endLine, span.endColumn)) };
    },
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  const hasReturns = text.includes("\r");
  for (let at = text.indexOf("\n"); !hasReturns && at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  if (!hasReturns) return starts;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}
