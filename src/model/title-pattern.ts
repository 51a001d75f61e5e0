/** Where a runner puts values: printf forms and `$name` of `each`, `${…}` of template literals. */
const PLACEHOLDER = /%[sdifjoOpc#$]|%%|\$\{[^}]{0,200}\}|\$#?[A-Za-z_#][\w.]{0,100}/gu;

/** A title with placeholders, as the literal pieces around them. */
export interface TitlePattern {
  first: string;
  /** In order; each behind the one before. */
  middle: readonly string[];
  last: string;
}

/** Values of a JUnit display name: `[{index}] {arguments}`. */
const BRACED = /\{[^{}]{0,200}\}/gu;

/** Null for a title without placeholders. */
export function titlePattern(key: string, placeholder: RegExp = PLACEHOLDER): TitlePattern | null {
  const pieces = key.split(placeholder);
  if (pieces.length === 1) return null;
  return {
    first: pieces[0] ?? "",
    middle: pieces.slice(1, -1).filter((piece) => piece !== ""),
    last: pieces.at(-1) ?? "",
  };
}

/** Null for a template without values. */
export function templatePattern(template: string): TitlePattern | null {
  return titlePattern(template, BRACED);
}

/** A method as runners write it that report no display names: `name(int)[1]`. */
export function isMethod(name: string): boolean {
  return /^[\p{L}_$][\p{L}\p{N}_$]*\([^()]*\)(?:\[\d+\])?$/u.test(name);
}

/** Whether a title can come from the pattern with any values. Linear: the leftmost fit of each piece is the best one. */
export function fits(title: string, pattern: TitlePattern): boolean {
  const { first, middle, last } = pattern;
  if (!title.startsWith(first) || !title.endsWith(last)) return false;
  let at = first.length;
  for (const piece of middle) {
    const found = title.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= title.length - last.length;
}
