import type { ListItem } from "./blocks.js";
import type { Collector } from "./collect.js";
import { phraseOf, spanOfTokens } from "./parts.js";
import type { Clause, Keyword } from "./statement.js";
import type { Token } from "./token.js";
import { isMark, isWord } from "./token.js";

/** What opens a step that is a condition. GIVEN names a state, so it reads as WHILE. */
const CONDITION_STEPS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ["given", "while"],
  ["when", "when"],
  ["while", "while"],
  ["if", "if"],
]);

type ReadText = (
  collector: Collector,
  tokens: readonly Token[],
  following: null,
  conditions: readonly Clause[],
) => void;

/** A list of GIVEN/WHEN/AND steps that lead to THEN steps. */
export function isSteps(items: readonly ListItem[]): boolean {
  const first = items[0]?.tokens[0];
  if (first === undefined || first.kind !== "word" || !CONDITION_STEPS.has(first.lower)) return false;
  return items.some((item) => isWord(item.tokens[0], "then"));
}

/** Reads the THEN steps as statements under the conditions of the steps before them. */
export function readSteps(collector: Collector, items: readonly ListItem[], readText: ReadText): void {
  const conditions: Clause[] = [];
  let keyword: Keyword | null = null;
  for (const { tokens, children } of items) {
    const first = tokens[0];
    const opening = first?.kind === "word" ? first.lower : "";
    const continues = opening === "and" || opening === "but";
    if (!continues) keyword = CONDITION_STEPS.get(opening) ?? null;
    const from = continues || opening === "then" || keyword !== null ? 1 : 0;
    if (keyword !== null) conditions.push(condition(collector, tokens, keyword));
    else readOutcome(collector, tokens.slice(from), conditions, readText);
    for (const child of children) readOutcome(collector, child.tokens, conditions, readText);
  }
}

/** An outcome without a modal counts as a step, not as a faulty sentence. */
function readOutcome(
  collector: Collector,
  tokens: readonly Token[],
  conditions: readonly Clause[],
  readText: ReadText,
): void {
  const from = collector.statements.length;
  readText(collector, tokens, null, conditions);
  for (let index = from; index < collector.statements.length; index++) {
    const statement = collector.statements[index];
    if (statement?.status === "unread" && statement.reason === "no-modal") {
      collector.statements[index] = { ...statement, reason: "steps" };
    }
  }
}

function condition(collector: Collector, tokens: readonly Token[], keyword: Keyword): Clause {
  const last = tokens.length - 1;
  const to = last > 1 && (isMark(tokens[last], ".") || isMark(tokens[last], ",")) ? last : tokens.length;
  return {
    keyword,
    join: "and",
    position: "before",
    phrase: phraseOf(tokens, Math.min(1, tokens.length - 1), to, collector.places),
    span: spanOfTokens(tokens, 0, to, collector.places),
  };
}
