/**
 * A full title as one key: enclosing titles and own one, whatever separates them. Runners join titles with ` > `, ` › `,
 * `::` or a blank, and XML turns newlines in attributes into blanks.
 */
export function titleKey(titles: readonly string[]): string {
  const joined = titles.length === 1 ? (titles[0] ?? "") : titles.join(" ");
  return SEPARATED.test(joined) ? joined.replace(SEPARATORS, " ").replace(/\s+/gu, " ").trim() : joined;
}

const SEPARATED = /[>›]|::|\s\s|[^\S ]|^\s|\s$/u;
const SEPARATORS = /\s[>›]\s|::/gu;

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
  return { first: pieces[0] ?? "", middle: pieces.slice(1, -1), last: pieces.at(-1) ?? "" };
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

/** Patterns by their first literal piece, so that a title is only tried against those that start like it. */
export class PatternTable<T> {
  readonly #byFirst = new Map<string, { pattern: TitlePattern; value: T }[]>();
  readonly #lengths = new Set<number>();

  add(pattern: TitlePattern, value: T): void {
    const known = this.#byFirst.get(pattern.first);
    if (known === undefined) this.#byFirst.set(pattern.first, [{ pattern, value }]);
    else if (known.length < MOST_TRIED) known.push({ pattern, value });
    this.#lengths.add(pattern.first.length);
  }

  /** Values of all patterns that the title fits. */
  find(title: string): T[] {
    const found: T[] = [];
    for (const length of this.#lengths) {
      if (length > title.length) continue;
      for (const { pattern, value } of this.#byFirst.get(title.slice(0, length)) ?? []) {
        if (fits(title, pattern)) found.push(value);
      }
    }
    return found;
  }
}

/** Beyond this, titles that start alike are told apart by nothing. */
const MOST_TRIED = 64;

/**
 * The names a parametrised test may have in its source, most specific first: `name[1-2]` (pytest), `name(int)[1]`
 * (Surefire, Gradle), `name/0` (googletest), `name with data set #0` (PHPUnit), `name::case_1` (rstest) come from
 * `name`. The name itself is the first.
 */
export function declaredNames(name: string): string[] {
  const names = [name];
  const identifier = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(name)?.[0] ?? "";
  const rest = name.slice(identifier.length);
  if (identifier !== "" && /^(?:[[({/]|::| with data set )/u.test(rest)) names.push(identifier);
  else if (name.endsWith("()")) names.push(name.slice(0, -2));
  return names;
}
