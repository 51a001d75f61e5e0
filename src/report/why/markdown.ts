import type { ManifestFinding, ManifestItem, ManifestReference } from "../../model/manifest.js";
import type { ModelCommand } from "../../model/models.js";
import { commandTitle, verdictOf } from "../models/command.js";
import { code, fenced, prose } from "../text/markdown.js";
import type { Judged, OneTag, WhyCase } from "./case.js";
import { caseOf, tagsNear } from "./case.js";
import { factsOf, referenceSentence } from "./sections.js";

/** One tag's whole case for an issue or a review comment. Texts from outside are shown literally. */
export function whyMarkdown(question: OneTag): string {
  const found = caseOf(question);
  const lines = found === null ? unknownLines(question) : caseLines(found);
  return `${lines.join("\n").trimEnd()}\n`;
}

function unknownLines(question: OneTag): string[] {
  const near = tagsNear(question).map((tag) => code(tag));
  const advice = near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
  return [`Unexpected tag ${code(question.tag)}, expected one that a specification defines.${advice}`];
}

function caseLines(found: WhyCase): string[] {
  const { definition, verdict, change, waiver } = found;
  const { tag, title, priority, kind, capability, needs, file, line } = definition;
  const proposed = change === null ? "" : `, proposed by change ${prose(change)}`;
  return [
    `## ${code(tag)} ${prose(title)}`,
    "",
    `**${verdict.verdict}** (${verdict.level}): ${priority} ${kind} in ${prose(capability)}${proposed}, needs ${prose(needs.join(" and "))}, at ${code(`${file}:${line}`)}.`,
    "",
    ...fenced(definition.text),
    "",
    ...section("Why", verdict.reasons.map(prose)),
    ...section("Waiver", waiver === null ? [] : [waiverLine(waiver)]),
    ...section("Evidence", found.items.map(itemLine)),
    ...section("Models", found.models.map(modelLine)),
    ...section("References", found.references.map(referenceLine)),
    ...section("Scenarios", found.scenarios.map(scenarioLine)),
    ...section("Findings", found.findings.map(findingLine)),
    ...section("What would close it", found.close.map(prose)),
  ];
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`### ${title}`, "", ...items.map((item) => `- ${item}`), ""];
}

function waiverLine({ verdict, reason, owner, expires, state }: NonNullable<WhyCase["waiver"]>): string {
  return prose(`${state}: verdict ${verdict} by ${owner} until ${expires}: ${reason}`);
}

function itemLine(item: ManifestItem): string {
  const where = item.location === null ? "" : ` at ${code(`${item.location.file}:${item.location.line}`)}`;
  const hollow = item.cannotFail === null ? [] : [`could not have failed: ${item.cannotFail}`];
  const facts = [...factsOf(item), ...hollow, ...item.notes].map(prose).join(", ");
  return `**${item.outcome}** ${item.kind} ${prose(item.name)}${where} (${facts})`;
}

function modelLine(command: ModelCommand): string {
  const { place, scope, answer, reason } = command;
  const said = [answer, reason, command.cannotFail].filter((each) => each !== null).join(", ");
  return `**${verdictOf(command).word}** ${prose(`${commandTitle(command)} ${scope}`.trimEnd())} at ${code(`${place.file}:${place.line}`)}: ${prose(said)}`;
}

function referenceLine(reference: ManifestReference): string {
  return `${prose(referenceSentence(reference))} at ${code(`${reference.file}:${reference.line}`)}`;
}

function scenarioLine({ definition, verdict }: Judged): string {
  return `**${verdict.verdict}** ${code(definition.tag)} ${prose(definition.title)}`;
}

function findingLine({ severity, code: name, message, span }: ManifestFinding): string {
  return `${severity} ${code(name)} at ${code(`${span.file}:${span.line}`)}: ${prose(message)}`;
}
