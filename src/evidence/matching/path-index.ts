import { compareText } from "../../model/span.js";

/** More places than this share one ending only where the ending says nothing. */
const MOST_FOUND = 64;

/**
 * Values by slash-separated path, found by the end of the path: a report and a source tree name one place from
 * different starting points. Building sorts once; a look-up costs the depth of the path, however many paths there are.
 */
export class PathIndex<T> {
  /** By reversed path: `c/b/a/` for `a/b/c`, so that a common end is a common start. */
  readonly #values = new Map<string, T>();
  readonly #keys: string[];
  readonly #shortest: number;
  /** The path that was asked for last, and what was found. */
  #asked: string | null = null;
  #found: readonly T[] = [];

  /**
   * @param shortest how many segments an indexed path must have to be found by a longer one that ends in it: one
   *   segment alone (`index.test.ts`) can belong to anything.
   */
  constructor(entries: Iterable<readonly [path: string, value: T]>, shortest: number) {
    for (const [path, value] of entries) this.#values.set(reversed(path), value);
    this.#keys = [...this.#values.keys()].sort(compareText);
    this.#shortest = shortest;
  }

  /**
   * The value at exactly this path; else those at longer paths that end in it; else the one at the longest path that it
   * ends in. Empty when none is there, or so many that the path says nothing.
   */
  find(path: string): readonly T[] {
    // Results of one file follow each other.
    if (path !== this.#asked) {
      this.#found = this.#search(reversed(path));
      this.#asked = path;
    }
    return this.#found;
  }

  #search(key: string): T[] {
    const exact = this.#values.get(key);
    if (exact !== undefined) return [exact];
    const longer = this.#longer(key);
    if (longer.length > 0) return longer.length > MOST_FOUND ? [] : longer;
    for (let end = key.lastIndexOf("/", key.length - 2); end > 0; end = key.lastIndexOf("/", end - 1)) {
      const value = this.#values.get(key.slice(0, end + 1));
      if (value !== undefined) return segments(key.slice(0, end)) >= this.#shortest ? [value] : [];
    }
    return [];
  }

  #longer(key: string): T[] {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] ?? "") < key) low = middle + 1;
      else high = middle;
    }
    const found: T[] = [];
    for (let at = low; at < this.#keys.length && found.length <= MOST_FOUND; at++) {
      const candidate = this.#keys[at] ?? "";
      if (!candidate.startsWith(key)) break;
      const value = this.#values.get(candidate);
      if (value !== undefined) found.push(value);
    }
    return found;
  }
}

/** Reports nest no deeper; the limit keeps look-ups short on hostile input. */
const DEEPEST = 64;

function reversed(path: string): string {
  return `${path.split("/").slice(-DEEPEST).reverse().join("/")}/`;
}

function segments(path: string): number {
  return path.split("/").length;
}
