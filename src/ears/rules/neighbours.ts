/** Longest text that is compared by letters. */
const LONGEST = 60;

/** A text with every single letter left out once: two texts that are one edit apart share one of these or are one. */
function deletions(text: string): string[] {
  return Array.from({ length: text.length }, (_, index) => text.slice(0, index) + text.slice(index + 1));
}

/**
 * For each rare text the frequent text that is one edit away (a letter more, less, other, or two swapped), if any. Linear in
 * the number of texts (deletion neighbourhoods, W. Garbe 2012).
 */
export function nearest(frequent: Iterable<string>, rare: Iterable<string>): Map<string, string> {
  const index = new Map<string, string>();
  for (const text of frequent) {
    if (text.length > LONGEST) continue;
    for (const key of [text, ...deletions(text)]) if (!index.has(key)) index.set(key, text);
  }
  const found = new Map<string, string>();
  for (const text of rare) {
    if (text.length > LONGEST) continue;
    const near = [text, ...deletions(text)]
      .map((key) => index.get(key))
      .find((each) => each !== undefined && isOneEdit(each, text));
    if (near !== undefined) found.set(text, near);
  }
  return found;
}

/** Words shorter than these are other words rather than slips: `text` and `next`, `form` and `from`. */
const SHORTEST_REPLACED = 8;
const SHORTEST_SHIFTED = 6;

/** One letter more, less or other, or two neighbours swapped, in a long word; digits tell names apart on purpose. */
function isOneEdit(a: string, b: string): boolean {
  if (a === b) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (/[^a-z]/iu.test(left + right)) return false;
  const shortest = left.length === 1 && right.length === 1 ? SHORTEST_REPLACED : SHORTEST_SHIFTED;
  if (wordAround(a, start).length < shortest || wordAround(b, start).length < shortest) return false;
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

/** The word that holds, or ends at, an offset. */
function wordAround(text: string, at: number): string {
  const before =
    text
      .slice(0, at)
      .split(/[\s_.-]/u)
      .at(-1) ?? "";
  const behind = text.slice(at).split(/[\s_.-]/u)[0] ?? "";
  return before + behind;
}
