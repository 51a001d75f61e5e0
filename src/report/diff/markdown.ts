import type { StateDiff } from "../../model/diff.js";
import type { RenderOptions } from "../format.js";
import { details, prose } from "../text/markdown.js";
import { diffGroups, stateSentences } from "./groups.js";

const MOST_OPEN = 10;

/** The same for job summaries and comments; texts from outside are shown literally. */
export function diffMarkdown(diff: StateDiff, options: RenderOptions): string {
  const lines = ["## Evidence: what differs", "", ...stateSentences(diff).map((each) => `- ${prose(each)}`), ""];
  const groups = diffGroups(diff);
  if (groups.length === 0) lines.push("Nothing differs.", "");
  for (const { title, lines: entries } of groups) {
    const items = entries.map((entry) => `- ${prose(entry)}`);
    lines.push(`**${title} (${entries.length})**`, "");
    if (options.detail === "quiet") continue;
    lines.push(...items.slice(0, MOST_OPEN), "");
    const rest = items.slice(MOST_OPEN);
    if (rest.length > 0) lines.push(...details(`${rest.length} more`, rest), "");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}
