/** Anything that could start a code span, an escape, an HTML tag or a comment. */
const SPECIAL = /[`\\<]/;

const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/;

/**
 * The text with code spans, raw HTML, comments, autolinks and escaped characters blanked out, of the same length and with
 * the same line breaks: what is left is prose, at its own offsets. Linear in the length of the text; after CommonMark 0.31,
 * sections 6.1 to 6.6.
 */
export function maskInline(text: string): string {
  if (!SPECIAL.test(text)) return text;
  const closers = new CodeClosers(text);
  const pieces: string[] = [];
  let kept = 0;
  let at = 0;
  let commentsLeft = true;
  const blank = (start: number, end: number): void => {
    pieces.push(text.slice(kept, start), text.slice(start, end).replace(/[^\n]/g, " "));
    kept = end;
    at = end;
  };
  while (at < text.length) {
    const sign = text[at];
    if (sign === "\\" && ASCII_PUNCTUATION.test(text[at + 1] ?? "")) {
      blank(at, at + 2);
    } else if (sign === "`") {
      const run = runLength(text, at);
      const end = closers.endOf(at, run);
      if (end === null) at += run;
      else blank(at, end);
    } else if (sign === "<") {
      if (text.startsWith("<!--", at)) {
        const end: number = commentsLeft ? commentEnd(text, at) : -1;
        if (end < 0) commentsLeft = false;
        if (end < 0) at += 1;
        else blank(at, end);
      } else {
        const end = markupEnd(text, at);
        if (end === null) at += 1;
        else blank(at, end);
      }
    } else {
      at += 1;
    }
  }
  pieces.push(text.slice(kept));
  return pieces.join("");
}

function runLength(text: string, start: number): number {
  let end = start;
  while (text[end] === "`") end += 1;
  return end - start;
}

/** `<!-->` and `<!--->` are whole comments. */
function commentEnd(text: string, start: number): number {
  const end = text.indexOf("-->", start + 2);
  return end < 0 ? -1 : end + 3;
}

/**
 * Raw HTML and autolinks: opening and closing tags, instructions, declarations, CDATA, addresses. Quoted values and the like
 * may be 1,000 characters long, which bounds the search for their ends.
 */
const MARKUP = new RegExp(
  [
    "<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\\x00-\\x20<>]*>",
    "<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+>",
    `<[A-Za-z][A-Za-z0-9-]*(?:\\s+[A-Za-z_:][\\w.:-]*(?:\\s*=\\s*(?:[^\\s"'=<>\`]+|'[^']{0,1000}'|"[^"]{0,1000}"))?)*\\s*/?>`,
    "</[A-Za-z][A-Za-z0-9-]*\\s*>",
    "<\\?[^]{0,1000}?\\?>",
    "<![A-Za-z][^>]{0,1000}>",
    "<!\\[CDATA\\[[^]{0,1000}?\\]\\]>",
  ].join("|"),
  "y",
);

function markupEnd(text: string, start: number): number | null {
  MARKUP.lastIndex = start;
  return MARKUP.test(text) ? MARKUP.lastIndex : null;
}

/** Where runs of backticks stand, by length: a code span ends at the next run as long as the one that opens it. */
class CodeClosers {
  readonly #starts = new Map<number, number[]>();
  readonly #next = new Map<number, number>();

  constructor(text: string) {
    for (let at = text.indexOf("`"); at >= 0; ) {
      const length = runLength(text, at);
      const starts = this.#starts.get(length);
      if (starts === undefined) this.#starts.set(length, [at]);
      else starts.push(at);
      at = text.indexOf("`", at + length);
    }
  }

  endOf(start: number, length: number): number | null {
    const starts = this.#starts.get(length);
    if (starts === undefined) return null;
    let index = this.#next.get(length) ?? 0;
    while ((starts[index] ?? Number.POSITIVE_INFINITY) < start + length) index += 1;
    this.#next.set(length, index);
    const closer = starts[index];
    return closer === undefined ? null : closer + length;
  }
}
