import type { Token } from "./token.js";
import { isCapitals, isMark } from "./token.js";
import { ABBREVIATIONS, SENTENCE_STARTS } from "./words.js";

/** Cuts a block's tokens into sentences; the mark that ends a sentence stays with it. */
export function sentencesOf(tokens: readonly Token[]): (readonly Token[])[] {
  const sentences: (readonly Token[])[] = [];
  let from = 0;
  for (let index = 0; index < tokens.length; index++) {
    if (!endsSentence(tokens, index)) continue;
    sentences.push(tokens.slice(from, index + 1));
    from = index + 1;
  }
  if (from === 0) return tokens.length === 0 ? [] : [tokens];
  if (from < tokens.length) sentences.push(tokens.slice(from));
  return sentences;
}

function endsSentence(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (token === undefined || token.depth > 0 || next === undefined) return false;
  if (token.kind === "quote") return /[.!?].$/su.test(token.text) && next.spaced && isCapitals(next);
  if (!isMark(token, ".") && !isMark(token, "!") && !isMark(token, "?") && !isMark(token, "。")) return false;
  if (!next.spaced && token.text !== "。") return false;
  const before = tokens[index - 1];
  const abbreviated = before !== undefined && before.kind === "word" && ABBREVIATIONS.has(before.lower);
  if (abbreviated) return before.lower === "etc" && (isCapitals(next) || next.text === "The");
  if (next.kind !== "word") return next.kind !== "mark" || next.depth > 0;
  const first = next.text.charAt(0);
  return first !== first.toLowerCase() || first === first.toUpperCase() || SENTENCE_STARTS.has(next.lower);
}
