import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Tag } from "../model/tag.js";
import { readTag } from "./headings.js";
import type { NamedLine, RawBlock } from "./openspec/delta.js";
import { fenceMask, foldedName, keyOf, scenarioName } from "./openspec/lines.js";
import type { MergeInput } from "./openspec/merge-input.js";
import type { Outcome } from "./openspec/operations.js";

/** A heading that can carry a tag, in the main specification or in a change. */
interface Titled {
  kind: "requirement" | "scenario";
  tag: Tag | null;
  title: string;
  line: number;
  /** Key of the requirement block that holds it. */
  block: string;
}

/**
 * The cases where OpenSpec's identity of a requirement, its heading with the tag in it, and ours, the tag alone, disagree.
 */
export function identityFindings(input: MergeInput, outcome: Outcome): Finding[] {
  if (input.main === null) return outcome.ineffective.map((entry) => nothingToRemove(input, entry));
  const index = new MainIndex(input, input.main.blocks);
  return [
    ...outcome.ineffective.map((entry) => removalFinding(input, index, entry)),
    ...renameFindings(input, index),
    ...input.plan.modified.flatMap((entry) => modifiedFindings(input, index, entry)),
    ...input.plan.added.flatMap((entry) => addedFindings(input, index, entry)),
  ];
}

class MainIndex {
  readonly blocks = new Map<string, Titled[]>();
  /** Keys of the requirements that the change removes. */
  readonly removed: ReadonlySet<string>;
  readonly #byTag = new Map<Tag, Titled>();
  readonly #byTitle = new Map<string, Titled>();
  readonly #sources: ReadonlyMap<string, string>;

