import { createRequire } from "node:module";
import type { Tag } from "../model/tag.js";
import { isTag } from "../model/tag.js";
import type { Observer } from "./observer.js";
import { observer } from "./observer.js";

/**
 * Declares that the running test verifies these requirements. A tag counts once however often it is named.
 *
 * Throws, and so fails the test, without a tag, on a malformed tag, on a tag that no specification defines, and when
 * called outside a running test. Where the plugin is not configured the last two cannot be known and nothing is recorded.
 */
export function traceSpec(...tags: Tag[]): void {
  const watching = observer();
  const problem = formProblem(tags) ?? (watching === undefined ? null : record(watching, tags));
  if (problem === null) return;
  const error = new Error(problem);
  // The line to mend is the caller's.
  Error.captureStackTrace(error, traceSpec);
  throw error;
}

function formProblem(tags: readonly Tag[]): string | null {
  if (tags.length === 0) return "Unexpected empty traceSpec(), expected at least one tag";
  const malformed = tags.find((tag) => typeof tag !== "string" || !isTag(tag));
  if (malformed === undefined) return null;
  return `Unexpected tag ${JSON.stringify(malformed)} in traceSpec(), expected upper-case segments joined by "-", like AREA-NAME`;
}

function record(watching: Observer, tags: readonly Tag[]): string | null {
  const attempt = watching.running.getStore();
  if (attempt === undefined) {
    return "Unexpected traceSpec() outside a running test, expected it in the body of a test";
  }
  if (attempt.ended) return "Unexpected traceSpec() after its test had ended, expected it in the body of the test";
  const { known } = watching;
  if (known === null) {
    for (const tag of tags) attempt.tags.add(tag);
    return null;
  }
  for (const tag of tags) if (known.has(tag)) attempt.tags.add(tag);
  const unknown = tags.find((tag) => !known.has(tag));
  return unknown === undefined ? null : unknownTag(unknown, known);
}

function unknownTag(tag: Tag, known: ReadonlySet<Tag>): string {
  const unexpected = `Unexpected tag ${JSON.stringify(tag)} in traceSpec(), expected one that a specification defines.`;
  if (known.size === 0) return `${unexpected} No specification defines any.`;
  // Every test file loads this module, and hardly any needs this.
  const { closest }: typeof import("fastest-levenshtein") = createRequire(import.meta.url)("fastest-levenshtein");
  return `${unexpected} Did you mean ${JSON.stringify(closest(tag, [...known]))}?`;
}
