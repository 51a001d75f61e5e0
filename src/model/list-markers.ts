/** Columns beyond its container from which a line is code, and begins neither an item nor a fence. */
const CODE = 4;
const TAB = 4;

const MARKER = /^(?:[-*+]|(\d{1,9})[.)])(?=[ \t]|$)/u;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/u;
const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/u;

/**
 * The text with `-` for every `*` and `+` that marks an item of a list. Lines of code stay as they are, fenced or
 * indented, in items too. Containers are told by columns, as in https://spec.commonmark.org/0.31.2/#list-items; time is
 * linear in the text.
 */
export function foldListMarkers(text: string): string {
  if (!/^[ \t]*[*+][ \t]/mu.test(text)) return text;
  const reader = new LineReader();
  return text
    .split(/\r\n|\r|\n/u)
    .map((line) => reader.fold(line))
    .join("\n");
}

class LineReader {
  /** Columns at which the content of the open items stands, the innermost last. */
  readonly #items: number[] = [];
  #fence: { run: string; container: number } | null = null;
  /** Whether the line cannot go on with a paragraph. */
  #isFresh = true;

  fold(line: string): string {
    const content = line.trim();
    if (content === "") {
      this.#isFresh = true;
      return line;
    }
    const space = /^[ \t]*/u.exec(line)?.[0] ?? "";
    const column = width(space, 0);
    if (this.#isFenced(content, column)) return line;
    const begins = this.#beginsItem(content) || FENCE.test(content);
    // Text without a blank line before it goes on with the paragraph of an item, wherever it stands.
    if (this.#isFresh || begins) while (column < this.#container()) this.#items.pop();
    this.#isFresh = false;
    if (!begins || column - this.#container() >= CODE) return line;
    this.#enter(content, column);
    return `${space}${line.slice(space.length).replace(/^[*+](?=[ \t])/u, "-")}`;
  }

  /** Whether a line stands in an open fence or ends it; one further out than the item of the fence ends both. */
  #isFenced(content: string, column: number): boolean {
    if (this.#fence === null) return false;
    const { run, container } = this.#fence;
    const isOut = column < container;
    if (isOut || (column - container < CODE && isRun(content, run))) {
      this.#fence = null;
      this.#isFresh = true;
    }
    return !isOut;
  }

  #beginsItem(content: string): boolean {
    const match = MARKER.exec(content);
    if (match === null || RULE.test(content)) return false;
    const [{ length }, number = "1"] = match;
    // In a paragraph a number other than 1 is a number, and a mark alone a mark.
    return this.#isFresh || this.#items.length > 0 || (number === "1" && length < content.length);
  }

  /** Opens the items and the fence that begin on a line. */
  #enter(line: string, start: number): void {
    let content = line;
    let column = start;
    for (let match = MARKER.exec(content); match !== null && !RULE.test(content); match = MARKER.exec(content)) {
      const [{ length }] = match;
      const rest = content.slice(length).trimStart();
      const gap = width(content.slice(length, content.length - rest.length), column + length);
      const isCode = rest === "" || gap > CODE;
      column += length + (isCode ? 1 : gap);
      this.#items.push(column);
      if (isCode) return;
      content = rest;
    }
    const [, ticks, tildes] = FENCE.exec(content) ?? [];
    const run = ticks ?? tildes;
    if (run !== undefined) this.#fence = { run, container: this.#container() };
  }

  #container(): number {
    return this.#items.at(-1) ?? 0;
  }
}

/** Whether a line is nothing but the character of a fence, at least as often. */
function isRun(content: string, run: string): boolean {
  return content.startsWith(run) && content === run.charAt(0).repeat(content.length);
}

/** Columns that white space takes from a column on. */
function width(space: string, from: number): number {
  let column = from;
  for (const character of space) column += character === "\t" ? TAB - (column % TAB) : 1;
  return column - from;
}
