import type { Keyword } from "./statement.js";
import type { Token } from "./token.js";
import { isCapitals, isMark, isWord } from "./token.js";
import { KEYWORDS, NAMED_BY, NAMING_WORDS } from "./words.js";

/** A clause as token indices; `from` to `to` (exclusive) is the condition without keyword and separators. */
export interface ClauseRange {
  keyword: Keyword;
  join: "and" | "or";
  keywordAt: number;
  from: number;
  to: number;
}

export function keywordOf(token: Token | undefined): Keyword | null {
  if (token === undefined || token.kind !== "word" || token.depth > 0) return null;
  return KEYWORDS.get(token.lower) ?? null;
}

/** A keyword in capitals that is used: not `the keyword WHEN`, `with WHEN as a state`, `WHEN, IF and WHILE`. */
export function isCapitalKeyword(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (keywordOf(token) === null || !isCapitals(token)) return false;
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  if (before?.kind === "word" && (NAMING_WORDS.has(before.lower) || LEADS.has(before.lower))) return false;
  if (after === undefined || (after.kind === "word" && NAMED_BY.has(after.lower))) return false;
  return !isMark(after, ",") && !isWord(after, "or") && !isMark(after, ".");
}

/** Prepositions whose object a keyword is when it stands behind one. */
const LEADS: ReadonlySet<string> = new Set("with of as from into like than".split(" "));

function isJoin(token: Token | undefined): boolean {
  return isWord(token, "and") || isWord(token, "or");
}

/**
 * Splits tokens that begin with a keyword, `from` to `to`, into clauses. A further clause begins at a keyword in
 * capitals, at a keyword behind `and` or `or`, and, when the first keyword is not in capitals, at `when`, `while` or
 * `if` behind a comma. Null when a keyword is followed by nothing.
 */
export function splitClauses(tokens: readonly Token[], from: number, to: number): ClauseRange[] | null {
  const capitals = isCapitals(tokens[from]);
  const clauses: ClauseRange[] = [];
  let current = from;
  let join: "and" | "or" = "and";
  for (let index = from + 1; index <= to; index++) {
    const cut = index === to ? to : clauseCut(tokens, index, capitals, keywordOf(tokens[current]));
    if (cut === null) continue;
    const clause = clauseOf(tokens, current, cut, join);
    if (clause === null) return null;
    clauses.push(clause);
    join = isWord(tokens[index - 1], "or") ? "or" : "and";
    current = index;
  }
  return clauses;
}

/** Where the clause before a keyword ends, when the keyword at `index` begins a clause. */
function clauseCut(
  tokens: readonly Token[],
  index: number,
  capitals: boolean,
  previous: Keyword | null,
): number | null {
  const token = tokens[index];
  const keyword = keywordOf(token);
  if (keyword === null) return null;
  const before = tokens[index - 1];
  const joined = isJoin(before);
  const behindComma = isMark(joined ? tokens[index - 2] : before, ",");
  const cut = index - (joined ? 1 : 0) - (behindComma ? 1 : 0);
  if (isCapitalKeyword(tokens, index)) return capitals || joined || behindComma ? cut : null;
  if (joined && (behindComma || keyword === previous)) return keyword === "where" ? null : cut;
  return !capitals && behindComma && !joined && keyword !== "where" ? cut : null;
}

/** The clause whose keyword stands at `at` and that ends before `to`; null when it says nothing. */
export function clauseOf(tokens: readonly Token[], at: number, to: number, join: "and" | "or"): ClauseRange | null {
  const keyword = keywordOf(tokens[at]);
  let from = at + 1;
  let end = to;
  while (end > from && (isMark(tokens[end - 1], ",") || isMark(tokens[end - 1], ";"))) end--;
  while (from < end && isMark(tokens[from], ",")) from++;
  if (keyword === null || end <= from) return null;
  return { keyword, join, keywordAt: at, from, to: end };
}
