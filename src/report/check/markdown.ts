import { nextSteps } from "../../evidence/next.js";
import type { BaseRecord } from "../../model/base.js";
import type { ManifestFinding, Predicate } from "../../model/manifest.js";
import type { NextStep } from "../../model/next-report.js";
import type { RenderOptions } from "../format.js";
import { code, details, prose, table } from "../text/markdown.js";
import { baseGroups, baseSentence } from "./base.js";
import {
  capabilityRows,
  counted,
  gateCounts,
  gateWord,
  knownSentence,
  readSentence,
  verdictColumns,
} from "./summary.js";

/** Shown outright; what follows is folded into a block that opens on demand. */
const MOST_OPEN = 10;
/** Job summaries are cut at 1 MiB. */
const MOST_FOLDED = 500;

/** The answer as GitHub's job summaries and comments show it. Texts from outside are shown literally. */
export function checkMarkdown(predicate: Predicate, options: RenderOptions): string {
  const lines = [`## Evidence: ${gateWord(predicate).word}`, "", gateSentence(predicate), ""];
  if (options.detail === "quiet") return finish(lines);
  const most = options.detail === "verbose" ? Number.POSITIVE_INFINITY : MOST_FOLDED;
  if (predicate.base !== undefined) lines.push(...baseLines(predicate, predicate.base, most));
  const gaps = nextSteps(predicate).filter((step) => step.subject === "tag");
  lines.push(...capabilityTable(predicate), readSentence(predicate), "");
  const errors = predicate.findings.filter((each) => each.severity === "error");
  const others = predicate.findings.filter((each) => each.severity !== "error");
  if (errors.length > 0)
    lines.push(`### Errors (${errors.length})`, "", ...folded(errors.map(findingLine), most, "errors"));
  if (gaps.length > 0)
    lines.push(`### Tags not verified (${gaps.length})`, "", ...folded(gaps.map(gapLine), most, "tags"));
  if (others.length > 0) {
    lines.push(...details(`Warnings and notes (${others.length})`, capped(others.map(findingLine), most)), "");
  }
  return finish(lines);
}

function gateSentence(predicate: Predicate): string {
  const known = knownSentence(predicate);
  return known === null ? countsSentence(predicate) : `${countsSentence(predicate)} ${prose(known)}`;
}

function countsSentence(predicate: Predicate): string {
  const counts = gateCounts(predicate).map((count) => count.text);
  const sentence = `**${counts[0]}**${counts
    .slice(1)
    .map((text) => `, ${text}`)
    .join("")}.`;
  if (predicate.gateReasons.length === 0) return sentence;
  const lead = predicate.gate === "fail" ? "The gate fails because" : "Report mode; strict mode would fail because";
  return `${sentence} ${lead} ${prose(predicate.gateReasons.join(", "))}.`;
}

/** What the change does: what a reader should look at outright, the rest folded. */
function baseLines(predicate: Predicate, base: BaseRecord, most: number): string[] {
  const groups = baseGroups(base, predicate);
  const items = (lines: readonly string[]) => lines.map((line) => `- ${prose(line)}`);
  const open = groups.filter(({ isTelling }) => isTelling);
  const others = groups.filter(({ isTelling }) => !isTelling);
  return [
    prose(baseSentence(base)),
    "",
    ...open.flatMap(({ title, lines }) => [
      `**${title} (${lines.length})**`,
      "",
      ...folded(items(lines), most, "entries"),
    ]),
    ...others.flatMap(({ title, lines }) => [...details(`${title} (${lines.length})`, capped(items(lines), most)), ""]),
  ];
}

function capabilityTable(predicate: Predicate): string[] {
  const rows = capabilityRows(predicate);
  if (rows.length === 0) return [];
  const verdicts = verdictColumns(predicate.totals);
  const cells = rows.map((row) => [
    prose(row.capability),
    String(row.tags),
    ...verdicts.map((verdict) => String(row.counts[verdict])),
  ]);
  const totals = [
    "total",
    String(predicate.totals.tags),
    ...verdicts.map((verdict) => String(predicate.totals[verdict])),
  ];
  const bold = totals.map((text) => `**${text}**`);
  return [...table(["capability", "tags", ...verdicts], [...cells, bold]), ""];
}

function findingLine({ code: name, severity, message, span, suggestion }: ManifestFinding): string {
  const advice = suggestion === null ? "" : ` ${prose(suggestion)}`;
  return `- ${severity} ${code(name)} at ${code(`${span.file}:${span.line}`)}: ${prose(message)}.${advice}`;
}

function gapLine({ verdict, priority, tag, title, file, line, reasons, change }: NextStep): string {
  const where = code(`${file}:${line}`);
  const proposed = change === null ? "" : ` (change ${prose(change)})`;
  const reason = reasons[0] === undefined ? "" : `: ${prose(reasons[0])}`;
  return `- **${verdict}** ${priority} ${code(tag ?? "")} ${prose(title)}${proposed} at ${where}${reason}`;
}

function folded(items: readonly string[], most: number, noun: string): string[] {
  const open = [...items.slice(0, MOST_OPEN), ""];
  const rest = items.slice(MOST_OPEN);
  return rest.length === 0 ? open : [...open, ...details(`${rest.length} more ${noun}`, capped(rest, most)), ""];
}

function capped(items: readonly string[], most: number): string[] {
  if (items.length <= most) return [...items];
  return [...items.slice(0, most), `- … and ${counted(items.length - most, "line")} more in the manifest`];
}

function finish(lines: readonly string[]): string {
  return `${lines.join("\n").trimEnd()}\n`;
}
