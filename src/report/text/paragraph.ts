import { chop, columns } from "./width.js";

/** A stretch of text in one style. */
export interface Part<Style> {
  style: Style;
  text: string;
}

export interface Shape {
  width: number;
  /** Columns before the first line. */
  indent: number;
  /** Columns before the lines after it. */
  hang: number;
  /** Lines at most; a longer paragraph ends in `…`. */
  most: number;
}

/** One line: blanks before it, then its parts. */
export interface Line<Style> {
  indent: number;
  parts: Part<Style>[];
}

/** Stands for a blank that no line is broken at. */
export const NO_BREAK = "\u00A0";

interface Word<Style> {
  /** Blanks before it. */
  gap: number;
  width: number;
  parts: Part<Style>[];
}

const WIDEST_GAP = 8;

/**
 * Breaks a paragraph at blanks into lines no wider than the shape says. Words longer than a line are broken anywhere,
 * runs of blanks are kept inside a line and dropped at its end. Linear in the text.
 */
export function layOut<Style>(parts: readonly Part<Style>[], shape: Shape): Line<Style>[] {
  const indent = Math.max(0, Math.min(shape.indent, shape.width - 3));
  const hang = Math.max(0, Math.min(shape.hang, shape.width - 3));
  const longest = shape.width - Math.max(indent, hang) - 1;
  const lines: Line<Style>[] = [];
  let line: Line<Style> = { indent, parts: [] };
  let used = indent;
  for (const word of wordsOf(parts).flatMap((each) => breakWord(each, longest))) {
    const [first] = word.parts;
    if (first === undefined) continue;
    const isLast = lines.length === shape.most - 1;
    const room = isLast ? shape.width - 1 : shape.width;
    if (line.parts.length > 0 && used + word.gap + word.width > room) {
      if (isLast) {
        line.parts.push({ style: first.style, text: "…" });
        return [...lines, line];
      }
      lines.push(line);
      line = { indent: hang, parts: [] };
      used = hang;
    } else {
      const gap = Math.min(word.gap, Math.max(0, room - used - word.width));
      line.parts.push({ style: first.style, text: " ".repeat(gap) });
      used += gap;
    }
    line.parts.push(...word.parts);
    used += word.width;
  }
  return line.parts.length === 0 ? lines : [...lines, line];
}

/** Parts cut at blanks; two that touch without a blank between them stay one word. */
function wordsOf<Style>(parts: readonly Part<Style>[]): Word<Style>[] {
  const words: Word<Style>[] = [];
  let gap = 0;
  for (const { style, text } of parts) {
    for (const run of text.split(/( +)/)) {
      if (run === "") continue;
      if (run.startsWith(" ")) {
        gap += run.length;
        continue;
      }
      const part = { style, text: run };
      const width = columns(run);
      const last = words.at(-1);
      if (gap === 0 && last !== undefined) {
        last.parts.push(part);
        last.width += width;
      } else words.push({ gap: Math.min(gap, WIDEST_GAP), width, parts: [part] });
      gap = 0;
    }
  }
  return words;
}

/** A word that no line can hold: at the blanks meant to hold it together, and anywhere where that is not enough. */
function breakWord<Style>(word: Word<Style>, longest: number): Word<Style>[] {
  if (word.width <= longest) return [word];
  if (word.parts.some(({ text }) => text.includes(NO_BREAK))) {
    const parts = word.parts.map(({ style, text }) => ({ style, text: text.replaceAll(NO_BREAK, " ") }));
    const [first, ...others] = wordsOf(parts);
    return (first === undefined ? [] : [{ ...first, gap: word.gap }, ...others]).flatMap((each) =>
      breakWord(each, longest),
    );
  }
  const pieces = word.parts.flatMap(({ style, text }) =>
    chop(text, Math.max(1, longest)).map((each) => ({ style, text: each })),
  );
  return pieces.map((piece, index) => ({
    gap: index === 0 ? word.gap : 0,
    width: columns(piece.text),
    parts: [piece],
  }));
}
