import { clauseOf, isCapitalKeyword, keywordOf, splitClauses } from "./conditions.js";
import type { Head } from "./head.js";
import { isAlternative, isDeterminer, readHead } from "./head.js";
import type { Obligation } from "./obligations.js";
import type { Doubt } from "./statement.js";
import type { Token } from "./token.js";
import { isCapitals, isMark, isWord } from "./token.js";
import { CONTRASTS, COORDINATORS, DANGLING, NAMED_BY, SUBORDINATORS } from "./words.js";

/** How a further obligation follows the one before: that one ends at `cut`, and the new one has this head. */
export interface Link {
  cut: number;
  head: Head;
  doubts: Doubt[];
}

/** How far back the beginning of a further obligation is looked for. */
const FARTHEST = 200;

/**
 * Reads the modal at `at` as a further obligation of a sentence: `…, and SHALL NOT y`, `…, and WHEN c, SHALL z`, `…, and THE
 * report SHALL w`, `…, while ordinary runs SHALL v`. Null when it belongs to the response before it (`verify that every
 * entry SHALL be signed`, `a or SHALL b`).
 */
export function readLink(tokens: readonly Token[], previous: Obligation, at: number): Link | null {
  const from = Math.max(previous.modal.to, at - FARTHEST);
  if (at - 1 <= from) return null;
  const before = tokens[at - 1];
  const after = tokens[at + 1];
  if (after?.kind === "word" && NAMED_BY.has(after.lower)) return null;
  if (before?.kind === "word" && COORDINATORS.has(before.lower)) return elided(tokens, previous, at - 1);
  if (isAlternative(before)) return alternative(tokens, at - 1, previous.subject);
  if ((isWord(before, "then") || isWord(before, "also")) && COORDINATORS.has(tokens[at - 2]?.lower ?? "")) {
    return elided(tokens, previous, at - 2);
  }
  const apart = behindSemicolon(tokens, previous, from, at);
  if (apart !== null) return apart;
  if (isMark(before, ",") || isMark(before, ";")) {
    return withConditions(tokens, previous, from, at - 1, null) ?? elided(tokens, previous, at - 1);
  }
  return withSubject(tokens, previous, from, at);
}

/** `; WHEN c, THE x SHALL`: what follows a semicolon is a sentence of its own, if it begins and reads like one. */
function behindSemicolon(tokens: readonly Token[], previous: Obligation, from: number, at: number): Link | null {
  let semicolon = at - 1;
  while (semicolon > from && !isMark(tokens[semicolon], ";")) semicolon--;
  const start = semicolon + 1;
  if (semicolon === from || start === at) return null;
  const begins = keywordOf(tokens[start]) !== null || isDeterminer(tokens[start]) || isAlternative(tokens[start]);
  const head = begins ? readHead(tokens, start, at) : null;
  if (head === null || "unread" in head) return null;
  const bare = head.clauses.length === 0 && head.preamble === null;
  if (bare && tokens.slice(start, at).some((token) => isMark(token, ","))) return null;
  const conditional = previous.clauses.length > 0 || previous.preamble !== null;
  const subject = head.subject ?? previous.subject;
  if (bare) {
    return {
      cut: semicolon,
      head: { ...inherited(previous), subject },
      doubts: conditional ? ["condition-scope"] : [],
    };
  }
  const sameKeyword = previous.clauses.every((each) => each.keyword === head.clauses[0]?.keyword);
  const doubtful = conditional && (!sameKeyword || head.preamble !== null || previous.preamble !== null);
  return { cut: semicolon, head: { ...head, subject }, doubts: doubtful ? ["condition-scope"] : [] };
}

/** The subject and the conditions are those of the obligation before. */
function elided(tokens: readonly Token[], previous: Obligation, separator: number): Link {
  const cut = isMark(tokens[separator - 1], ",") ? separator - 1 : separator;
  return { cut, head: inherited(previous), doubts: [] };
}

function inherited(previous: Obligation): Head {
  return { clauses: previous.clauses, preamble: previous.preamble, subject: previous.subject };
}

/** `, and WHEN c, [THE x] SHALL`: conditions between `from` and the comma at `end`. They replace the earlier ones. */
function withConditions(
  tokens: readonly Token[],
  previous: Obligation,
  from: number,
  end: number,
  subject: Head["subject"],
): Link | null {
  for (let index = end - 2; index > from; index--) {
    if (keywordOf(tokens[index]) === null) continue;
    const before = tokens[index - 1];
    const behindJoin = before?.kind === "word" && COORDINATORS.has(before.lower);
    const behindComma = isMark(behindJoin ? tokens[index - 2] : before, ",");
    const nested = isMark(before, ",") && isWord(tokens[index - 2], "and");
    const begins = isCapitalKeyword(tokens, index) ? behindJoin || behindComma : (behindJoin && behindComma) || nested;
    if (!begins) continue;
    const clauses = splitClauses(tokens, index, end);
    if (clauses === null) return null;
    const mixed = previous.clauses.some((each) => each.keyword !== clauses[0]?.keyword) || previous.preamble !== null;
    const cut = index - (behindJoin ? 1 : 0) - (behindComma ? 1 : 0) - (nested ? 1 : 0);
    return {
      cut,
      head: { clauses, preamble: null, subject: subject ?? previous.subject },
      doubts: mixed ? ["condition-scope"] : [],
    };
  }
  return null;
}

