/** Where a quotation departs from the text it should be part of. */
export interface Difference {
  /** The words around the departure as quoted. */
  quoted: string;
  /** The words at the same place of the text. */
  actual: string;
}

/**
 * Compares a quotation with a text: null when the text contains it, white space folded and markdown emphasis, code
 * marks and typographic quotes aside. Otherwise the longest beginning of the quotation that the text has somewhere is
 * found (Knuth, Morris, Pratt: linear in both) and the words at its end are shown.
 */
export function quoteDifference(quote: string, text: string): Difference | null {
  const wanted = plainText(quote);
  const given = plainText(text);
  const { length, end } = longestStart(wanted, given);
  if (length === wanted.length) return null;
  return { quoted: excerpt(wanted, length), actual: excerpt(given, end) };
}

/** Markdown prose as read: emphasis and code marks gone, white space folded, quotes straight. */
export function plainText(markdown: string): string {
  return markdown
    .normalize("NFC")
    .replace(/[“”„]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/`/g, "")
    .replace(/\\(?=[!-/:-@[-`{-~])/g, "")
    .replace(/(?<![^\s\p{P}\p{S}])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![^\s\p{P}\p{S}])/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

/** The longest start of a pattern that stands anywhere in a text, and where in the text it ends. */
function longestStart(pattern: string, text: string): { length: number; end: number } {
  const fallback = new Int32Array(pattern.length + 1);
  for (let at = 1, matched = 0; at < pattern.length; at++) {
    while (matched > 0 && pattern[at] !== pattern[matched]) matched = fallback[matched] ?? 0;
    if (pattern[at] === pattern[matched]) matched++;
    fallback[at + 1] = matched;
  }
  let best = { length: 0, end: 0 };
  for (let at = 0, matched = 0; at < text.length && matched < pattern.length; at++) {
    while (matched > 0 && text[at] !== pattern[matched]) matched = fallback[matched] ?? 0;
    if (text[at] === pattern[matched]) matched++;
    if (matched > best.length) best = { length: matched, end: at + 1 };
  }
  return best;
}

/** A few words around an offset, whole where words are short enough. */
function excerpt(text: string, at: number): string {
  let start = Math.max(0, at - 24);
  const behind = text.indexOf(" ", start);
  if (start > 0 && behind >= 0 && behind < at - 4) start = behind + 1;
  let end = Math.min(text.length, at + 24);
  const before = text.lastIndexOf(" ", end);
  if (end < text.length && before > at + 4) end = before;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}
