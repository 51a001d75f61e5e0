import { sha256 } from "../model/digest.js";
import type { Finding } from "../model/finding.js";
import { arrangeFindings, finding } from "../model/finding.js";
import type { Frontmatter, Requirement, SpecDocument } from "../model/requirement.js";
import { fileSpan } from "../model/span.js";
import { readBlocks } from "./blocks.js";
import { readEntries } from "./entries.js";
import { restoreCode } from "./fences.js";
import { readFrontmatter } from "./frontmatter.js";
import { limitText } from "./limits.js";
import { locateSpec } from "./locate.js";
import { readerFindings } from "./readers.js";
import { SectionReader } from "./sections.js";
import type { Source } from "./source.js";
import { makeSource, spanAt } from "./source.js";

export interface SpecInput {
  /** Relative to the judged root, with forward slashes; it tells the capability and the change. */
  path: string;
  text: string;
}

export interface ParsedSpec {
  document: SpecDocument;
  findings: Finding[];
}

/**
 * Reads a specification file. Lines end in `\n` in every text of the document, whatever they end in the file. What cannot be
 * read gives findings; it never throws.
 */
export function parseSpec(input: SpecInput): ParsedSpec {
  const { path, text } = input;
  const place = locateSpec(path) ?? { kind: "main", capability: "", change: null };
  const source = makeSource(path, text);
  const { frontmatter, end, findings: frontmatterFindings } = readFrontmatter(source);
  const reader = new SectionReader(source, place.kind);
  const limited = limitText(source.text);
  for (const block of readBlocks(limited.text, end)) {
    if (limited.text !== source.text) restoreCode(source, block);
    reader.add(block);
  }
  reader.finish();
  const entries: Frontmatter["entries"] = frontmatter?.entries ?? {};
  const { title: named } = entries;
  const title = reader.title ?? (named && frontmatter ? { text: named, span: frontmatter.span } : null);
  const document: SpecDocument = {
    path,
    ...place,
    digest: sha256(text),
    frontmatter,
    title,
    purpose: reader.purpose,
    requirements: reader.requirements,
    ...(place.kind === "delta" ? readEntries(source) : { removals: [], renames: [] }),
    alloyBlocks: reader.alloyBlocks,
    mentions: reader.mentions,
    links: reader.links.finish(),
  };
  const findings = [
    ...frontmatterFindings,
    ...limited.cut.map((offset) => nestingFinding(source, offset)),
    ...reader.findings,
    ...readerFindings(source, reader.requirementLines),
    ...(place.kind === "main" ? mainFindings(path, reader.requirements) : []),
  ];
  return { document, findings: arrangeFindings(findings) };
}

function nestingFinding(source: Source, offset: number): Finding {
  const message = "Unexpected depth of nested lists and quotes, expected no more than a person can follow";
  return finding({ code: "SPEC016", message, span: spanAt(source, offset, offset + 1) });
}

function mainFindings(path: string, requirements: readonly Requirement[]): Finding[] {
  if (requirements.length === 0) {
    const message =
      "Unexpected specification without a requirement, expected `### Requirement:` below `## Requirements`";
    return [finding({ code: "SPEC007", message, span: fileSpan(path) })];
  }
  const first = new Map<string, Requirement>();
  const findings: Finding[] = [];
  for (const requirement of requirements) {
    const twin = first.get(requirement.header);
    if (twin === undefined) {
      first.set(requirement.header, requirement);
      continue;
    }
    findings.push(
      finding({
        code: "SPEC005",
        message: `Unexpected second requirement ${JSON.stringify(requirement.header)}, expected each heading once`,
        span: requirement.span,
        tags: requirement.tag === null ? [] : [requirement.tag],
        related: [{ span: twin.span, message: "the first one" }],
      }),
    );
  }
  return findings;
}