  constructor({ plan }: MergeInput, blocks: readonly RawBlock[]) {
    this.removed = new Set(plan.removed.map(keyOf));
    this.#sources = new Map(plan.renamed.map(({ from, to }) => [keyOf(to), keyOf(from)]));
    for (const block of blocks) {
      const headings = headingsOf(block);
      this.blocks.set(keyOf(block), headings);
      for (const heading of headings) {
        if (heading.tag !== null && !this.#byTag.has(heading.tag)) this.#byTag.set(heading.tag, heading);
        if (heading.kind === "requirement") this.#byTitle.set(foldedName(heading.title), heading);
      }
    }
  }

  withTag(tag: Tag | null): Titled | null {
    return tag === null ? null : (this.#byTag.get(tag) ?? null);
  }

  requirementTitled(title: string): Titled | null {
    return this.#byTitle.get(foldedName(title)) ?? null;
  }

  /** The headings of the block that a MODIFIED entry replaces; its key may be one that a rename makes. */
  headingsFor(key: string): readonly Titled[] | null {
    const seen = new Set<string>();
    for (let name: string | undefined = key; name !== undefined && !seen.has(name); name = this.#sources.get(name)) {
      const headings = this.blocks.get(name);
      if (headings !== undefined) return headings;
      seen.add(name);
    }
    return null;
  }
}

/** The requirement's own heading first, then its scenarios. */
function headingsOf(block: RawBlock): Titled[] {
  const key = keyOf(block);
  const { tag, title } = readTag(block.name);
  const headings: Titled[] = [{ kind: "requirement", tag, title, line: block.line, block: key }];
  const lines = block.text.split("\n");
  const fenced = fenceMask(lines);
  for (const [index, line] of lines.entries()) {
    const name = fenced[index] ? null : scenarioName(line);
    if (name === null) continue;
    const read = readTag(name);
    headings.push({ kind: "scenario", tag: read.tag, title: read.title, line: block.line + index, block: key });
  }
  return headings;
}

function nothingToRemove(input: MergeInput, entry: NamedLine): Finding {
  const message = `Unexpected removal of ${JSON.stringify(entry.name)}, expected a heading of the main specification`;
  return finding({
    code: "SPEC035",
    message,
    span: input.deltaLine(entry.line),
    tags: tagsOf(readTag(entry.name).tag),
  });
}

function removalFinding(input: MergeInput, index: MainIndex, entry: NamedLine): Finding {
  const { tag, title } = readTag(entry.name);
  const byTag = index.withTag(tag);
  const meant = byTag?.kind === "requirement" ? byTag : index.requirementTitled(title);
  if (meant === null) return nothingToRemove(input, entry);
  return finding({
    code: "SPEC030",
    message: `Unexpected removal of ${JSON.stringify(entry.name)}, which removes nothing, expected ${JSON.stringify(meant.block)}`,
    span: input.deltaLine(entry.line),
    tags: tagsOf(meant.tag),
    related: [{ span: input.mainLine(meant.line), message: "the requirement that stays" }],
    suggestion: `Write \`### Requirement: ${meant.block}\`.`,
  });
}

function renameFindings(input: MergeInput, index: MainIndex): Finding[] {
  return input.plan.renamed.flatMap(({ from, to }) => {
    const before = readTag(from.name).tag;
    const after = readTag(to.name).tag;
    if (before === after) return [];
    const findings: Finding[] = [];
    if (before !== null) {
      const shown = after === null ? "no tag" : `[${after}]`;
      const message = `Unexpected ${shown} for the requirement with the tag [${before}], expected a rename to keep the tag`;
      const related = [{ span: input.deltaLine(from.line), message: `[${before}]` }];
      findings.push(finding({ code: "SPEC032", message, span: input.deltaLine(to.line), tags: [before], related }));
    }
    const owner = index.withTag(after);
    if (owner !== null) findings.push(reused(input, owner, to.line, after));
    return findings;
  });
}

function modifiedFindings(input: MergeInput, index: MainIndex, entry: RawBlock): Finding[] {
  const [own, ...scenarios] = headingsOf(entry);
  if (own === undefined) return [];
  const current = index.headingsFor(own.block);
  if (current === null) return unknownHeading(input, index, own);
  const kept = new Set(scenarios.map((scenario) => scenario.tag));
  const titled = new Map(scenarios.map((scenario) => [foldedName(scenario.title), scenario]));
  const findings = current.flatMap((scenario) => {
    if (scenario.kind !== "scenario" || scenario.tag === null || kept.has(scenario.tag)) return [];
    const twin = titled.get(foldedName(scenario.title));
    return twin === undefined ? [] : [lostTag(input, scenario, twin)];
  });
  for (const scenario of scenarios) {
    const owner = index.withTag(scenario.tag);
    if (owner === null) continue;
    const same = owner.kind === "scenario" && owner.block === current[0]?.block;
    if (same && foldedName(owner.title) !== foldedName(scenario.title))
      findings.push(otherHeading(input, owner, scenario));
    else if (!same && !moved(index, owner, scenario)) findings.push(reused(input, owner, scenario.line, scenario.tag));
  }
  return findings;
}

function unknownHeading(input: MergeInput, index: MainIndex, own: Titled): Finding[] {
  const byTag = index.withTag(own.tag);
  if (byTag !== null) return [otherHeading(input, byTag, own)];
  const byTitle = index.requirementTitled(own.title);
  return byTitle === null || byTitle.tag === null ? [] : [lostTag(input, byTitle, own)];
}

function addedFindings(input: MergeInput, index: MainIndex, entry: RawBlock): Finding[] {
  const headings = headingsOf(entry);
  return headings.flatMap((heading) => {
    const owner = index.withTag(heading.tag);
    // With the heading of an existing requirement it is that one once more; OpenSpec refuses it or finds it done.
    if (owner === null || foldedName(owner.block) === foldedName(heading.block)) return [];
    return moved(index, owner, heading) ? [] : [reused(input, owner, heading.line, heading.tag)];
  });
}

/** A scenario that keeps tag and title while the requirement that held it is removed is the same scenario elsewhere. */
function moved(index: MainIndex, owner: Titled, heading: Titled): boolean {
  return (
    owner.kind === "scenario" &&
    heading.kind === "scenario" &&
    foldedName(owner.title) === foldedName(heading.title) &&
    index.removed.has(owner.block)
  );
}

function otherHeading(input: MergeInput, owner: Titled, heading: Titled): Finding {
  return finding({
    code: "SPEC031",
    message: `Unexpected heading ${JSON.stringify(heading.title)} for the tag [${owner.tag}], expected ${JSON.stringify(owner.title)}`,
    span: input.deltaLine(heading.line),
    tags: tagsOf(owner.tag),
    related: [{ span: input.mainLine(owner.line), message: "the heading of this tag" }],
  });
}

function lostTag(input: MergeInput, owner: Titled, heading: Titled): Finding {
  const shown = heading.tag === null ? "no tag" : `tag [${heading.tag}]`;
  return finding({
    code: "SPEC034",
    message: `Unexpected ${shown} on the ${owner.kind} ${JSON.stringify(heading.title)}, expected [${owner.tag}]`,
    span: input.deltaLine(heading.line),
    tags: tagsOf(owner.tag),
    related: [{ span: input.mainLine(owner.line), message: "the heading with its tag" }],
  });
}

function reused(input: MergeInput, owner: Titled, line: number, tag: Tag | null): Finding {
  return finding({
    code: "SPEC033",
    message: `Unexpected tag [${tag}], which belongs to the ${owner.kind} ${JSON.stringify(owner.title)}, expected a new one`,
    span: input.deltaLine(line),
    tags: tagsOf(tag),
    related: [{ span: input.mainLine(owner.line), message: "the definition of this tag" }],
  });
}

function tagsOf(tag: Tag | null): Tag[] {
  return tag === null ? [] : [tag];
}
