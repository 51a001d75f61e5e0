import { linkFacts, linkFindings } from "../evidence/links/findings.js";
import type { LinkContext } from "../evidence/links/judge.js";
import { judgeLinks, linkedPaths } from "../evidence/links/judge.js";
import { folderInRepository, openLinkTree } from "../host/link-tree.js";
import type { SpecDocument } from "../model/requirement.js";
import type { AnalysisResult } from "./analyses.js";

/** The links of `check`: history is not asked, so that every clone gives the same answer. */
export async function analyseLinks(
  root: string,
  documents: readonly SpecDocument[],
  wanted: boolean,
): Promise<AnalysisResult> {
  if (!wanted) return { analyses: {}, findings: [], items: [] };
  const judged = judgeLinks(documents, await linkContext(root, documents));
  return { analyses: { links: { ...linkFacts(judged) } }, findings: linkFindings(judged), items: [] };
}

/** The files that the links of documents may lead to. */
export async function linkContext(root: string, documents: readonly SpecDocument[]): Promise<LinkContext> {
  const below = folderInRepository(root);
  return { tree: await openLinkTree(root, linkedPaths(documents, below)), below };
}
