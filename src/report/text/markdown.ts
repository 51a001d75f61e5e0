import { visible } from "./visible.js";

/** Every character that can start markup of CommonMark, GitHub's tables and strikethrough, or its formulas. */
const MARKUP = /[\\`*_[\]<>|~&!#$]/g;
const LINE_START = /^(?:[-+=]|\d{1,9}(?=[.)]))/;
/** Parted where GitHub would link: mentions and addresses, issues, web addresses. */
const LINKED = /@(?=[\w-])|#(?=\d)|\bGH(?=-\d)|:(?=\/\/)|\bwww(?=\.)/gi;
/** Ends a word for every markdown parser and shows nothing. */
const NOTHING = "<!-- -->";

/** A text from outside as markdown that shows exactly that text, on one line: no markup, HTML, links or mentions. */
export function prose(text: string): string {
  const line = visible(text).replace(/ +/g, " ").trim();
  const parted = line.split(LINKED);
  const joints = line.match(LINKED) ?? [];
  const escaped = parted.map((part, index) => {
    const joint = joints[index];
    return escapeMarkup(part) + (joint === undefined ? "" : `${escapeMarkup(joint)}${NOTHING}`);
  });
  return escaped.join("").replace(LINE_START, escapeStart);
}

function escapeMarkup(text: string): string {
  return text.replace(MARKUP, (character) => `\\${character}`);
}

/** `- `, `+ `, `===` and `12.` at the start of a block would make a list or a heading. */
function escapeStart(start: string): string {
  return /^\d/.test(start) ? `${start}\\` : `\\${start}`;
}

/** A text from outside as a code span. Not for table cells, where `|` ends even a code span. */
export function code(text: string): string {
  const line = visible(text).trim();
  if (line === "") return "` `";
  const longest = (line.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = "`".repeat(longest + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Lines of a text from outside as a fenced block; the fence is longer than any in the text. */
export function fenced(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => visible(line));
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, ...lines, fence];
}

/** A table with its first column aligned left and the others right. Cells are markdown already. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(headings), line(headings.map((_, index) => (index === 0 ? ":--" : "--:"))), ...rows.map(line)];
}

/** A block that opens on demand; its title is ours, never from outside. */
export function details(title: string, lines: readonly string[]): string[] {
  return [`<details><summary>${title}</summary>`, "", ...lines, "", "</details>"];
}
