import { bulletName, fenceMask, isSectionLine, renameSide, requirementName, sectionTitle } from "./lines.js";

/** A requirement as a stretch of lines: from its heading to the next one or the end of its section. */
export interface RawBlock {
  name: string;
  /** Joined by `\n`, without white space at the end. */
  text: string;
  /** Line of the heading, from 1. */
  line: number;
}

export interface NamedLine {
  name: string;
  line: number;
}

export interface RenamedPair {
  from: NamedLine;
  to: NamedLine;
}

/** An entry that looks like one and has no effect. */
export interface UnreadLine {
  line: number;
  text: string;
  reason: string;
}

/** What a delta specification asks for, as OpenSpec 1.13 reads it. */
export interface DeltaPlan {
  added: RawBlock[];
  modified: RawBlock[];
  removed: NamedLine[];
  renamed: RenamedPair[];
  /** Sides of renames that have no other side. */
  unpaired: (NamedLine & { side: "FROM" | "TO" })[];
  unread: UnreadLine[];
}

type Operation = "added" | "modified" | "removed" | "renamed";

const OPERATIONS: Readonly<Record<string, Operation>> = {
  "added requirements": "added",
  "modified requirements": "modified",
  "removed requirements": "removed",
  "renamed requirements": "renamed",
};

/** Lines must have been split at every line ending and be free of a byte order mark. */
export function readDelta(lines: readonly string[]): DeltaPlan {
  const plan: DeltaPlan = { added: [], modified: [], removed: [], renamed: [], unpaired: [], unread: [] };
  const fenced = fenceMask(lines);
  let operation: Operation | null = null;
  let sectionStart = 0;
  const endSection = (end: number): void => {
    if (operation !== null) readSection(lines, fenced, operation, sectionStart, end, plan);
  };
  for (const [index, line] of lines.entries()) {
    const title = fenced[index] === true ? null : sectionTitle(line);
    if (title !== null) {
      endSection(index);
      operation = OPERATIONS[title.toLowerCase()] ?? null;
      sectionStart = index + 1;
    }
  }
  endSection(lines.length);
  return plan;
}

function readSection(
  lines: readonly string[],
  fenced: readonly boolean[],
  operation: Operation,
  start: number,
  end: number,
  plan: DeltaPlan,
): void {
  if (operation === "removed") readRemovals(lines, fenced, start, end, plan);
  else if (operation === "renamed") readRenames(lines, fenced, start, end, plan);
  else for (const block of readRequirementBlocks(lines, fenced, start, end, plan.unread)) plan[operation].push(block);
}

/** The requirement blocks among the lines from `start` up to `end`, with what stands between them noted as unread. */
export function readRequirementBlocks(
  lines: readonly string[],
  fenced: readonly boolean[],
  start: number,
  end: number,
  unread: UnreadLine[] = [],
): RawBlock[] {
  const blocks: RawBlock[] = [];
  let open: { name: string; start: number } | null = null;
  const close = (behind: number): void => {
    if (open === null) return;
    blocks.push({ name: open.name, text: lines.slice(open.start, behind).join("\n").trimEnd(), line: open.start + 1 });
    open = null;
  };
  for (let index = start; index < end; index += 1) {
    const line = lines[index] ?? "";
    if (fenced[index] === true) continue;
    const name = requirementName(line);
    if (name !== null || isSectionLine(line)) close(index);
    if (name !== null) open = { name, start: index };
    else if (/^###\s+\S/.test(line)) unread.push(strayHeading(line, index + 1));
  }
  close(end);
  return blocks;
}

function strayHeading(line: string, number: number): UnreadLine {
  return { line: number, text: line.trim(), reason: "it is no `### Requirement:` heading" };
}

function readRemovals(
  lines: readonly string[],
  fenced: readonly boolean[],
  start: number,
  end: number,
  plan: DeltaPlan,
): void {
  for (let index = start; index < end; index += 1) {
    const line = lines[index] ?? "";
    if (fenced[index] === true) continue;
    const name = requirementName(line) ?? bulletName(line);
    if (name !== null) plan.removed.push({ name, line: index + 1 });
    else if (/^###\s+\S/.test(line)) plan.unread.push(strayHeading(line, index + 1));
  }
}

function readRenames(
  lines: readonly string[],
  fenced: readonly boolean[],
  start: number,
  end: number,
  plan: DeltaPlan,
): void {
  let pending: NamedLine | null = null;
  for (let index = start; index < end; index += 1) {
    const line = lines[index] ?? "";
    if (fenced[index] === true) continue;
    const side = renameSide(line);
    if (side === null) {
      const reason = "a rename is a `FROM:` line followed by a `TO:` line";
      if (/^###\s+\S/.test(line)) plan.unread.push({ line: index + 1, text: line.trim(), reason });
      continue;
    }
    const here = { name: side.name, line: index + 1 };
    if (side.side === "FROM") {
      if (pending !== null) plan.unpaired.push({ ...pending, side: "FROM" });
      pending = here;
    } else if (pending === null) {
      plan.unpaired.push({ ...here, side: "TO" });
    } else {
      plan.renamed.push({ from: pending, to: here });
      pending = null;
    }
  }
  if (pending !== null) plan.unpaired.push({ ...pending, side: "FROM" });
}
