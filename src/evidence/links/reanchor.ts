import { compareSpans } from "../../model/span.js";
import type { JudgedLink } from "./judge.js";
import { targetPath, textPath } from "./retarget.js";

/** A number or path of a specification file that changes; nothing else of the file does. */
export interface Edit {
  file: string;
  /** Place of the number or path in the file; columns count from 1 in UTF-16 units, a byte order mark takes none. */
  line: number;
  column: number;
  before: string;
  after: string;
}

/** A specification file as it is on disk. */
class RawText {
  readonly text: string;
  readonly #starts: number[];

  constructor(text: string) {
    this.text = text;
    this.#starts = [text.startsWith("\uFEFF") ? 1 : 0];
    for (const match of text.matchAll(/\r\n|\r|\n/g)) this.#starts.push(match.index + match[0].length);
  }

  offset(line: number, column: number): number {
    return (this.#starts[line - 1] ?? this.text.length) + column - 1;
  }

  place(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}

export interface Reanchored {
  /** The file's text after the edits. */
  text: string;
  edits: Edit[];
  /** Links that were left alone because their target cannot be rewritten safely. */
  left: JudgedLink[];
}

/**
 * Corrects the line numbers of the links of one file that say where what they name has moved to: in the text of the link,
 * and in its fragment; where that is another file, its path as well. `raw` is the file as on disk, `all` every link of
 * it; nothing else changes. Links that share
 * one target (by a label) and want different lines are left alone, as are links whose numbers cannot be found in what is
 * written.
 */
export function reanchor(raw: string, judged: readonly JudgedLink[], all: readonly JudgedLink[] = judged): Reanchored {
  const source = new RawText(raw);
  const edits = new Map<number, Edit>();
  const left: JudgedLink[] = [];
  for (const each of judged) {
    if (each.problem?.line === undefined) continue;
    const wanted = editsOf(source, each, each.problem.line);
    const clashes = wanted?.some(({ offset, edit }) => (edits.get(offset)?.after ?? edit.after) !== edit.after);
    if (wanted === null || clashes === true || sharesTarget(each, all)) left.push(each);
    else for (const { offset, edit } of wanted) edits.set(offset, edit);
  }
  let text = "";
  let at = 0;
  for (const [offset, { before, after }] of [...edits].sort(([a], [b]) => a - b)) {
    text += source.text.slice(at, offset) + after;
    at = offset + before.length;
  }
  const changed = [...edits.values()].filter(({ before, after }) => before !== after);
  return {
    text: text + source.text.slice(at),
    edits: changed.sort((a, b) => a.line - b.line || a.column - b.column),
    left,
  };
}

/** Whether another link of the file uses the same definition and does not want the same line. */
function sharesTarget(each: JudgedLink, judged: readonly JudgedLink[]): boolean {
  if (each.link.form !== "reference") return false;
  return judged.some(
    (other) =>
      other !== each &&
      other.link.form === "reference" &&
      compareSpans(other.link.urlSpan, each.link.urlSpan) === 0 &&
      other.problem?.line !== each.problem?.line,
  );
}

type Placed = { offset: number; edit: Edit };

/** The numbers of one link and what they become; null when they are not written as they were read. */
function editsOf(source: RawText, judged: JudgedLink, line: number): Placed[] | null {
  const { link, text, lines } = judged;
  const paths = pathEditsOf(source, judged);
  if (paths === null) return null;
  const edits: Placed[] = [...paths];
  const change = (offset: number, before: string, after: number): void => {
    edits.push({ offset, edit: { file: link.span.file, ...source.place(offset), before, after: String(after) } });
  };
  const length = lines?.to === null || lines === null ? null : lines.to - lines.from;
  if (lines !== null) {
    const { line: urlLine, column, endLine, endColumn } = link.urlSpan;
    const start = source.offset(urlLine, column);
    const written = source.text.slice(start, source.offset(endLine, endColumn));
    const match = /(#(?:L|lines-))(\d+)(?:C\d+)?(?:((?:-L?|:))(\d+)(?:C\d+)?)?$/.exec(written);
    if (match === null || Number(match[2]) !== lines.from) return null;
    change(start + match.index + (match[1]?.length ?? 0), match[2] ?? "", line);
    const to = match[4];
    if (to !== undefined && length !== null) {
      change(start + match.index + match[0].lastIndexOf(to), to, line + length);
    }
  }
  if (text.lines !== null && text.digits !== null && link.textSpan !== null) {
    const placed = (range: [number, number], after: number): boolean => {
      const before = link.text.slice(...range);
      const offset = offsetInText(source, link.textSpan ?? link.span, link.text, range[0]);
      if (source.text.slice(offset, offset + before.length) !== before) return false;
      change(offset, before, after);
      return true;
    };
    const own = text.lines.to === null ? null : text.lines.to - text.lines.from;
    if (!placed(text.digits.from, line)) return null;
    if (text.digits.to !== null && !placed(text.digits.to, line + (length ?? own ?? 0))) return null;
  }
  return edits.length === 0 ? null : edits;
}

/** What changes of the paths in target and text; null when they cannot be written anew. */
function pathEditsOf(source: RawText, { link, text, problem }: JudgedLink): Placed[] | null {
  if (problem?.path === undefined || problem.lost === undefined) return [];
  if (link.form !== "inline" || link.textSpan === null) return null;
  const edits: Placed[] = [];
  const change = (offset: number, before: string, after: string): void => {
    edits.push({ offset, edit: { file: link.span.file, ...source.place(offset), before, after } });
  };
  const start = source.offset(link.urlSpan.line, link.urlSpan.column);
  const end = source.offset(link.urlSpan.endLine, link.urlSpan.endColumn);
  const written = /^[^#?]+/u.exec(source.text.slice(start, end))?.[0];
  const target = written === undefined ? null : targetPath(written, problem.path, link.span.file);
  if (written === undefined || target === null) return null;
  change(start, written, target);
  if (text.file === null) return edits;
  const named = textPath(text.file, problem.lost.path, problem.path);
  const at = link.text.indexOf(text.file);
  const offset = offsetInText(source, link.textSpan, link.text, at);
  if (named === null || at < 0 || source.text.slice(offset, offset + text.file.length) !== text.file) return null;
  change(offset, text.file, named);
  return edits;
}

/** Lines of a link's text end in `\n` where the file may have `\r\n`. */
function offsetInText(source: RawText, span: { line: number; column: number }, text: string, at: number): number {
  const before = text.slice(0, at);
  const newlines = before.split("\n").length - 1;
  if (newlines === 0) return source.offset(span.line, span.column) + at;
  return source.offset(span.line + newlines, 1) + before.length - before.lastIndexOf("\n") - 1;
}
