import type { AlloyBlock } from "../model/requirement.js";

/** The text without a byte order mark, every line ending as `\n`. */
export function plainText(raw: string): string {
  const text = raw.charCodeAt(0) === 0xfeff ? raw.slice(1) : raw;
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/**
 * One module of all Alloy blocks of a specification. It has as many lines as the specification; those of no block are
 * empty, and code that stands in a list or quotation keeps its column behind blanks: places are those of the file.
 */
export function padBlocks(specification: string, blocks: readonly Pick<AlloyBlock, "code" | "firstLine">[]): string {
  const lines = plainText(specification).split("\n");
  const padded = lines.map(() => "");
  for (const { code, firstLine } of blocks) {
    if (code === "") continue;
    for (const [index, line] of code.split("\n").entries()) {
      const at = firstLine - 1 + index;
      padded[at] = padLine(lines[at] ?? "", line);
    }
  }
  return padded.join("\n");
}

/** A line of code under the columns it has in the file. Where tabs were turned into blanks, the end tells the column. */
function padLine(original: string, code: string): string {
  const bare = code.trimStart();
  if (bare === "") return "";
  const column = original.endsWith(bare) ? original.length - bare.length : Math.max(0, original.indexOf(bare));
  return " ".repeat(column) + bare;
}
