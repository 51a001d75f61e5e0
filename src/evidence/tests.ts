import type { EvidenceItem, EvidenceKind, Producer } from "../model/evidence.js";
import type { Reference, TestDeclaration } from "../model/reference.js";
import type { TestResult } from "../model/result.js";
import { lineSpan } from "../model/span.js";
import type { InputsOf } from "./item.js";
import { itemId, NOTHING } from "./item.js";
import type { MatchedResult } from "./match.js";

/** Turns an executed test that traces at least one tag into an item. */
export function testItem(executed: MatchedResult, producer: Producer, inputsOf: InputsOf): EvidenceItem {
  const { result, test } = executed;
  const file = test?.file ?? result.file;
  const line = test?.line ?? result.line ?? 1;
  const name = [...result.suite, result.name].join(" > ");
  const kind = kindOf(result.kind, file, executed.references);
  return {
    id: itemId(kind, producer.name, file ?? result.className ?? "", name),
    kind,
    name,
    tags: executed.tags,
    outcome: result.outcome,
    producer,
    location: file === null ? null : lineSpan(file, line),
    inputs: file === null ? NOTHING : inputsOf(file),
    against: result.against,
    assertions: result.assertions,
    cannotFail: result.outcome === "pass" ? whyItCannotFail(result, test) : null,
    strength: NOTHING,
    notes: result.message === null ? [] : [result.message],
  };
}

/**
 * The reason a passed test could not have failed; null when it could or when nobody can tell. A count of what ran is
 * believed, unless the body calls something that may assert where no counter sees it; reading alone only goes by
 * bodies in which nothing can assert.
 */
function whyItCannotFail(result: TestResult, test: TestDeclaration | null): string | null {
  if (result.expectedToFail) return "it is declared to fail";
  if (test?.assertions === "constant") return CONSTANT;
  if (result.assertions === null) return test?.assertions === "none" ? "its body holds no assertion" : null;
  if (test?.helpers === true) return null;
  if (result.assertions === 0) return "it ran no assertion";
  return test?.constants === result.assertions && test.assertions !== "present" ? CONSTANT : null;
}

const CONSTANT = "its assertions only compare constants or lack a matcher";

const BY_FILE_NAME: readonly [RegExp, EvidenceKind][] = [
  [/[._-]prop(?:erty|erties)?[._-]/iu, "test.property"],
  [/[._-](?:integration|e2e)[._-]|(?:^|\/)(?:integration|e2e)\//iu, "test.integration"],
  [/[._-]concurrency[._-]/iu, "test.concurrency"],
];

/** A configured kind stands; a plain unit test may be told apart by an Evidence link's qualifier or its file's name. */
function kindOf(kind: EvidenceKind, file: string | null, references: readonly Reference[]): EvidenceKind {
  if (kind !== "test.unit") return kind;
  for (const reference of references) {
    if (reference.kind !== undefined) return reference.kind;
  }
  return BY_FILE_NAME.find(([pattern]) => file !== null && pattern.test(file))?.[1] ?? kind;
}
