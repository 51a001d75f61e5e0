import { nextSteps } from "../../evidence/next.js";
import type { Predicate } from "../../model/manifest.js";
import type { NextStep } from "../../model/next-report.js";
import { headOfGap } from "../check/gaps.js";
import { counted } from "../check/summary.js";
import type { RenderOptions } from "../format.js";
import { Page } from "../text/page.js";

const MOST = 20;
/** Of one message or advice: what it quotes can be of any length. */
const MOST_LINES = 6;

/** The gaps in order of importance, each with what would close it. `quiet` gives the counts only. */
export function nextText(predicate: Predicate, options: RenderOptions): string {
  const page = new Page(options);
  const steps = nextSteps(predicate);
  const gating = steps.filter((step) => step.gates).length;
  page.text([["strong", counted(steps.length, "gap")], gating === 0 ? "" : effectOf(gating, predicate)]);
  if (options.detail === "quiet") return page.toString();
  const shown = options.detail === "verbose" ? steps : steps.slice(0, MOST);
  const digits = String(shown.length).length;
  const most = options.detail === "verbose" ? Number.POSITIVE_INFINITY : MOST_LINES;
  for (const [index, step] of shown.entries()) writeStep(page, step, index + 1, { digits, most });
  if (steps.length > shown.length) {
    page.blank();
    page.text([["faint", `… and ${steps.length - shown.length} more. See them with --verbose or --format json.`]]);
  }
  return page.toString();
}

/** In report and ratchet mode the gate can pass in spite of gaps that shut it in strict mode. */
function effectOf(gating: number, { gate, mode }: Predicate): string {
  if (gate === "pass") return `, ${gating} of them would fail the gate in strict mode; in ${mode} mode it passes`;
  return `, ${gating} of them ${gating === 1 ? "keeps" : "keep"} the gate shut`;
}

function writeStep(page: Page, step: NextStep, number: number, shape: { digits: number; most: number }): void {
  const { digits, most } = shape;
  const indent = digits + 2;
  const label = `${String(number).padStart(digits)}. `;
  page.blank();
  if (step.code === null) page.line([label, ...headOfGap(step)]);
  else page.text([label, [step.gates ? "bad" : "doubtful", step.code], `  ${step.title}`], { hang: indent, most });
  page.place(step.file, step.line, indent);
  for (const advice of step.close) page.text([`→ ${advice}`], { indent, hang: indent + 2, most });
}
