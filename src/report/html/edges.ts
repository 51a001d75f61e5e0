import type { Predicate } from "../../model/manifest.js";
import type { ReportData } from "./data.js";
import { RELATIONS } from "./data.js";

/**
 * Which tag names which: a mention in a specification belongs to the definition it stands behind. Each edge once,
 * none from a tag to itself or between a requirement and its own scenario.
 */
export function edgesOf(predicate: Predicate, placeOf: ReadonlyMap<string, number>): ReportData["edges"] {
  const edges: ReportData["edges"] = { from: [], to: [], relation: [] };
  const seen = new Set<string>();
  const parentOf = new Map(predicate.catalog.map((each) => [each.tag, each.parent]));
  const add = (from: string, to: string, relation: (typeof RELATIONS)[number]) => {
    const [a, b] = [placeOf.get(from), placeOf.get(to)];
    if (a === undefined || b === undefined || a === b || parentOf.get(from) === to || parentOf.get(to) === from) return;
    if (seen.has(`${a} ${b}`)) return;
    seen.add(`${a} ${b}`);
    edges.from.push(a);
    edges.to.push(b);
    edges.relation.push(RELATIONS.indexOf(relation));
  };
  for (const definition of predicate.catalog) {
    for (const refined of definition.refines ?? []) add(definition.tag, refined, "refines");
  }
  const owners = ownersByFile(predicate);
  for (const reference of predicate.references) {
    if (reference.form !== "prose") continue;
    const owner = lastAbove(owners.get(reference.file) ?? [], reference.line);
    if (owner !== null) add(owner, reference.tag, "mentions");
  }
  return edges;
}

interface Owner {
  tag: string;
  line: number;
}

function ownersByFile(predicate: Predicate): Map<string, Owner[]> {
  const owners = new Map<string, Owner[]>();
  for (const { tag, file, line } of predicate.catalog) owners.set(file, [...(owners.get(file) ?? []), { tag, line }]);
  for (const each of owners.values()) each.sort((a, b) => a.line - b.line);
  return owners;
}

function lastAbove(owners: readonly Owner[], line: number): string | null {
  let low = 0;
  let high = owners.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((owners[middle]?.line ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return owners[low - 1]?.tag ?? null;
}
