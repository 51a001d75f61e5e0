import type { BaseRecord } from "../../model/base.js";
import type { EvidenceItem } from "../../model/evidence.js";
import type { Finding } from "../../model/finding.js";
import { finding } from "../../model/finding.js";
import type { Catalog, Definition, Reference } from "../../model/reference.js";
import { compareText, fileSpan } from "../../model/span.js";
import type { Tag } from "../../model/tag.js";
import type { DefinitionChanges } from "./definitions.js";
import { compareDefinitions, renamedTags } from "./definitions.js";
import type { ChangeFacts } from "./freshness.js";
import type { BaseInput } from "./input.js";
import { movesOfItems, movesOfReferences } from "./moves.js";
import { ruleFindings } from "./rules.js";
import { touchedFiles, unitsOf } from "./units.js";

/** A base held against a tree. */
export interface Comparison {
  input: BaseInput;
  definitions: DefinitionChanges;
  facts: ChangeFacts;
}

const SHORT = 8;

/** What the change did to texts, tests, models and code, before anything is judged. */
export function compareWithBase(input: BaseInput, catalog: Catalog): Comparison {
  const definitions = compareDefinitions(input.definitions, catalog.definitions);
  const before = unitsOf(input.before.references, input.before.texts, input.before.documents);
  const after = unitsOf(input.after.references, input.after.texts, input.after.documents);
  const touched = new Map<Tag, readonly string[]>();
  for (const tag of [...after.keys()].sort(compareText)) {
    const files = touchedFiles(tag, before, after);
    if (files.length > 0) touched.set(tag, files);
  }
  const { ref, commit } = input.revision;
  return {
    input,
    definitions,
    facts: {
      since: ref.startsWith(commit.slice(0, SHORT)) ? ref : `${ref} (${commit.slice(0, SHORT)})`,
      texts: definitions.texts,
      touched,
      files: new Set(input.after.texts.keys()),
    },
  };
}

interface Judged {
  catalog: Catalog;
  references: readonly Reference[];
  items: readonly EvidenceItem[];
  /** Tags of which a test or another check ran on present text. */
  ran: ReadonlySet<Tag>;
}

/** The record of a comparison, and its findings: CHG001, CHG002, CHG003. */
export function describeBase(
  { input, definitions, facts }: Comparison,
  judged: Judged,
): { record: BaseRecord; findings: Finding[] } {
  const { added, changed, removed, renamed } = definitions;
  const unrun = unrunTags(judged, facts);
  const altered = [...added, ...changed.map((each) => each.after)];
  const untouched = altered.filter(({ tag }) => judged.catalog.definitions.has(tag) && !facts.touched.has(tag));
  const renames = { files: renamedFiles(input), tags: renamedTags(definitions) };
  const moves =
    input.manifest === null
      ? movesOfReferences(input.before.references, input.after.references, renames)
      : movesOfItems(input.manifest.predicate.items, judged.items, renames);
  const record: BaseRecord = {
    ...input.revision,
    manifest: input.manifest?.path ?? null,
    rules: input.rules.map(({ kind, subject, change }) => ({ kind, subject, change })),
    files: countFiles(input),
    added: added.map(placed),
    changed: changed.map(({ before, after }) => ({ ...placed(after), before: before.text })),
    removed: removed.map(({ tag, title, span }) => ({ tag, title, file: span.file })),
    renamed: renamed.map(({ from, to }) => ({ ...placed(to), from: from.tag, fromTitle: from.title })),
    touched: [...facts.touched].map(([tag, files]) => ({ tag, files: [...files].sort(compareText) })),
    untouched: untouched.map(({ tag }) => tag).sort(compareText),
    unrun,
    ...moves,
  };
  const findings = [
    ...ruleFindings(input.rules),
    ...removed.map(removal),
    ...unrun.map((each) => unrunFinding(each, judged)),
  ];
  return { record, findings };
}

/** A definition as a list of a change names it. */
export function placed({ tag, title, span }: Definition): { tag: string; title: string; file: string; line: number } {
  return { tag, title, file: span.file, line: span.line };
}

/** Present paths by former ones. */
export function renamedFiles({ files }: BaseInput): Map<string, string> {
  return new Map(
    files.flatMap(({ before, after }): [string, string][] =>
      before === null || after === null || before === after ? [] : [[before, after]],
    ),
  );
}

function countFiles({ files }: BaseInput): BaseRecord["files"] {
  const counts = { added: 0, changed: 0, removed: 0, renamed: 0 };
  for (const { before, after } of files) {
    if (before === null) counts.added += 1;
    else if (after === null) counts.removed += 1;
    else if (before === after) counts.changed += 1;
    else counts.renamed += 1;
  }
  return counts;
}

/** Tags whose implementing code changed and of which no test ran on present text. */
function unrunTags({ catalog, references, ran }: Judged, facts: ChangeFacts): BaseRecord["unrun"] {
  const files = new Map<Tag, Set<string>>();
  for (const { tag, role, span, target } of references) {
    const file = (target ?? span).file;
    if (role !== "implements" || !facts.files.has(file) || !catalog.definitions.has(tag) || ran.has(tag)) continue;
    files.set(tag, (files.get(tag) ?? new Set()).add(file));
  }
  return [...files]
    .map(([tag, of]) => ({ tag, files: [...of].sort(compareText) }))
    .sort((a, b) => compareText(a.tag, b.tag));
}

function removal({ tag, title, span }: Definition): Finding {
  return finding({
    code: "CHG003",
    message: `Unexpected removal of ${tag} (${title}), expected every tag of the base`,
    span: fileSpan(span.file),
    tags: [tag],
    subject: tag,
  });
}

function unrunFinding({ tag, files }: BaseRecord["unrun"][number], { catalog }: Judged): Finding {
  const definition = catalog.definitions.get(tag);
  return finding({
    code: "CHG002",
    message: `Unexpected change of ${files.join(", ")} without a run of the tests of ${tag}, expected results made since`,
    span: fileSpan(files[0] ?? "."),
    tags: [tag],
    subject: tag,
    ...(definition === undefined ? {} : { related: [{ span: definition.span, message: "what it implements" }] }),
  });
}
