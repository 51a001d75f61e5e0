import type { EvidenceItem } from "../model/evidence.js";
import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { Catalog, Definition, Reference, TestDeclaration } from "../model/reference.js";
import type { ResultSet } from "../model/result.js";
import type { Span } from "../model/span.js";
import { compareText, fileSpan, lineSpan } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import { firstSegment } from "../model/tag.js";
import { NearestTags } from "../tags/nearest.js";
import { declarationKey } from "./declaration-key.js";

/** Kinds whose tags are found in titles and rules, where `UTF-8` and `CWE-79` stand as well. */
const MENTIONS = /^(?:test\.|static-analysis$)/u;

/**
 * RES005 for tags that items carry and nothing defines. A tag of a vocabulary that no specification shares (`UTF-8`
 * in a title) is text, and one that the source scan reported already is not reported again.
 */
export function unknownTags(
  itemsOf: ReadonlyMap<Tag, readonly EvidenceItem[]>,
  sources: ReadonlyMap<string, string>,
  { catalog, findings: reported }: { catalog: Catalog; findings: readonly Finding[] },
): Finding[] {
  let vocabularies: ReadonlySet<string> | null = null;
  const known = new Set(reported.filter((each) => each.code === "TAG004").flatMap((each) => each.tags));
  const nearest = new NearestTags([...catalog.definitions.keys()]);
  const findings: Finding[] = [];
  for (const [tag, items] of itemsOf) {
    if (catalog.definitions.has(tag) || catalog.proposed.has(tag) || known.has(tag)) continue;
    vocabularies ??= new Set([...catalog.definitions.keys()].map(firstSegment));
    const isVocabulary = vocabularies.has(firstSegment(tag));
    const item = items.find(({ kind }) => isVocabulary || !MENTIONS.test(kind));
    if (item === undefined) continue;
    const span = item.location ?? fileSpan(sources.get(item.id) ?? ".");
    findings.push(unknownTag(tag, item, span, catalog.definitions.get(nearest.of(tag) ?? "")));
  }
  return findings;
}

function unknownTag(tag: Tag, item: EvidenceItem, span: Span, nearest: Definition | undefined): Finding {
  return finding({
    code: "RES005",
    message: `Unexpected tag ${tag} on "${item.name}" of ${item.producer.name}, expected one that a specification defines`,
    span,
    tags: [tag],
    subject: tag,
    ...(nearest === undefined
      ? {}
      : {
          suggestion: `Did you mean ${nearest.tag}?`,
          related: [{ span: nearest.span, message: `${nearest.tag} is defined here` }],
        }),
  });
}

interface Linked {
  references: readonly Reference[];
  results: readonly ResultSet[];
}

/** A title that is put together when the test runs: no declaration in the source has the name of the result. */
const GENERATED = /%[a-z%#$]|\$\{|\$\w|["'`]\s*\+|\+\s*["'`]/iu;

/** A title put together at run time, or one beside the name (`@DisplayName`), is what the results go by. */
function mayHaveAnotherName({ form, tag }: Reference, { name }: TestDeclaration): boolean {
  return GENERATED.test(name) || (form === "title" && !name.includes(tag));
}

/**
 * EVD006 for each test that refers to a tag and has no result; EVD010 once when no results were read at all. A test with a
 * generated title is met by results that carry its tags themselves.
 */
export function unexecutedTests(
  input: Linked,
  items: readonly EvidenceItem[],
  executed: ReadonlySet<string>,
): Finding[] {
  let ran: ReadonlySet<Tag> | null = null;
  const waiting = new Map<string, { test: TestDeclaration; references: Reference[] }>();
  for (const reference of input.references) {
    if (reference.test === null || reference.role !== "verifies") continue;
    const key = declarationKey(reference.test);
    if (executed.has(key)) continue;
    if (mayHaveAnotherName(reference, reference.test)) {
      ran ??= new Set(items.flatMap((item) => (item.kind === "implementation" ? [] : item.tags)));
      if (ran.has(reference.tag)) continue;
    }
    const known = waiting.get(key);
    if (known === undefined) waiting.set(key, { test: reference.test, references: [reference] });
    else known.references.push(reference);
  }
  if (waiting.size === 0) return [];
  if (input.results.length === 0) return [noResults(waiting.size)];
  return [...waiting.values()].map(({ test, references }) => {
    const tags = [...new Set(references.map((reference) => reference.tag))].sort(compareText);
    return finding({
      code: "EVD006",
      message: `Unexpected absence of a result for "${test.name}", expected one: it is linked to ${tags.join(", ")}`,
      span: references[0]?.span ?? lineSpan(test.file, test.line),
      tags,
      subject: [...test.suite, test.name].join(" > "),
    });
  });
}

function noResults(tests: number): Finding {
  return finding({
    code: "EVD010",
    message: `Unexpected absence of results, expected those of ${tests} linked test${tests === 1 ? "" : "s"}`,
    span: fileSpan("evidence.config.json"),
    subject: "no results",
    suggestion:
      "Run `evidence init` where there is no configuration yet; else name a results file under `results`, or a test command under `providers`.",
  });
}

/** The name under which our plugin records a file that broke; JUnit reporters use the file's own. */
const WHOLE_FILE = "(test file)";

/** RES015 for each result that stands for a whole test file which broke before its tests. */
export function brokenFiles(results: readonly ResultSet[]): Finding[] {
  return results.flatMap((set) =>
    set.tests.flatMap(({ file, name, suite, outcome, message }) => {
      const isWhole = file !== null && suite.length === 0 && (name === file || name === WHOLE_FILE);
      if (!isWhole || (outcome !== "error" && outcome !== "fail")) return [];
      return [
        finding({
          code: "RES015",
          message: `Unexpected failure to run ${file} (${message ?? outcome}), expected its tests to run`,
          span: fileSpan(file),
          subject: file,
        }),
      ];
    }),
  );
}
