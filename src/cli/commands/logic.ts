import { join, resolve } from "node:path";
import { applySeverities } from "../../evidence/gate.js";
import { writeFileAtomic } from "../../host/write.js";
import { arrangeFindings } from "../../model/finding.js";
import type { GlobalOptions } from "../context.js";
import { emit, requireFormat } from "../context.js";
import { EXIT } from "../errors.js";
import { formalReadings } from "../readings.js";
import { readGlossary, runLogic } from "../sentences.js";
import { readSpecifications } from "../specifications.js";

/** `evidence logic`: exit 1 when a contradiction is proved or the glossary is broken. */
export async function logic(smt2Folder: string | null, options: GlobalOptions): Promise<number> {
  requireFormat("analysis", options);
  const { root, config, absence, statements } = await readSpecifications(options);
  const read = readGlossary(root, config);
  const analysis = await runLogic(statements, read.glossary, config);
  const { facts, findings, details } = analysis;
  if (smt2Folder !== null) {
    for (const [id, { smt2 }] of details) {
      if (smt2 !== null) writeFileAtomic(join(resolve(smt2Folder), `${id}.smt2`), smt2);
    }
  }
  const all = arrangeFindings(applySeverities([...absence, ...read.findings, ...findings], config.severity));
  const known = statements.filter((each) => each.status === "read").length;
  const coverage = `${known} of ${facts.statements} statements read, ${facts.opaque} opaque, ${facts.formalised} formalised`;
  const readings = options.verbose === true ? { readings: formalReadings(statements, analysis) } : {};
  const idle = facts.formalised === 0 ? { idle: idleness(facts.statements, read) } : {};
  const report = { analysis: "logic", coverage, facts: { ...facts }, findings: all, ...idle, ...readings };
  await emit("analysis", report, options);
  return all.some((each) => each.severity === "error") ? EXIT.findings : EXIT.clean;
}

/** Why nothing was compared, and the next thing to do. */
function idleness(statements: number, { present, path }: { present: boolean; path: string }): string {
  if (statements === 0) return "Nothing was compared: no specification holds a statement.";
  return present
    ? `Nothing was compared: no statement's words are all declared in ${path}. What each one lacks: evidence logic --verbose`
    : `Nothing was compared: contradictions are proved over declared terms, and there is no ${path}. Draft one, and look through it: evidence glossary suggest -o ${path}`;
}
