import type { Span } from "../model/span.js";

/** Where the lines of a text start, to turn offsets into places. */
export class LineIndex {
  readonly #file: string;
  readonly #starts: number[] = [0];

  constructor(file: string, text: string) {
    this.#file = file;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** The line, from 1, that holds an offset. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** The offset at which a line starts. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? 0;
  }

  span(start: number, end: number): Span {
    const line = this.lineAt(start);
    const endLine = this.lineAt(end);
    return {
      file: this.#file,
      line,
      column: start - this.startOf(line) + 1,
      endLine,
      endColumn: end - this.startOf(endLine) + 1,
    };
  }
}
