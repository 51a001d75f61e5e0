import type { Predicate } from "../../model/manifest.js";
import { prose, table } from "../text/markdown.js";
import { exceptionRows } from "./rows.js";

/** The same table for job summaries and comments, reasons included. */
export function exceptionsMarkdown(predicate: Predicate): string {
  const rows = exceptionRows(predicate);
  if (rows.length === 0) return "Nothing is excused.\n";
  const cells = rows.map(({ subject, excuses, by, until, source, state, reason }) =>
    [subject, excuses, by ?? "", until ?? "", source, state, reason ?? ""].map(prose),
  );
  return `${table(["tag or finding", "excuses", "by", "until", "from", "state", "reason"], cells).join("\n")}\n`;
}
