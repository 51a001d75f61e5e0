/** Lists and quotes that one line may open one in another. The parser's time grows with the square of their number. */
const DEEPEST = 50;

/** Column behind which no marker opens one: what is nested by indentation goes no deeper than half of it. */
const WIDEST = 200;

/** Length in characters of a run of lines, none of them empty, from which on its inline signs are taken out. */
const LONGEST_RUN = 16_384;

/** Signs that could begin something inline. The parser's time in one paragraph grows with the square of their number. */
const INLINE_SIGN = /[*_[!&\\`]|<(?![/!])|\](?!\]?>)/g;

export interface LimitedText {
  /** Of the same length, every offset meaning what it did; for finding blocks only, for some of its signs are letters. */
  text: string;
  /** Offsets of the markers beyond the limit, each a letter in `text`, so that its line opens nothing more. */
  cut: number[];
}

/** Keeps what no person writes from stalling the parser: lines that open very many lists or quotes, and huge paragraphs. */
export function limitText(text: string): LimitedText {
  const nested = limitNesting(text);
  return { text: calmLongRuns(nested.text), cut: nested.cut };
}

function calmLongRuns(text: string): string {
  if (text.length < LONGEST_RUN) return text;
  const pieces: string[] = [];
  let kept = 0;
  let start = 0;
  for (let at = 0; at >= 0; at = nextLine(text, at)) {
    const blank = text[skipBlanks(text, at)];
    const isLast = nextLine(text, at) < 0;
    if (blank !== "\n" && blank !== undefined && !isLast) continue;
    const end = isLast ? text.length : at;
    if (end - start > LONGEST_RUN) {
      // The first signs of a line can open a block, a fence or a rule; those behind them cannot.
      const calm = text.slice(start, end).replace(INLINE_LINE, calmLine);
      pieces.push(text.slice(kept, start), calm);
      kept = end;
    }
    start = at;
  }
  pieces.push(text.slice(kept));
  return pieces.join("");
}

const INLINE_LINE = /[A-Za-z].*/g;

function calmLine(line: string): string {
  return line.replace(INLINE_SIGN, "x");
}

function limitNesting(text: string): LimitedText {
  const cut: number[] = [];
  for (let start = 0; start >= 0 && start < text.length; start = nextLine(text, start)) {
    const marker = excessMarker(text, start);
    if (marker !== null) cut.push(marker);
  }
  let kept = 0;
  const pieces = cut.map((at) => {
    const piece = `${text.slice(kept, at)}x`;
    kept = at + 1;
    return piece;
  });
  return { text: cut.length === 0 ? text : pieces.join("") + text.slice(kept), cut };
}

function nextLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? -1 : end + 1;
}

/** The first marker of a line that opens too much; null on ordinary lines. */
function excessMarker(text: string, start: number): number | null {
  let opened = 0;
  let at = skipBlanks(text, start);
  for (let end = markerEnd(text, at); end !== null; end = markerEnd(text, at)) {
    opened += 1;
    if (opened > DEEPEST || at - start > WIDEST) return isRule(text, start) ? null : at;
    at = skipBlanks(text, end);
  }
  return null;
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return at;
}

/** Behind a marker that opens a quote, a bulleted or a numbered item; null where none stands. */
function markerEnd(text: string, at: number): number | null {
  const sign = text[at];
  if (sign === ">") return at + 1;
  if (sign === "-" || sign === "*" || sign === "+") return isBehindMarker(text[at + 1]) ? at + 1 : null;
  let end = at;
  while (end < at + 9 && isDigit(text[end])) end += 1;
  if (end === at || (text[end] !== "." && text[end] !== ")")) return null;
  return isBehindMarker(text[end + 1]) ? end + 1 : null;
}

function isDigit(sign: string | undefined): boolean {
  return sign !== undefined && sign >= "0" && sign <= "9";
}

function isBehindMarker(sign: string | undefined): boolean {
  return sign === undefined || sign === " " || sign === "\t" || sign === "\n";
}

/** Whether a line is a thematic break, which only looks like bullets. */
function isRule(text: string, start: number): boolean {
  const first = text[skipBlanks(text, start)];
  for (let at = start; at < start + 5 * WIDEST; at += 1) {
    const sign = text[at];
    if (sign === undefined || sign === "\n") return true;
    if (sign !== first && sign !== " " && sign !== "\t") return false;
  }
  return false;
}
