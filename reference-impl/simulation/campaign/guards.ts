import { JUDGES, judgesFor } from "./judge-tags.js";
import { type PartTally, totalOf } from "./tally.js";
import { UNMEETABLE } from "./unmeetable.js";

/** Of which judges the guard was met. */
export interface Guards {
  /** Every judge that looked on in some part. */
  readonly judges: readonly string[];
  /** Those that had nothing to judge, and nobody says why. */
  readonly unmet: readonly string[];
  /** Those that had nothing to judge, as argued. */
  readonly argued: readonly string[];
  /** Those that had something to judge, against the argument. */
  readonly refuted: readonly string[];
}

/**
 * Whether a campaign found nothing wrong: no judge broke and, if it was planned, every judge had something to judge or an
 * argument why not. Some seeds by themselves are not meant to meet every guard.
 */
export function isSound(parts: readonly PartTally[], isPlanned: boolean): boolean {
  const { unmet, refuted } = guardsOf(parts);
  const isVacuous = isPlanned && unmet.length + refuted.length > 0;
  return !isVacuous && Object.keys(totalOf(parts).broken).length === 0;
}

export function guardsOf(parts: readonly PartTally[]): Guards {
  const judgedBy = (judge: string) => parts.filter(({ part }) => judgesFor(part.judges).includes(judge));
  const judges = JUDGES.filter((judge) => judgedBy(judge).length > 0);
  const isMet = (judge: string) => judgedBy(judge).some(({ tally }) => (tally.met[judge] ?? 0) > 0);
  const isArgued = (judge: string) => UNMEETABLE[judge] !== undefined;
  return {
    judges,
    unmet: judges.filter((judge) => !isMet(judge) && !isArgued(judge)),
    argued: judges.filter((judge) => !isMet(judge) && isArgued(judge)),
    refuted: judges.filter((judge) => isMet(judge) && isArgued(judge)),
  };
}
