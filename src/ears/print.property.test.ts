import fc from "fast-check";
import { traceSpec } from "spec-evidence/vitest";
import { describe, expect, it } from "vitest";
import { statementsOf } from "../../test/builders/ears.js";
import type { StatementContent } from "./print.js";
import { printSentence } from "./print.js";
import type { Keyword, Modality, ReadStatement } from "./statement.js";

type Clause = StatementContent["clauses"][number];
type Timing = StatementContent["timing"][number];

/** Words that a reader by regular expression would stumble over. */
const CODE = [
  "`SHALL`",
  "`, THE x SHALL y`",
  "``a ` THEN THE b MUST``",
  "`WHEN`",
  "`^[A-Z]+(, [a-z])*$`",
  "`until 5 s`",
];
const QUOTES = ['"IF a, THEN THE b SHALL c"', "“WHILE x”", "'WHERE, THE y MAY z'"];
const BRACKETS = ["(which it SHALL keep, THE x SHALL y)", "[WHEN a, THE b MUST c]", "(default 5 s)", "[LM-001]"];
const opaque = fc.constantFrom(...CODE, ...QUOTES, ...BRACKETS, "[text, THE a SHALL b](/path#L1)");

const noun = fc.constantFrom(
  "valve",
  "notification",
  "iffy relay",
  "whenceforth",
  "thereafter",
  "shallow pan",
  "mayor",
  "user's key",
  "e.g. one",
  "A → B",
  "5.5 bar",
  "3 items",
  "spec.md",
);
const verb = fc.constantFrom(
  "is shut",
  "may be open",
  "must hold",
  "shall count",
  "when shown",
  "has no name",
  "stands where it was",
);

const part = fc
  .tuple(noun, verb, fc.option(opaque, { nil: null }))
  .map(([a, b, c]) => [a, b, c].filter((each) => each !== null).join(" "));
/** A condition: commas and lower-case keywords and modals are part of it. */
const condition = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(", "));
/** What `until`, `before` and `within 5 s of` name. */
const event = fc
  .tuple(
    noun,
    fc.constantFrom("is shut", "may be open", "shall count", "has no name"),
    fc.option(opaque, { nil: null }),
  )
  .map(([a, b, c]) => [a, b, c].filter((each) => each !== null).join(" "));
const object = fc.tuple(fc.constantFrom("close", "notify", "keep", "count"), noun, fc.option(opaque, { nil: null }));
/** A response: no condition and no timing of its own outside opaque tokens. */
const response = object.map(([a, b, c]) => [a, b, c].filter((each) => each !== null).join(" "));

const phrase = (text: fc.Arbitrary<string>) => text.map((each) => ({ text: each }));

const clause = (position: Clause["position"]) =>
  fc.record({
    keyword: fc.constantFrom<Keyword>("where", "while", "when", "if"),
    join: fc.constantFrom<"and" | "or">("and", "or"),
    position: fc.constant(position),
    phrase: phrase(condition),
  });

/** Nothing stands before the first clause that it could join. */
const clauses = (position: Clause["position"], maxLength: number) =>
  fc
    .array(clause(position), { maxLength })
    .map((all) => all.map((each, index) => (index === 0 ? { ...each, join: "and" as const } : each)));

const quantity = fc.record({
  value: fc.oneof(fc.integer({ min: 1, max: 5_000 }).map(String), fc.constantFrom("0.5", "1.25")),
  unit: fc.constantFrom("ms", "s", "min", "h", "d"),
});
const bounded = fc.record({
  kind: fc.constantFrom("within", "after", "for", "for-at-least", "for-at-most", "every"),
  quantity,
  event: fc.constant(null),
  only: fc.boolean(),
});
const immediate = fc.constant({ kind: "immediately" as const, quantity: null, event: null, only: false });
const eventful = fc.record({
  kind: fc.constantFrom("until", "before", "after"),
  quantity: fc.constant(null),
  event: phrase(event),
  only: fc.boolean(),
});
const counted = fc.record({
  kind: fc.constant("within" as const),
  quantity,
  event: phrase(event),
  only: fc.constant(false),
});
const timing: fc.Arbitrary<Timing[]> = fc
  .tuple(
    fc.array(fc.oneof(bounded, immediate), { maxLength: 2 }),
    fc.option(fc.oneof(eventful, counted), { nil: null }),
  )
  .map(([some, last]) => (last === null ? some : [...some, last]))
  // "within 5 s after the start" is one timing that counts from an event.
  .filter((all) => !all.some((each, index) => each.kind === "within" && all[index + 1]?.kind === "after"));

const system = fc.oneof(
  fc
    .constantFrom("devbox CLI", "pump, the valve and the motor", "`box` adapter", "label (of each entry)")
    .map((text) => ({ text, article: "THE" })),
  fc.constantFrom("every entry", "a reader", "each `x`", "nobody").map((text) => ({ text, article: null })),
);

const content: fc.Arbitrary<StatementContent> = fc.record({
  clauses: fc.tuple(clauses("before", 3), clauses("after", 2)).map(([before, after]) => [...before, ...after]),
  preamble: fc.option(
    fc
      .constantFrom("For each file", "On start-up", "After the `THE x SHALL y` test", "Otherwise")
      .map((text) => ({ text })),
    { nil: null },
  ),
  system: fc.option(system, { nil: null, freq: 8 }),
  modal: fc.record({ modality: fc.constantFrom<Modality>("shall", "should", "may"), negated: fc.boolean() }),
  response: phrase(response),
  timing,
  items: fc.array(phrase(part), { maxLength: 3 }),
});

function contentOf(statement: ReadStatement): StatementContent {
  return {
    clauses: statement.clauses.map(({ keyword, join, position, phrase: { text } }) => ({
      keyword,
      join,
      position,
      phrase: { text },
    })),
    preamble: statement.preamble === null ? null : { text: statement.preamble.text },
    system: statement.system === null ? null : { text: statement.system.text, article: statement.system.article },
    modal: { modality: statement.modal.modality, negated: statement.modal.negated },
    response: statement.response === null ? null : { text: statement.response.text },
    timing: statement.timing.map((each) => ({
      kind: each.kind,
      quantity: each.quantity === null ? null : { value: each.quantity.value, unit: each.quantity.unit },
      event: each.event === null ? null : { text: each.event.text },
      only: each.only,
    })),
    items: statement.items.map(({ text }) => ({ text })),
  };
}

function printed(each: StatementContent): string {
  const items = each.items.map((item) => `\n- ${item.text}`).join("");
  return `${printSentence(each)}${items === "" ? "" : `\n${items}`}`;
}

describe("printSentence", () => {
  it("is undone by the parser", () => {
    traceSpec("EARS-PRINT");
    fc.assert(
      fc.property(content, (original) => {
        const statements = statementsOf(printed(original));
        expect(statements.map((each) => (each.status === "read" ? contentOf(each) : each.reason))).toEqual([original]);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps sentences of one requirement apart", () => {
    traceSpec("EARS-STATEMENT");
    fc.assert(
      fc.property(fc.array(content, { minLength: 2, maxLength: 5 }), (originals) => {
        const text = originals.map(printed).join("\n\n");
        const statements = statementsOf(text);
        expect(statements.map((each) => (each.status === "read" ? contentOf(each) : each.reason))).toEqual(originals);
      }),
      { numRuns: 100 },
    );
  });
});
