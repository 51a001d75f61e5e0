import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { AlloyBlock, Attribute, DeltaOperation, Mention, Requirement, Statement } from "../model/requirement.js";
import type { Span } from "../model/span.js";
import { listItems, splitParagraph, takesList } from "./attributes.js";
import type { Block } from "./blocks.js";
import { leavesOf } from "./blocks.js";
import type { Draft, RequirementDraft } from "./drafts.js";
import { finishRequirement, makeDraft } from "./drafts.js";
import { EvidenceSection } from "./evidence-list.js";
import { openBlockFinding } from "./fences.js";
import type { Heading } from "./headings.js";
import { readHeading } from "./headings.js";
import type { SpecPlace } from "./locate.js";
import { sectionTitle } from "./openspec/lines.js";
import { gluedHeadingFindings, readMentions } from "./prose.js";
import type { Source } from "./source.js";
import { joinSpans, lineAt, lineText, spanAt } from "./source.js";
import { LinkCollector } from "./spec-links.js";

/** What a level-2 section is for: `entries` are the REMOVED and RENAMED sections of a delta, which are read by lines. */
type Section = "none" | "purpose" | "requirements" | "added" | "modified" | "entries" | "other";

const SECTIONS: Record<SpecPlace["kind"], Record<string, Section>> = {
  main: { purpose: "purpose", requirements: "requirements" },
  delta: {
    purpose: "purpose",
    "added requirements": "added",
    "modified requirements": "modified",
    "removed requirements": "entries",
    "renamed requirements": "entries",
  },
};

/** What each kind of block is as a statement; blocks of other kinds say nothing. */
const STATEMENTS: Partial<Record<Block["node"]["type"], Statement["kind"]>> = {
  paragraph: "paragraph",
  footnoteDefinition: "paragraph",
  list: "list",
  table: "table",
  blockquote: "quote",
  code: "code",
};

/** Assembles the requirements of a file from its blocks, given one after another. */
export class SectionReader {
  readonly requirements: Requirement[] = [];
  readonly alloyBlocks: AlloyBlock[] = [];
  readonly mentions: Mention[] = [];
  readonly links: LinkCollector;
  readonly findings: Finding[] = [];
  /** Every proper requirement heading by line, those in REMOVED and RENAMED sections too. */
  readonly requirementLines = new Map<number, Heading>();
  title: { text: string; span: Span } | null = null;
  purpose: { text: string; span: Span } | null = null;
  readonly #source: Source;
  readonly #kind: SpecPlace["kind"];
  #section: Section = "none";
  #requirement: RequirementDraft | null = null;
  #scenario: Draft | null = null;
  #evidence: EvidenceSection | null = null;
  /** The attribute that the next block belongs to if it is a list. */
  #listTaker: Attribute | null = null;
  /** In the section of a removed requirement: its scenarios define nothing. */
  #entry = false;

  constructor(source: Source, kind: SpecPlace["kind"]) {
    this.#source = source;
    this.#kind = kind;
    this.links = new LinkCollector(source);
  }

  add(block: Block): void {
    if (block.node.type === "yaml") return;
    if (block.node.type === "heading") this.#addHeading(block);
    else this.#addContent(block);
  }

  finish(): void {
    this.#endRequirement();
  }

  #addHeading(block: Block): void {
    const { heading, findings } = readHeading(this.#source, block);
    // What a change removes or renames defines no tag, so none can be missing; a misplaced heading is one all the same.
    const isEntry = this.#section === "entries" && heading.depth > 2;
    this.#report(isEntry ? findings.filter((each) => each.code === "SPEC014") : findings);
    this.#listTaker = null;
    if (this.#evidence !== null && heading.depth <= this.#evidence.depth) this.#endEvidence();
    if (heading.depth <= 3) this.#endRequirement();
    if (heading.depth === 4) this.#scenario = null;
    if (heading.depth <= 2) this.#startSection(heading);
    else if (heading.kind === "requirement") this.#startRequirement(heading);
    else if (heading.kind === "scenario") this.#startScenario(heading);
    else if (heading.kind === "evidence") this.#startEvidence(heading);
    this.#extend(block.end);
    this.#readLinks(block);
  }

  #readLinks(leaf: Block): void {
    this.links.add(leaf, this.#evidence === null ? "prose" : "evidence", this.#ownerTag());
  }

  #startSection(heading: Heading): void {
    if (heading.depth === 1) {
      this.title ??= { text: heading.header, span: heading.span };
      return;
    }
    // OpenSpec reads lines, and knows a section only by a line of its own form.
    const line = lineText(this.#source, heading.span.line);
    this.#section = SECTIONS[this.#kind][sectionTitle(line)?.toLowerCase() ?? ""] ?? "other";
  }

  #startRequirement(heading: Heading): void {
    this.requirementLines.set(heading.span.line, heading);
    if (this.#section === "entries") {
      this.#entry = true;
      return;
    }
    const operation: DeltaOperation | null =
      this.#section === "added" || this.#section === "modified" ? this.#section : null;
    if (operation === null && this.#section !== "requirements") this.findings.push(this.#outside(heading));
    // OpenSpec applies nothing that stands outside the sections of a delta, so it proposes no tag either.
    this.#entry = this.#kind === "delta" && operation === null;
    if (!this.#entry) this.#requirement = { ...makeDraft(heading), operation, scenarios: [] };
  }

  #outside(heading: Heading): Finding {
    const expected =
      this.#kind === "main" ? "`## Requirements`" : "`## ADDED Requirements` or `## MODIFIED Requirements`";
    return finding({
      code: "SPEC011",
      message: `Unexpected requirement ${JSON.stringify(heading.header)} outside ${expected}, expected it below that heading`,
      span: heading.span,
      tags: heading.tag === null ? [] : [heading.tag],
    });
  }

  #startScenario(heading: Heading): void {
    if (this.#requirement !== null) {
      this.#scenario = makeDraft(heading);
      this.#requirement.scenarios.push(this.#scenario);
    } else if (!this.#entry) {
      const message = `Unexpected scenario ${JSON.stringify(heading.header)} outside a requirement, expected it below \`### Requirement:\``;
      const tags = heading.tag === null ? [] : [heading.tag];
      this.findings.push(finding({ code: "SPEC004", message, span: heading.span, tags }));
    }
  }

