import { decodeString } from "micromark-util-decode-string";
import { maskInline } from "./inline.js";

/** An inline link of markdown: offsets into the searched text. */
export interface InlineLink extends Destination {
  start: number;
  end: number;
  /** Text between the brackets, as written. */
  text: string;
  textStart: number;
  /** Offset of what stands in the parentheses. */
  targetStart: number;
}

/** Where a link leads, as it stands between parentheses or behind a label. */
export interface Destination {
  /** Backslash escapes and character references (`&amp;`) resolved, otherwise as written. */
  url: string;
  /** Offsets of what is written, without angle brackets. */
  urlStart: number;
  urlEnd: number;
}

/** What `findLinks` finds besides inline links, for who asks. */
export interface OtherLinks {
  images?: InlineLink[];
  /** Brackets that no parentheses follow: links if their label is defined. */
  labelled?: LabelledLink[];
  /** Brackets followed by parentheses whose content is no target. */
  unreadable?: { start: number; textStart: number; textEnd: number; targetStart: number }[];
}

/** `[text][label]`, `[text][]` or `[label]`. */
export interface LabelledLink {
  start: number;
  end: number;
  textStart: number;
  textEnd: number;
  label: string;
}

/** CommonMark lets a parser stop at 32 nested parentheses; that bounds the search for the end of a target. */
const PARENTHESES = 32;

/**
 * The inline links `[text](url)` of a text in order, as CommonMark 0.31, section 6.3 finds them: brackets in code spans and
 * escaped ones do not count, brackets in a link's text are balanced, and no link holds another.
 */
export function findLinks(text: string, masked: string = maskInline(text), others: OtherLinks = {}): InlineLink[] {
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
    if (enclosesLink) continue;
    const textStart = opener.at + 1;
    const target = masked[at + 1] === "(" ? readTarget(text, at + 2) : null;
    if (target === null) {
      if (masked[at + 1] === "(") {
        others.unreadable?.push({ start: opener.at, textStart, textEnd: at, targetStart: at + 2 });
      } else if (!opener.image && others.labelled !== undefined) {
        const labelled = readLabel(text, masked, opener.at, at);
        others.labelled.push(labelled);
        at = labelled.end - 1;
      }
      continue;
    }
    const link = { start: opener.at, text: text.slice(textStart, at), textStart, targetStart: at + 2, ...target };
    if (opener.image) others.images?.push({ ...link, start: opener.at - 1 });
    else {
      links.push(link);
      inactive = open.length;
    }
    at = target.end - 1;
  }
  return links;
}

/** The label behind a bracketed text that ends at `close`: what the next brackets hold, or the text itself. */
function readLabel(text: string, masked: string, start: number, close: number): LabelledLink {
  const own = { start, textStart: start + 1, textEnd: close };
  const end = masked[close + 1] === "[" ? masked.indexOf("]", close + 2) : -1;
  const inner = end < 0 ? null : masked.slice(close + 2, end);
  if (inner === null || inner.includes("[")) return { ...own, end: close + 1, label: text.slice(start + 1, close) };
  return {
    ...own,
    end: end + 1,
    label: inner.trim() === "" ? text.slice(start + 1, close) : text.slice(close + 2, end),
  };
}

/** Reads `url "title")` and returns the offset behind the closing parenthesis; null when it is not a link's target. */
function readTarget(text: string, start: number): (Destination & { end: number }) | null {
  const destination = readDestination(text, start);
  if (destination === null) return null;
  const behind = destination.urlEnd + (text[destination.urlStart - 1] === "<" ? 1 : 0);
  let at = skipBlank(text, behind);
  if (at > behind && text[at] !== ")") {
    const titleEnd = quotedEnd(text, at);
    if (titleEnd === null) return null;
    at = skipBlank(text, titleEnd);
  }
  return text[at] === ")" ? { ...destination, end: at + 1 } : null;
}

/** Reads `url` or `<url>` behind blanks; null when neither stands there. */
export function readDestination(text: string, start: number): Destination | null {
  const at = skipBlank(text, start);
  const angled = text[at] === "<";
  const end = angled ? angledEnd(text, at) : bareEnd(text, at);
  if (end === null) return null;
  const urlStart = angled ? at + 1 : at;
  const urlEnd = angled ? end - 1 : end;
  return { url: unescaped(text.slice(urlStart, urlEnd)), urlStart, urlEnd };
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
  return depth === 0 ? text.length : null;
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
  return /[\\&]/.test(url) ? decodeString(url) : url;
}
