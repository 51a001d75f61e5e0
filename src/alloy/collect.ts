import type { AlloyCommand, AlloyModule } from "../model/alloy.js";
import type { Finding } from "../model/finding.js";
import type { Reference } from "../model/reference.js";
import type { AlloyBlock, SpecDocument } from "../model/requirement.js";
import { compareText } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { labelOf } from "./declared.js";
import { Library } from "./library.js";
import { padBlocks } from "./padding.js";
import { TagMapping, tagCommands } from "./tags.js";
import type { AlloyText, Command } from "./text/paragraph.js";
import { Places } from "./text/places.js";

export interface AlloyInput {
  /** Documents whose Alloy blocks are models. */
  documents: readonly SpecDocument[];
  /** Alloy files that the configuration selects, relative to the judged root. */
  files: readonly string[];
  /** Text of a specification or Alloy file of the judged root, also of one that is only opened; null without. */
  read(path: string): string | null;
  /** `alloy.tags` of the configuration. */
  tags: Readonly<Record<string, readonly Tag[]>>;
  /** Tags that specifications define. */
  known: ReadonlySet<Tag>;
}

/** One model: what an engine is given, and what reading it told. */
export interface AlloyModel {
  module: AlloyModule;
  /** The root's text, then those it opens. */
  texts: AlloyText[];
  /** Whether every module it opens is there. */
  whole: boolean;
  /** As in `module`: those of the root, in order. */
  commands: AlloyCommand[];
}

export interface AlloyCollection {
  /** In order of path. Files that others open and that hold no command of their own are none. */
  models: AlloyModel[];
  /** Tags that comments of models name: to be held against the catalog; they are no evidence by themselves. */
  references: Reference[];
  /** ALLOY001, ALLOY002, ALLOY003, ALLOY013. */
  findings: Finding[];
}

/** Finds the models of a project, everything they open, and what each command gives evidence for. */
export function collectModels(input: AlloyInput): AlloyCollection {
  const library = new Library(input.read);
  const blocks = new Map<string, readonly AlloyBlock[]>();
  for (const document of [...input.documents].sort((a, b) => compareText(a.path, b.path))) {
    const text = document.alloyBlocks.length === 0 ? null : input.read(document.path);
    if (text === null) continue;
    blocks.set(document.path, document.alloyBlocks);
    library.add(document.path, padBlocks(text, document.alloyBlocks));
  }
  const files = [...new Set(input.files)].filter((path) => !blocks.has(path)).sort(compareText);
  for (const path of files) library.add(path);
  const opened = library.opened();
  const mapping = new TagMapping(input.tags);
  const models: AlloyModel[] = [];
  const references: Reference[] = [];
  const findings: Finding[] = [];
  for (const path of [...blocks.keys(), ...files].sort(compareText)) {
    const { texts, whole } = library.closure(path);
    const root = texts[0];
    if (root === undefined || (opened.has(path) && commandsOf(root).length === 0)) continue;
    const owners = blocks.get(path) ?? [];
    const tagged = tagCommands({ texts, owners, mapping, known: input.known });
    const module = { root: path, files: Object.fromEntries(texts.map((text) => [text.file, text.text])) };
    models.push({
      module,
      texts,
      whole,
      commands: commandsOf(root).map((each, at) => command(root, each, at, tagged.tags)),
    });
    // Comments of Alloy files are read with those of all sources.
    if (owners.length > 0) references.push(...tagged.references);
    findings.push(...tagged.findings);
  }
  return { models, references, findings: [...library.findings(), ...findings, ...mapping.findings()] };
}

export function commandsOf(text: AlloyText): Command[] {
  return text.paragraphs.filter((each): each is Command => each.kind === "check" || each.kind === "run");
}

function command(text: AlloyText, read: Command, index: number, tags: readonly Tag[][]): AlloyCommand {
  const scope = read.scope === null ? "" : text.text.slice(read.scope.start, read.scope.end).replace(/\s+/g, " ");
  return {
    index,
    kind: read.kind,
    label: labelOf(read),
    target: read.target?.text ?? null,
    expect: read.expect === 0 || read.expect === 1 ? read.expect : null,
    scope,
    span: new Places(text.file, text.text).span(read),
    tags: [...(tags[index] ?? [])],
  };
}
