import picocolors from "picocolors";
import type { Part } from "./paragraph.js";
import { layOut, NO_BREAK } from "./paragraph.js";
import { visible } from "./visible.js";
import { columns, shorten, shortenMiddle } from "./width.js";

export type Style = "plain" | "strong" | "faint" | "place" | "good" | "bad" | "doubtful" | "excused";

/** A stretch of text in one style; a bare string is plain. Its text may come from anywhere: the page makes it safe. */
export type Piece = string | readonly [Style, string];

export interface Placement {
  /** Columns before the first line. */
  indent?: number;
  /** Columns before the lines after it; as many as `indent` when left out. */
  hang?: number;
  /** Lines at most; any number when left out. */
  most?: number;
}

/**
 * Lines of text for a terminal or a log. Whatever is written on it, no line is wider than `width` columns (twenty
 * at least), none holds a control character from its input, and colour is added last, only when wanted.
 */
export class Page {
  readonly width: number;
  readonly #paint: (part: Part<Style>) => string;
  readonly #lines: string[] = [];

  constructor(options: { width: number; colour: boolean }) {
    this.width = Math.max(LEAST_WIDTH, Math.floor(options.width));
    this.#paint = painter(options.colour);
  }

  /** One line; what does not fit is cut off with `…`. */
  line(pieces: readonly Piece[], indent = 0): void {
    let room = this.width - indent;
    const parts = safe(pieces).filter((part) => part.text !== "");
    const shown: Part<Style>[] = [];
    for (const [index, { style, text }] of parts.entries()) {
      const size = columns(text);
      const isCut = size > room || (size === room && index < parts.length - 1);
      shown.push({ style, text: isCut ? shorten(`${text}…`, room) : text });
      if (isCut) break;
      room -= size;
    }
    this.#push(indent, shown);
  }

  /** A paragraph broken at blanks. Overlong words are broken anywhere. */
  text(pieces: readonly Piece[], placement: Placement = {}): void {
    const { indent = 0, most = Number.POSITIVE_INFINITY } = placement;
    const shape = { width: this.width, indent, hang: placement.hang ?? indent, most };
    for (const line of layOut(safe(pieces), shape)) this.#push(line.indent, line.parts);
  }

  /** `file:line` alone on its line, whole wherever it fits, so that a terminal can make it a link. */
  place(file: string, line: number | null, indent = 0): void {
    const shown = visible(line === null ? file : `${file}:${line}`);
    this.#push(indent, [{ style: "place", text: shortenMiddle(shown, this.width - indent) }]);
  }

  /** An empty line, unless there is one already or nothing stands above it. */
  blank(): void {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== "") this.#lines.push("");
  }

  /** A section's name between empty lines. */
  heading(text: string): void {
    this.blank();
    this.line([["strong", text]]);
    this.blank();
  }

  /** Everything written, ending in one newline; empty when nothing was. */
  toString(): string {
    const last = this.#lines.at(-1) === "" ? this.#lines.slice(0, -1) : this.#lines;
    return last.length === 0 ? "" : `${last.join("\n")}\n`;
  }

  #push(indent: number, parts: readonly Part<Style>[]): void {
    const shown = trimmed(merge(parts));
    this.#lines.push(shown.length === 0 ? "" : " ".repeat(indent) + shown.map(this.#paint).join(""));
  }
}

/** A text whose blanks no line is broken at. */
export function unbroken(text: string): string {
  return text.replaceAll(" ", NO_BREAK);
}

const LEAST_WIDTH = 20;

function safe(pieces: readonly Piece[]): Part<Style>[] {
  return pieces.map((piece) =>
    typeof piece === "string" ? { style: "plain", text: visible(piece) } : { style: piece[0], text: visible(piece[1]) },
  );
}

/** Neighbours of one style as one part, so that each is painted once. */
function merge(parts: readonly Part<Style>[]): Part<Style>[] {
  const merged: Part<Style>[] = [];
  for (const { style, text } of parts) {
    const last = merged.at(-1);
    if (last?.style === style) last.text += text;
    else merged.push({ style, text });
  }
  return merged;
}

/** Without blanks at the end, before they are hidden under paint. */
function trimmed(parts: Part<Style>[]): Part<Style>[] {
  let last = parts.pop();
  while (last !== undefined && last.text.trimEnd() === "") last = parts.pop();
  return last === undefined ? [] : [...parts, { ...last, text: last.text.trimEnd() }];
}

function painter(colour: boolean): (part: Part<Style>) => string {
  const colours = picocolors.createColors(colour);
  const paints: Record<Style, (text: string) => string> = {
    plain: (text) => text,
    strong: colours.bold,
    faint: colours.dim,
    place: colours.cyan,
    good: colours.green,
    bad: colours.red,
    doubtful: colours.yellow,
    excused: colours.blue,
  };
  return ({ style, text }) => (text === "" ? "" : paints[style](text.replaceAll(NO_BREAK, " ")));
}
