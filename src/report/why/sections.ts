import type { Outcome } from "../../model/evidence.js";
import type { ManifestItem, ManifestReference } from "../../model/manifest.js";
import type { ModelCommand } from "../../model/models.js";
import { writeFinding } from "../check/findings.js";
import { counted, VERDICT_STYLES } from "../check/summary.js";
import { writeCommand } from "../models/command.js";
import type { Page, Style } from "../text/page.js";
import type { Judged, OneTag, WhyCase } from "./case.js";
import { tagsNear } from "./case.js";

const OUTCOME_STYLES: Readonly<Record<Outcome, Style>> = {
  pass: "good",
  fail: "bad",
  error: "bad",
  skipped: "doubtful",
  inconclusive: "doubtful",
};

/** Tag and title, what it is, where it stands, and its text. */
export function writeDefinition(page: Page, { definition, change, parent }: WhyCase): void {
  const { tag, title, kind, priority, capability, needs, file, line, text } = definition;
  page.text([["strong", tag], `  ${title}`], { hang: 2 });
  const of = parent === null ? "" : ` of ${parent.definition.tag}`;
  const proposed = change === null ? "" : `, proposed by change ${change}`;
  page.text([`${priority} ${kind}${of} in ${capability}${proposed}; needs ${needs.join(" and ")}`]);
  page.place(file, line);
  page.blank();
  const [first = "", ...rest] = text.split(/\r\n|\r|\n/);
  const lines = first.trim() === title ? rest : [first, ...rest];
  for (const each of lines) {
    if (each.trim() === "") page.blank();
    else page.text([each], { indent: 2 });
  }
}

export function writeItems(page: Page, items: readonly ManifestItem[]): void {
  if (items.length === 0) return;
  page.heading(`Evidence (${items.length})`);
  for (const item of items) {
    page.text([[OUTCOME_STYLES[item.outcome], item.outcome], `  ${item.kind}  `, ["strong", item.name]], {
      indent: 2,
      hang: 4,
    });
    if (item.location !== null) page.place(item.location.file, item.location.line, 4);
    page.text([["faint", factsOf(item).join(", ")]], { indent: 4 });
    if (item.cannotFail !== null) page.text([["doubtful", `could not have failed: ${item.cannotFail}`]], { indent: 4 });
    for (const note of item.notes) page.text([note], { indent: 4 });
  }
}

/** Commands of models, with what was found where it was not wanted. */
export function writeModels(page: Page, commands: readonly ModelCommand[]): void {
  if (commands.length === 0) return;
  page.heading(`Models (${commands.length})`);
  for (const command of commands)
    writeCommand(page, command, command.answer === "counterexample" || command.outcome === "fail");
}

/** Producer, assertions and what else the case consists of. */
export function factsOf(item: ManifestItem): string[] {
  const { name, version } = item.producer;
  const producer = version === null ? name : `${name} ${version}`;
  const assertions = item.assertions === null ? "assertions not observed" : counted(item.assertions, "assertion");
  const isCounted = item.kind !== "implementation" && (item.kind !== "model" || item.assertions !== null);
  return [
    `by ${producer}`,
    ...(isCounted ? [assertions] : []),
    ...Object.entries(item.strength).map(([fact, value]) => `${fact} ${value}`),
  ];
}

export function writeReferences(page: Page, references: readonly ManifestReference[]): void {
  if (references.length === 0) return;
  page.heading(`References (${references.length})`);
  for (const reference of references) {
    page.text([referenceSentence(reference)], { indent: 2, hang: 4 });
    page.place(reference.file, reference.line, 4);
  }
}

/** What refers, how, and whether its test ran. */
export function referenceSentence({ role, form, test, executed }: ManifestReference): string {
  const on = test === null ? "" : `, test "${test}"`;
  const ran = executed === null ? "" : executed ? " (executed)" : " (never executed)";
  return `${role} by ${form}${on}${ran}`;
}

export function writeScenarios(page: Page, scenarios: readonly Judged[]): void {
  if (scenarios.length === 0) return;
  page.heading(`Scenarios (${scenarios.length})`);
  for (const { definition, verdict } of scenarios) {
    const style = VERDICT_STYLES[verdict.verdict];
    page.line([[style, verdict.verdict.padEnd(9)], ["strong", definition.tag], `  ${definition.title}`], 2);
    page.place(definition.file, definition.line, 4);
  }
}

export function writeMentions(page: Page, { findings }: WhyCase): void {
  if (findings.length === 0) return;
  page.heading(`Findings (${findings.length})`);
  for (const each of findings) writeFinding(page, each);
}

/** What is printed for a tag nobody defines. */
export function writeUnknown(page: Page, question: OneTag): void {
  page.text([`Unexpected tag ${question.tag}, expected one that a specification defines`]);
  const near = tagsNear(question);
  if (near.length > 0) page.text([`Did you mean ${near.join(" or ")}?`]);
}
