import { join } from "node:path";
import { fileExists } from "../host/files.js";
import type { StatementCount } from "../host/spec-file.js";
import type { Config } from "../model/config.js";
import type { EvidenceItem } from "../model/evidence.js";
import type { Finding } from "../model/finding.js";
import type { Analyses } from "../model/manifest.js";
import type { SpecDocument } from "../model/requirement.js";

/** What one analysis of `check` adds to a judgement. */
export interface AnalysisResult {
  /** Facts by analysis. */
  analyses: Analyses;
  findings: Finding[];
  items: EvidenceItem[];
}

/**
 * The analyses of `check`: how much of the text was read and formalised, and what contradicts itself. Contradictions are
 * only looked for over declared terms.
 */
export async function analyseText(
  root: string,
  config: Config,
  documents: readonly SpecDocument[],
  parts: { text?: boolean; logic?: boolean; counts: StatementCount },
): Promise<AnalysisResult> {
  if (parts.logic === false || !fileExists(join(root, config.logic.glossary))) {
    return { analyses: parts.text === false ? {} : { ears: earsFacts(parts.counts) }, findings: [], items: [] };
  }
  const { readGlossary, readSources, runLogic, statementsOf } = await import("./sentences.js");
  const { glossary, findings } = readGlossary(root, config);
  const statements = statementsOf(documents, readSources(root, documents));
  const read = statements.filter((each) => each.status === "read").length;
  const analyses: Analyses = { ears: earsFacts({ statements: statements.length, read }) };
  const logic = await runLogic(statements, glossary, config);
  return {
    analyses: { ...analyses, logic: { ...logic.facts } },
    findings: [...findings, ...logic.findings],
    items: [],
  };
}

function earsFacts({ statements, read }: StatementCount): Analyses[string] {
  return { statements, read, unread: statements - read };
}
