import { canonicalJson } from "../../model/canonical.js";
import { visibleJson } from "../text/visible.js";
import type { Question } from "./lookup.js";
import { lookUp } from "./lookup.js";

/** `spec-evidence/explain@1`: `known`, and the documentation or `near`. */
export function explainJson(question: Question): string {
  const schema = "spec-evidence/explain@1";
  const answer = lookUp(question);
  const record =
    answer.code === null
      ? { schema, known: false, code: question.code, near: answer.near }
      : { schema, known: true, code: answer.code, ...answer.doc };
  return visibleJson(canonicalJson(record));
}
