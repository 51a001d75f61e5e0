import picomatch from "picomatch";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Reference } from "../model/reference.js";
import type { AlloyBlock } from "../model/requirement.js";
import { compareText, fileSpan } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import type { StatedTag } from "./declared.js";
import { labelOf, statedTags } from "./declared.js";
import type { AlloyText, Command, Paragraph } from "./text/paragraph.js";
import { Places } from "./text/places.js";
import { lastPart } from "./text/uses.js";

/** `alloy.tags` of the configuration: `file` or `file#label`, both patterns, to tags. */
export class TagMapping {
  readonly #rules: {
    pattern: string;
    fits(file: string, label: string): boolean;
    tags: readonly Tag[];
    used: boolean;
  }[];

  constructor(tags: Readonly<Record<string, readonly Tag[]>>) {
    this.#rules = Object.keys(tags)
      .sort(compareText)
      .map((pattern) => {
        const hash = pattern.indexOf("#");
        const file = picomatch(hash < 0 ? pattern : pattern.slice(0, hash), { dot: true });
        const label = hash < 0 ? () => true : picomatch(pattern.slice(hash + 1));
        const fits = (path: string, name: string) => file(path) && label(name);
        return { pattern, fits, tags: tags[pattern] ?? [], used: false };
      });
  }

  of(file: string, label: string | null): Tag[] {
    const fitting = this.#rules.filter((rule) => rule.fits(file, label ?? ""));
    for (const rule of fitting) rule.used = true;
    return fitting.flatMap(({ tags }) => tags);
  }

  /** ALLOY013 for patterns that no command has met. */
  findings(): Finding[] {
    return this.#rules
      .filter(({ used }) => !used)
      .map(({ pattern }) =>
        finding({
          code: "ALLOY013",
          message: `Unexpected pattern ${JSON.stringify(pattern)} under alloy.tags, expected one that fits a command`,
          span: fileSpan("evidence.config.json"),
          subject: pattern,
        }),
      );
  }
}

interface TagInput {
  /** The root's text, then those it opens. */
  texts: readonly AlloyText[];
  /** The blocks of the specification that is the root; empty for an Alloy file. */
  owners: readonly AlloyBlock[];
  mapping: TagMapping;
  known: ReadonlySet<Tag>;
}

interface Tagged {
  /** Tags of each command of the root, in order, sorted. */
  tags: Tag[][];
  references: Reference[];
  findings: Finding[];
}

/**
 * What each command of the root gives evidence for; the first of these that tells: tags stated at the command, tags
 * stated at the assertion or predicate it names, the configuration, the section that holds that assertion or predicate,
 * the section that holds the command. ALLOY003 where none does.
 */
export function tagCommands({ texts, owners, mapping, known }: TagInput): Tagged {
  const [root] = texts;
  if (root === undefined) return { tags: [], references: [], findings: [] };
  const stated = new StatedTags(texts, known);
  const places = stated.places(root);
  const tagged: Tagged = { tags: [], references: [], findings: [] };
  for (const [index, command] of root.paragraphs.entries()) {
    if (command.kind !== "check" && command.kind !== "run") continue;
    const target = stated.declaration(command);
    const mapped = mapping.of(root.file, labelOf(command));
    const own = stated.of(root, index);
    const targets = target === null ? [] : stated.of(target.text, target.index);
    const holder =
      target === null || target.text !== root ? null : ownerAt(owners, places.line(target.paragraph.start));
    const section = holder ?? ownerAt(owners, places.line(command.start));
    const tags = [own, targets, mapped, section === null ? [] : [section]].find((each) => each.length > 0) ?? [];
    tagged.tags.push([...new Set(tags)].sort(compareText));
    if (tags.length === 0) tagged.findings.push(untagged(root, places, command));
  }
  tagged.references = stated.references(root);
  return tagged;
}

/** Tags that comments and names state, by paragraph, and the references they are. */
class StatedTags {
  readonly #known: ReadonlySet<Tag>;
  readonly #declarations = new Map<string, { text: AlloyText; index: number; paragraph: Paragraph }>();
  readonly #places = new Map<AlloyText, Places>();

  constructor(texts: readonly AlloyText[], known: ReadonlySet<Tag>) {
    this.#known = known;
    for (const text of texts) {
      for (const [index, paragraph] of text.paragraphs.entries()) {
        const { kind } = paragraph;
        const name = kind === "assert" || kind === "pred" || kind === "fun" ? paragraph.name?.text : undefined;
        const key = `${kind === "assert" ? "check" : "run"} ${name}`;
        if (name !== undefined && !this.#declarations.has(key)) this.#declarations.set(key, { text, index, paragraph });
      }
    }
  }

  /** Where that stands which a command names; null for a block and an unknown name. */
  declaration(command: Command): { text: AlloyText; index: number; paragraph: Paragraph } | null {
    if (command.target === null) return null;
    return this.#declarations.get(`${command.kind} ${lastPart(command.target.text)}`) ?? null;
  }

  places(text: AlloyText): Places {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    const made = new Places(text.file, text.text);
    this.#places.set(text, made);
    return made;
  }

  /** Those of a paragraph that specifications define. */
  of(text: AlloyText, index: number): Tag[] {
    return this.#stated(text, index).flatMap(({ tag }) => (this.#known.has(tag) ? [tag] : []));
  }

  references(text: AlloyText): Reference[] {
    const places = this.places(text);
    return text.paragraphs.flatMap((_, index) =>
      this.#stated(text, index).map(({ tag, explicit, start, end }): Reference => {
        const span = places.span({ start, end });
        return { tag, role: "mentions", form: "comment", explicit, span, test: null, quote: null };
      }),
    );
  }

  #stated(text: AlloyText, index: number): StatedTag[] {
    return statedTags(text, this.places(text), index, this.#known);
  }
}

/** Tag of the section whose block holds a line; null outside one. */
function ownerAt(blocks: readonly AlloyBlock[], line: number): Tag | null {
  return blocks.find(({ span }) => span.line <= line && line <= span.endLine)?.owner ?? null;
}

function untagged(text: AlloyText, places: Places, command: Command): Finding {
  const label = labelOf(command);
  const what = label === null ? `\`${command.kind}\` of a block` : `\`${command.kind} ${label}\``;
  const isFile = text.file.endsWith(".als");
  const key = JSON.stringify(label === null ? text.file : `${text.file}#${label}`);
  return finding({
    code: "ALLOY003",
    message: `Unexpected ${what} that belongs to no requirement, expected a tag for what it shows`,
    span: places.span(command),
    subject: `${command.kind} ${label ?? text.text.slice(command.start, command.end).replace(/\s+/g, " ").slice(0, 200)}`,
    suggestion: isFile
      ? `Write \`// [AREA-NAME]\` directly above it, or ${key}: ["AREA-NAME"] under alloy.tags.`
      : `Write \`// [AREA-NAME]\` directly above it, or move ${label === null ? "it" : "what it names"} into the section of its requirement.`,
  });
}
