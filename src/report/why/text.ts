import { VERDICT_STYLES } from "../check/summary.js";
import type { RenderOptions } from "../format.js";
import { Page } from "../text/page.js";
import type { OneTag, WhyCase } from "./case.js";
import { caseOf } from "./case.js";
import {
  writeDefinition,
  writeItems,
  writeMentions,
  writeModels,
  writeReferences,
  writeScenarios,
  writeUnknown,
} from "./sections.js";

/** One tag's whole case for a person; for a tag nobody defines, the nearest ones. `quiet` stops at the verdict. */
export function whyText(question: OneTag, options: RenderOptions): string {
  const page = new Page(options);
  const found = caseOf(question);
  if (found === null) writeUnknown(page, question);
  else if (options.detail === "quiet") writeVerdictLine(page, found);
  else writeCase(page, found);
  return page.toString();
}

function writeCase(page: Page, found: WhyCase): void {
  writeDefinition(page, found);
  page.blank();
  writeVerdictLine(page, found);
  for (const reason of found.verdict.reasons) page.text([`- ${reason}`], { indent: 2, hang: 4 });
  writeWaiver(page, found);
  writeItems(page, found.items);
  writeModels(page, found.models);
  writeReferences(page, found.references);
  writeScenarios(page, found.scenarios);
  writeMentions(page, found);
  writeClosing(page, found);
}

function writeVerdictLine(page: Page, { definition, verdict }: WhyCase): void {
  const style = VERDICT_STYLES[verdict.verdict];
  page.text([["strong", definition.tag], " is ", [style, verdict.verdict], ` (level: ${verdict.level})`]);
}

function writeWaiver(page: Page, { waiver }: WhyCase): void {
  if (waiver === null) return;
  const { verdict, reason, owner, expires, state } = waiver;
  const said = `Waiver (${state}) of verdict ${verdict} by ${owner} until ${expires}: ${reason}`;
  page.text([["excused", said]], { indent: 2, hang: 4 });
}

function writeClosing(page: Page, { close }: WhyCase): void {
  if (close.length === 0) return;
  page.heading("What would close it");
  for (const [index, advice] of close.entries()) page.text([`${index + 1}. ${advice}`], { indent: 2, hang: 5 });
}
