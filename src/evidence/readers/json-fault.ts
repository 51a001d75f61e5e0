import { skipSpace } from "./json-space.js";

/**
 * Offset of the first character that JSON's grammar (RFC 8259) does not allow; the length of the text when it only
 * ends too early. For text that JSON.parse refused.
 */
export function firstFault(text: string): number {
  const open: string[] = [];
  let expects: "value" | "key" | "colon" | "next" = "value";
  let mayClose = false;
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const character = text[at] ?? "";
    if ((character === "}" || character === "]") && (expects === "next" || mayClose)) {
      if (open.pop() !== (character === "}" ? "{" : "[")) return at;
      expects = "next";
      mayClose = false;
      at += 1;
    } else if (expects === "next") {
      if (character !== "," || open.length === 0) return at;
      expects = open.at(-1) === "{" ? "key" : "value";
      at += 1;
    } else if (expects === "colon") {
      if (character !== ":") return at;
      expects = "value";
      at += 1;
    } else if (expects === "key") {
      const end = tokenEnd(text, at);
      if (character !== '"' || end.fault) return end.fault ? end.at : at;
      expects = "colon";
      mayClose = false;
      at = end.at;
    } else if (character === "{" || character === "[") {
      open.push(character);
      expects = character === "{" ? "key" : "value";
      mayClose = true;
      at += 1;
    } else {
      const end = tokenEnd(text, at);
      if (end.fault) return end.at;
      expects = "next";
      mayClose = false;
      at = end.at;
    }
    at = skipSpace(text, at);
  }
  return text.length;
}

/** End of the string, number or word at an offset, or where it goes wrong. */
function tokenEnd(text: string, from: number): { at: number; fault: boolean } {
  if (text[from] !== '"') {
    const token = /^[^\s,:[\]{}"]{0,400}/u.exec(text.slice(from, from + 400))?.[0] ?? "";
    const sound = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/u.test(token);
    return { at: sound ? from + token.length : from, fault: !sound };
  }
  let at = from + 1;
  while (at < text.length && text[at] !== '"') {
    if (text.charCodeAt(at) < 0x20) return { at, fault: true };
    if (text[at] === "\\") {
      const sequence = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/u.exec(text.slice(at, at + 6))?.[0];
      if (sequence === undefined) return { at, fault: true };
      at += sequence.length;
    } else at += 1;
  }
  return at < text.length ? { at: at + 1, fault: false } : { at: text.length, fault: true };
}