/** `; otherwise THE x SHALL`: under the opposite of the condition before, which is not spelled out. */
function alternative(tokens: readonly Token[], wordAt: number, subject: Head["subject"]): Link {
  let cut = wordAt;
  while (cut > 0 && (isMark(tokens[cut - 1], ",") || isMark(tokens[cut - 1], ";") || isLinkWord(tokens[cut - 1])))
    cut--;
  return {
    cut,
    head: { clauses: [], preamble: { from: wordAt, to: wordAt + 1 }, subject },
    doubts: ["condition-scope"],
  };
}

function withSubject(tokens: readonly Token[], previous: Obligation, from: number, at: number): Link | null {
  const last = tokens[at - 1];
  if (last?.kind === "word" && DANGLING.has(last.lower)) return null;
  const start = subjectStart(tokens, previous, from, at);
  if (start === null) return null;
  if (isAlternative(tokens[start - 1])) return alternative(tokens, start - 1, { from: start, to: at });
  if (isAlternative(tokens[start]) && start + 1 < at) return alternative(tokens, start, { from: start + 1, to: at });
  const joinAt = start - 1;
  const join = tokens[joinAt];
  const subject = { from: start, to: at };
  const isJoin = join?.kind === "word";
  if (!isJoin) {
    const conditional = withConditions(tokens, previous, from, joinAt, subject);
    if (conditional !== null) return conditional;
  }
  if (isJoin && CONTRASTS.has(join.lower)) return contrasting(tokens, previous, joinAt, at);
  const cut = isJoin && isMark(tokens[joinAt - 1], ",") ? joinAt - 1 : joinAt;
  return { cut, head: { ...inherited(previous), subject }, doubts: [] };
}

/** `, while ordinary runs SHALL`: another case, so the condition before is not taken over; `, while c, the x SHALL` has its own. */
function contrasting(tokens: readonly Token[], previous: Obligation, joinAt: number, at: number): Link {
  const cut = isMark(tokens[joinAt - 1], ",") ? joinAt - 1 : joinAt;
  const doubts: Doubt[] = previous.clauses.length > 0 || previous.preamble !== null ? ["condition-scope"] : [];
  let comma = at - 1;
  while (comma > joinAt && !isMark(tokens[comma], ",")) comma--;
  const own = comma > joinAt + 1 ? clauseOf(tokens, joinAt, comma, "and") : null;
  if (own !== null)
    return { cut, head: { clauses: [own], preamble: null, subject: { from: comma + 1, to: at } }, doubts };
  return { cut, head: { clauses: [], preamble: null, subject: { from: joinAt + 1, to: at } }, doubts };
}

/** Where the subject of a further obligation begins, or null when the words before the modal are part of the response. */
function subjectStart(tokens: readonly Token[], previous: Obligation, from: number, at: number): number | null {
  let commas = 0;
  for (let index = at - 1; index > from; index--) {
    const token = tokens[index];
    const before = tokens[index - 1];
    if (
      isWord(token, "the") &&
      isCapitals(token) &&
      (before?.kind === "mark" || isLinkWord(before) || isAlternative(before))
    )
      return index;
    if (isMark(token, ";")) return null;
    const behindComma = isMark(before, ",") || isMark(before, ";");
    if (isLinkWord(token) && behindComma && index + 1 < at) {
      return commas === 0 || CONTRASTS.has(token?.lower ?? "") ? index + 1 : null;
    }
    if (isLinkWord(token) && commas === 0 && isPlainConjunct(tokens, previous, index, at)) return index + 1;
    if (isMark(token, ",")) commas++;
  }
  return null;
}

function isLinkWord(token: Token | undefined): boolean {
  if (token === undefined || token.kind !== "word" || token.depth > 0) return false;
  return COORDINATORS.has(token.lower) || CONTRASTS.has(token.lower);
}

/** `and the valve shall`, without a comma: only with a determiner, few words, and no `that` before that could own it. */
function isPlainConjunct(tokens: readonly Token[], previous: Obligation, index: number, at: number): boolean {
  if (at - index > 7 || !isDeterminer(tokens[index + 1])) return false;
  for (let earlier = previous.modal.to; earlier < index; earlier++) {
    const token = tokens[earlier];
    if (token?.kind === "word" && SUBORDINATORS.has(token.lower)) return false;
  }
  return true;
}
