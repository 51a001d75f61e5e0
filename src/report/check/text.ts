import { nextSteps } from "../../evidence/next.js";
import type { BaseRecord } from "../../model/base.js";
import type { ManifestChange, Predicate } from "../../model/manifest.js";
import { VERDICTS } from "../../model/verdict.js";
import type { RenderOptions } from "../format.js";
import { Page, unbroken } from "../text/page.js";
import type { Cell } from "../text/table.js";
import { writeTable } from "../text/table.js";
import { baseGroups, baseSentence } from "./base.js";
import { writeFindings } from "./findings.js";
import { baseOption, writeGaps, writeNext } from "./gaps.js";
import type { CapabilityRow } from "./summary.js";
import {
  capabilityRows,
  gateCounts,
  gateWord,
  knownSentence,
  readSentence,
  VERDICT_STYLES,
  verdictColumns,
} from "./summary.js";

const MOST_ROWS = 40;

/**
 * The answer for a person: the gate with its counts, a table by capability, the findings that matter, the tags not
 * verified, and what to do next. `quiet` gives the first only; `verbose` leaves nothing out.
 */
export function checkText(predicate: Predicate, options: RenderOptions): string {
  const page = new Page(options);
  writeGate(page, predicate);
  if (options.detail === "quiet") return page.toString();
  const isVerbose = options.detail === "verbose";
  const steps = nextSteps(predicate);
  writeReasons(page, predicate);
  const known = knownSentence(predicate);
  if (known !== null) page.text([["faint", known]], { indent: 6 });
  if (predicate.base !== undefined) writeBase(page, predicate, predicate.base, isVerbose);
  writeCapabilities(page, predicate, isVerbose);
  page.blank();
  page.text([["faint", readSentence(predicate)]]);
  if (isVerbose) writeAnalyses(page, predicate);
  writeFindings(page, predicate.findings, isVerbose);
  writeGaps(page, steps, isVerbose);
  writeChanges(page, predicate.changes);
  writeNext(page, steps, baseOption(predicate));
  return page.toString();
}

function writeGate(page: Page, predicate: Predicate): void {
  const { word, style } = gateWord(predicate);
  const counts = gateCounts(predicate).flatMap((count, index) => [
    index === 0 ? "  " : ", ",
    [count.style, unbroken(count.text)] as const,
  ]);
  page.text([[style, word], ...counts], { hang: 6 });
}

function writeReasons(page: Page, predicate: Predicate): void {
  if (predicate.gateReasons.length === 0) return;
  const lead = predicate.gate === "fail" ? "because" : "report mode; strict mode would fail because";
  page.text([["faint", `${lead} ${predicate.gateReasons.map(unbroken).join(", ")}`]], { indent: 6 });
}

const MOST_IN_GROUP = 5;

/** What the change does. Without `verbose` only what a reader should look at is named, and a few of each. */
function writeBase(page: Page, predicate: Predicate, base: BaseRecord, isVerbose: boolean): void {
  page.blank();
  page.text([baseSentence(base)]);
  for (const { title, lines, isTelling } of baseGroups(base, predicate)) {
    if (!isVerbose && !isTelling) continue;
    const shown = isVerbose ? lines : lines.slice(0, MOST_IN_GROUP);
    page.text([["strong", `${title} (${lines.length})`]], { indent: 2 });
    for (const line of shown) page.text([line], { indent: 4, hang: 6 });
    const left = lines.length - shown.length;
    if (left > 0) page.text([["faint", `… and ${left} more; see them with --verbose`]], { indent: 4 });
  }
}

function writeCapabilities(page: Page, predicate: Predicate, isVerbose: boolean): void {
  const rows = capabilityRows(predicate);
  if (rows.length === 0) return;
  const verdicts = verdictColumns(predicate.totals);
  const cells = (row: CapabilityRow): Cell[] => [
    { text: row.capability },
    { text: String(row.tags) },
    ...verdicts.map((verdict): Cell => {
      const count = row.counts[verdict];
      return count === 0 ? { text: "·", style: "faint" } : { text: String(count), style: VERDICT_STYLES[verdict] };
    }),
  ];
  const shown = isVerbose || rows.length <= MOST_ROWS ? rows : troubledFirst(rows).slice(0, MOST_ROWS);
  const { totals } = predicate;
  page.blank();
  writeTable(page, {
    headings: ["capability", "tags", ...verdicts],
    rows: shown.map(cells),
    totals: cells({ capability: "total", tags: totals.tags, counts: totals }).map((cell) => ({
      ...cell,
      style: cell.style === "faint" ? "faint" : "strong",
    })),
  });
  const left = rows.length - shown.length;
  if (left > 0) page.line([["faint", `… and ${left} more capabilities; see them with --verbose`]], 2);
}

/** Those with the most open tags first: they are what the reader came for. */
function troubledFirst(rows: readonly CapabilityRow[]): CapabilityRow[] {
  const open = (row: CapabilityRow) => row.tags - row.counts.verified - row.counts.waived;
  return [...rows].sort((a, b) => open(b) - open(a));
}

function writeAnalyses(page: Page, predicate: Predicate): void {
  const analyses = Object.entries(predicate.analyses);
  if (analyses.length === 0) return;
  page.heading("Analyses");
  for (const [name, facts] of analyses) {
    const said = Object.entries(facts).map(([fact, value]) => `${fact} ${value === null ? "unknown" : value}`);
    page.text([["strong", name], `  ${said.join(", ")}`], { indent: 2, hang: 4 });
  }
}

function writeChanges(page: Page, changes: readonly ManifestChange[]): void {
  if (changes.length === 0) return;
  page.heading("Active changes");
  for (const change of changes) {
    const counts = VERDICTS.flatMap((verdict) => {
      const count = change.verdicts.filter((each) => each.verdict === verdict).length;
      return count === 0 ? [] : [`${count} ${verdict}`];
    });
    if (change.removed.length > 0) counts.push(`${change.removed.length} removed`);
    const effect = change.gates ? "counts for the gate" : "shown only";
    const said = counts.length === 0 ? "no tagged requirement" : counts.join(", ");
    page.text([["strong", change.change], `  ${said} (${effect})`], { indent: 2, hang: 4 });
  }
}
