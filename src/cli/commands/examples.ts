import { applySeverities } from "../../evidence/gate.js";
import { arrangeFindings } from "../../model/finding.js";
import type { GlobalOptions } from "../context.js";
import { emit, requireFormat } from "../context.js";
import { EXIT } from "../errors.js";
import { examplesOf } from "../examples.js";
import { progressFor } from "../progress.js";
import { readSpecifications } from "../specifications.js";

/** `evidence examples [paths]`: exit 0 when every example that can be run passed, 1 when one did not or none was run. */
export async function examples(paths: string[], options: GlobalOptions): Promise<number> {
  requireFormat("examples", options);
  const { root, config, documents, absence, cache } = await readSpecifications(options, paths);
  const progress = progressFor(options);
  const analysis = await examplesOf({ root, config, documents, mode: "run", cache }, (file) =>
    progress.phase(`running examples of ${file}`),
  );
  progress.done();
  const findings = arrangeFindings(applySeverities([...absence, ...analysis.findings], config.severity));
  const { facts } = analysis;
  await emit(
    "examples",
    {
      schema: "spec-evidence/examples@1",
      facts,
      examples: analysis.examples.map(({ example, item, output }) => ({
        name: example.name,
        tags: example.tags,
        file: example.file,
        line: example.example.span.line,
        language: example.example.language,
        outcome: item.outcome,
        assertions: item.assertions,
        cannotFail: item.cannotFail,
        notes: item.notes,
        output,
      })),
      findings,
    },
    options,
  );
  const silent = facts.examples > 0 && facts.run === 0;
  const failed = facts.failed + facts.errors > 0 || findings.some(({ severity }) => severity === "error");
  return silent || failed ? EXIT.findings : EXIT.clean;
}
