import { readSymbol } from "./symbol.js";
import { TargetFile } from "./target-file.js";

/** A file that is gone, and what the link said stands in it. */
export interface Lost {
  path: string;
  symbol: string | null;
}

/** Files of one name that are read to look for a symbol. */
const MOST_READ = 50;

/** A place where something lost may stand now. */
export interface Elsewhere {
  file: string;
  line: number;
}

/**
 * Where a lost file may be now, by name alone: the folder that OpenSpec archives a change into, else the files of the same
 * name, of those only the ones that hold the symbol. In order of path; more than one means that nothing tells which.
 */
export function findElsewhere(
  lost: Lost,
  files: ReadonlyMap<string, readonly string[]>,
  read: (path: string) => string | null,
): Elsewhere[] {
  const base = lost.path.slice(lost.path.lastIndexOf("/") + 1);
  const named = (files.get(base) ?? []).slice(0, MOST_READ);
  const archived = named.filter((path) => isArchived(path, lost.path));
  const candidates = archived.length > 0 ? archived : named;
  if (lost.symbol === null) return candidates.map((file) => ({ file, line: 1 }));
  const symbol = readSymbol(lost.symbol);
  return candidates.flatMap((file) => {
    const text = read(file);
    const places = text === null ? [] : new TargetFile(file, text).find(symbol, 0, 0).places;
    return places[0] === undefined ? [] : [{ file, line: places[0] }];
  });
}

/** Whether a path is the other one below `changes/archive/<date>-<change>`. */
function isArchived(path: string, former: string): boolean {
  const [, before, change, rest] = /^(.*?changes\/)([^/]+)\/(.+)$/.exec(former) ?? [];
  if (before === undefined || change === undefined || rest === undefined || change === "archive") return false;
  const [, lead, folder, behind] = /^(.*?changes\/)archive\/([^/]+)\/(.+)$/.exec(path) ?? [];
  return lead === before && behind === rest && folder?.replace(/^\d{4}-\d{2}-\d{2}-/, "") === change;
}

/** Paths by the last of their segments. */
export function byName(paths: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const path of paths) {
    const base = path.slice(path.lastIndexOf("/") + 1);
    const known = found.get(base);
    if (known === undefined) found.set(base, [path]);
    else known.push(path);
  }
  return found;
}
