import type { Modality } from "./statement.js";
import type { Token } from "./token.js";
import { isCapitals, isMark, isWord } from "./token.js";
import { MODALS, NAMING_LEADS, NAMING_WORDS, NEGATIONS } from "./words.js";

/** A modal as token indices; `to` (exclusive) is behind a NOT. */
export interface ModalPlace {
  at: number;
  to: number;
  modality: Modality;
  negated: boolean;
}

/**
 * The modals of a sentence outside brackets and opaque tokens. If any stands in capitals, only those in capitals bind
 * (RFC 8174); the lower-case ones are prose. Without any in capitals, `shall` and `must` bind, and `should` and `may`
 * bind unless `capitals` says that the file writes its modals in capitals.
 */
export function modalsOf(tokens: readonly Token[], capitals: boolean): ModalPlace[] {
  const all: number[] = [];
  for (let index = 0; index < tokens.length; index++) if (isModalUsed(tokens, tokens[index], index)) all.push(index);
  if (all.length === 0) return [];
  const inCapitals = all.filter((index) => isCapitals(tokens[index]));
  if (inCapitals.length > 0) return inCapitals.map((index) => modalAt(tokens, index));
  const bind = all.filter((index) => {
    const lower = tokens[index]?.lower;
    return lower === "shall" || lower === "must" || !capitals;
  });
  return bind.map((index) => modalAt(tokens, index));
}

/** The last lower-case modal before a place: `Later phases may add evidence, but SHALL NOT …`. */
export function lowerModalBefore(tokens: readonly Token[], end: number): ModalPlace | null {
  for (let index = 1; index < end; index++)
    if (isModalUsed(tokens, tokens[index], index)) return modalAt(tokens, index);
  return null;
}

/** Holds a lower-case `should` or `may` that would bind in a file without capitals. */
export function hasLowerModal(tokens: readonly Token[]): boolean {
  return tokens.some((token, index) => isModalUsed(tokens, token, index));
}

function isModalUsed(tokens: readonly Token[], token: Token | undefined, index: number): boolean {
  if (token === undefined || token.kind !== "word" || token.depth > 0 || !MODALS.has(token.lower)) return false;
  if (token.text !== token.lower && !isCapitals(token)) return false;
  const before = tokens[index - 1];
  if (before !== undefined && before.kind === "word" && isNaming(before)) return false;
  const listed = isWord(before, "and") || isWord(before, "or") || isMark(before, ",");
  if (listed && MODALS.has(tokens[index - 2]?.lower ?? "")) return false;
  const after = tokens[index + 1];
  if (after !== undefined && after.kind === "word" && MODALS.has(after.lower) && after.depth === 0) return false;
  return !isWord(after, "or") && !isWord(after, "and");
}

/** `A` in capitals is a name: `pump A SHALL start`. */
function isNaming({ lower, text }: Token): boolean {
  return NAMING_WORDS.has(lower) || (NAMING_LEADS.has(lower) && text !== "A");
}

function modalAt(tokens: readonly Token[], at: number): ModalPlace {
  const next = tokens[at + 1];
  const word = next !== undefined && next.kind === "word" && next.depth === 0 && NEGATIONS.has(next.lower);
  const negated = word && !isWord(tokens[at + 2], "only");
  const modality = MODALS.get(tokens[at]?.lower ?? "") ?? "shall";
  return { at, to: negated ? at + 2 : at + 1, modality, negated };
}
