import type { DeltaPlan, RawBlock } from "./delta.js";
import { fenceMask, headingOf, requirementName } from "./lines.js";
import { splitMain, structureFaults } from "./main-parts.js";
import type { OutlineSection } from "./outline.js";
import { firstSection } from "./outline.js";

export interface Fault {
  /** What is unexpected. */
  message: string;
  /** Line in the delta specification; null where the merged text is at fault. */
  line: number | null;
}

/** What OpenSpec's validation holds against the entries of a change before it merges them. */
export function entryFaults(plan: DeltaPlan): Fault[] {
  return [...plan.added, ...plan.modified].flatMap((block) => {
    const faults: Fault[] = [];
    const what = `requirement ${JSON.stringify(block.name)}`;
    if (bodyText(block.text) === "") faults.push({ message: `${what} without text`, line: block.line });
    if (!hasScenario(block))
      faults.push({ message: `${what} without a scenario that says anything`, line: block.line });
    return faults;
  });
}

/** What OpenSpec's validation holds against a merged main specification. */
export function mergedFaults(text: string): Fault[] {
  const faults = [...sectionFaults(text), ...structureFaults(text).map((fault) => fault.message)];
  for (const block of splitMain(text).blocks) {
    if (bodyText(block.text) === "") faults.push(`requirement ${JSON.stringify(block.name)} without text`);
  }
  return [...new Set(faults)].map((message) => ({ message, line: null }));
}

function sectionFaults(text: string): string[] {
  const purpose = firstSection(text, "purpose");
  const requirements = firstSection(text, "requirements");
  const faults: string[] = [];
  if (purpose === null || purpose.content === "") faults.push("specification without a Purpose");
  if (requirements === null) faults.push("specification without a Requirements section");
  else if (requirements.children.length === 0) faults.push("specification without a requirement");
  return [...faults, ...(requirements?.children ?? []).flatMap(requirementFaults)];
}

function requirementFaults(section: OutlineSection): string[] {
  // To the validation every heading below Requirements is a requirement, and its own name can stand for its text.
  const title = section.title.replace(/^Requirement:\s*/i, "");
  const faults: string[] = [];
  if (section.title === "" && bodyOf(section.content.split("\n")) === "")
    faults.push("section without a title and text");
  if (!section.children.some((child) => child.content !== "")) {
    faults.push(`requirement ${JSON.stringify(title)} without a scenario that says anything`);
  }
  return faults;
}

/** The text of a requirement block below its heading; lines like `**ID**: x` count only where there is nothing else. */
function bodyText(block: string): string {
  return bodyOf(block.split("\n").slice(1));
}

function bodyOf(lines: readonly string[]): string {
  const fenced = fenceMask(lines);
  const heading = lines.findIndex((line, index) => !fenced[index] && headingOf(line) !== null);
  const body = heading < 0 ? lines : lines.slice(0, heading);
  return body
    .filter((_, index) => !fenced[index])
    .join("\n")
    .trim();
}

function hasScenario(block: RawBlock): boolean {
  const lines = block.text.split("\n").slice(1);
  const fenced = fenceMask(lines);
  const levels = lines.map((line, index) => (fenced[index] ? null : (headingOf(line)?.level ?? null)));
  let inScenario = false;
  for (const [index, level] of levels.entries()) {
    if (level !== null && level <= 4) inScenario = level === 4;
    else if (inScenario && lines[index]?.trim() !== "") return true;
  }
  return false;
}

/** Whether a line of an absorbed block begins something that is no part of the requirement; null when nothing does. */
export function foreignTail(block: RawBlock): { line: number; heading: string; text: string } | null {
  const lines = block.text.split("\n");
  const fenced = fenceMask(lines);
  for (const [index, line] of lines.entries()) {
    if (index === 0 || fenced[index] || requirementName(line) !== null) continue;
    if (!/^ {0,3}#{1,3}(?:[ \t]|$)/.test(line)) continue;
    return { line: block.line + index, heading: line.trim(), text: lines.slice(index).join("\n").trimEnd() };
  }
  return null;
}
