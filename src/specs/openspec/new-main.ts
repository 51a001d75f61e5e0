import { fenceMask, isSectionLine } from "./lines.js";
import { structureFaults } from "./main-parts.js";
import { firstSection } from "./outline.js";

/** The text of a main specification that OpenSpec starts from when a change introduces a capability. */
export function newMain(capability: string, change: string, deltaText: string): string {
  const purpose = purposeOf(deltaText);
  const carried = purpose === null ? null : skeleton(capability, purpose);
  return carried !== null && isReadable(carried) ? carried : skeleton(capability, placeholder(change));
}

function placeholder(change: string): string {
  return `TBD - created by archiving change ${change}. Update Purpose after archive.`;
}

function skeleton(capability: string, purpose: string): string {
  return `# ${capability} Specification\n\n## Purpose\n${purpose}\n\n## Requirements\n`;
}

/** Whether a specification with this Purpose can be read back; a comment could hide the sections behind it. */
function isReadable(text: string): boolean {
  if (text.includes("<!--") || structureFaults(text).length > 0) return false;
  const purpose = firstSection(text, "purpose");
  return purpose !== null && purpose.content !== "" && firstSection(text, "requirements") !== null;
}

/** The body of `## Purpose`; null when there is none or it holds nothing but fences and comments. */
function purposeOf(content: string): string | null {
  const text = content.replace(/\r\n?/g, "\n");
  const lines = text.split("\n");
  const visible = withoutComments(text).split("\n");
  const fenced = fenceMask(visible);
  const start = visible.findIndex((line, index) => !fenced[index] && /^##\s+Purpose\s*$/i.test(line));
  if (start < 0) return null;
  let end = start + 1;
  while (end < visible.length && (fenced[end] || !isSectionLine(visible[end] ?? ""))) end += 1;
  const prose = visible.slice(start + 1, end).filter((_, index) => !fenced[start + 1 + index]);
  if (prose.join("\n").trim() === "") return null;
  return lines
    .slice(start + 1, end)
    .join("\n")
    .trim();
}

/** HTML comments blanked out line by line; one that is never closed runs to the end. */
function withoutComments(text: string): string {
  const pieces: string[] = [];
  const closing = /--!?>/g;
  let kept = 0;
  for (let open = text.indexOf("<!--"); open >= 0; open = text.indexOf("<!--", kept)) {
    closing.lastIndex = open + 4;
    const end = closing.exec(text) === null ? text.length : closing.lastIndex;
    pieces.push(text.slice(kept, open), text.slice(open, end).replace(/[^\n]/g, " "));
    kept = end;
  }
  pieces.push(text.slice(kept));
  return pieces.join("");
}
