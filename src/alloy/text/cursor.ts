import type { Sign } from "./expression.js";
import type { Token } from "./lex.js";
import { isName } from "./lex.js";

/** A place in a list of tokens. */
export class Cursor {
  at: number;
  readonly tokens: readonly Token[];
  /** Index behind the last token that may be read. */
  readonly limit: number;

  constructor(tokens: readonly Token[], at = 0, limit = tokens.length) {
    this.tokens = tokens;
    this.at = at;
    this.limit = limit;
  }

  peek(ahead = 0): Token | undefined {
    const index = this.at + ahead;
    return index < this.limit ? this.tokens[index] : undefined;
  }

  /** Whether the token here is this word or sign. Strings are never. */
  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token !== undefined && token.text === text && token.kind !== "string";
  }

  isOneOf(texts: ReadonlySet<string>, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token !== undefined && token.kind !== "string" && texts.has(token.text);
  }

  take(): Token | undefined {
    const token = this.peek();
    if (token !== undefined) this.at++;
    return token;
  }

  /** Takes the token if it is this one. */
  accept(text: string): Token | null {
    if (!this.is(text)) return null;
    return this.take() ?? null;
  }

  /** Takes `a`, `a/b` or `this/a`; null where no name stands. */
  name(): Sign | null {
    const first = this.peek();
    const leading = (this.is("this") || this.is("seq")) && this.is("/", 1) && isName(this.peek(2));
    if (first === undefined || !(leading || isName(first))) return null;
    this.at++;
    let last = first;
    let text = first.text;
    while (this.is("/") && isName(this.peek(1))) {
      this.at++;
      last = this.take() ?? last;
      text += `/${last.text}`;
    }
    return { text, start: first.start, end: last.end };
  }

  /** `a, b, c`; empty where no name stands. */
  names(): Sign[] {
    const found: Sign[] = [];
    for (let name = this.name(); name !== null; name = this.name()) {
      found.push(name);
      if (!this.is(",")) break;
      this.at++;
    }
    return found;
  }

  /** Skips from an opening bracket behind its closing one; to the limit when there is none. Does nothing elsewhere. */
  skipBrackets(): void {
    if (!this.isOneOf(OPENING)) return;
    let depth = 0;
    do {
      if (this.isOneOf(OPENING)) depth++;
      else if (this.isOneOf(CLOSING)) depth--;
      this.at++;
    } while (depth > 0 && this.at < this.limit);
  }
}

const OPENING: ReadonlySet<string> = new Set(["{", "[", "("]);
const CLOSING: ReadonlySet<string> = new Set(["}", "]", ")"]);
