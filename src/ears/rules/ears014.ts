import type { Span } from "../../model/span.js";
import type { Clause, ReadStatement } from "../statement.js";
import type { Hit, LintedOwner } from "./rule.js";
import { earsRule } from "./rule.js";

export const ears014 = earsRule("EARS014", {
  examples: {
    bad: [
      "THE box SHALL close.\n\nIf it rains, THE box SHALL ring.",
      "THE box SHALL close.\n\nThe lid shall not turn.",
    ],
    good: ["When it rains, the box shall close.", "THE box SHALL close when the lid is up."],
  },
  check: ({ documents }) =>
    documents.flatMap(({ owners }) => {
      const capitals = owners.some(({ read }) => read.some(({ modal }) => isCapitals(modal.text)));
      return capitals ? owners.flatMap(check) : [];
    }),
});

function check(owner: LintedOwner): Hit[] {
  return owner.read.flatMap((statement) => [
    ...modalHits(statement, owner),
    ...statement.clauses
      .filter((clause) => clause.position === "before")
      .flatMap((clause) => keywordHits(clause, owner)),
  ]);
}

/** `should` and `may` in lower case are never read where a file writes capitals; `shall` and `must` are. */
function modalHits({ modal }: ReadStatement, owner: LintedOwner): Hit[] {
  const binding = /^(?:shall|must)\b/iu.test(modal.text);
  return binding && !isCapitals(modal.text) ? [hit(modal.text, modal.span, owner)] : [];
}

function keywordHits({ keyword, span }: Clause, owner: LintedOwner): Hit[] {
  const word: Span = { ...span, endLine: span.line, endColumn: span.column + keyword.length };
  const text = owner.file.textAt(word);
  return text.toLowerCase() === keyword && !isCapitals(text) ? [hit(text, word, owner)] : [];
}

/** A modal that is broken over lines or emphasised in part is named, and not replaced. */
function hit(text: string, span: Span, { tags, file }: LintedOwner): Hit {
  const capitals = text.toUpperCase();
  const message = `Unexpected “${text}” where capitals are used, expected ${capitals}`;
  return file.textAt(span) === text ? { span, message, tags, replacement: capitals } : { span, message, tags };
}

function isCapitals(text: string): boolean {
  return text === text.toUpperCase();
}
