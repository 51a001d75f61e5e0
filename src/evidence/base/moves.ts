import type { EvidenceMove } from "../../model/base.js";
import type { EvidenceItem } from "../../model/evidence.js";
import type { ManifestItem } from "../../model/manifest.js";
import type { Reference } from "../../model/reference.js";
import { compareText } from "../../model/span.js";

export interface Moves {
  gained: EvidenceMove[];
  lost: EvidenceMove[];
}

type Item = EvidenceItem | ManifestItem;

/** Evidence that passes and could have failed (or is an implementation) in one tree and not in the other, item by item. */
export function movesOfItems(before: readonly Item[], after: readonly Item[]): Moves {
  const entries = (items: readonly Item[]) =>
    items.flatMap((item): Entry[] =>
      item.outcome === "pass" && item.cannotFail === null
        ? item.tags.map((tag) => ({
            key: `${tag} ${item.id}`,
            move: { tag, kind: item.kind, name: item.name, file: item.location?.file ?? null },
          }))
        : [],
    );
  return difference(entries(before), entries(after));
}

/**
 * References of one tree that the other has not, in the files that differ. A test is known by its title and a renamed file
 * stays the same file: `renamed` gives its present path.
 */
export function movesOfReferences(
  before: readonly Reference[],
  after: readonly Reference[],
  renamed: ReadonlyMap<string, string>,
): Moves {
  const entries = (references: readonly Reference[]) =>
    references.flatMap(({ tag, role, span, test, target }): Entry[] => {
      if (role === "mentions") return [];
      const file = (target ?? span).file;
      const here = renamed.get(file) ?? file;
      const title = test === null ? null : [...test.suite, test.name].join(" > ");
      const key = JSON.stringify([tag, role, here, title]);
      return [{ key, move: { tag, kind: role, name: title ?? here, file: here } }];
    });
  return difference(entries(before), entries(after));
}

interface Entry {
  key: string;
  move: EvidenceMove;
}

function difference(before: readonly Entry[], after: readonly Entry[]): Moves {
  const olds = new Map(before.map((entry) => [entry.key, entry.move]));
  const news = new Map(after.map((entry) => [entry.key, entry.move]));
  return { gained: without(news, olds), lost: without(olds, news) };
}

function without(all: ReadonlyMap<string, EvidenceMove>, others: ReadonlyMap<string, EvidenceMove>): EvidenceMove[] {
  return [...all]
    .flatMap(([key, move]) => (others.has(key) ? [] : [{ key, move }]))
    .sort((a, b) => compareText(a.move.tag, b.move.tag) || compareText(a.key, b.key))
    .map(({ move }) => move);
}
