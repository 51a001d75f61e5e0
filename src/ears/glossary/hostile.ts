import { Lexer, Parser } from "yaml";

/** Nobody declares that much; the limit bounds the time that a hostile file can take. */
const MAX_LENGTH = 2_000_000;
/** The reader of the YAML library is recursive. */
const MAX_DEPTH = 50;

/** What of a text has no place in a glossary and could keep the library busy for long or exhaust its stack; null without. */
export function overlong(text: string): string | null {
  if (text.length > MAX_LENGTH) return `length of more than ${MAX_LENGTH} characters`;
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    if (/^[*&!]/u.test(lexeme)) return "alias, anchor or type";
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH) return `nesting of more than ${MAX_DEPTH} levels`;
  }
  return null;
}
