import type { EvidenceItem } from "../../model/evidence.js";
import type { Tag } from "../../model/tag.js";
import type { TagCase } from "../verdict.js";

/** What a change did, as far as the freshness of evidence depends on it. */
export interface ChangeFacts {
  /** The base in words: `main (1a2b3c4d)`. */
  since: string;
  /** Tags whose text differs from the base's in more than white space. */
  texts: ReadonlySet<Tag>;
  /** Tags of which a test, model or piece of code is new or changed, with the files. */
  touched: ReadonlyMap<Tag, readonly string[]>;
  /** Files whose content differs from the base's in more than white space, by their present paths. */
  files: ReadonlySet<string>;
}

/** How the reason starts. */
export const UNFOLLOWED = "the text changed since";

/**
 * Why the evidence of a tag does not follow its text: the text changed since the base and none of the tag's tests, models
 * or code did. Null when it follows, or when there is no evidence that could have.
 */
export function whyUnfollowed(tagCase: Omit<TagCase, "unfollowed">, facts: ChangeFacts): string | null {
  const { tag, parent } = tagCase.definition;
  if (!facts.texts.has(tag) || tagCase.items.length === 0) return null;
  if (facts.touched.has(tag)) return null;
  const ofParent = parent === null ? [] : (facts.touched.get(parent) ?? []);
  if (tagCase.inherited.some((item) => item.location !== null && ofParent.includes(item.location.file))) return null;
  if (tagCase.items.some((item) => followsByItself(item, tagCase, facts))) return null;
  return `${UNFOLLOWED} ${facts.since}, and none of its tests, models or code did`;
}

/**
 * An item that no reference in the source speaks for (a model, a campaign, a test with a generated title) changed with a
 * file it was made from. A review recorded for exactly this text is a person's confirmation.
 */
function followsByItself(item: EvidenceItem, tagCase: Omit<TagCase, "unfollowed">, facts: ChangeFacts): boolean {
  const { tag, textDigest } = tagCase.definition;
  if (item.kind === "review" && item.outcome === "pass" && item.against[tag] === textDigest) return true;
  const spoken = new Set(tagCase.references.flatMap(({ role, span }) => (role === "mentions" ? [] : [span.file])));
  const files = [...Object.keys(item.inputs), ...(item.location === null ? [] : [item.location.file])];
  return files.some((file) => facts.files.has(file) && !spoken.has(file));
}
