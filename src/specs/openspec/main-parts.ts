import { plainLines } from "../source.js";
import type { RawBlock } from "./delta.js";
import { readRequirementBlocks } from "./delta.js";
import { fenceMask, isSectionLine, REQUIREMENTS_LINE, requirementName } from "./lines.js";

/** A main specification cut as OpenSpec 1.13 cuts it to put a change into it. */
export interface MainParts {
  before: string;
  /** The `## Requirements` line as written. */
  headingLine: string;
  preamble: string;
  blocks: RawBlock[];
  after: string;
}

export function splitMain(content: string): MainParts {
  const lines = plainLines(content).split("\n");
  const fenced = fenceMask(lines);
  const heading = lines.findIndex((line, index) => !fenced[index] && REQUIREMENTS_LINE.test(line));
  if (heading < 0) {
    return { before: content.trimEnd(), headingLine: "## Requirements", preamble: "", blocks: [], after: "" };
  }
  const end = sectionEnd(lines, fenced, heading);
  const blocks = readRequirementBlocks(lines, fenced, heading + 1, end);
  const preambleEnd = (blocks[0]?.line ?? end + 1) - 1;
  return {
    before: lines.slice(0, heading).join("\n"),
    headingLine: lines[heading] ?? "",
    preamble: lines
      .slice(heading + 1, preambleEnd)
      .join("\n")
      .trimEnd(),
    blocks,
    after: lines.slice(end).join("\n"),
  };
}

function sectionEnd(lines: readonly string[], fenced: readonly boolean[], heading: number): number {
  for (let index = heading + 1; index < lines.length; index += 1) {
    if (!fenced[index] && isSectionLine(lines[index] ?? "")) return index;
  }
  return lines.length;
}

/** Puts the parts together with one empty line between them and no run of empty lines outside fences. */
export function joinMain(parts: MainParts, blocks: readonly string[]): string {
  const body = [parts.preamble.trim() === "" ? "" : parts.preamble, ...blocks]
    .filter((each, index) => index > 0 || each !== "")
    .join("\n\n")
    .trimEnd();
  const pieces = [parts.before.trimEnd(), parts.headingLine, body, parts.after.trim()].filter((piece) => piece !== "");
  return `${withoutEmptyRuns(pieces.join("\n\n")).trimEnd()}\n`;
}

function withoutEmptyRuns(text: string): string {
  const lines = text.split("\n");
  const fenced = fenceMask(lines);
  return lines.filter((line, index) => line !== "" || lines[index - 1] !== "" || fenced[index - 1]).join("\n");
}

/** The text with the line ending that is the more common one in `original`; a file without any keeps `\n`. */
export function withLineEnding(text: string, original: string): string {
  const carriage = original.split("\r\n").length - 1;
  const plain = original.split("\n").length - 1 - carriage;
  if (carriage === 0 && plain === 0) return text;
  const normalized = text.replaceAll("\r\n", "\n");
  return carriage >= plain ? normalized.replaceAll("\n", "\r\n") : normalized;
}

export interface StructureFault {
  line: number;
  message: string;
}

/** What keeps OpenSpec from merging anything into a main specification. */
export function structureFaults(content: string): StructureFault[] {
  const lines = content.replace(/\r\n?/g, "\n").split("\n");
  const fenced = fenceMask(lines);
  const plain = lines.map((line, index) => (fenced[index] ? "" : line));
  const start = plain.findIndex((line) => REQUIREMENTS_LINE.test(line));
  const end = start < 0 ? -1 : sectionEnd(plain, [], start);
  const firstLines = new Map<string, number>();
  const faults: StructureFault[] = [];
  for (const [index, line] of plain.entries()) {
    if (/^##\s+(?:ADDED|MODIFIED|REMOVED|RENAMED)\s+Requirements\s*$/i.test(line)) {
      faults.push({ line: index + 1, message: `the heading of a change, ${JSON.stringify(line.trim())}` });
      continue;
    }
    const name = /^###\s/.test(line) ? requirementName(line) : null;
    if (name === null) continue;
    const first = firstLines.get(name);
    if (index <= start || index >= end) {
      faults.push({ line: index + 1, message: `requirement ${JSON.stringify(name)} outside \`## Requirements\`` });
    } else if (first !== undefined) {
      faults.push({
        line: index + 1,
        message: `second requirement ${JSON.stringify(name)}, the first is on line ${first}`,
      });
    } else {
      firstLines.set(name, index + 1);
    }
  }
  return faults;
}
