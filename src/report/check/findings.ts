import { FINDING_CODES, isFindingCode } from "../../model/codes/index.js";
import type { Severity } from "../../model/finding.js";
import { SEVERITIES } from "../../model/finding.js";
import type { ManifestFinding } from "../../model/manifest.js";
import { compareText } from "../../model/span.js";
import type { Page, Style } from "../text/page.js";

const TITLES: Readonly<Record<Severity, string>> = { error: "Errors", warning: "Warnings", info: "Notes" };

export const SEVERITY_STYLES: Readonly<Record<Severity, Style>> = { error: "bad", warning: "doubtful", info: "faint" };

/** How many of a severity are written out; notes are only counted. */
const MOST: Readonly<Record<Severity, number>> = { error: 10, warning: 5, info: 0 };
const MOST_OF_ONE_CODE = 3;
/** Of one message: what it quotes can be of any length. */
const MOST_LINES = 6;

/** Findings by severity, errors first. What is left out is counted by code, with the way to see it. */
export function writeFindings(page: Page, findings: readonly ManifestFinding[], isVerbose: boolean): void {
  for (const severity of SEVERITIES) {
    const all = findings.filter((each) => each.severity === severity);
    if (all.length === 0) continue;
    const { shown, left } = isVerbose ? { shown: all, left: [] } : choose(all, MOST[severity]);
    page.heading(`${TITLES[severity]} (${all.length})`);
    for (const each of shown) writeFinding(page, each, isVerbose ? Number.POSITIVE_INFINITY : MOST_LINES);
    if (left.length > 0) writeRest(page, left, shown.length > 0);
  }
}

/** The place on a line of its own, then the message in at most so many lines, and what would mend it. */
export function writeFinding(page: Page, found: ManifestFinding, most = Number.POSITIVE_INFINITY): void {
  page.place(found.span.file, found.span.line, 2);
  page.text([[SEVERITY_STYLES[found.severity], found.code], " ", found.message], { indent: 4, most });
  for (const related of found.related) {
    page.text([["faint", `${related.message}: ${related.span.file}:${related.span.line}`]], {
      indent: 4,
      hang: 6,
      most,
    });
  }
  if (found.suggestion !== null) page.text([found.suggestion], { indent: 4, most });
}

function choose(all: readonly ManifestFinding[], most: number): { shown: ManifestFinding[]; left: ManifestFinding[] } {
  const shown: ManifestFinding[] = [];
  const left: ManifestFinding[] = [];
  const seen = new Map<string, number>();
  for (const each of all) {
    const count = (seen.get(each.code) ?? 0) + 1;
    seen.set(each.code, count);
    if (count <= MOST_OF_ONE_CODE && shown.length < most) shown.push(each);
    else left.push(each);
  }
  return { shown, left };
}

function writeRest(page: Page, left: readonly ManifestFinding[], isAfterOthers: boolean): void {
  const byCode = new Map<string, number>();
  for (const { code } of left) byCode.set(code, (byCode.get(code) ?? 0) + 1);
  const codes = [...byCode].sort(([a, x], [b, y]) => y - x || compareText(a, b));
  const said = codes.map(([code, count]) => `${count} ${titled(code)}`);
  if (isAfterOthers) page.blank();
  const lead = isAfterOthers ? `… and ${left.length} more: ` : "";
  page.text([["faint", `${lead}${said.join(", ")}. See them with --verbose.`]], { indent: 2, hang: 4 });
}

function titled(code: string): string {
  return isFindingCode(code) ? `${code} (${FINDING_CODES[code].title})` : code;
}
