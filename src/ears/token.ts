/**
 * `code`, `quote` and `link` are opaque: nothing in them is ever taken for a keyword. `mark` is punctuation. A number
 * keeps what is glued to it (`5`, `1,000`, `500ms`, `5-minute`, `20%`).
 */
export type TokenKind = "word" | "number" | "code" | "quote" | "link" | "mark";

export interface Token {
  kind: TokenKind;
  /** As written. */
  text: string;
  /** Words in lower case; everything else as written. */
  lower: string;
  /** Offsets in the text of the file, in UTF-16 units; the end is exclusive. */
  start: number;
  end: number;
  /** White space stands before it. */
  spaced: boolean;
  /** Number of brackets around it; brackets count as inside themselves. */
  depth: number;
}

export function isOpaque(token: Token): boolean {
  return token.kind === "code" || token.kind === "quote" || token.kind === "link";
}

export function isWord(token: Token | undefined, lower: string): boolean {
  return token !== undefined && token.kind === "word" && token.depth === 0 && token.lower === lower;
}

export function isMark(token: Token | undefined, mark: string): boolean {
  return token !== undefined && token.kind === "mark" && token.depth === 0 && token.text === mark;
}

/** All letters are capitals, and there are at least two characters. */
export function isCapitals(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    token.kind === "word" &&
    token.text.length > 1 &&
    token.text === token.text.toUpperCase() &&
    token.text !== token.lower
  );
}
