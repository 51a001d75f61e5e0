import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Block } from "./blocks.js";
import { leavesOf } from "./blocks.js";
import type { Source } from "./source.js";
import { lineAt, lineText, spanAt } from "./source.js";

/** The finding for a fence or comment that nothing closes; null for one that is closed, and for other blocks. */
export function openBlockFinding(source: Source, block: Block): Finding | null {
  const text = source.text.slice(block.start, block.end);
  if (block.node.type === "html") {
    return text.startsWith("<!--") && !text.includes("-->", 2)
      ? open(source, block, "SPEC012", "comment", "a line with `-->`")
      : null;
  }
  const fence = /^(`{3,}|~{3,})/.exec(text)?.[0];
  if (fence === undefined || isClosed(source, block, text, fence)) return null;
  const quoted = fence.includes("`") ? `\`\` ${fence} \`\`` : `\`${fence}\``;
  return open(
    source,
    block,
    "SPEC001",
    "fence",
    `a closing line ${fence.length > 3 ? "of at least as many signs " : ""}${quoted}`,
  );
}

/** A closing line has as many signs or more and is indented, within its container, by three columns at most. */
function isClosed(source: Source, block: Block, text: string, fence: string): boolean {
  const newline = text.lastIndexOf("\n");
  if (newline < 0) return false;
  const match = /^([ \t>]*)(`{3,}|~{3,})[ \t]*$/.exec(text.slice(newline + 1));
  const [, indent, signs] = match ?? [];
  if (indent === undefined || signs === undefined) return false;
  const openingColumn = block.start - (source.lineStarts[lineAt(source, block.start) - 1] ?? 0);
  return signs[0] === fence[0] && signs.length >= fence.length && indent.length <= openingColumn + 3;
}

function open(source: Source, block: Block, code: "SPEC001" | "SPEC012", what: string, expected: string): Finding {
  const newline = source.text.indexOf("\n", block.start);
  const end = newline < 0 ? block.end : Math.min(newline, block.end);
  return finding({
    code,
    message: `Unexpected ${what} that is never closed, expected ${expected}`,
    span: spanAt(source, block.start, end),
    subject: `${what} ${source.text.slice(block.start, end)}`,
  });
}

/** Whether a block of code stands between fences; otherwise its indentation makes it code. */
export function isFenced(source: Source, { start }: Block): boolean {
  return source.text.startsWith("```", start) || source.text.startsWith("~~~", start);
}

/** Puts the code of the file back into the fences of a block that was found in a limited text. */
export function restoreCode(source: Source, block: Block): void {
  for (const leaf of leavesOf(block)) {
    const { node, start } = leaf;
    if (node.type !== "code") continue;
    const first = lineAt(source, start) + (isFenced(source, leaf) ? 1 : 0);
    const lines = node.value.split("\n").map((line, index) => {
      const original = lineText(source, first + index);
      // A container's signs and indentation are off at the front; behind that every character has its own place.
      return original.slice(Math.max(0, original.length - line.length));
    });
    node.value = lines.join("\n");
  }
}
