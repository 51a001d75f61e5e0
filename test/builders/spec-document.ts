import { sha256, textDigest } from "../../src/model/digest.js";
import type { Requirement, Scenario, SpecDocument, Statement } from "../../src/model/requirement.js";
import type { Span } from "../../src/model/span.js";

/**
 * A small line reader for tests of layers that take a `SpecDocument`: requirements, scenarios and their prose blocks,
 * without attributes, evidence, Alloy blocks and everything else that the real reader knows.
 */
export function aSpecDocument(source: string, over: Partial<SpecDocument> = {}): SpecDocument {
  const path = over.path ?? "openspec/specs/example/spec.md";
  const requirements: Requirement[] = [];
  let blocks: Statement[] | null = null;
  for (const section of sectionsOf(path, source)) {
    const [, marks = "", kind = "", title = "", tag = null] =
      /^(#+) (?:(Requirement|Scenario): )?(.*?)(?: \[([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)\])?$/u.exec(section.heading) ?? [];
    if (kind === "") {
      if (marks.length < 5) blocks = null;
      continue;
    }
    blocks = section.blocks;
    const owner = anOwner(tag, title, section.span, blocks);
    if (kind === "Requirement") requirements.push({ ...owner, header: title, operation: null, scenarios: [] });
    else requirements.at(-1)?.scenarios.push(owner);
  }
  return {
    path,
    capability: path.split("/").at(-2) ?? "example",
    kind: "main",
    change: null,
    digest: sha256(source),
    frontmatter: null,
    title: null,
    purpose: null,
    requirements,
    removals: [],
    renames: [],
    alloyBlocks: [],
    mentions: [],
    ...over,
  };
}

function anOwner(tag: string | null, title: string, span: Span, statements: Statement[]): Scenario {
  const text = [title, ...statements.map((each) => each.text)].join("\n\n");
  return {
    tag,
    title,
    span,
    blockSpan: span,
    priority: "must",
    statements,
    attributes: [],
    evidence: [],
    text,
    textDigest: textDigest(text),
  };
}

interface Section {
  heading: string;
  span: Span;
  blocks: Statement[];
}

function sectionsOf(file: string, source: string): Section[] {
  const sections: Section[] = [];
  let fenced = false;
  let attribute = false;
  let lines: string[] = [];
  const finish = (end: number) => {
    const section = sections.at(-1);
    const first = lines[0];
    if (section !== undefined && first !== undefined) {
      const kind = blockKind(first);
      attribute = /^\*\*[A-Z][a-z]+:\*\*/u.test(first) || (attribute && kind === "list");
      const span = {
        file,
        line: end - lines.length,
        column: 1,
        endLine: end - 1,
        endColumn: (lines.at(-1) ?? "").length + 1,
      };
      if (!attribute) section.blocks.push({ kind, span, text: lines.join("\n") });
    }
    lines = [];
  };
  const all = source.split("\n");
  for (const [index, line] of all.entries()) {
    const marker = /^\s*(?:```|~~~)/u.test(line);
    if (marker) fenced = !fenced;
    if (marker || fenced) {
      finish(index + 1);
    } else if (/^#+ /u.test(line)) {
      finish(index + 1);
      attribute = false;
      const span = { file, line: index + 1, column: 1, endLine: index + 1, endColumn: line.length + 1 };
      sections.push({ heading: line, span, blocks: [] });
    } else if (line.trim() === "") {
      finish(index + 1);
    } else {
      const previous = lines[0];
      if (previous !== undefined && blockKind(previous) === "paragraph" && blockKind(line) === "list")
        finish(index + 1);
      lines.push(line);
    }
  }
  finish(all.length + 1);
  return sections;
}

function blockKind(line: string): Statement["kind"] {
  if (/^\s*(?:[-*+]|\d+[.)])\s/u.test(line)) return "list";
  return line.startsWith("|") ? "table" : "paragraph";
}
