import { join } from "node:path";
import { applySeverities } from "../../evidence/gate.js";
import { linkFacts, linkFindings } from "../../evidence/links/findings.js";
import type { JudgedLink } from "../../evidence/links/judge.js";
import { writeFileAtomic } from "../../host/write.js";
import type { Finding } from "../../model/finding.js";
import { arrangeFindings } from "../../model/finding.js";
import type { LinksReport, MissingFile } from "../../report/links/report.js";
import type { GlobalOptions } from "../context.js";
import { emit, note, requireFormat } from "../context.js";
import { EXIT, UsageError } from "../errors.js";
import type { LinkReading } from "../link-reading.js";
import { followMoves, investigate, openLinks, proposeEdits } from "../link-reading.js";

export interface LinksOptions {
  fix?: boolean;
  dryRun?: boolean;
}

/** `evidence links [paths]`: exit 1 when a link that evidence depends on is broken. */
export async function links(paths: string[], own: LinksOptions, options: GlobalOptions): Promise<number> {
  requireFormat("links", options);
  if (own.dryRun === true && own.fix !== true)
    throw new UsageError("Unexpected --dry-run alone, expected it with --fix");
  let reading = await openLinks(options, paths);
  let edits: LinksReport["edits"] = [];
  if (own.fix === true) {
    const proposed = proposeEdits(await followMoves(reading));
    for (const { path, why } of proposed.refused) note(options, `left ${path} as it is: ${why}`);
    edits = proposed.files.flatMap((each) => each.edits);
    if (own.dryRun !== true) {
      for (const { path, text } of proposed.files)
        writeFileAtomic(join(reading.root, path), text, { within: reading.root });
      if (proposed.files.length > 0) reading = await openLinks(options, paths);
    }
  }
  const report = await reportOf(reading, edits, own.dryRun !== true);
  await emit("links", report, options);
  return report.findings.some((each) => each.severity === "error") ? EXIT.findings : EXIT.clean;
}

async function reportOf(reading: LinkReading, edits: LinksReport["edits"], written: boolean): Promise<LinksReport> {
  const { known, notes } = await investigate(reading);
  const findings = arrangeFindings(
    applySeverities([...reading.absence, ...linkFindings(known)], reading.config.severity),
  );
  const ids = new Map(findings.map((each) => [placeOf(each), each.id]));
  const idOf = ({ link }: JudgedLink) => ids.get(placeOf(link)) ?? null;
  const facts = linkFacts(known);
  return {
    coverage: coverageOf(facts, reading.documents.length),
    facts: { ...facts },
    links: known.map((each) => ({
      file: each.link.span.file,
      line: each.link.span.line,
      column: each.link.span.column,
      role: each.link.role,
      form: each.link.form,
      text: each.link.text,
      url: each.link.url,
      target: each.target,
      state: each.state,
      finding: idOf(each),
    })),
    missing: missingFiles(known, notes, idOf),
    findings,
    edits,
    written,
  };
}

function placeOf({ span }: Pick<Finding, "span">): string {
  return `${span.file}:${span.line}:${span.column}`;
}

function coverageOf(facts: ReturnType<typeof linkFacts>, specifications: number): string {
  const { links: all, checked, broken, moved, external } = facts;
  const where = `${specifications} ${specifications === 1 ? "specification" : "specifications"}`;
  if (all === 0) return `no link in ${where}`;
  const parts = [`${checked} of ${all} links held against files`, `${broken} broken`, `${moved} with a wrong line`];
  if (external > 0) parts.push(`${external} to other places, not fetched`);
  return `${parts.join(", ")}, in ${where}`;
}

/** The files that are gone, each once, those with most links first. */
function missingFiles(
  known: readonly JudgedLink[],
  notes: ReadonlyMap<string, readonly string[]>,
  idOf: (each: JudgedLink) => string | null,
): MissingFile[] {
  const files = new Map<string, MissingFile["links"][number][]>();
  for (const each of known) {
    const path = each.problem?.lost !== undefined && each.target === null ? each.problem.lost.path : null;
    if (path === null) continue;
    const { file, line } = each.link.span;
    const from = files.get(path);
    if (from === undefined) files.set(path, [{ file, line, finding: idOf(each) }]);
    else from.push({ file, line, finding: idOf(each) });
  }
  return [...files]
    .map(([path, from]) => ({ path, notes: notes.get(path) ?? [], links: from }))
    .sort((a, b) => b.links.length - a.links.length || (a.path < b.path ? -1 : 1));
}
