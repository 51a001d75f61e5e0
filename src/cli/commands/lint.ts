import { join } from "node:path";
import { applyFixes } from "../../ears/fix.js";
import { analyseEars } from "../../ears/lint.js";
import { applySeverities } from "../../evidence/gate.js";
import { writeFileAtomic } from "../../host/write.js";
import { arrangeFindings } from "../../model/finding.js";
import type { GlobalOptions } from "../context.js";
import { emit, note, requireFormat } from "../context.js";
import { EXIT } from "../errors.js";
import { parsedReadings } from "../readings.js";
import type { ReadSpecifications } from "../specifications.js";
import { readSpecifications } from "../specifications.js";

/** `evidence lint [paths]`: exit 1 when a rule that is configured as error is broken. */
export async function lint(paths: string[], fix: boolean, options: GlobalOptions): Promise<number> {
  requireFormat("analysis", options);
  let specs = await readSpecifications(options, paths);
  if (fix && mend(specs, options) > 0) specs = await readSpecifications(options, paths);
  const { facts, findings } = analyseEars(specs.documents, specs.sources);
  const all = arrangeFindings(applySeverities([...specs.absence, ...findings], specs.config.severity));
  const why = facts.unread > 0 && options.verbose !== true ? " (why: evidence lint --verbose)" : "";
  const coverage = `${facts.read} of ${facts.statements} statements read, ${facts.unread} unread${why}`;
  const readings = options.verbose === true ? { readings: parsedReadings(specs.statements) } : {};
  await emit("analysis", { analysis: "lint", coverage, facts, findings: all, ...readings }, options);
  return all.some((each) => each.severity === "error") ? EXIT.findings : EXIT.clean;
}

/** Applies the safe fixes of rules that are not turned off; the number of places mended. */
function mend({ root, config, documents, sources }: ReadSpecifications, options: GlobalOptions): number {
  const { fixes } = analyseEars(documents, sources);
  const wanted = fixes.filter((each) => config.severity[each.code] !== "off");
  for (const [path, text] of sources) {
    const own = wanted.filter((each) => each.span.file === path);
    if (own.length > 0) writeFileAtomic(join(root, path), applyFixes(text, own), { within: root });
  }
  note(options, `mended ${wanted.length} ${wanted.length === 1 ? "place" : "places"}`);
  return wanted.length;
}
