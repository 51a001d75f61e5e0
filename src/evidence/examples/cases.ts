import { exampleLanguage } from "../../model/example-language.js";
import type { EvidenceGroup, SpecDocument } from "../../model/requirement.js";
import type { Tag } from "../../model/tag.js";
import type { ExampleCase } from "./run.js";

/** Every example of the documents, in order of place. */
export function exampleCases(documents: readonly SpecDocument[]): ExampleCase[] {
  return documents.flatMap((document) =>
    document.requirements.flatMap((requirement) => [
      ...casesOf(document, requirement, requirement.header),
      ...requirement.scenarios.flatMap((scenario) => casesOf(document, scenario, scenario.title)),
    ]),
  );
}

function casesOf(
  { path, digest }: SpecDocument,
  owner: { tag: Tag | null; evidence: readonly EvidenceGroup[] },
  title: string,
): ExampleCase[] {
  const examples = owner.evidence.flatMap((group) => group.entries.flatMap((entry) => entry.example ?? []));
  return examples.map((example, at) => ({
    name: `example ${at + 1} of ${owner.tag ?? title}`,
    tags: owner.tag === null ? [] : [owner.tag],
    file: path,
    digest,
    language: exampleLanguage(example.language),
    example,
  }));
}
