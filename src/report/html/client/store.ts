import type { ReportData } from "../data.js";
import { unpackReport } from "../pack.js";

/** The data of the page with what is looked up often. */
export interface Store extends ReportData {
  text(place: number): string;
  tagName(at: number): string;
  /** Place of a tag in `tags`; -1 for an unknown one. */
  find(tag: string): number;
  childrenOf(at: number): readonly number[];
  referencesOf(at: number): readonly number[];
  findingsOf(at: number): readonly number[];
  edgesFrom(at: number): readonly number[];
  edgesTo(at: number): readonly number[];
  gapOf(at: number): readonly number[];
  capabilities: readonly string[];
  changes: readonly string[];
  /** Kinds that some tag has or wants, in order. */
  kinds: readonly number[];
  /** Lower-case text that a search looks through. */
  searchable(at: number): string;
}

export async function loadStore(encoded: string): Promise<Store> {
  return openStore(unpackReport(await inflate(encoded)));
}

async function inflate(encoded: string): Promise<string> {
  const bytes = Uint8Array.from(atob(encoded.trim()), (character) => character.charCodeAt(0));
  const stream = new Response(bytes).body?.pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream ?? null).text();
}

function openStore(data: ReportData): Store {
  const { strings, tags, references, findings, edges, gaps } = data;
  const text = (place: number) => strings[place] ?? "";
  const places = new Map<string, number>();
  tags.tag.forEach((place, at) => {
    if (!places.has(text(place))) places.set(text(place), at);
  });
  const children = grouped(tags.parent.map((parent, at) => [parent, at]));
  const named = grouped(references.tag.map((tag, at) => [tag, at]));
  const found = grouped(findings.tags.flatMap((all, at) => all.map((tag): [number, number] => [tag, at])));
  const from = grouped(edges.from.map((tag, at) => [tag, at]));
  const to = grouped(edges.to.map((tag, at) => [tag, at]));
  const open = new Map(gaps.tag.map((tag, at) => [tag, gaps.close[at] ?? []]));
  const searched: (string | undefined)[] = [];
  return {
    ...data,
    text,
    tagName: (at) => text(tags.tag[at] ?? -1),
    find: (tag) => places.get(tag) ?? -1,
    childrenOf: (at) => children.get(at) ?? [],
    referencesOf: (at) => named.get(at) ?? [],
    findingsOf: (at) => found.get(at) ?? [],
    edgesFrom: (at) => from.get(at) ?? [],
    edgesTo: (at) => to.get(at) ?? [],
    gapOf: (at) => open.get(at) ?? [],
    capabilities: sorted(tags.capability.map(text)),
    changes: sorted(tags.change.filter((place) => place >= 0).map(text)),
    kinds: kindsOf(data),
    searchable: (at) => {
      searched[at] ??= [tags.tag, tags.title, tags.capability, tags.text, tags.file]
        .map((column) => text(column[at] ?? -1))
        .join("\n")
        .toLowerCase();
      return searched[at] ?? "";
    },
  };
}

function grouped(pairs: readonly (readonly [number, number])[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function kindsOf({ items, tags, head, strings }: ReportData): number[] {
  const kinds = new Set(items.kind);
  for (const needs of tags.needs) {
    for (const need of needs) {
      for (const part of (strings[need] ?? "").split("|")) {
        const kind = head.kinds.indexOf(part);
        if (kind >= 0) kinds.add(kind);
      }
    }
  }
  return [...kinds].sort((a, b) => a - b);
}
