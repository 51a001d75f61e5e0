import type { Predicate } from "../../model/manifest.js";
import { compareText } from "../../model/span.js";

/** One thing that is excused, by whatever file. */
export interface ExceptionRow {
  /** A tag, or the id of a finding. */
  subject: string;
  source: "waiver" | "baseline" | "confirmation";
  /** What is excused: a verdict, a finding, or doubt about evidence for a changed text. */
  excuses: string;
  by: string | null;
  /** Last day; null for what holds until it is taken out. */
  until: string | null;
  state: "used" | "unused" | "expired" | "in force" | "stale";
  reason: string | null;
}

/** Waivers, confirmations and baseline entries in one list, in order of subject. */
export function exceptionRows(predicate: Predicate): ExceptionRow[] {
  const { waivers, findingWaivers = [], confirmations = [], baseline } = predicate;
  const rows: ExceptionRow[] = [
    ...waivers.map(({ tag, verdict, owner, expires, state, reason }) =>
      waiver({ subject: tag, excuses: verdict, by: owner, until: expires, state, reason }),
    ),
    ...findingWaivers.map(({ finding, owner, expires, state, reason }) =>
      waiver({ subject: finding, excuses: "finding", by: owner, until: expires, state, reason }),
    ),
    ...confirmations.map(
      ({ tag, owner, state, reason }): ExceptionRow => ({
        subject: tag,
        source: "confirmation",
        excuses: "suspect",
        by: owner,
        until: null,
        state,
        reason,
      }),
    ),
    ...(baseline?.verdicts ?? []).map(({ tag, verdict, state }) => known(tag, verdict, state)),
    ...(baseline?.findings ?? []).map(({ finding, state }) => known(finding, "finding", state)),
  ];
  return rows.sort(
    (a, b) => compareText(a.subject, b.subject) || compareText(a.source, b.source) || compareText(a.excuses, b.excuses),
  );
}

function waiver(row: Omit<ExceptionRow, "source">): ExceptionRow {
  return { ...row, source: "waiver" };
}

function known(subject: string, excuses: string, state: "used" | "unused"): ExceptionRow {
  return { subject, source: "baseline", excuses, by: null, until: null, state, reason: null };
}
