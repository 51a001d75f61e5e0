import type { StateDiff } from "../../model/diff.js";
import type { RenderOptions } from "../format.js";
import { Page } from "../text/page.js";
import { diffGroups, stateSentences } from "./groups.js";

const MOST = 20;

/** What the two states are, then what differs, the worst first. `quiet` gives the counts only; `verbose` leaves nothing out. */
export function diffText(diff: StateDiff, options: RenderOptions): string {
  const page = new Page(options);
  for (const sentence of stateSentences(diff)) page.text([sentence], { hang: 2 });
  const groups = diffGroups(diff);
  if (groups.length === 0) page.text(["Nothing differs."]);
  for (const { title, lines } of groups) {
    if (options.detail === "quiet") {
      page.text([`${title} (${lines.length})`]);
      continue;
    }
    page.heading(`${title} (${lines.length})`);
    const shown = options.detail === "verbose" ? lines : lines.slice(0, MOST);
    for (const line of shown) page.text([line], { indent: 2, hang: 4 });
    const left = lines.length - shown.length;
    if (left > 0) page.text([["faint", `… and ${left} more; see them with --verbose`]], { indent: 2 });
  }
  return page.toString();
}
