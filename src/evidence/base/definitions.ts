import { foldText, foldWhitespace } from "../../model/digest.js";
import type { Definition } from "../../model/reference.js";
import { compareText } from "../../model/span.js";
import type { Tag } from "../../model/tag.js";

type Definitions = ReadonlyMap<Tag, Definition>;

export interface Rename {
  from: Definition;
  to: Definition;
}

/** How the tags of one tree differ from those of another; every list in order of tag. */
export interface DefinitionChanges {
  added: Definition[];
  /** The same tag with another text; more than its title differs. */
  changed: { before: Definition; after: Definition }[];
  removed: Definition[];
  renamed: Rename[];
  /** Every tag that both have with texts that differ in more than white space, retitled ones included. */
  texts: ReadonlySet<Tag>;
}

/**
 * Compares two catalogs by tag. A tag that is gone and one that is new are a rename when they have the same text or, in one
 * capability, the same title, and no other such pair could be meant. White space is no difference.
 */
export function compareDefinitions(before: Definitions, after: Definitions): DefinitionChanges {
  const gone = [...before.values()].filter(({ tag }) => !after.has(tag)).sort(byTag);
  const fresh = [...after.values()].filter(({ tag }) => !before.has(tag)).sort(byTag);
  const renamed = [
    ...pairs(gone, fresh, (each) => `${each.kind} ${each.textDigest}`),
    ...pairs(gone, fresh, (each) => `${each.kind} ${each.capability} ${foldWhitespace(each.title)}`),
  ].filter(isFirstOfBoth());
  const paired = new Set(renamed.flatMap(({ from, to }) => [from, to]));
  const changed: DefinitionChanges["changed"] = [];
  const texts = new Set<Tag>();
  for (const definition of [...after.values()].sort(byTag)) {
    const earlier = before.get(definition.tag);
    if (earlier === undefined || earlier.textDigest === definition.textDigest) continue;
    texts.add(definition.tag);
    if (bodyOf(earlier) === bodyOf(definition)) renamed.push({ from: earlier, to: definition });
    else changed.push({ before: earlier, after: definition });
  }
  return {
    added: fresh.filter((each) => !paired.has(each)),
    changed,
    removed: gone.filter((each) => !paired.has(each)),
    renamed: renamed.sort((a, b) => byTag(a.to, b.to)),
    texts,
  };
}

/** Present tags by former ones, of those that took another tag. */
export function renamedTags({ renamed }: Pick<DefinitionChanges, "renamed">): Map<Tag, Tag> {
  return new Map(renamed.flatMap(({ from, to }): [Tag, Tag][] => (from.tag === to.tag ? [] : [[from.tag, to.tag]])));
}

function byTag(a: Definition, b: Definition): number {
  return compareText(a.tag, b.tag);
}

/** Pairs of which each side is the only one with its key. */
function pairs(gone: readonly Definition[], fresh: readonly Definition[], key: (of: Definition) => string): Rename[] {
  const olds = grouped(gone, key);
  const news = grouped(fresh, key);
  return [...olds].flatMap(([shared, [from, another]]) => {
    const [to, further] = news.get(shared) ?? [];
    const isCertain = from !== undefined && to !== undefined && another === undefined && further === undefined;
    return isCertain ? [{ from, to }] : [];
  });
}

function isFirstOfBoth(): (rename: Rename) => boolean {
  const used = new Set<Definition>();
  return ({ from, to }) => {
    if (used.has(from) || used.has(to)) return false;
    used.add(from).add(to);
    return true;
  };
}

function grouped(definitions: readonly Definition[], key: (of: Definition) => string): Map<string, Definition[]> {
  const groups = new Map<string, Definition[]>();
  for (const each of definitions) {
    const alike = groups.get(key(each));
    if (alike === undefined) groups.set(key(each), [each]);
    else alike.push(each);
  }
  return groups;
}

/** The text without its title. */
function bodyOf({ text, title }: Definition): string {
  const folded = foldText(text);
  const head = foldText(title);
  return folded.startsWith(head) ? folded.slice(head.length).trim() : folded;
}
