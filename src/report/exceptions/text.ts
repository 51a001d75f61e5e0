import type { Predicate } from "../../model/manifest.js";
import { counted } from "../check/summary.js";
import type { RenderOptions } from "../format.js";
import type { Style } from "../text/page.js";
import { Page } from "../text/page.js";
import { writeTable } from "../text/table.js";
import type { ExceptionRow } from "./rows.js";
import { exceptionRows } from "./rows.js";

const STYLES: Readonly<Record<ExceptionRow["state"], Style>> = {
  used: "excused",
  "in force": "excused",
  unused: "doubtful",
  stale: "doubtful",
  expired: "bad",
};

/** One table of everything that is excused. `verbose` adds the reasons; `quiet` gives the count. */
export function exceptionsText(predicate: Predicate, options: RenderOptions): string {
  const page = new Page(options);
  const rows = exceptionRows(predicate);
  if (rows.length === 0) {
    page.text(["Nothing is excused."]);
    return page.toString();
  }
  page.text([`${counted(rows.length, "exception")}: ${sources(rows)}.`]);
  if (options.detail === "quiet") return page.toString();
  page.blank();
  writeTable(page, {
    headings: ["tag or finding", "excuses", "by", "until", "from", "state"],
    rows: rows.map((row) => [
      { text: row.subject },
      { text: row.excuses },
      { text: row.by ?? "·" },
      { text: row.until ?? "·" },
      { text: row.source },
      { text: row.state, style: STYLES[row.state] },
    ]),
    totals: [{ text: "total" }, ...["", "", "", ""].map((text) => ({ text })), { text: String(rows.length) }],
  });
  if (options.detail !== "verbose") return page.toString();
  page.heading("Reasons");
  for (const { subject, reason } of rows) {
    if (reason !== null) page.text([["strong", subject], `  ${reason}`], { indent: 2, hang: 4 });
  }
  return page.toString();
}

function sources(rows: readonly ExceptionRow[]): string {
  const names = ["waiver", "baseline", "confirmation"] as const;
  const said = names.map((name) => ({ name, count: rows.filter(({ source }) => source === name).length }));
  return said
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => (name === "baseline" ? `${count} in the baseline` : counted(count, name)))
    .join(", ");
}
