import { maskInline } from "./inline.js";

/** An inline link of markdown: offsets into the searched text. */
export interface InlineLink {
  start: number;
  end: number;
  /** Text between the brackets, as written. */
  text: string;
  /** Offset of what stands in the parentheses. */
  targetStart: number;
  url: string;
}

/** CommonMark lets a parser stop at 32 nested parentheses; that bounds the search for the end of a target. */
const PARENTHESES = 32;

/**
 * The inline links `[text](url)` of a text in order, as CommonMark 0.31, section 6.3 finds them: brackets in code spans and
 * escaped ones do not count, brackets in a link's text are balanced, and no link holds another.
 */
export function findLinks(text: string, masked: string = maskInline(text)): InlineLink[] {
  const links: InlineLink[] = [];
  const open: { at: number; image: boolean }[] = [];
  // Brackets below this depth enclose a link, so they make none themselves.
  let inactive = 0;
  for (let at = 0; at < masked.length; at += 1) {
    if (masked[at] === "[") open.push({ at, image: masked[at - 1] === "!" });
    if (masked[at] !== "]") continue;
    const opener = open.pop();
    if (opener === undefined) continue;
    const enclosesLink = !opener.image && open.length < inactive;
    inactive = Math.min(inactive, open.length);
    if (enclosesLink || masked[at + 1] !== "(") continue;
    const target = readTarget(text, at + 2);
    if (target === null) continue;
    if (!opener.image) {
      links.push({
        start: opener.at,
        end: target.end,
        text: text.slice(opener.at + 1, at),
        targetStart: at + 2,
        url: target.url,
      });
      inactive = open.length;
    }
    at = target.end - 1;
  }
  return links;
}

/** Reads `url "title")` and returns the offset behind the closing parenthesis; null when it is not a link's target. */
function readTarget(text: string, start: number): { url: string; end: number } | null {
  let at = skipBlank(text, start);
  const angled = text[at] === "<";
  const urlEnd = angled ? angledEnd(text, at) : bareEnd(text, at);
  if (urlEnd === null) return null;
  const url = unescaped(angled ? text.slice(at + 1, urlEnd - 1) : text.slice(at, urlEnd));
  at = skipBlank(text, urlEnd);
  if (at > urlEnd && text[at] !== ")") {
    const titleEnd = quotedEnd(text, at);
    if (titleEnd === null) return null;
    at = skipBlank(text, titleEnd);
  }
  return text[at] === ")" ? { url, end: at + 1 } : null;
}

function skipBlank(text: string, start: number): number {
  let at = start;
  while (text[at] === " " || text[at] === "\t" || text[at] === "\n") at += 1;
  return at;
}

function angledEnd(text: string, start: number): number | null {
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "\\") at += 1;
    else if (sign === ">") return at + 1;
    else if (sign === "<" || sign === "\n") return null;
  }
  return null;
}

function bareEnd(text: string, start: number): number | null {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code === 0x7f) return depth === 0 ? at : null;
    if (code === 0x5c && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "")) at += 1;
    else if (code === 0x28) depth += 1;
    else if (code === 0x29 && depth === 0) return at;
    else if (code === 0x29) depth -= 1;
    if (depth > PARENTHESES) return null;
  }
  return null;
}

function quotedEnd(text: string, start: number): number | null {
  const opening = text[start];
  const closing = opening === "(" ? ")" : opening;
  if (opening !== '"' && opening !== "'" && opening !== "(") return null;
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "\\") at += 1;
    else if (sign === closing) return at + 1;
    else if (sign === "(" && opening === "(") return null;
  }
  return null;
}

function unescaped(url: string): string {
  return url.includes("\\") ? url.replace(/\\([!-/:-@[-`{-~])/g, "$1") : url;
}
