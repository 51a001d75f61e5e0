import { diffStates } from "../../evidence/diff.js";
import type { Predicate } from "../../model/manifest.js";
import { compareText } from "../../model/span.js";
import type { Verdict } from "../../model/verdict.js";
import { VERDICTS } from "../../model/verdict.js";
import { counted, gateCounts, gateWord, VERDICT_STYLES } from "../check/summary.js";
import type { RenderOptions } from "../format.js";
import { Page, unbroken } from "../text/page.js";

/** Two judgements of one folder, one after the other. */
export interface Rejudgement {
  before: Predicate;
  after: Predicate;
}

/** One tag whose verdict is another; null before it was defined, or after. */
interface Move {
  tag: string;
  from: Verdict | null;
  to: Verdict | null;
}

const MOST = 20;
const ORDER: readonly (Verdict | null)[] = ["failing", "verified", ...VERDICTS, null];
const STATE = { source: "manifest", commit: null } as const;

/**
 * The gate, and what a change did: newly failing tags first, then newly verified ones, then the rest, then findings that
 * are new or gone. `quiet` gives the gate only.
 */
export function watchText({ before, after }: Rejudgement, options: RenderOptions): string {
  const page = new Page(options);
  const { word, style } = gateWord(after);
  const counts = gateCounts(after).flatMap((count, at) => [
    at === 0 ? "  " : ", ",
    [count.style, unbroken(count.text)] as const,
  ]);
  page.text([[style, word], ...counts], { hang: 6 });
  if (options.detail === "quiet") return page.toString();
  const most = options.detail === "verbose" ? Number.POSITIVE_INFINITY : MOST;
  const moves = movesOf(before, after);
  const difference = diffStates(
    { ...STATE, name: "before", predicate: before },
    { ...STATE, name: "after", predicate: after },
  );
  const { new: appeared, fixed } = difference.findings;
  page.blank();
  if (moves.length + appeared.length + fixed.length === 0) page.text([["faint", "No verdict and no finding changed."]]);
  writeMoves(page, moves, after, most);
  for (const found of appeared.slice(0, most)) {
    page.text([["doubtful", "new"], `  ${found.code} ${found.message}`], { indent: 2, hang: 7 });
    page.place(found.file, found.line, 7);
  }
  if (appeared.length > most)
    page.text([["faint", `… and ${appeared.length - most} more new findings`]], { indent: 2 });
  if (fixed.length > 0) page.text([["good", "gone"], `  ${counted(fixed.length, "finding")}`], { indent: 2 });
  return page.toString();
}

function writeMoves(page: Page, moves: readonly Move[], after: Predicate, most: number): void {
  const titles = new Map(after.catalog.map(({ tag, title }) => [tag, title]));
  const reasons = new Map(after.verdicts.map((each) => [each.tag, each.reasons]));
  for (const { tag, from, to } of moves.slice(0, most)) {
    const was = from === null ? "new" : `was ${from}`;
    const word = to ?? "removed";
    page.text([[to === null ? "faint" : VERDICT_STYLES[to], word], `  ${tag}  ${titles.get(tag) ?? ""} (${was})`], {
      indent: 2,
      hang: 4,
    });
    const [reason] = reasons.get(tag) ?? [];
    if (reason !== undefined) page.text([["faint", reason]], { indent: 6, most: 3 });
  }
  if (moves.length > most)
    page.text([["faint", `… and ${moves.length - most} more tags; see them with --verbose`]], { indent: 2 });
}

function movesOf(before: Predicate, after: Predicate): Move[] {
  const [earlier, later] = [before, after].map(
    ({ verdicts }) => new Map(verdicts.map(({ tag, verdict }): [string, Verdict] => [tag, verdict])),
  );
  const tags = new Set([...(earlier?.keys() ?? []), ...(later?.keys() ?? [])]);
  return [...tags]
    .map((tag) => ({ tag, from: earlier?.get(tag) ?? null, to: later?.get(tag) ?? null }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => ORDER.indexOf(a.to) - ORDER.indexOf(b.to) || compareText(a.tag, b.tag));
}
