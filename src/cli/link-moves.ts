import type { JudgedLink, LinkContext } from "../evidence/links/judge.js";
import type { LinkedSymbol } from "../evidence/links/symbol.js";
import { readSymbol } from "../evidence/links/symbol.js";
import { TargetFile } from "../evidence/links/target-file.js";
import type { FileChange, FileVersions } from "../host/link-versions.js";
import { openVersions } from "../host/link-versions.js";

/** Where what a link has lost stands in other files today. */
export interface FoundElsewhere {
  places: { path: string; line: number }[];
  /** Whether it stands at one place alone, and got there when it left the file of the link. */
  hasMoved: boolean;
}

/** Names looked for in one run, and files read for each. */
const MOST_NAMES = 60;
const MOST_FILES = 100;

/**
 * Looks for the symbols and tests that links have lost in the other files of the repository. That one of the same name
 * stands elsewhere proves nothing; it has moved if the change that took it from the old file brought it to the new one, and
 * no other file had it before.
 */
export async function findLostNames(
  root: string,
  judged: readonly JudgedLink[],
  { tree }: LinkContext,
): Promise<Map<JudgedLink, FoundElsewhere>> {
  const found = new Map<JudgedLink, FoundElsewhere>();
  const lost = judged.filter(({ problem, text }) => problem?.lost !== undefined && text.symbol !== null);
  if (lost.length === 0) return found;
  const versions = await openVersions(root);
  const known = new Map<string, FoundElsewhere>();
  for (const each of lost) {
    const path = each.problem?.lost?.path ?? "";
    const key = `${path}\n${each.text.symbol}`;
    if (!known.has(key) && known.size >= MOST_NAMES) continue;
    const symbol = readSymbol(each.text.symbol ?? "");
    const answer = known.get(key) ?? (await lookFor(path, symbol, versions, (file) => tree.read(file)));
    known.set(key, answer);
    if (answer.places.length > 0) found.set(each, answer);
  }
  return found;
}

/** The links with the places their names have moved to, for correction. */
export function withMoves(judged: readonly JudgedLink[], found: ReadonlyMap<JudgedLink, FoundElsewhere>): JudgedLink[] {
  return judged.map((each) => {
    const { places: [place] = [], hasMoved = false } = found.get(each) ?? {};
    if (each.problem === null || place === undefined || !hasMoved) return each;
    return { ...each, problem: { ...each.problem, line: place.line, path: place.path } };
  });
}

/** Which files had a name at a revision, or have it today (null); null where git does not say so of each. */
type Holders = (revision: string | null, within: readonly string[]) => Promise<ReadonlySet<string> | null>;

type Lines = (path: string, text: string | null) => number[];

async function lookFor(
  path: string,
  symbol: LinkedSymbol,
  versions: FileVersions,
  read: (path: string) => string | null,
): Promise<FoundElsewhere> {
  const nowhere = { places: [], hasMoved: false };
  const wanted = { text: symbol.name ?? longestPiece(symbol.text), word: symbol.name !== null };
  if (wanted.text.length < 2) return nowhere;
  const files = (await versions.filesWith(wanted, null, [".", path]))?.filter((file) => file !== path);
  if (files === undefined || files.length > MOST_FILES) return nowhere;
  // Texts are not kept: together they can be large.
  const placesBy = (lines: Lines) =>
    files.flatMap((file) => lines(file, read(file)).map((line) => ({ path: file, line })));
  const asTest: Lines = (file, held) => (held === null ? [] : new TargetFile(file, held).testsOf(symbol));
  const asName: Lines = (file, held) => (held === null ? [] : new TargetFile(file, held).declarationsOf(symbol));
  // The test of a name is often called as the name is.
  const named = placesBy(asName);
  const lines = named.length > 0 ? asName : asTest;
  const places = named.length > 0 ? named : placesBy(asTest);
  const [place] = places;
  if (place === undefined || places.length > 1) return { places, hasMoved: false };
  if (files.some((file) => read(file) === null)) return { places, hasMoved: false };
  const holders: Holders = async (revision, within) => {
    const listed = await versions.filesWith(wanted, revision, within);
    if (listed === null || listed.length > MOST_FILES) return null;
    const holding = new Set<string>();
    for (const file of listed) {
      const held = revision === null ? read(file) : await versions.read(revision, file);
      if (held === null) return null;
      if (lines(file, held).length > 0) holding.add(file);
    }
    return holding;
  };
  return { places, hasMoved: await isMove(path, place.path, await versions.changesOf(path, wanted), holders) };
}

/**
 * Whether the change in which a file lost what a link names brought it to another file, and no third had it before.
 * `changes` are those of the file, the latest first; what git does not say is no move.
 */
async function isMove(from: string, to: string, changes: readonly FileChange[], holders: Holders): Promise<boolean> {
  for (const { before, after } of changes) {
    const now = await holders(after, [from, to]);
    const once = await holders(before, [from]);
    // Still there after the change, the name was lost in one that is not among these.
    if (now === null || once === null || now.has(from)) return false;
    if (!once.has(from)) continue;
    return now.has(to) && (await holders(before, [".", from]))?.size === 1;
  }
  return false;
}

/** Of a title, what source holds as it is, whatever quotes and placeholders it has. */
function longestPiece(title: string): string {
  const pieces = title.split(/["'`\\$%{}]/u).map((piece) => piece.trim());
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), "");
}
