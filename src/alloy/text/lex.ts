/**
 * Words, numbers, strings and signs of Alloy text, after the lexical rules of Alloy 6. What Alloy would reject (a string
 * without end, a character that nothing begins with) becomes a token too: reading goes on behind it.
 */
export interface Token {
  kind: "word" | "number" | "string" | "sign";
  text: string;
  /** Offsets in UTF-16 units, the end exclusive. */
  start: number;
  end: number;
}

export interface Comment {
  /** The comment with its signs. */
  text: string;
  start: number;
  end: number;
}

export interface Lexed {
  tokens: Token[];
  comments: Comment[];
}

/** Java's identifiers, as Alloy's lexer has them, with `"` inside. */
const WORD = /[\p{L}\p{Nl}\p{Sc}\p{Pc}][\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mn}\p{Mc}"]*/uy;
const NUMBER = /[0-9][\w$"]*/y;
const LINE_END = /[\r\n]/g;

/** Longest first: the first that fits is taken. */
const SIGNS = ["<=>", ">>>", "&&", "++", "->", "::", ":>", "<=", "<:", "<<", "=<", "=>", ">>", ">=", "||"];

const PRIMES: Readonly<Record<string, string>> = { "‘": "'", "’": "'" };

/** Splits a text into tokens and comments in one pass. Everything else is white space. */
export function lex(text: string): Lexed {
  const found: Lexed = { tokens: [], comments: [] };
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 0xfeff || code === 0xa0) {
      at++;
      continue;
    }
    const comment = commentEnd(text, at);
    if (comment > at) {
      found.comments.push({ text: text.slice(at, comment), start: at, end: comment });
      at = comment;
      continue;
    }
    const token = tokenAt(text, at);
    found.tokens.push(token);
    at = token.end;
  }
  return found;
}

/** Where the comment that starts here ends; the offset itself when none does. One that is never closed takes the rest. */
function commentEnd(text: string, at: number): number {
  if (text.startsWith("/*", at)) {
    const close = text.indexOf("*/", at + 2);
    return close < 0 ? text.length : close + 2;
  }
  if (!text.startsWith("//", at) && !text.startsWith("--", at)) return at;
  LINE_END.lastIndex = at;
  return LINE_END.exec(text)?.index ?? text.length;
}

function tokenAt(text: string, at: number): Token {
  const made = (kind: Token["kind"], end: number): Token => ({ kind, text: text.slice(at, end), start: at, end });
  if (text[at] === '"') return made("string", stringEnd(text, at));
  WORD.lastIndex = at;
  if (WORD.test(text)) return made("word", WORD.lastIndex);
  NUMBER.lastIndex = at;
  if (NUMBER.test(text)) return made("number", NUMBER.lastIndex);
  const sign = SIGNS.find((each) => text.startsWith(each, at));
  if (sign !== undefined) return made("sign", at + sign.length);
  const single = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return { kind: "sign", text: PRIMES[single] ?? single, start: at, end: at + single.length };
}

/** Behind the closing sign, or at the end of the line where there is none. */
function stringEnd(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const sign = text[end];
    if (sign === "\\") end++;
    else if (sign === '"') return end + 1;
    else if (sign === "\n" || sign === "\r") return end;
  }
  return text.length;
}

/** Words that name nothing. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "abstract all and assert as but check disjoint disj else enum exactly exhaustive exh expect extends fact for fun " +
    "iden iff implies Int int in let lone module none not no one open or partition part pred private run seq set sig " +
    "some String sum this univ always after eventually historically before once releases until since triggered var steps"
  ).split(" "),
);

export function isName(token: Token | undefined): token is Token {
  return token?.kind === "word" && !KEYWORDS.has(token.text);
}
