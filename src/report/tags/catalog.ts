import type { ManifestDefinition, Predicate } from "../../model/manifest.js";
import { compareText } from "../../model/span.js";

/** A question to the catalog; without words every tag answers. */
export interface Listing {
  predicate: Predicate;
  words: string;
}

export interface Entry {
  definition: ManifestDefinition;
  /** Active change that defines it; null for the main specifications. */
  change: string | null;
  /** The line of its text that holds the first of the words; null where tag, title or capability holds them all. */
  excerpt: string | null;
}

/** The tags whose tag, title or capability holds every word, in any case, by place. */
export function listEntries({ predicate, words }: Listing): Entry[] {
  const wanted = split(words);
  return entries(predicate).filter(({ definition }) => holds(headOf(definition), wanted));
}

/** The tags whose tag, title, capability or text holds every word, in any case, by place. */
export function findEntries({ predicate, words }: Listing): Entry[] {
  const wanted = split(words);
  if (wanted.length === 0) return [];
  return entries(predicate).flatMap((entry) => {
    const head = headOf(entry.definition);
    const text = entry.definition.text.toLowerCase();
    if (!holds(`${head}\n${text}`, wanted)) return [];
    return [{ ...entry, excerpt: holds(head, wanted) ? null : excerptOf(entry.definition.text, wanted) }];
  });
}

function entries(predicate: Predicate): Entry[] {
  const all: Entry[] = predicate.catalog.map((definition) => ({ definition, change: null, excerpt: null }));
  for (const { change, definitions } of predicate.changes) {
    for (const definition of definitions) all.push({ definition, change, excerpt: null });
  }
  return all.sort(
    ({ definition: a }, { definition: b }) =>
      compareText(a.file, b.file) || a.line - b.line || compareText(a.tag, b.tag),
  );
}

function split(words: string): string[] {
  return words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

function headOf({ tag, title, capability }: ManifestDefinition): string {
  return `${tag}\n${title}\n${capability}`.toLowerCase();
}

function holds(text: string, wanted: readonly string[]): boolean {
  return wanted.every((word) => text.includes(word));
}

function excerptOf(text: string, wanted: readonly string[]): string | null {
  const lines = text.split(/\r\n|\r|\n/);
  const found = lines.find((line) => wanted.some((word) => line.toLowerCase().includes(word)));
  return found === undefined ? null : found.trim();
}
