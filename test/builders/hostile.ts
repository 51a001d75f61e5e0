import fc from "fast-check";
import type { FindingParts, PredicateParts, TagParts } from "./predicate.js";
import { buildPredicate } from "./predicate.js";

const DANGERS = [
  "\u001b[2J\u001b]8;;http://x\u0007link",
  "\u202Eesrever\u202C",
  "\r\nPASS",
  "\u0085\u009b31m",
  "\u2028\u2029",
  "\uFEFF\u200B\u2066",
  "\uD800",
  "日本語の題名",
  "e\u0301\u0302",
  "👩‍👩‍👧‍👦🇩🇪❤️",
  "`|` | \\| <b>x</b> <!-- -->",
  "@octocat fixes #1, see https://example.org and www.example.org or GH-1",
  "[link](javascript:x) ![i](y) **b** _e_ ~~s~~ $m$ &amp;",
  "]]> <failure/> & \" '",
  "- item",
  "1. item",
  "# heading",
  "    indented",
  "```",
  "a".repeat(200),
  "a very long title ".repeat(20),
];

/** Any text, with what terminals, markdown and XML stumble over far more often than by chance. */
export function hostileText(): fc.Arbitrary<string> {
  const part = fc.oneof(
    fc.constantFrom(...DANGERS),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.string({ maxLength: 20 }),
  );
  return fc.array(part, { maxLength: 4 }).map((parts) => parts.join(""));
}

/** Predicates every text of which is hostile. */
export function hostilePredicate(): fc.Arbitrary<ReturnType<typeof buildPredicate>> {
  const text = hostileText();
  const textOrNull: fc.Arbitrary<string | null> = fc.option(text);
  const tag: fc.Arbitrary<TagParts> = fc.record({
    tag: text,
    title: text,
    capability: text,
    file: text,
    text,
    priority: fc.constantFrom("must" as const, "should" as const, "could" as const),
    verdict: fc.constantFrom("failing", "hollow", "suspect", "missing", "waived", "verified"),
    reasons: fc.array(text, { maxLength: 2 }),
    items: fc.array(
      fc.record({ name: text, notes: fc.array(text, { maxLength: 2 }), cannotFail: textOrNull, file: text }),
      {
        maxLength: 2,
      },
    ),
    references: fc.array(fc.record({ file: text, test: textOrNull }), { maxLength: 2 }),
  });
  const found: fc.Arbitrary<FindingParts> = fc.record({
    severity: fc.constantFrom("error" as const, "warning" as const, "info" as const),
    message: text,
    file: text,
    suggestion: text,
    tags: fc.array(text, { maxLength: 2 }),
  });
  const parts: fc.Arbitrary<PredicateParts> = fc.record({
    tags: fc.uniqueArray(tag, { maxLength: 6, selector: (each) => each.tag }),
    findings: fc.array(found, { maxLength: 6 }),
    changes: fc.array(fc.record({ change: text, gates: fc.boolean(), tags: fc.array(tag, { maxLength: 2 }) }), {
      maxLength: 2,
    }),
    mode: fc.constantFrom("strict" as const, "report" as const),
    analyses: fc.record({ ears: fc.record({ read: text }) }),
  });
  return parts.map(buildPredicate);
}
