/**
 * Characters that steer a terminal or hide what they stand in: controls (ESC among them), bidirectional overrides and
 * every other format character, line separators, lone surrogates. The two joiners are left, scripts and emoji need them.
 */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?![\u200C\u200D])\p{Cf}/gu;
const SPACING = /[\t\n\v\f\r]+/g;
const PLAIN = /^[\x20-\x7E]*$/;
const PLAIN_LINES = /^[\x20-\x7E\n]*$/;
/** No script stacks more marks on one character; text that does would paint over the lines around it. */
const STACKED = /(\p{M}{8})\p{M}+/gu;

/**
 * A text from outside as one line that is safe to print: line breaks and tabs become a blank, unsafe characters their
 * escape `\u{202E}`, and composed characters replace what can be composed (NFC).
 */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize("NFC")
    .replace(SPACING, " ")
    .replace(UNSAFE, (character) => `\\u{${codePoint(character).toString(16).toUpperCase()}}`)
    .replace(STACKED, "$1");
}

/** The same for a text of several lines: its line feeds and tabs stay. */
export function visibleLines(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => line.split("\t").map(visible).join("\t"))
    .join("\n");
}

/** JSON text whose strings hold no unsafe character: each becomes its JSON escape, so the value stays the same. */
export function visibleJson(json: string): string {
  if (PLAIN_LINES.test(json)) return json;
  return json.replace(UNSAFE, (character) => (character === "\n" ? character : jsonEscape(character)));
}

/** A text without its unsafe characters, for formats that cannot hold them; line breaks and tabs stay. */
export function withoutUnsafe(text: string): string {
  return text.replace(UNSAFE, (character) => (character === "\n" || character === "\t" ? character : ""));
}

function jsonEscape(character: string): string {
  let escaped = "";
  for (let at = 0; at < character.length; at += 1) {
    escaped += `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
  }
  return escaped;
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
