import type { LinkContext } from "../evidence/links/judge.js";
import { linkedPaths } from "../evidence/links/judge.js";
import { folderInRepository, openLinkTree } from "../host/link-tree.js";
import type { SpecDocument } from "../model/requirement.js";

/** The files that the links of documents may lead to. */
export async function linkContext(root: string, documents: readonly SpecDocument[]): Promise<LinkContext> {
  const below = folderInRepository(root);
  return { tree: await openLinkTree(root, linkedPaths(documents, below)), below };
}
