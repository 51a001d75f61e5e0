import type { TitlePattern } from "../../model/title-pattern.js";
import { fits } from "../../model/title-pattern.js";

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
