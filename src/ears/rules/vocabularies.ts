import type { Token } from "../token.js";
import { isMark } from "../token.js";
import { DETERMINERS } from "../words.js";

/** The values that a phrase lists for a thing: `lid state` is one of `open`, `shut`. */
export interface Vocabulary {
  /** What has these values, in lower case. */
  name: string;
  values: string[];
  /** Token indices of the list, the end exclusive. */
  from: number;
  to: number;
}

/** What may stand between the thing and `one of`. */
const LINKS: ReadonlySet<string> = new Set(
  "that which is are be must shall as exactly either only always to :".split(" "),
);

const LONGEST_NAME = 2;

/** Words that end a name to the left. */
const BREAKS: ReadonlySet<string> = new Set(
  "of in on for with by from and or not have has use uses using set its shall must may one include includes including contain contains appropriate".split(
    " ",
  ),
);

/** Every closed list of a phrase whose thing has a name. */
export function vocabularies(tokens: readonly Token[]): Vocabulary[] {
  const found: Vocabulary[] = [];
  for (let index = 1; index < tokens.length; index++) {
    const token = tokens[index];
    if (token === undefined) continue;
    const oneOf = token.lower === "one" && tokens[index + 1]?.lower === "of";
    const vocabulary = oneOf ? afterOneOf(tokens, index) : token.text === "(" ? inBrackets(tokens, index) : null;
    if (vocabulary === null) continue;
    found.push(vocabulary);
    index = vocabulary.to - 1;
  }
  return found;
}

/** `state that is one of `a`, `b``: the values are code or quoted, or end the phrase, so that it is certain where they end. */
function afterOneOf(tokens: readonly Token[], at: number): Vocabulary | null {
  let last = at - 1;
  while (last >= 0 && LINKS.has(tokens[last]?.lower ?? "")) last--;
  const name = nameTo(tokens, last);
  let from = at + 2;
  while (["the", "these", "following", "values", "value", ":"].includes(tokens[from]?.lower ?? "")) from++;
  const marked = readValues(tokens, from, (token) => token.kind === "code" || token.kind === "quote");
  const words = readValues(tokens, from, (token) => token.kind === "word");
  const list = marked ?? (words?.to === tokens.length ? words : null);
  return name === null || list === null ? null : { name, ...list };
}

/** `severity (error, warning, or info)`: at least three values of one word each, and nothing else in the brackets. */
function inBrackets(tokens: readonly Token[], at: number): Vocabulary | null {
  const name = nameTo(tokens, at - 1);
  const list = readValues(tokens, at + 1, (token) => token.kind === "word" || token.kind === "code");
  if (name === null || list === null || list.values.length < 3 || tokens[list.to]?.text !== ")") return null;
  return { name, ...list };
}

function readValues(
  tokens: readonly Token[],
  from: number,
  isValue: (token: Token) => boolean,
): Pick<Vocabulary, "values" | "from" | "to"> | null {
  const values: string[] = [];
  let at = from;
  for (;;) {
    const token = tokens[at];
    if (token === undefined || !isValue(token)) break;
    values.push(token.text.replace(/^[`"“']+|[`"”']+$/gu, ""));
    let next = at + 1;
    if (tokens[next]?.text === ",") next++;
    if (tokens[next]?.lower === "or" || tokens[next]?.lower === "and") next++;
    if (next === at + 1) return values.length < 2 ? null : { values, from, to: next };
    at = next;
  }
  return null;
}

/** The noun phrase that ends at a token: up to two words, or one code span. */
function nameTo(tokens: readonly Token[], last: number): string | null {
  const words: string[] = [];
  for (let at = last; at >= 0 && words.length < LONGEST_NAME; at--) {
    const token = tokens[at];
    if (token === undefined || isMark(token, ",")) break;
    if (token.kind === "code") return words.length === 0 ? token.text : words.join(" ");
    if (token.kind !== "word" || BREAKS.has(token.lower) || DETERMINERS.has(token.lower)) break;
    words.unshift(token.lower);
  }
  return words.length === 0 ? null : words.join(" ");
}
