import { Cursor } from "./cursor.js";
import type { Sign } from "./expression.js";
import type { AlloyText, Paragraph } from "./paragraph.js";

/** Every name in a stretch of tokens, in order, qualified as written (`lib/next`). */
function namesIn(text: AlloyText, first: number, last: number): Sign[] {
  const cursor = new Cursor(text.tokens, first, last);
  const found: Sign[] = [];
  while (cursor.peek() !== undefined) {
    const name = cursor.name();
    if (name !== null) found.push(name);
    else cursor.at++;
  }
  return found;
}

/** Names that a paragraph uses: all in it but the one it declares. */
export function usesOf(text: AlloyText, paragraph: Paragraph): Sign[] {
  const own = declaredIn(paragraph);
  const named = namesIn(text, paragraph.first, paragraph.last);
  return own === null ? named : named.filter(({ start }) => start !== own.start);
}

function declaredIn(paragraph: Paragraph): Sign | null {
  switch (paragraph.kind) {
    case "fact":
    case "assert":
    case "pred":
    case "fun":
    case "let":
    case "enum":
    case "module":
      return paragraph.name;
    case "check":
    case "run":
      return paragraph.label;
    default:
      return null;
  }
}

/** `next` of `lib/next`: what a name names, without where it comes from. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
