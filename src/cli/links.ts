import type { LinkFacts } from "../evidence/links/findings.js";
import type { Config } from "../model/config.js";
import type { SpecDocument } from "../model/requirement.js";
import type { AnalysisResult } from "./analyses.js";

const NO_LINKS: LinkFacts = { links: 0, checked: 0, broken: 0, moved: 0, external: 0, unchecked: 0 };

/** The links of `check`: history is not asked, so that every clone gives the same answer. */
export async function analyseLinks(
  root: string,
  documents: readonly SpecDocument[],
  { wanted, severities }: { wanted: boolean; severities: Config["severity"] },
): Promise<AnalysisResult> {
  if (!wanted) return { analyses: {}, findings: [], items: [] };
  const linked = documents.filter(({ links }) => links.length > 0);
  if (linked.length === 0) return { analyses: { links: { ...NO_LINKS } }, findings: [], items: [] };
  const { linkFacts, linkFindings } = await import("../evidence/links/findings.js");
  const { judgeLinks } = await import("../evidence/links/judge.js");
  const { linkContext } = await import("./link-context.js");
  const { foldMissingFolders } = await import("../evidence/links/missing-folders.js");
  const context = await linkContext(root, linked);
  const judged = judgeLinks(linked, context);
  const { findings, rest } = foldMissingFolders(judged, context.tree, severities);
  return { analyses: { links: { ...linkFacts(judged) } }, findings: [...findings, ...linkFindings(rest)], items: [] };
}
