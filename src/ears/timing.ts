import type { Range } from "./head.js";
import type { FoundQuantity } from "./quantity.js";
import { quantityAt } from "./quantity.js";
import type { TimingKind } from "./statement.js";
import type { Token } from "./token.js";
import { isMark, isWord } from "./token.js";
import { COORDINATORS, SUBORDINATORS } from "./words.js";

/** A timing as token indices. */
export interface TimingRange {
  kind: TimingKind;
  only: boolean;
  quantity: FoundQuantity | null;
  event: Range | null;
  from: number;
  to: number;
}

/** Words that open a timing with a quantity, longest first. */
const OPENINGS: readonly (readonly [words: readonly string[], kind: TimingKind])[] = [
  [["for", "at", "least"], "for-at-least"],
  [["for", "no", "less", "than"], "for-at-least"],
  [["for", "at", "most"], "for-at-most"],
  [["for", "no", "longer", "than"], "for-at-most"],
  [["for", "no", "more", "than"], "for-at-most"],
  [["for", "up", "to"], "for-at-most"],
  [["for"], "for"],
  [["no", "later", "than"], "within"],
  [["in", "at", "most"], "within"],
  [["in", "less", "than"], "within"],
  [["in", "no", "more", "than"], "within"],
  [["in", "under"], "within"],
  [["within", "at", "most"], "within"],
  [["within"], "within"],
  [["after"], "after"],
  [["every"], "every"],
];

const FIRST_WORDS: ReadonlySet<string> = new Set([
  "immediately",
  "only",
  ...OPENINGS.flatMap(([words]) => words.slice(0, 1)),
]);

/** `the sentence before it` names a place, not a time. */
const PRONOUNS: ReadonlySet<string> = new Set("it them this that these those him her".split(" "));

/** Openings of a timing with an event, which runs to the end of the response. */
const EVENTS: ReadonlyMap<string, TimingKind> = new Map<string, TimingKind>([
  ["until", "until"],
  ["till", "until"],
  ["before", "before"],
  ["after", "after"],
]);

/**
 * Takes the timing off a response: directly behind the modal (`immediately close …`) or at its end (`… every 5 s for no
 * longer than 5 min`, `… until c`). Timing in the middle, or behind a `that`, `which` or `when`, belongs to a part of the
 * response only and stays in its text.
 */
export function liftTiming(tokens: readonly Token[], response: Range): { response: Range; timing: TimingRange[] } {
  const leading: TimingRange[] = [];
  const reasoned = givesReason(tokens, response);
  let { from, to } = response;
  for (
    let found = quantified(tokens, from, to);
    found !== null && found.to < to;
    found = quantified(tokens, from, to)
  ) {
    leading.push(found);
    from = isMark(tokens[found.to], ",") ? found.to + 1 : found.to;
  }
  for (let index = from; index < to; index++) {
    const token = tokens[index];
    if (token?.kind === "word" && token.depth === 0 && SUBORDINATORS.has(token.lower)) break;
    const trailing = index === from ? null : timingsTo(tokens, index, to, reasoned);
    if (trailing === null) continue;
    to = index;
    while (to > from && isMark(tokens[to - 1], ",")) to--;
    return { response: { from, to }, timing: [...leading, ...trailing] };
  }
  return { response: { from, to }, timing: leading };
}

/** Timings that follow one another from `at` and end exactly at `end`; null when something else stands between. */
function timingsTo(tokens: readonly Token[], at: number, end: number, reasoned: boolean): TimingRange[] | null {
  const timings: TimingRange[] = [];
  let index = at;
  while (index < end) {
    if (timings.length > 0 && (isMark(tokens[index], ",") || isWord(tokens[index], "and"))) index++;
    const found = timingAt(tokens, index, end);
    if (found === null || (reasoned && found.event !== null)) return null;
    timings.push(found);
    index = found.to;
  }
  return timings.length === 0 ? null : timings;
}

function timingAt(tokens: readonly Token[], at: number, end: number): TimingRange | null {
  const found = quantified(tokens, at, end);
  if (found !== null) {
    const next = tokens[found.to];
    const counted = isWord(next, "of") || isWord(next, "after") || isWord(next, "from");
    if (counted && found.quantity !== null && found.kind === "within" && found.to + 1 < end) {
      return { ...found, event: { from: found.to + 1, to: end }, to: end };
    }
    return found;
  }
  const only = isWord(tokens[at], "only");
  const opening = tokens[only ? at + 1 : at];
  const kind = opening?.kind === "word" && opening.depth === 0 ? EVENTS.get(opening.lower) : undefined;
  const from = at + (only ? 2 : 1);
  if (kind === undefined || from >= end) return null;
  if (tokens[from]?.kind === "mark" && tokens[from]?.depth === 0) return null;
  if (isWord(tokens[from], "and") || isWord(tokens[from], "or")) return null;
  if (from + 1 === end && PRONOUNS.has(tokens[from]?.lower ?? "")) return null;
  return { kind, only, quantity: null, event: { from, to: end }, from: at, to: end };
}

/** `before analysis begins so that …`: the response ends in a reason, so no event runs to its end. */
function givesReason(tokens: readonly Token[], { from, to }: Range): boolean {
  for (let index = from; index < to; index++) {
    if (isWord(tokens[index], "because") || (isWord(tokens[index], "so") && isWord(tokens[index + 1], "that")))
      return true;
  }
  return false;
}

/** `within 5 s`, `for at least 5 s`, `immediately`, and the like. */
function quantified(tokens: readonly Token[], at: number, end: number): TimingRange | null {
  const first = tokens[at];
  if (first === undefined || first.kind !== "word" || !FIRST_WORDS.has(first.lower)) return null;
  if (isWord(tokens[at], "immediately") && at < end) {
    return { kind: "immediately", only: false, quantity: null, event: null, from: at, to: at + 1 };
  }
  const only = isWord(tokens[at], "only");
  const start = only ? at + 1 : at;
  for (const [words, kind] of OPENINGS) {
    if (!words.every((word, index) => isWord(tokens[start + index], word))) continue;
    const quantity = quantityAt(tokens, start + words.length);
    if (quantity === null || quantity.dimension !== "time" || quantity.to > end) continue;
    return { kind, only, quantity, event: null, from: at, to: quantity.to };
  }
  return null;
}

/** Verbs whose own timing and that of their complement cannot be told apart: `require the path to be set after login`. */
const ENABLING = new Set("require allow permit enable cause force instruct ask tell expect ensure".split(" "));

/** Whether timing at the end of a response may bind a part of it only. */
export function isTimingScopeOpen(tokens: readonly Token[], response: Range): boolean {
  const first = tokens[response.from];
  return hasParts(tokens, response) || (first?.kind === "word" && ENABLING.has(first.lower));
}

/** Whether a response has several parts. */
export function hasParts(tokens: readonly Token[], range: Range): boolean {
  for (let index = range.from; index < range.to; index++) {
    const token = tokens[index];
    if (token === undefined || token.depth > 0) continue;
    if (token.kind === "word" && (COORDINATORS.has(token.lower) || token.lower === "or")) return true;
    if (isMark(token, ",") || isMark(token, ";")) return true;
  }
  return false;
}
