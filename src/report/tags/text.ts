import { counted } from "../check/summary.js";
import type { RenderOptions } from "../format.js";
import { Page } from "../text/page.js";
import type { OneTag } from "../why/case.js";
import { caseOf } from "../why/case.js";
import {
  writeDefinition,
  writeItems,
  writeMentions,
  writeReferences,
  writeScenarios,
  writeUnknown,
} from "../why/sections.js";
import type { Entry, Listing } from "./catalog.js";
import { findEntries, listEntries } from "./catalog.js";

const WIDEST_TAG = 40;

/** The catalog by file: place, tag, priority and title, scenarios set in below their requirement. */
export function listText(listing: Listing, options: RenderOptions): string {
  return entriesText(listing, listEntries(listing), options);
}

/** The same for `findEntries`, with the line of the text that matched. */
export function findText(listing: Listing, options: RenderOptions): string {
  return entriesText(listing, findEntries(listing), options);
}

/** A tag's definition and everything that refers to it, without a judgement. */
export function showText(question: OneTag, options: RenderOptions): string {
  const page = new Page(options);
  const found = caseOf(question);
  if (found === null) {
    writeUnknown(page, question);
    return page.toString();
  }
  writeDefinition(page, found);
  if (options.detail === "quiet") return page.toString();
  writeReferences(page, found.references);
  writeItems(page, found.items);
  writeScenarios(page, found.scenarios);
  writeMentions(page, found);
  return page.toString();
}

function entriesText(listing: Listing, found: readonly Entry[], options: RenderOptions): string {
  const page = new Page(options);
  if (options.detail !== "quiet") {
    for (const [file, entries] of byFile(found)) writeFile(page, file, entries);
    page.blank();
  }
  page.text([["faint", sum(listing, found)]]);
  return page.toString();
}

function byFile(entries: readonly Entry[]): Map<string, Entry[]> {
  const files = new Map<string, Entry[]>();
  for (const entry of entries) {
    const known = files.get(entry.definition.file);
    if (known === undefined) files.set(entry.definition.file, [entry]);
    else known.push(entry);
  }
  return files;
}

function writeFile(page: Page, file: string, entries: readonly Entry[]): void {
  const places = entries.map(({ definition }) => `${definition.line}:${definition.column}`);
  const placeWidth = Math.max(...places.slice(0, 1).map((each) => each.length), places.at(-1)?.length ?? 0);
  const tagWidth = entries.reduce((widest, { definition }) => Math.max(widest, definition.tag.length), 0);
  const change = entries[0]?.change ?? null;
  page.blank();
  page.place(file, null);
  if (change !== null) page.text([["faint", `proposed by change ${change}`]], { indent: 2 });
  for (const [index, { definition, excerpt }] of entries.entries()) {
    const place = (places[index] ?? "").padStart(placeWidth);
    const tag = definition.tag.padEnd(Math.min(tagWidth, WIDEST_TAG));
    const inset = definition.kind === "scenario" ? "  " : "";
    page.line(
      [["place", place], "  ", ["strong", tag], `  ${definition.priority.padEnd(6)}  ${inset}${definition.title}`],
      2,
    );
    if (excerpt !== null) page.line([["faint", excerpt]], placeWidth + 6);
  }
}

function sum({ predicate, words }: Listing, found: readonly Entry[]): string {
  const scenarios = found.filter(({ definition }) => definition.kind === "scenario").length;
  const kinds = `${counted(found.length - scenarios, "requirement")}, ${counted(scenarios, "scenario")}`;
  const total = predicate.catalog.length + predicate.changes.reduce((all, each) => all + each.definitions.length, 0);
  if (words.trim() === "") return `${counted(found.length, "tag")}: ${kinds}`;
  return `${found.length} of ${counted(total, "tag")} match: ${kinds}`;
}
