import type { AlloyReport } from "../../model/alloy-report.js";
import type { ModelCommand } from "../../model/models.js";
import { writeFindings } from "../check/findings.js";
import { counted } from "../check/summary.js";
import type { RenderOptions } from "../format.js";
import type { Piece } from "../text/page.js";
import { Page, unbroken } from "../text/page.js";
import { visible } from "../text/visible.js";
import { columns, shortenMiddle } from "../text/width.js";
import { commandTitle, verdictOf, writeCommand } from "./command.js";

/** Counterexamples written out as tables; the others are one `--only` away. */
const MOST_TABLES = 5;

/**
 * The answer for a person: counts, every command by module, what failed as tables, what ablation and mutation showed, and
 * the findings. `quiet` gives the first line only, `verbose` each command with everything known of it.
 */
export function modelsText(report: AlloyReport, options: RenderOptions): string {
  const page = new Page(options);
  writeAnswer(page, report);
  if (options.detail === "quiet") return page.toString();
  const isVerbose = options.detail === "verbose";
  const { commands } = report.models;
  for (const [module, own] of byModule(commands)) {
    page.heading(module);
    if (isVerbose) for (const command of own) writeCommand(page, command, command.outcome !== "fail");
    else writeRows(page, own);
  }
  writeFailures(page, commands, isVerbose);
  writeAblation(page, report.ablation);
  writeMutation(page, report.mutation);
  writeFindings(page, report.findings, isVerbose);
  return page.toString();
}

function writeAnswer(page: Page, { facts, models, findings }: AlloyReport): void {
  const isBad = findings.some(({ severity }) => severity === "error");
  const word = isBad ? "FAIL" : "PASS";
  const counts = (["passed", "failed", "hollow", "inconclusive", "errors", "notRun"] as const).flatMap((name) => {
    const count = facts[name];
    return typeof count !== "number" || count === 0 ? [] : [`${count} ${name === "notRun" ? "not run" : name}`];
  });
  const said = [
    `${counted(models.commands.length, "command")} of ${counted(Number(facts.models), "model")}`,
    ...counts,
  ].map(unbroken);
  page.text([[isBad ? "bad" : "good", word], `  ${said.join(", ")}`], { hang: 6 });
}

function byModule(commands: readonly ModelCommand[]): Map<string, ModelCommand[]> {
  const groups = new Map<string, ModelCommand[]>();
  for (const command of commands) {
    const group = groups.get(command.module);
    if (group === undefined) groups.set(command.module, [command]);
    else group.push(command);
  }
  return groups;
}

/** Line, verdict, command and tags in columns; behind what is neither pass nor fail the reason. */
function writeRows(page: Page, commands: readonly ModelCommand[]): void {
  const rows = commands.map((command) => ({
    line: String(command.place.line),
    verdict: verdictOf(command),
    title: visible(commandTitle(command)),
    scope: command.scope,
    tags: command.tags.join(" "),
    why: command.reason ?? (command.outcome === "pass" ? command.cannotFail : null),
  }));
  const widest = (of: (row: (typeof rows)[number]) => string) => Math.max(...rows.map((row) => columns(of(row))));
  const lines = widest(({ line }) => line);
  const words = widest(({ verdict }) => verdict.word);
  const titles = Math.min(
    widest(({ title }) => title),
    Math.max(16, Math.floor((page.width - lines - words - 8) / 2)),
  );
  for (const { line, verdict, title, scope, tags, why } of rows) {
    const pieces: Piece[] = [
      ["place", line.padStart(lines)],
      "  ",
      [verdict.style, verdict.word.padEnd(words)],
      "  ",
      padded(shortenMiddle(title, titles), titles),
      "  ",
      ["strong", tags === "" ? "(no tag)" : tags],
      ["faint", scope === "" ? "" : `  ${scope}`],
    ];
    page.line(pieces, 2);
    if (why !== null) page.text([["doubtful", why]], { indent: 2 + lines + 2 });
  }
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columns(text)));
}

function writeFailures(page: Page, commands: readonly ModelCommand[], isVerbose: boolean): void {
  const failed = commands.filter(({ outcome, answer }) => outcome === "fail" || answer === "counterexample");
  if (failed.length === 0) return;
  page.heading(`What was found (${failed.length})`);
  const shown = isVerbose ? failed : failed.slice(0, MOST_TABLES);
  for (const command of shown) {
    writeCommand(page, command, true);
    page.blank();
  }
  const left = failed.length - shown.length;
  if (left > 0) page.text([["faint", `… and ${left} more; see them with --verbose or --only LABEL`]], { indent: 2 });
}

function writeAblation(page: Page, ablation: AlloyReport["ablation"]): void {
  if (ablation === null) return;
  page.heading("What each command needs");
  for (const { name, needs, undecided } of ablation.commands) {
    const said = needs.length === 0 ? "no fact" : needs.map(factName).join(", ");
    const doubt = undecided === 0 ? "" : ` (${undecided} not decided)`;
    page.text([["strong", name], `  ${said}${doubt}`], { indent: 2, hang: 4 });
  }
  if (ablation.commands.length === 0) page.text(["No command passed by finding nothing."], { indent: 2 });
  const { unneeded } = ablation;
  if (unneeded.length > 0) page.text([`No command needs ${unneeded.map(factName).join(", ")}.`], { indent: 2 });
}

function factName({ name, of, place }: NonNullable<AlloyReport["ablation"]>["unneeded"][number]): string {
  const what = name ?? (of === null ? "fact" : `fact of ${of}`);
  return `${what} (line ${place.line})`;
}

function writeMutation(page: Page, mutation: AlloyReport["mutation"]): void {
  if (mutation === null) return;
  page.heading("Changes that some command notices");
  for (const { module, killed, survived, invalid, undecided, possible } of mutation) {
    const tried = killed + survived + invalid + undecided;
    const rest = [
      ...(invalid > 0 ? [`${invalid} invalid`] : []),
      ...(undecided > 0 ? [`${undecided} not decided`] : []),
      ...(tried < possible ? [`${possible - tried} not tried`] : []),
    ];
    const said = `${killed} of ${killed + survived}${rest.length === 0 ? "" : ` (${rest.join(", ")})`}`;
    page.text([["strong", module], `  ${said}`], { indent: 2, hang: 4 });
  }
  if (mutation.length === 0) page.text(["There was nothing to change."], { indent: 2 });
}