  #startEvidence(heading: Heading): void {
    this.#endEvidence();
    const owner = this.#scenario ?? this.#requirement;
    if (owner !== null) {
      this.#evidence = new EvidenceSection(this.#source, heading);
      owner.evidence.push(this.#evidence.group);
    } else if (!this.#entry) {
      const message = "Unexpected Evidence section outside a requirement, expected it in a requirement or scenario";
      this.findings.push(finding({ code: "SPEC015", message, span: heading.span }));
    }
  }

  #addContent(block: Block): void {
    const taker = this.#listTaker;
    this.#listTaker = null;
    for (const leaf of leavesOf(block)) this.#readLeaf(leaf);
    this.#extend(block.end);
    const owner = this.#scenario ?? this.#requirement;
    if (this.#evidence !== null) this.#evidence.add(block);
    else if (owner !== null) this.#addStatement(block, owner, taker);
    else if (this.#section === "purpose") this.#addPurpose(block);
  }

  #addStatement(block: Block, owner: Draft, taker: Attribute | null): void {
    const { node } = block;
    if (node.type === "paragraph") {
      const last = splitParagraph(this.#source, block, owner);
      if (last !== null && takesList(last)) this.#listTaker = last;
    } else if (node.type === "list" && taker !== null) {
      taker.items = listItems(this.#source, block);
      taker.span = joinSpans(taker.span, spanAt(this.#source, block.start, block.end));
    } else if (node.type === "code" && isAlloy(node.lang)) {
      return;
    } else {
      const kind = STATEMENTS[node.type];
      if (kind === undefined) return;
      const text = this.#source.text.slice(block.start, block.end);
      owner.statements.push({ kind, span: spanAt(this.#source, block.start, block.end), text });
    }
  }

  #addPurpose(block: Block): void {
    if (STATEMENTS[block.node.type] === undefined || block.node.type === "code") return;
    const span = spanAt(this.#source, block.start, block.end);
    const text = this.#source.text.slice(block.start, block.end);
    this.purpose =
      this.purpose === null
        ? { text, span }
        : { text: `${this.purpose.text}\n\n${text}`, span: joinSpans(this.purpose.span, span) };
  }

  #readLeaf(leaf: Block): void {
    const { node } = leaf;
    if (node.type !== "code") this.#readLinks(leaf);
    if (node.type === "code" || node.type === "html") {
      const open = openBlockFinding(this.#source, leaf);
      if (open !== null) this.findings.push(open);
      if (node.type === "code" && isAlloy(node.lang)) this.#addAlloy(leaf, node.value);
    } else if (node.type === "paragraph" || node.type === "table" || node.type === "heading") {
      this.#report(gluedHeadingFindings(this.#source, leaf));
      for (const mention of readMentions(this.#source, leaf, this.#ownerTag())) this.mentions.push(mention);
    }
  }

  #addAlloy(leaf: Block, code: string): void {
    const firstLine = lineAt(this.#source, leaf.start) + 1;
    const span = spanAt(this.#source, leaf.start, leaf.end);
    this.alloyBlocks.push({ span, code, firstLine, owner: this.#ownerTag() });
  }

  #ownerTag(): string | null {
    return (this.#scenario ?? this.#requirement)?.heading.tag ?? null;
  }

  #report(findings: readonly Finding[]): void {
    for (const each of findings) this.findings.push(each);
  }

  #extend(end: number): void {
    if (this.#requirement !== null) this.#requirement.end = end;
    if (this.#scenario !== null) this.#scenario.end = end;
  }

  #endEvidence(): void {
    if (this.#evidence === null) return;
    this.#evidence.finish();
    this.#report(this.#evidence.findings);
    this.#evidence = null;
  }

  #endRequirement(): void {
    this.#endEvidence();
    this.#scenario = null;
    this.#entry = false;
    if (this.#requirement === null) return;
    const { requirement, findings } = finishRequirement(this.#source, this.#requirement);
    for (const owner of [requirement, ...requirement.scenarios]) this.links.refer(owner.attributes, owner.tag);
    this.requirements.push(requirement);
    this.#report(findings);
    this.#requirement = null;
  }
}

/** `alloy`, also with attributes directly behind it (`alloy{1,3}`) and in pandoc's form (`{.alloy #id}`). */
function isAlloy(language: string | null | undefined): boolean {
  return /^(?:\{\.)?alloy(?:[{},:;=]|$)/i.test(language ?? "");
}
