import { join } from "node:path";
import type { Glossary } from "../ears/glossary/glossary.js";
import { EMPTY_GLOSSARY } from "../ears/glossary/glossary.js";
import { parseGlossary } from "../ears/glossary/parse.js";
import type { LogicAnalysis } from "../ears/logic/analyse.js";
import { analyseLogic } from "../ears/logic/analyse.js";
import { parseStatements } from "../ears/parse.js";
import type { EarsStatement } from "../ears/statement.js";
import { fileExists, readTextFile } from "../host/files.js";
import type { Config } from "../model/config.js";
import type { Finding } from "../model/finding.js";
import type { SpecDocument } from "../model/requirement.js";
import type { Solver } from "../model/solver.js";

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
