import type { Attribute, SpecDocument } from "../model/requirement.js";
import type { Tag } from "../model/tag.js";
import { bracketedTokens } from "../model/tag.js";

/** What requirements say of themselves beside their text. */
export interface StatedAttributes {
  /** Tags of the more abstract requirements it makes concrete, in order. */
  refines?: Tag[];
  status?: string;
  owner?: string;
}

/** The attributes of every requirement and scenario that states one, by tag. */
export function statedAttributes(documents: readonly SpecDocument[]): Map<Tag, StatedAttributes> {
  const stated = new Map<Tag, StatedAttributes>();
  for (const document of documents) {
    for (const requirement of document.requirements) {
      for (const { tag, attributes } of [requirement, ...requirement.scenarios]) {
        if (tag !== null && attributes.length > 0) stated.set(tag, readAttributes(attributes));
      }
    }
  }
  return stated;
}

function readAttributes(attributes: readonly Attribute[]): StatedAttributes {
  const read: StatedAttributes = {};
  for (const { name, value, items } of attributes) {
    if (name === "Refines") {
      const tags = [value, ...items.map((item) => item.text)].flatMap(tagsIn);
      if (tags.length > 0) read.refines = [...new Set([...(read.refines ?? []), ...tags])];
    }
    if (name === "Status" && value !== "") read.status = value;
    if (name === "Owner" && value !== "") read.owner = value;
  }
  return read;
}

function tagsIn(text: string): Tag[] {
  return bracketedTokens(text).flatMap((token) => (token.wellFormed ? [token.text] : []));
}
