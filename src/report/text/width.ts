/**
 * What terminals show two columns wide: Unicode's East Asian Width W and F (UAX #11, Unicode 17), with the gaps
 * between neighbouring blocks closed, and characters presented as emoji.
 */
const WIDE = new RegExp(
  "[\\u{1100}-\\u{115F}\\u{2329}\\u{232A}\\u{2630}-\\u{2637}\\u{268A}-\\u{268F}\\u{2E80}-\\u{303E}\\u{3041}-\\u{3247}" +
    "\\u{3250}-\\u{A4C6}\\u{A960}-\\u{A97C}\\u{AC00}-\\u{D7A3}\\u{F900}-\\u{FAFF}\\u{FE10}-\\u{FE19}\\u{FE30}-\\u{FE6B}" +
    "\\u{FF01}-\\u{FF60}\\u{FFE0}-\\u{FFE6}\\u{16FE0}-\\u{16FF6}\\u{17000}-\\u{191D2}\\u{1AFF0}-\\u{1B2FB}" +
    "\\u{1D300}-\\u{1D376}\\u{1F200}-\\u{1F265}\\u{1F6D5}-\\u{1F6D9}\\u{1FA80}-\\u{1FAFA}\\u{20000}-\\u{3FFFD}]" +
    "|\\p{Emoji_Presentation}",
  "u",
);
const NARROW_PLAIN = /^[\x20-\x7E]*$/;
const ZERO = /^[\p{Mn}\p{Me}\u200C\u200D]$/u;
/** One picture made of several code points: with a variation selector, a joiner or a skin tone, or a flag. */
const PICTURE = /\p{Extended_Pictographic}.*(?:\uFE0F|\u200D|[\u{1F3FB}-\u{1F3FF}])|[\u{1F1E6}-\u{1F1FF}]{2}/u;

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** What a reader sees as single characters, each with the terminal columns it takes. */
function graphemes(text: string): { text: string; columns: number }[] {
  return Array.from(segmenter.segment(text), ({ segment }) => ({ text: segment, columns: graphemeColumns(segment) }));
}

/** Terminal columns a text without control characters takes. */
export function columns(text: string): number {
  if (NARROW_PLAIN.test(text)) return text.length;
  return graphemes(text).reduce((sum, each) => sum + each.columns, 0);
}

function graphemeColumns(grapheme: string): number {
  if (grapheme.length === 1 && grapheme >= " " && grapheme <= "~") return 1;
  if (PICTURE.test(grapheme)) return 2;
  let sum = 0;
  for (const character of grapheme) {
    if (!ZERO.test(character)) sum += WIDE.test(character) ? 2 : 1;
  }
  return sum;
}

/** The start of a text in at most `max` columns, ending in `…` where something was cut. */
export function shorten(text: string, max: number): string {
  if (columns(text) <= max) return text;
  return max < 1 ? "" : `${head(graphemes(text), max - 1).trimEnd()}…`;
}

/**
 * The same with the middle cut, `share` of the room being left to the start: of a path the file and line matter more
 * than the folder, of a name its first words.
 */
export function shortenMiddle(text: string, max: number, share = 1 / 3): string {
  if (columns(text) <= max) return text;
  if (max < 1) return "";
  const parts = graphemes(text);
  const start = head(parts, Math.floor((max - 1) * share));
  const end = tail(parts, max - 1 - columns(start));
  return `${start}…${end}`;
}

/** A text cut into pieces of at most `max` columns; a character wider than that stands alone. */
export function chop(text: string, max: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let used = 0;
  for (const each of graphemes(text)) {
    if (piece !== "" && used + each.columns > max) {
      pieces.push(piece);
      piece = "";
      used = 0;
    }
    piece += each.text;
    used += each.columns;
  }
  if (piece !== "") pieces.push(piece);
  return pieces;
}

function head(parts: readonly { text: string; columns: number }[], max: number): string {
  let text = "";
  let used = 0;
  for (const part of parts) {
    used += part.columns;
    if (used > max) break;
    text += part.text;
  }
  return text;
}

function tail(parts: readonly { text: string; columns: number }[], max: number): string {
  let first = parts.length;
  let used = 0;
  while (first > 0) {
    used += parts[first - 1]?.columns ?? 0;
    if (used > max) break;
    first -= 1;
  }
  return parts
    .slice(first)
    .map((part) => part.text)
    .join("");
}
