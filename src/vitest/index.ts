import type { Tag } from "../model/tag.js";
import { isTag } from "../model/tag.js";

/** Declares that the running test verifies these requirements. Throws, and so fails the test, without a well-formed tag. */
export function traceSpec(...tags: Tag[]): void {
  if (tags.length === 0) throw new Error("Unexpected empty traceSpec(), expected at least one tag");
  for (const tag of tags) {
    if (!isTag(tag)) throw new Error(`Unexpected tag ${JSON.stringify(tag)}, expected one like AREA-NAME`);
  }
}
