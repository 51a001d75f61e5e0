import { writeFindings } from "../check/findings.js";
import type { RenderOptions } from "../format.js";
import { Page } from "../text/page.js";
import type { LinksReport, MissingFile, ReportedLink } from "./report.js";

/** Missing files written out, and places of links to each; `--verbose` shows all. */
const MOST_FILES = 15;
const MOST_PLACES = 3;

/**
 * How much was looked at; the edits; missing files, each once with the links that lead to it; then every other finding.
 * `quiet` gives the first line only, `verbose` lists every link.
 */
export function linksText(report: LinksReport, options: RenderOptions): string {
  const page = new Page(options);
  const errors = report.findings.some((each) => each.severity === "error");
  const answer = report.findings.length === 0 ? "CLEAN" : errors ? "ERRORS" : "NOTES";
  page.text([[errors ? "bad" : "good", answer], `  ${report.coverage}`], { hang: answer.length + 2 });
  if (options.detail === "quiet") return page.toString();
  const isVerbose = options.detail === "verbose";
  writeEdits(page, report);
  writeMissing(page, report.missing, isVerbose);
  const grouped = new Set(report.missing.flatMap(({ links }) => links.map(({ finding }) => finding)));
  writeFindings(
    page,
    report.findings.filter(({ id }) => !grouped.has(id)),
    isVerbose,
  );
  if (isVerbose) writeLinks(page, report.links);
  return page.toString();
}

function writeEdits(page: Page, { edits, written }: LinksReport): void {
  if (edits.length === 0) return;
  page.heading(`${written ? "Corrected" : "Would correct"} (${edits.length})`);
  for (const { file, line, column, before, after } of edits) {
    page.text([`${file}:${line}:${column}`, "  ", before, " → ", ["strong", after]], { indent: 2, hang: 4 });
  }
}

function writeMissing(page: Page, missing: readonly MissingFile[], isVerbose: boolean): void {
  if (missing.length === 0) return;
  page.heading(`Missing files (${missing.length})`);
  const common = commonNote(missing);
  const shown = isVerbose ? missing : missing.slice(0, MOST_FILES);
  for (const { path, notes, links } of shown) {
    const places = isVerbose ? links : links.slice(0, MOST_PLACES);
    const left = links.length - places.length;
    page.text([["strong", path], `  ${counted(links.length, "link")}`], { indent: 2, hang: 4 });
    const from = places.map(({ file, line }) => `${file}:${line}`).join(", ");
    page.text([["faint", `from ${from}${left > 0 ? ` and ${left} more` : ""}`]], { indent: 4 });
    for (const note of notes) if (note !== common) page.text([note], { indent: 4 });
  }
  if (common !== undefined) page.text([common], { indent: 2 });
  if (shown.length === missing.length) return;
  const rest = missing.slice(shown.length);
  const links = rest.reduce((sum, each) => sum + each.links.length, 0);
  page.text([["faint", `… and ${rest.length} more, with ${counted(links, "link")}. See them with --verbose.`]], {
    indent: 2,
  });
}

/** What is said of every one of several files is said once. */
function commonNote(missing: readonly MissingFile[]): string | undefined {
  const [first, ...rest] = missing;
  if (rest.length === 0) return undefined;
  return first?.notes.find((note) => rest.every(({ notes }) => notes.includes(note)));
}

function writeLinks(page: Page, links: readonly ReportedLink[]): void {
  if (links.length === 0) return;
  page.heading(`Links (${links.length})`);
  for (const { file, line, url, state } of links) {
    page.text(
      [
        `${file}:${line}`,
        "  ",
        [state === "broken" ? "bad" : state === "moved" ? "doubtful" : "faint", state],
        `  ${url}`,
      ],
      {
        indent: 2,
        hang: 4,
      },
    );
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
