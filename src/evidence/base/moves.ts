import type { EvidenceMove } from "../../model/base.js";
import type { EvidenceItem } from "../../model/evidence.js";
import type { ManifestItem } from "../../model/manifest.js";
import type { Reference } from "../../model/reference.js";
import { compareText } from "../../model/span.js";
import type { Tag } from "../../model/tag.js";

export interface Moves {
  gained: EvidenceMove[];
  lost: EvidenceMove[];
}

type Item = EvidenceItem | ManifestItem;

/** What has another name in the present tree: present names by former ones. */
export interface Renames {
  files: ReadonlyMap<string, string>;
  tags: ReadonlyMap<Tag, Tag>;
}

/**
 * Evidence that passes and could have failed (or is an implementation) in one tree and not in the other, item by item.
 * An item of a renamed file or tag is the one that does the same under the present name.
 */
export function movesOfItems(before: readonly Item[], after: readonly Item[], renames: Renames): Moves {
  const entries = (items: readonly Item[], isFormer: boolean) =>
    items.flatMap((item): Entry[] => {
      if (item.outcome !== "pass" || item.cannotFail !== null) return [];
      const { kind, name } = item;
      const file = item.location?.file ?? null;
      const here = file === null ? null : (renames.files.get(file) ?? file);
      return item.tags.map((tag) => {
        const now = (isFormer && renames.tags.get(tag)) || tag;
        const same = isFormer && now === tag && here === file;
        const alias = JSON.stringify([now, kind, isFormer && name === file ? here : name, isFormer ? here : file]);
        return { key: `${now} ${item.id}`, alias: same ? null : alias, move: { tag: now, kind, name, file } };
      });
    });
  const moves = difference(entries(before, true), entries(after, false));
  return { gained: moves.gained.map(moveOf), lost: moves.lost.map(moveOf) };
}

/**
 * References of one tree that the other has not, in the files that differ. A test is known by its title, and a renamed
 * file or tag stays the same.
 */
export function movesOfReferences(before: readonly Reference[], after: readonly Reference[], renames: Renames): Moves {
  const entries = (references: readonly Reference[], isFormer: boolean) =>
    references.flatMap(({ tag, role, span, test, target }): Entry[] => {
      if (role === "mentions") return [];
      const file = (target ?? span).file;
      const here = (isFormer && renames.files.get(file)) || file;
      const now = (isFormer && renames.tags.get(tag)) || tag;
      const title = test === null ? null : [...test.suite, test.name].join(" > ");
      const key = JSON.stringify([now, role, here, title]);
      return [{ key, alias: null, move: { tag: now, kind: role, name: title ?? here, file: here } }];
    });
  const moves = difference(entries(before, true), entries(after, false));
  return { gained: moves.gained.map(moveOf), lost: moves.lost.map(moveOf) };
}

interface Entry {
  key: string;
  /** What is said of it under present names, where its key may tell the same thing apart; null where it does not. */
  alias: string | null;
  move: EvidenceMove;
}

function moveOf({ move }: Entry): EvidenceMove {
  return move;
}

/** Entries of one side only, in order of tag and key. Those of renamed things leave both sides in pairs. */
function difference(before: readonly Entry[], after: readonly Entry[]): { gained: Entry[]; lost: Entry[] } {
  const olds = new Map(before.map((entry) => [entry.key, entry]));
  const news = new Map(after.map((entry) => [entry.key, entry]));
  const gained = without(news, olds);
  const lost = without(olds, news);
  const open = new Map<string, Entry[]>();
  for (const entry of gained) {
    if (entry.alias === null) continue;
    const alike = open.get(entry.alias);
    if (alike === undefined) open.set(entry.alias, [entry]);
    else alike.push(entry);
  }
  const paired = new Set<Entry>();
  for (const entry of lost) {
    const other = entry.alias === null ? undefined : open.get(entry.alias)?.pop();
    if (other !== undefined) paired.add(entry).add(other);
  }
  const isLeft = (entry: Entry) => !paired.has(entry);
  return { gained: gained.filter(isLeft), lost: lost.filter(isLeft) };
}

function without(all: ReadonlyMap<string, Entry>, others: ReadonlyMap<string, Entry>): Entry[] {
  return [...all.values()]
    .filter(({ key }) => !others.has(key))
    .sort((a, b) => compareText(a.move.tag, b.move.tag) || compareText(a.key, b.key));
}
