import { parseGlossary } from "../../src/ears/glossary/parse.js";
import type { LogicAnalysis } from "../../src/ears/logic/analyse.js";
import { analyseLogic } from "../../src/ears/logic/analyse.js";
import type { Solver } from "../../src/model/solver.js";
import { statementsOfSpec } from "./ears.js";

/** Analyses requirements given as `TAG: sentence`, scenarios as `- TAG: sentence` below theirs. Throws on a faulty glossary. */
export async function analyseLines(glossary: string, lines: readonly string[], solver: Solver): Promise<LogicAnalysis> {
  const parsed = parseGlossary("openspec/glossary.yaml", `schema: spec-evidence/glossary@1\n${glossary}`);
  const [fault] = parsed.findings;
  if (fault !== undefined) throw new Error(fault.message);
  return analyseLogic({ statements: statementsOfSpec(specOf(lines)), glossary: parsed.glossary }, solver);
}

export function specOf(lines: readonly string[]): string {
  const blocks = lines.map((line) => {
    const [, dash, tag = "", sentence = ""] = /^(- )?([A-Z0-9-]+): (.*)$/u.exec(line) ?? [];
    return dash === undefined
      ? `### Requirement: ${tag} [${tag}]\n${sentence}\n`
      : `#### Scenario: ${tag} [${tag}]\n${sentence}\n`;
  });
  return `## Purpose\n\nTest.\n\n## Requirements\n\n${blocks.join("\n")}`;
}

/** `check tier TAG TAG` of each finding. */
export function summary({ findings }: LogicAnalysis): string[] {
  return findings.map(({ check, code, tier, tags }) => [check ?? code, tier, ...tags].join(" "));
}

/** A solver that answers every question alike and counts them. */
export function stubSolver(status: "unsat" | "unknown"): Solver & { asked: number } {
  const solver: Solver & { asked: number } = {
    asked: 0,
    check: async () => {
      solver.asked++;
      return status === "unknown" ? { status, reason: "limit" } : { status };
    },
    close: async () => {},
  };
  return solver;
}
