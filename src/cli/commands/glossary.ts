import { printGlossary, suggestTerms } from "../../ears/glossary/suggest.js";
import { checkGlossary } from "../../ears/logic/check-glossary.js";
import { applySeverities } from "../../evidence/gate.js";
import { arrangeFindings } from "../../model/finding.js";
import type { GlobalOptions } from "../context.js";
import { emit, emitText, note, requireFormat } from "../context.js";
import { EXIT } from "../errors.js";
import { readGlossary } from "../sentences.js";
import { readSpecifications } from "../specifications.js";

/** `evidence glossary suggest`: prints a draft to look through and put into the glossary file. */
export async function suggest(options: GlobalOptions): Promise<number> {
  const { root, config, statements } = await readSpecifications(options);
  const read = readGlossary(root, config);
  const suggestions = suggestTerms(statements, read.glossary);
  await emitText(printGlossary(suggestions), options);
  const unlocked = suggestions.reduce((sum, each) => sum + each.unlocks, 0);
  note(
    options,
    `${suggestions.length} terms drafted for ${read.path}; all of them would formalise ${unlocked} more statements`,
  );
  return EXIT.clean;
}

/** `evidence glossary check`: exit 1 when the glossary is broken. */
export async function checkTerms(options: GlobalOptions): Promise<number> {
  requireFormat("analysis", options);
  const { root, config, statements } = await readSpecifications(options);
  const { path, present, glossary, findings } = readGlossary(root, config);
  if (!present) note(options, `no glossary at ${path}; \`evidence glossary suggest\` drafts one`);
  const all = arrangeFindings(applySeverities([...findings, ...checkGlossary(statements, glossary)], config.severity));
  const variables = glossary.variables.length;
  const coverage = `${variables} terms declared in ${path}, held against ${statements.length} statements`;
  const facts = { variables, statements: statements.length };
  await emit("analysis", { analysis: "glossary", coverage, facts, findings: all }, options);
  return all.some((each) => each.severity === "error") ? EXIT.findings : EXIT.clean;
}
