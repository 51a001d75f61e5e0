import { FINDING_CODES, isFindingCode } from "../../model/codes/index.js";
import type { NextStep } from "../../model/next-report.js";
import { VERDICTS } from "../../model/verdict.js";
import type { Page, Piece } from "../text/page.js";
import { VERDICT_STYLES } from "./summary.js";

const MOST_GAPS = 10;
const MOST_STEPS = 3;
/** Of one reason or advice: test names can be of any length. */
const MOST_LINES = 4;
const VERDICT_COLUMNS = 9;
const PRIORITY_COLUMNS = 8;

/** The tags that are neither verified nor waived, most important first, each with its place and first reason. */
export function writeGaps(page: Page, steps: readonly NextStep[], isVerbose: boolean): void {
  const gaps = steps.filter((step) => step.subject === "tag");
  if (gaps.length === 0) return;
  page.heading(`Tags not verified (${gaps.length})`);
  const shown = isVerbose ? gaps : gaps.slice(0, MOST_GAPS);
  for (const gap of shown) {
    page.line(headOfGap(gap), 2);
    page.place(gap.file, gap.line, 4);
    if (isVerbose) for (const reason of gap.reasons) page.text([reason], { indent: 4 });
    else page.text([gap.reasons[0] ?? ""], { indent: 4, most: MOST_LINES });
  }
  const left = gaps.slice(shown.length);
  if (left.length === 0) return;
  const counts = VERDICTS.flatMap((verdict) => {
    const count = left.filter((gap) => gap.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  page.blank();
  const said = counts.length === 1 ? `all ${left[0]?.verdict}` : counts.join(", ");
  page.text([["faint", `… and ${left.length} more (${said}). See them with: evidence next`]], { indent: 2, hang: 4 });
}

/** Verdict, priority, tag and title of a tag's gap, on one line. */
export function headOfGap(gap: NextStep): Piece[] {
  const verdict = gap.verdict ?? "missing";
  return [
    [VERDICT_STYLES[verdict], verdict.padEnd(VERDICT_COLUMNS)],
    (gap.priority ?? "").padEnd(PRIORITY_COLUMNS),
    ["strong", gap.tag ?? ""],
    `  ${gap.title}`,
    ["faint", gap.change === null ? "" : `  (change ${gap.change})`],
  ];
}

/** What another command has to be given to judge the same: nothing, or the base, in quotation marks where a shell would read its name otherwise. */
export function baseOption({ base }: { base?: { ref: string } | undefined }): string {
  if (base === undefined) return "";
  const { ref } = base;
  return ` --base ${/^[\w./-]+$/u.test(ref) ? ref : `'${ref.replaceAll("'", String.raw`'\''`)}'`}`;
}

/** The first step of each kind, at most three: closing one teaches how to close the others like it. `option` follows commands that judge. */
export function writeNext(page: Page, steps: readonly NextStep[], option: string): void {
  const kinds = new Map<string, NextStep[]>();
  for (const step of steps) {
    const kind = step.code ?? step.verdict ?? "";
    const alike = kinds.get(kind);
    if (alike === undefined) kinds.set(kind, [step]);
    else alike.push(step);
  }
  if (kinds.size === 0) return;
  page.heading("What to do next");
  const chosen = [...kinds.values()].slice(0, MOST_STEPS);
  for (const [index, alike] of chosen.entries()) {
    const [step] = alike;
    if (step !== undefined) writeStep(page, step, { number: index + 1, more: alike.length - 1, option });
  }
  if (steps.length > chosen.length) {
    page.blank();
    page.text([["faint", `All ${steps.length} gaps, in order of importance: evidence next${option}`]], { indent: 2 });
  }
}

function writeStep(page: Page, step: NextStep, its: { number: number; more: number; option: string }): void {
  const { number, more, option } = its;
  const others = more === 0 ? "" : `, and ${more} more like it`;
  const { subject, command } = introduce(step, option);
  const [advice = ""] = step.close;
  page.text([`${number}. `, ["strong", subject], others], { indent: 2, hang: 5, most: MOST_LINES });
  page.text([advice], { indent: 5, most: MOST_LINES });
  if (!advice.includes(command)) page.text([["place", command]], { indent: 5 });
}

function introduce(step: NextStep, option: string): { subject: string; command: string } {
  if (step.code === null)
    return { subject: `${step.tag} is ${step.verdict}`, command: `evidence why ${step.tag}${option}` };
  const title = isFindingCode(step.code) ? FINDING_CODES[step.code].title : step.title;
  return { subject: `${title}: ${step.file}:${step.line}`, command: `evidence explain ${step.code}` };
}
