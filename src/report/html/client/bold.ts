/** A piece of a text; bold ones have lost their asterisks. */
export interface BoldPiece {
  text: string;
  isBold: boolean;
}

/** Code in backticks, which stands as it is; or words between double asterisks without a blank beside them. */
const CODE_OR_BOLD =
  /(?<!`)(?<ticks>`{1,9})(?!`)[^\n]{1,500}?(?<!`)\k<ticks>(?!`)|\*\*(?![\s*])(?<bold>(?:[^*`\n]|`[^`\n]{1,100}`){1,200})(?<!\s)\*\*/gu;

/** Markdown's `**WHEN**` in bold; everything else stays as it was written. */
export function boldPieces(text: string): BoldPiece[] {
  const pieces: BoldPiece[] = [];
  let last = 0;
  for (const match of text.matchAll(CODE_OR_BOLD)) {
    const bold = match.groups?.bold;
    if (bold === undefined) continue;
    if (match.index > last) pieces.push({ text: text.slice(last, match.index), isBold: false });
    pieces.push({ text: bold, isBold: true });
    last = match.index + match[0].length;
  }
  if (last < text.length) pieces.push({ text: text.slice(last), isBold: false });
  return pieces;
}
