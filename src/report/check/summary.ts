import type { Predicate, Totals } from "../../model/manifest.js";
import { compareText } from "../../model/span.js";
import type { Verdict } from "../../model/verdict.js";
import { VERDICTS } from "../../model/verdict.js";
import type { Style } from "../text/page.js";

export const VERDICT_STYLES: Readonly<Record<Verdict, Style>> = {
  failing: "bad",
  hollow: "doubtful",
  suspect: "doubtful",
  missing: "doubtful",
  waived: "excused",
  verified: "good",
};

/** The order of reading: what is well first, then from worst on. */
const COLUMNS: readonly Verdict[] = ["verified", "waived", "failing", "hollow", "suspect", "missing"];

export interface CapabilityRow {
  capability: string;
  tags: number;
  counts: Record<Verdict, number>;
}

/** One row per capability of the main specifications, in order of name. */
export function capabilityRows(predicate: Predicate): CapabilityRow[] {
  const capabilityOf = new Map(predicate.catalog.map((each) => [each.tag, each.capability]));
  const rows = new Map<string, CapabilityRow>();
  for (const { tag, verdict } of predicate.verdicts) {
    const capability = capabilityOf.get(tag);
    if (capability === undefined) continue;
    const row = rows.get(capability) ?? { capability, tags: 0, counts: noCounts() };
    row.tags += 1;
    row.counts[verdict] += 1;
    rows.set(capability, row);
  }
  return [...rows.values()].sort((a, b) => compareText(a.capability, b.capability));
}

function noCounts(): Record<Verdict, number> {
  return { failing: 0, hollow: 0, suspect: 0, missing: 0, waived: 0, verified: 0 };
}

/** The verdicts worth a column: verified, and each that some tag has. */
export function verdictColumns(totals: Totals): Verdict[] {
  return COLUMNS.filter((verdict) => verdict === "verified" || totals[verdict] > 0);
}

/** PASS or FAIL as the gate says, with its style; a pass that strict mode would refuse is doubtful. */
export function gateWord(predicate: Predicate): { word: "PASS" | "FAIL"; style: Style } {
  if (predicate.gate === "fail") return { word: "FAIL", style: "bad" };
  return {
    word: "PASS",
    style: predicate.gateReasons.length > 0 || predicate.known !== undefined ? "doubtful" : "good",
  };
}

/** The counts behind the gate, such as `3 failing`, those of zero left out. The first is how many tags are verified. */
export function gateCounts(predicate: Predicate): { text: string; style: Style }[] {
  const { totals } = predicate;
  if (totals.tags === 0) return [{ text: "nothing was judged", style: "plain" }, ...findingCounts(predicate)];
  const verified =
    totals.verified === totals.tags
      ? `${counted(totals.tags, "tag")} verified`
      : `${totals.verified} of ${counted(totals.tags, "tag")} verified`;
  const others = [...VERDICTS]
    .filter((verdict) => verdict !== "verified" && totals[verdict] > 0)
    .map((verdict) => ({ text: `${totals[verdict]} ${verdict}`, style: VERDICT_STYLES[verdict] }));
  return [{ text: verified, style: "plain" }, ...others, ...findingCounts(predicate), ...knownCount(predicate)];
}

function knownCount({ known }: Predicate): { text: string; style: Style }[] {
  const count = (known?.tags.length ?? 0) + (known?.findings.length ?? 0);
  return count === 0 ? [] : [{ text: `${count} known before`, style: "excused" }];
}

/** What the gate did not count because it was there before, and by what; null when there is nothing. */
export function knownSentence({ known, baseline, base }: Predicate): string | null {
  if (known === undefined) return null;
  const { tags, findings } = known;
  const what = [
    ...(tags.length === 0 ? [] : [counted(tags.length, "tag")]),
    ...(findings.length === 0 ? [] : [counted(findings.length, "finding")]),
  ].join(" and ");
  const by = [
    ...(baseline === undefined ? [] : [baseline.path]),
    ...(base === undefined ? [] : [base.ref.slice(0, MOST_REF)]),
  ].join(", ");
  const were = tags.length + findings.length === 1 ? "was there before and does" : "were there before and do";
  return `Ratchet mode: ${what} ${were} not count (${by}).`;
}

const MOST_REF = 40;

function findingCounts(predicate: Predicate): { text: string; style: Style }[] {
  const count = (severity: string) => predicate.findings.filter((each) => each.severity === severity).length;
  const errors = count("error");
  const warnings = count("warning");
  return [
    ...(errors > 0 ? [{ text: counted(errors, "error"), style: "bad" as const }] : []),
    ...(warnings > 0 ? [{ text: counted(warnings, "warning"), style: "doubtful" as const }] : []),
  ];
}

/** What was read, in one sentence. */
export function readSentence(predicate: Predicate): string {
  const { totals, source, results } = predicate;
  const tests = results.reduce((sum, each) => sum + each.tests + each.items, 0);
  const specs = `${counted(totals.specs, "specification")}, ${counted(source.files, "source file")}`;
  const from =
    results.length === 0
      ? "no results file"
      : `${counted(results.length, "results file")} with ${counted(tests, "result")}`;
  return `Read ${specs} and ${from}.${statementSentence(predicate)}`;
}

/** How many statements were read and analysed: silence about the others must not look like assurance. */
function statementSentence({ analyses: { ears, logic } }: Predicate): string {
  if (ears === undefined) return "";
  const read = ` ${ears.read} of ${ears.statements} statements read`;
  return logic === undefined ? `${read}.` : `${read}, ${logic.opaque} opaque, ${logic.formalised} formalised.`;
}

/** `1 tag`, `2 tags`; the plural is the noun with an s. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
