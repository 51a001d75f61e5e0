import type { Span } from "../../model/span.js";

/** Turns offsets of one text into places. Lines end in `\n`. */
export class Places {
  readonly #file: string;
  readonly #starts = [0];

  constructor(file: string, text: string) {
    this.#file = file;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }

  /** The line, from 1, that holds an offset. */
  line(offset: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  span({ start, end }: { start: number; end: number }): Span {
    const line = this.line(start);
    const endLine = this.line(end);
    return {
      file: this.#file,
      line,
      column: start - (this.#starts[line - 1] ?? 0) + 1,
      endLine,
      endColumn: end - (this.#starts[endLine - 1] ?? 0) + 1,
    };
  }
}
