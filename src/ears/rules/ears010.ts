import type { Span } from "../../model/span.js";
import type { FoundQuantity } from "../quantity.js";
import { quantityAt } from "../quantity.js";
import type { ReadStatement } from "../statement.js";
import type { Token } from "../token.js";
import type { Hit, LintedOwner } from "./rule.js";
import { earsRule, requirementsOf, spanOfTokens } from "./rule.js";
import { deadlines, namedThresholds, valueKey } from "./thresholds.js";

const LOCK =
  "### Requirement: Lock [BOX-LOCK]\nTHE box SHALL use a lock timeout of 5 minutes.\n\n### Requirement: Retry [BOX-RETRY]\n";

export const ears010 = earsRule("EARS010", {
  examples: {
    bad: [
      `${LOCK}WHEN the lock timeout of 10 minutes has passed, THE box SHALL retry.`,
      `${LOCK}THE box SHALL enforce a 10-minute lock timeout.`,
      "### Requirement: A [BOX-A]\nWHEN it rains, THE box SHALL close within 5 s.\n\n### Requirement: B [BOX-B]\nWHEN it rains, THE box SHALL close within 8 s.",
      "WHEN the lid becomes dry within 2 min, THE box SHALL open.\n\nIF the lid does not become dry within 3 min, THEN THE box SHALL ring.",
    ],
    good: [
      `${LOCK}WHEN the lock timeout of 300 s has passed, THE box SHALL retry.`,
      `${LOCK}THE box SHALL use a poll timeout of 10 minutes.`,
      "### Requirement: A [BOX-A]\nTHE box SHALL start the 60 second timer.\n\n### Requirement: B [BOX-B]\nTHE box SHALL stop the 120 second timer.",
      "### Requirement: A [BOX-A]\nWHEN it rains, THE box SHALL close within 5 s.\n\n### Requirement: B [BOX-B]\nWHEN it rains, THE lid SHALL close within 8 s.",
      "IF the server does not answer within 5 s, THEN THE box SHALL retry.\n\nIF the server does not answer within 30 s, THEN THE box SHALL give up.",
      "### Requirement: A [BOX-A]\nTHE box SHALL use a timeout of 5 s.\n\n### Requirement: B [BOX-B]\nTHE lid SHALL use a timeout of 8 s.",
    ],
  },
  check: ({ documents }) => {
    const places = new Map<string, Use>();
    return documents.flatMap((file) => [
      ...file.owners.flatMap((owner) => [...named(owner), ...repeated(owner)].flatMap((use) => compare(places, use))),
      ...requirementsOf(file).flatMap(({ own }) => opposed(own)),
    ]);
  },
});

interface Use {
  key: string;
  what: string;
  value: string;
  text: string;
  span: Span;
  owner: LintedOwner;
}

/** Reports a use whose value differs from that of the first use; specifications of a change are compared with themselves. */
function compare(places: Map<string, Use>, use: Use): Hit[] {
  const key = `${use.owner.origin.change ?? ""}\n${use.key}`;
  const first = places.get(key);
  if (first === undefined) places.set(key, use);
  if (first === undefined || first.value === use.value) return [];
  if (use.key.startsWith("statement") && first.owner.requirement === use.owner.requirement) return [];
  const message = `Unexpected ${use.text} for ${use.what}, expected ${first.text} as at the other place`;
  const tags = [...new Set([...first.owner.tags, ...use.owner.tags])];
  return [{ span: use.span, message, tags, related: [{ span: first.span, message: `${first.text} here` }] }];
}

function named(owner: LintedOwner): Use[] {
  return owner.phrases.flatMap(({ tokens }) =>
    namedThresholds(tokens).map(({ name, quantity, from, to }) => ({
      key: `name ${quantity.dimension} ${name}`,
      what: `the ${name}`,
      value: valueKey(quantity),
      text: textOf(quantity),
      span: spanOfTokens(owner, tokens, from, to),
      owner,
    })),
  );
}

/** Statements that say the same but for one quantity. */
function repeated(owner: LintedOwner): Use[] {
  return owner.read.flatMap((statement): Use[] => {
    if (!/\d/u.test(statement.readBack)) return [];
    const { words, quantities } = masked(statement);
    const [only] = quantities;
    if (only === undefined || quantities.length > 1) return [];
    const { quantity, tokens, from } = only;
    const span = spanOfTokens(owner, tokens, from, quantity.to);
    const what = "what is otherwise the same statement";
    return [{ key: `statement ${words}`, what, value: valueKey(quantity), text: textOf(quantity), span, owner }];
  });
}

/** `ready within 2 min` and `not ready within 3 min` in one requirement: what happens in between is not said. */
function opposed(own: readonly LintedOwner[]): Hit[] {
  const uses = own.flatMap((owner) =>
    owner.conditions.flatMap(({ tokens }) =>
      deadlines(tokens).map(({ name, negated, quantity, from, to }) => {
        const span = spanOfTokens(owner, tokens, from, to);
        return {
          key: `deadline ${name}`,
          negated,
          what: `“${name}”`,
          value: valueKey(quantity),
          text: textOf(quantity),
          span,
          owner,
        };
      }),
    ),
  );
  const met = new Map(uses.filter((use) => !use.negated).map((use) => [use.key, use]));
  return uses.flatMap((use) => {
    const other = use.negated ? met.get(use.key) : undefined;
    return other === undefined ? [] : compare(new Map([[`${use.owner.origin.change ?? ""}\n${use.key}`, other]]), use);
  });
}

interface Masked {
  words: string;
  quantities: { quantity: FoundQuantity; tokens: readonly Token[]; from: number }[];
}

/** The words of a statement with every quantity replaced by its dimension. */
function masked(statement: ReadStatement): Masked {
  const { clauses, system, modal, response, timing, items, preamble } = statement;
  const quantities: Masked["quantities"] = [];
  const words: string[] = [`${preamble?.text ?? ""}|${system?.text ?? ""}|${modal.modality}|${modal.negated}`];
  const add = (tokens: readonly Token[]) => {
    for (let index = 0; index < tokens.length; index++) {
      const quantity = tokens[index]?.kind === "number" ? quantityAt(tokens, index) : null;
      words.push(quantity === null ? (tokens[index]?.lower ?? "") : `#${quantity.dimension}`);
      if (quantity === null) continue;
      quantities.push({ quantity, tokens, from: index });
      index = quantity.to - 1;
    }
    words.push("|");
  };
  for (const clause of clauses) {
    words.push(clause.keyword);
    add(clause.phrase.tokens);
  }
  for (const each of timing) {
    words.push(each.kind);
    add(each.phrase.tokens);
  }
  for (const phrase of [response, ...items]) add(phrase?.tokens ?? []);
  return { words: words.join(" "), quantities };
}

function textOf({ value, unit }: FoundQuantity): string {
  return `${value} ${unit}`;
}
