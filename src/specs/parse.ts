import { sha256 } from "../model/digest.js";
import type { Finding } from "../model/finding.js";
import { arrangeFindings, finding } from "../model/finding.js";
import type { Frontmatter, Requirement, SpecDocument } from "../model/requirement.js";
import { fileSpan } from "../model/span.js";
import { readBlocks } from "./blocks.js";
import { readEntries } from "./entries.js";
import { readFrontmatter } from "./frontmatter.js";
import { locateSpec } from "./locate.js";
import { readerFindings } from "./readers.js";
import { SectionReader } from "./sections.js";
import { makeSource } from "./source.js";

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
  const { frontmatter, end, findings } = readFrontmatter(source);
  const reader = new SectionReader(source, place.kind);
  for (const block of readBlocks(source.text, end)) reader.add(block);
  reader.finish();
  findings.push(...reader.findings, ...readerFindings(source, reader.requirementLines));
  if (place.kind === "main") findings.push(...mainFindings(path, reader.requirements));
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
  };
  return { document, findings: arrangeFindings(findings) };
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
