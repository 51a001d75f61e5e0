import type { ClauseRange } from "./conditions.js";
import { clauseOf, isCapitalKeyword, keywordOf } from "./conditions.js";
import type { Range } from "./head.js";
import { hasParts } from "./timing.js";
import type { Token } from "./token.js";
import { isMark, isWord } from "./token.js";

export interface Trailing {
  /** What is left of the response. */
  response: Range;
  clauses: ClauseRange[];
  inner: ClauseRange[];
}

/** Words behind which a condition belongs to a time or a noun and not to the response. */
const BINDING = new Set("that which whether until till before after".split(" "));

/** Words whose complement a following `if` or `when` begins, so that it is no condition. */
const ASKING = new Set(
  (
    "verify check determine decide know ask tell see test detect time moment case date point instant way even as only just " +
    "whether and or but not except"
  ).split(" "),
);

/** More than that no person writes into one response. */
const MOST_INNER = 16;

/** `when possible`, `if any`: no clause with a verb of its own. */
const SHORTEST_CONDITION = 3;

/**
 * Conditions behind the response. In capitals (`close the valve WHEN …`) they are clauses of the statement; in lower case
 * they are so only where nothing else than the whole response can be meant (a single part, a condition with a verb). All
 * others are listed as `inner` and stay in the response's text.
 */
export function trailingConditions(tokens: readonly Token[], response: Range): Trailing {
  for (let index = response.from + 1; index < response.to; index++) {
    if (!isCapitalKeyword(tokens, index)) continue;
    const head = { from: response.from, to: isMark(tokens[index - 1], ",") ? index - 1 : index };
    const { inner } = lowerConditions(tokens, head, false);
    return { response: head, clauses: splitTrailing(tokens, index, response.to), inner };
  }
  return lowerConditions(tokens, response, true);
}

/** Conditions in lower case; the first that can only mean the whole response is a clause, if `liftable`. */
function lowerConditions(tokens: readonly Token[], response: Range, liftable: boolean): Trailing {
  const inner: ClauseRange[] = [];
  for (let index = response.from + 1; index < response.to && inner.length < MOST_INNER; index++) {
    if (keywordOf(tokens[index]) === null) continue;
    const clause = clauseOf(tokens, index, response.to, "and");
    if (clause === null) continue;
    const head = { from: response.from, to: isMark(tokens[index - 1], ",") ? index - 1 : index };
    if (liftable && isUnmistakable(tokens, head, clause)) return { response: head, clauses: [clause], inner };
    if (!isParticiple(tokens[clause.from]) && !isWord(tokens[index - 1], "as"))
      inner.push({ ...clause, to: endOfPart(tokens, clause) });
  }
  return { response, clauses: [], inner };
}

/** `while scanning …` and `when possible` say how or when something is done, not whether. */
function isParticiple(token: Token | undefined): boolean {
  return token?.kind === "word" && (token.lower.endsWith("ing") || token.lower.endsWith("ible"));
}

/** A condition inside the response ends with the part it belongs to. */
function endOfPart(tokens: readonly Token[], clause: ClauseRange): number {
  let end = clause.from + 1;
  while (end < clause.to && !isMark(tokens[end], ",")) end++;
  return end;
}

/** Clauses in capitals from the keyword at `first` on. */
function splitTrailing(tokens: readonly Token[], first: number, to: number): ClauseRange[] {
  const starts = [first];
  for (let index = first + 1; index < to; index++) if (isCapitalKeyword(tokens, index)) starts.push(index);
  return starts.flatMap((start, position) => {
    const end = starts[position + 1] ?? to;
    const joined = isWord(tokens[end - 1], "and") || isWord(tokens[end - 1], "or");
    const clause = clauseOf(
      tokens,
      start,
      joined && end < to ? end - 1 : end,
      isWord(tokens[start - 1], "or") ? "or" : "and",
    );
    return clause === null ? [] : [clause];
  });
}

function isUnmistakable(tokens: readonly Token[], head: Range, clause: ClauseRange): boolean {
  if (clause.keyword === "where" || clause.to - clause.from < SHORTEST_CONDITION || head.to <= head.from) return false;
  const before = tokens[clause.keywordAt - 1];
  const next = tokens[clause.from];
  if (before?.kind === "mark" || (before?.kind === "word" && ASKING.has(before.lower))) return false;
  if (next?.kind === "word" && (next.lower.endsWith("ing") || next.lower === "to" || next.lower === "not"))
    return false;
  if (hasParts(tokens, head) || hasParts(tokens, { from: clause.from, to: clause.to })) return false;
  for (let index = head.from; index < head.to; index++) {
    const token = tokens[index];
    if (token?.kind === "word" && BINDING.has(token.lower)) return false;
  }
  return true;
}
