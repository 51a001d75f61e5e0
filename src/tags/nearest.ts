import { distance } from "fastest-levenshtein";
import { compareText } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { firstSegment } from "../model/tag.js";

/** Comparisons in all: enough for every honest project, and a bound when a whole catalog is misspelt. */
const BUDGET = 1_000_000;
/** Nobody misspells a longer tag by accident, and comparing costs the product of lengths. */
const LENGTH_LIMIT = 120;

/** Finds the tag that somebody probably meant. */
export class NearestTags {
  /** By length, and by first segment and length. */
  #groups: Map<string, Tag[]> | null = null;
  readonly #tags: readonly Tag[];
  readonly #answers = new Map<Tag, Tag | null>();
  #budget = BUDGET;

  constructor(tags: readonly Tag[]) {
    this.#tags = tags;
  }

  /** Made with the first question: most runs have none. */
  #grouped(): ReadonlyMap<string, readonly Tag[]> {
    if (this.#groups !== null) return this.#groups;
    const groups = new Map<string, Tag[]>();
    for (const tag of [...this.#tags].sort(compareText)) {
      for (const key of [`${tag.length}`, `${firstSegment(tag)} ${tag.length}`]) {
        const known = groups.get(key);
        if (known === undefined) groups.set(key, [tag]);
        else known.push(tag);
      }
    }
    this.#groups = groups;
    return groups;
  }

  /**
   * The tag at the smallest edit distance, the first in code-unit order among equals; null when none is within a third
   * of the length, at least two and at most six edits. Looks at tags with the same first segment, then, for a slip in
   * that segment, at those of nearly the same length.
   */
  of(tag: Tag): Tag | null {
    const known = this.#answers.get(tag);
    if (known !== undefined) return known;
    const answer = tag.length > LENGTH_LIMIT ? null : this.#search(tag);
    this.#answers.set(tag, answer);
    return answer;
  }

  #search(tag: Tag): Tag | null {
    const within = Math.min(6, Math.max(2, Math.floor(tag.length / 3)));
    return this.#closest(tag, `${firstSegment(tag)} `, within) ?? this.#closest(tag, "", 2);
  }

  #closest(tag: Tag, group: string, within: number): Tag | null {
    let best: Tag | null = null;
    let least = within + 1;
    for (let length = tag.length - within; length <= tag.length + within; length++) {
      for (const candidate of this.#grouped().get(`${group}${length}`) ?? []) {
        if (this.#budget-- <= 0) return best;
        const edits = distance(tag, candidate);
        if (edits > least || (edits === least && (best === null || compareText(candidate, best) > 0))) continue;
        best = candidate;
        least = edits;
      }
    }
    return best;
  }
}
