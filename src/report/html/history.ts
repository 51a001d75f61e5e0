import type { ManifestDefinition } from "../../model/manifest.js";
import { compareText } from "../../model/span.js";

/** Where a line comes from: commit in full, day (YYYY-MM-DD) and subject; null for a line of no commit. */
export type LineOrigin = { commit: string; day: string; summary: string } | null;

/**
 * Sentences about when the lines of each definition were written, by tag: the first of those that still stand, and the last.
 * `originsOf` gives the origin of each line of a file, line 1 first; none where nothing is known.
 */
export function historyOf(
  catalog: readonly ManifestDefinition[],
  originsOf: ReadonlyMap<string, readonly LineOrigin[]>,
): Map<string, string[]> {
  const history = new Map<string, string[]>();
  const byPlace = [...catalog].sort((a, b) => compareText(a.file, b.file) || a.line - b.line);
  for (const [at, { tag, file, line }] of byPlace.entries()) {
    const next = byPlace[at + 1];
    const origins = originsOf.get(file) ?? [];
    const end = next?.file === file ? next.line - 1 : origins.length;
    const own = origins.slice(line - 1, end);
    if (own.length > 0) history.set(tag, sentences(own));
  }
  return history;
}

function sentences(lines: readonly LineOrigin[]): string[] {
  const commits = new Map(lines.flatMap((line) => (line === null ? [] : [[line.commit, line]])));
  const dated = [...commits.values()].sort((a, b) => compareText(a.day, b.day) || compareText(a.commit, b.commit));
  const [first, last] = [dated[0], dated.at(-1)];
  const open = lines.filter((line) => line === null).length;
  return [
    ...(open === 0 ? [] : [`${open} of ${lines.length} lines are not committed`]),
    ...(last === undefined ? [] : [`last changed ${said(last)}`]),
    ...(first === undefined || first === last ? [] : [`oldest line ${said(first)}, ${dated.length} commits in all`]),
  ];
}

function said({ commit, day, summary }: NonNullable<LineOrigin>): string {
  return `${day} in ${commit.slice(0, 12)}: ${summary}`;
}
