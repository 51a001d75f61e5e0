import { visibleLines } from "../text/visible.js";

/** A table of texts in which each stands once, without characters that hide or reorder what is shown. */
export interface TextTable {
  /** Place of a text; -1 for null. */
  place(text: string | null | undefined): number;
  places(texts: readonly string[]): number[];
  readonly texts: string[];
}

export function textTable(): TextTable {
  const texts: string[] = [];
  const known = new Map<string, number>();
  const place = (given: string | null | undefined): number => {
    if (given === null || given === undefined) return -1;
    const text = visibleLines(given);
    const found = known.get(text);
    if (found !== undefined) return found;
    known.set(text, texts.length);
    texts.push(text);
    return texts.length - 1;
  };
  return { place, places: (many) => many.map(place), texts };
}
