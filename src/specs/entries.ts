import type { Removal, Rename } from "../model/requirement.js";
import { lineSpan } from "../model/span.js";
import { readTag } from "./headings.js";
import { readDelta } from "./openspec/delta.js";
import type { Source } from "./source.js";

/** The removals and renames of a delta specification with their tags and places. */
export function readEntries(source: Source): { removals: Removal[]; renames: Rename[] } {
  const lines = source.text.split("\n");
  const plan = readDelta(lines);
  const place = (line: number) => lineSpan(source.file, line, 1, (lines[line - 1] ?? "").length);
  const identity = (name: string) => ({ header: name, tag: readTag(name).tag });
  return {
    removals: plan.removed.map(({ name, line }) => ({ ...identity(name), span: place(line) })),
    renames: plan.renamed.map(({ from, to }) => {
      const end = place(to.line);
      const span = { ...place(from.line), endLine: end.endLine, endColumn: end.endColumn };
      return { from: identity(from.name), to: identity(to.name), span };
    }),
  };
}
