import type { Token } from "../token.js";
import { isOpaque } from "../token.js";

/** Word sequences by their first word, longest first, each with a value. */
export type WordTable<T> = ReadonlyMap<string, readonly { words: readonly string[]; value: T }[]>;

export interface WordHit<T> {
  /** Token indices, the end exclusive. */
  from: number;
  to: number;
  value: T;
}

/** Makes a table from lower-case phrases. */
export function wordTable<T>(entries: Iterable<readonly [phrase: string, value: T]>): WordTable<T> {
  const table = new Map<string, { words: readonly string[]; value: T }[]>();
  for (const [phrase, value] of entries) {
    const words = phrase.split(" ");
    const first = words[0] ?? "";
    table.set(
      first,
      [...(table.get(first) ?? []), { words, value }].sort((a, b) => b.words.length - a.words.length),
    );
  }
  return table;
}

/** Every occurrence of a table's phrases, words within brackets included, opaque tokens not. Occurrences do not overlap. */
export function findWords<T>(tokens: readonly Token[], table: WordTable<T>): WordHit<T>[] {
  const hits: WordHit<T>[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined || token.kind !== "word") continue;
    const entries = table.get(token.lower);
    if (entries === undefined) continue;
    const entry = entries.find(({ words }) => words.every((word, at) => isSame(tokens[index + at], word)));
    if (entry === undefined) continue;
    hits.push({ from: index, to: index + entry.words.length, value: entry.value });
    index += entry.words.length - 1;
  }
  return hits;
}

function isSame(token: Token | undefined, word: string): boolean {
  return token !== undefined && !isOpaque(token) && token.lower === word;
}
