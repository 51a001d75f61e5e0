import { join } from "node:path";
import type { Glossary } from "../ears/glossary/glossary.js";
import { EMPTY_GLOSSARY } from "../ears/glossary/glossary.js";
import { parseGlossary } from "../ears/glossary/parse.js";
import type { LogicAnalysis } from "../ears/logic/analyse.js";
import { analyseLogic } from "../ears/logic/analyse.js";
import { parseStatements } from "../ears/parse.js";
import type { EarsStatement } from "../ears/statement.js";
import { fileExists, readTextFile } from "../host/files.js";
import type { StatementCount } from "../host/parse-specs.js";
import type { Config } from "../model/config.js";
import type { EvidenceItem } from "../model/evidence.js";
import type { Finding } from "../model/finding.js";
import type { Analyses } from "../model/manifest.js";
import type { SpecDocument } from "../model/requirement.js";
import type { Solver } from "../model/solver.js";

/** What one analysis of `check` adds to a judgement. */
export interface AnalysisResult {
  /** Facts by analysis. */
  analyses: Analyses;
  findings: Finding[];
  items: EvidenceItem[];
}

/** Texts that documents were read from, by path; those that cannot be read any more are left out. */
export function readSources(root: string, documents: readonly SpecDocument[]): Map<string, string> {
  const sources = new Map<string, string>();
  for (const { path } of documents) {
    const read = readTextFile(root, path);
    if ("text" in read) sources.set(path, read.text);
  }
  return sources;
}

/** The EARS statements of documents, in order of document and place. */
export function statementsOf(
  documents: readonly SpecDocument[],
  sources: ReadonlyMap<string, string>,
): EarsStatement[] {
  return documents.flatMap((document) => {
    const source = sources.get(document.path);
    return source === undefined ? [] : parseStatements(document, source);
  });
}

export interface ReadGlossary {
  /** Relative to the root. */
  path: string;
  /** Whether the file is there; without it the glossary is empty. */
  present: boolean;
  glossary: Glossary;
  findings: Finding[];
}

export function readGlossary(root: string, config: Config): ReadGlossary {
  const path = config.logic.glossary;
  if (!fileExists(join(root, path))) return { path, present: false, glossary: EMPTY_GLOSSARY, findings: [] };
  const read = readTextFile(root, path);
  if ("finding" in read) return { path, present: true, glossary: EMPTY_GLOSSARY, findings: [read.finding] };
  return { path, present: true, ...parseGlossary(path, read.text) };
}

/** Runs the logic analysis with the configured solver, which is loaded when the first question needs it. */
export async function runLogic(
  statements: readonly EarsStatement[],
  glossary: Glossary,
  config: Config,
): Promise<LogicAnalysis> {
  const solver = await solverFor(config);
  try {
    return await analyseLogic({ statements, glossary }, solver);
  } finally {
    await solver.close();
  }
}

async function solverFor(config: Config): Promise<Solver> {
  if (config.logic.solver === "native") return (await import("../host/solver-native.js")).nativeSolver();
  return (await import("../host/solver-wasm.js")).wasmSolver();
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
  const glossary = parts.logic === false ? null : readGlossary(root, config);
  const reason = glossary?.present === true;
  if (parts.text === false && !reason) return { analyses: {}, findings: glossary?.findings ?? [], items: [] };
  if (!reason) return { analyses: { ears: earsFacts(parts.counts) }, findings: glossary?.findings ?? [], items: [] };
  const statements = statementsOf(documents, readSources(root, documents));
  const read = statements.filter((each) => each.status === "read").length;
  const analyses: Analyses = { ears: earsFacts({ statements: statements.length, read }) };
  const logic = await runLogic(statements, glossary.glossary, config);
  return {
    analyses: { ...analyses, logic: { ...logic.facts } },
    findings: [...glossary.findings, ...logic.findings],
    items: [],
  };
}

function earsFacts({ statements, read }: StatementCount): Analyses[string] {
  return { statements, read, unread: statements - read };
}
