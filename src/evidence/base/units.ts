import { foldWhitespace, sha256 } from "../../model/digest.js";
import type { Reference } from "../../model/reference.js";
import type { SpecDocument } from "../../model/requirement.js";
import type { Tag } from "../../model/tag.js";

/**
 * What stands for tags in one tree: per tag the digests of its units with the files they stand in. A unit is the body of a
 * test that names the tag, a whole file that names it outside a test, or a model or example in the tag's own section.
 */
export type Units = ReadonlyMap<Tag, ReadonlyMap<string, string>>;

/**
 * The units of the references that stand in, or lead to, a file whose text is given; others are left out. White space is no
 * part of a unit, so that reformatting a test changes nothing.
 */
export function unitsOf(
  references: readonly Reference[],
  texts: ReadonlyMap<string, string>,
  documents: readonly SpecDocument[],
): Units {
  const units = new Map<Tag, Map<string, string>>();
  const add = (tag: Tag, text: string, file: string) => {
    const own = units.get(tag) ?? new Map<string, string>();
    units.set(tag, own.set(sha256(foldWhitespace(text)), file));
  };
  const linesOf = splitOnce();
  for (const { tag, role, form, span, target, test } of references) {
    if (role === "mentions") continue;
    const file = target?.file ?? span.file;
    const text = texts.get(file);
    if (text === undefined) continue;
    const isDeclared = test !== null && form !== "evidence" && test.file === file;
    add(
      tag,
      isDeclared
        ? linesOf(text)
            .slice(test.line - 1, test.endLine)
            .join("\n")
        : text,
      file,
    );
  }
  for (const document of documents) {
    for (const { owner, code } of document.alloyBlocks) if (owner !== null) add(owner, code, document.path);
    for (const requirement of document.requirements) {
      for (const section of [requirement, ...requirement.scenarios]) {
        if (section.tag === null) continue;
        for (const { example } of section.evidence.flatMap((group) => group.entries)) {
          if (example !== null) add(section.tag, example.code, document.path);
        }
      }
    }
  }
  return units;
}

/** A file can hold thousands of tests: its text is split into lines once. */
function splitOnce(): (text: string) => readonly string[] {
  let known: { text: string; lines: string[] } | null = null;
  return (text) => {
    if (known?.text !== text) known = { text, lines: text.split(/\r\n|\r|\n/) };
    return known.lines;
  };
}

/** The files of the units that a tag has after and not before: new or changed ones. A unit that is gone is no change of another. */
export function touchedFiles(tag: Tag, before: Units, after: Units): string[] {
  const earlier = before.get(tag);
  const files = [...(after.get(tag) ?? [])].flatMap(([digest, file]) => (earlier?.has(digest) === true ? [] : [file]));
  return [...new Set(files)];
}
