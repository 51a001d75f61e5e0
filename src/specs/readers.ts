import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import { lineSpan } from "../model/span.js";
import type { Heading } from "./headings.js";
import { fenceMask, requirementName } from "./openspec/lines.js";
import type { Source } from "./source.js";

/**
 * Where OpenSpec, which reads lines, and markdown, which reads blocks, see different requirement headings: such a
 * requirement is judged and not archived, or archived and not judged.
 */
export function readerFindings(source: Source, headings: ReadonlyMap<number, Heading>): Finding[] {
  if (headings.size === 0 && !/###\s*requirement:/i.test(source.text)) return [];
  const lines = source.text.split("\n");
  const fenced = fenceMask(lines);
  const findings: Finding[] = [];
  for (const [index, line] of lines.entries()) {
    const heading = headings.get(index + 1);
    const name = fenced[index] === true ? null : requirementName(line);
    if (heading !== undefined && name === null) {
      findings.push(onlyMarkdown(heading));
    } else if (heading === undefined && name !== null && /^###\s/.test(line)) {
      findings.push(onlyOpenSpec(source.file, index + 1, line));
    }
  }
  return findings;
}

function onlyMarkdown(heading: Heading): Finding {
  return finding({
    code: "SPEC013",
    message: `Unexpected form of the requirement heading ${JSON.stringify(heading.header)}, which OpenSpec does not read, expected \`### Requirement: …\` at the start of a line and outside everything that looks like a fence`,
    span: heading.span,
    tags: heading.tag === null ? [] : [heading.tag],
  });
}

function onlyOpenSpec(file: string, line: number, text: string): Finding {
  return finding({
    code: "SPEC013",
    message: `Unexpected line ${JSON.stringify(text.trim())} in a comment or other block, which OpenSpec reads as a requirement heading, expected another indentation`,
    span: lineSpan(file, line, 1, text.length),
  });
}
