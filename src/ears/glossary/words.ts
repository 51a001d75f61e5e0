import type { Token } from "../token.js";
import { tokenize } from "../tokenize.js";

/** A token as it is compared: articles are gone, words are in lower case and NFC, code keeps its content. */
export interface Word {
  key: string;
  token: Token;
  /** The article that stood before it, as written; empty without. */
  article: string;
}

const ARTICLES = new Set(["a", "an", "the"]);

/** Contractions as the auxiliary and its negation. */
const CONTRACTED: ReadonlyMap<string, string> = new Map(
  "is are has have does do was were".split(" ").map((word) => [`${word}n't`, word]),
);

/** The words of tokens. Punctuation stays as a word of its own, so that nothing of a phrase is overlooked. */
export function wordsOf(tokens: readonly Token[]): Word[] {
  const words: Word[] = [];
  let article = "";
  for (const token of tokens) {
    const key = keyOfToken(token);
    if (ARTICLES.has(key) && token.kind === "word") {
      article = token.text;
      continue;
    }
    const auxiliary = CONTRACTED.get(key);
    words.push({ key: auxiliary ?? key, token, article });
    if (auxiliary !== undefined) words.push({ key: "not", token: { ...token, text: "", spaced: false }, article: "" });
    article = "";
  }
  return words;
}

function keyOfToken(token: Token): string {
  if (token.kind === "code") return codeKey(token.text);
  return token.kind === "word" ? token.lower.normalize("NFC").replace(/’/gu, "'") : token.text.normalize("NFC");
}

/** What the author wrote, from the first of the words to the last. */
export function textOfWords(words: readonly Word[]): string {
  let text = "";
  for (const { token, article } of words) {
    const own = `${article}${article === "" ? "" : " "}${token.text}`;
    text += text !== "" && (token.spaced || article !== "") ? ` ${own}` : own;
  }
  return text;
}

function codeKey(text: string): string {
  return text.replace(/^`+\s*|\s*`+$/gu, "").normalize("NFC");
}

/** The words of a text of the glossary. */
export function wordsOfText(text: string): Word[] {
  return wordsOf(tokenize(text, 0, text.length));
}

/** Words `from` to `to` (exclusive) as one key. */
export function keyOf(words: readonly Word[], from = 0, to = words.length): string {
  let key = "";
  for (let index = from; index < to; index++) key += index === from ? words[index]?.key : ` ${words[index]?.key}`;
  return key;
}

export function keyOfText(text: string): string {
  return keyOf(wordsOfText(text));
}
