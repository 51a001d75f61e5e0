import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { ReferenceRole } from "../model/reference.js";
import type { Tag } from "../model/tag.js";
import { bracketedTokens, isTag } from "../model/tag.js";
import type { CommentBlock } from "./comments.js";
import type { Source } from "./source.js";

/** A tag named in a comment, before it is known whether it stands on a test. Offsets are into the file. */
export interface CommentClaim {
  tag: Tag;
  /** Null for a plain `[TAG]`, whose role depends on where it stands. */
  role: Exclude<ReferenceRole, "mentions"> | null;
  explicit: boolean;
  start: number;
  end: number;
  quote: { text: string; start: number; end: number } | null;
  block: CommentBlock;
}

const MARKER = /(?<![\w.@-])@(implements|verifies)(?![\w-])/g;
/** Longer words are no tags: nobody could read them. */
const WORD = /(\[?)([\w-]{1,120})(?![\w-])(\]?)/y;
const SEPARATOR = /[ \t]*(?:(,)[ \t]*(?:\n[ \t]*)?|[ \t](?:and|&)[ \t]+|[ \t])/y;

/**
 * The references of one comment: `@implements TAG, TAG`, `@verifies TAG` and plain `[TAG]`, each with the requirement
 * text quoted behind it. What stands in code spans, fences or double quotes of the comment is text. A marker that
 * starts a line claims a tag and is malformed without one; within a sentence it may just be mentioned, and
 * `@implements Name` is another tool's.
 */
export function readClaims(source: Source, block: CommentBlock): { claims: CommentClaim[]; findings: Finding[] } {
  const reader = new ClaimReader(source, block);
  reader.read();
  return { claims: reader.claims, findings: reader.findings };
}

class ClaimReader {
  readonly claims: CommentClaim[] = [];
  readonly findings: Finding[] = [];
  readonly #source: Source;
  readonly #block: CommentBlock;
  /** The comment with code spans and quotations blanked. */
  readonly #text: string;
  readonly #unclosed = new Set<string>();

  constructor(source: Source, block: CommentBlock) {
    this.#source = source;
    this.#block = block;
    this.#text = blankQuotations(block.text);
  }

  read(): void {
    const markers = [...this.#text.matchAll(MARKER)].map((match) => ({ at: match.index, name: match[1] ?? "" }));
    const brackets = bracketedTokens(this.#text)
      .filter((token) => token.wellFormed)
      .map((token) => ({ at: token.offset, tag: token.text }));
    let next = 0;
    for (const place of [...markers, ...brackets].sort((a, b) => a.at - b.at)) {
      if (place.at < next) continue;
      if ("tag" in place) {
        const end = place.at + place.tag.length + 2;
        next = this.#claim(place.tag, { role: null, explicit: false, start: place.at + 1, end });
      } else next = this.#marker(place.name === "verifies" ? "verifies" : "implements", place.at);
    }
  }

  /** Adds a reference with the quotation behind it. Returns where reading goes on. */
  #claim(tag: Tag, claim: Pick<CommentClaim, "role" | "explicit" | "start" | "end">): number {
    const quote = this.#quoteBehind(claim.end);
    const toFile = this.#block.toFile;
    const start = toFile(claim.start);
    this.claims.push({
      tag,
      role: claim.role,
      explicit: claim.explicit,
      start,
      end: start + tag.length,
      quote: quote === null ? null : { text: quote.text, start: toFile(quote.start), end: toFile(quote.end) },
      block: this.#block,
    });
    return quote?.end ?? claim.end;
  }

  #marker(role: "implements" | "verifies", at: number): number {
    const from = at + role.length + 1;
    let word = this.#word(skipColon(this.#text, from));
    if (!word.isTag) {
      if (this.#claimsOutright(role, at, word)) this.#malformed(role, at, word);
      return Math.max(from, word.end);
    }
    let explicit = true;
    for (;;) {
      const separator = this.#separator(word.end);
      const following = separator === null ? null : this.#word(separator.end);
      if (separator === null || following === null || !following.isTag) {
        if (separator?.comma === true && following !== null && isNearTag(following.text)) {
          this.#malformed(role, following.start, following);
        }
        return this.#claim(word.text, { role, explicit, start: word.start, end: word.end });
      }
      this.#claim(word.text, { role, explicit, start: word.start, end: word.end });
      explicit = separator.listed;
      word = following;
    }
  }

  #word(at: number): Word {
    WORD.lastIndex = at;
    const match = WORD.exec(this.#text);
    const text = match?.[2] ?? "";
    const start = at + (match?.[1]?.length ?? 0);
    return { text, start, end: at + (match?.[0].length ?? 0), isTag: isTag(text) };
  }

  #separator(at: number): { end: number; comma: boolean; listed: boolean } | null {
    SEPARATOR.lastIndex = at;
    const match = SEPARATOR.exec(this.#text);
    if (match === null) return null;
    return { end: at + match[0].length, comma: match[1] === ",", listed: match[0].trim() !== "" };
  }

  #claimsOutright(role: "implements" | "verifies", at: number, word: Word): boolean {
    const leads = /(?:^|\n)[^\w"'`({[\n]*$/.test(this.#text.slice(Math.max(0, at - 40), at));
    if (!leads) return isNearTag(word.text) && /[A-Z]/.test(word.text);
    if (role === "verifies") return true;
    const rest = this.#text.slice(at + role.length + 1, at + role.length + 80);
    return word.text === "" ? /^[ \t:]*(?:\n|$)/.test(rest) : isNearTag(word.text);
  }

  #malformed(role: "implements" | "verifies", at: number, word: Word): void {
    const { toFile } = this.#block;
    const upper = word.text.toUpperCase().replace(/_+/g, "-");
    const what = word.text === "" ? `\`@${role}\` without a tag` : `word "${word.text}" behind \`@${role}\``;
    this.findings.push(
      finding({
        code: "TAG005",
        message: `Unexpected ${what}, expected a tag like AREA-NAME`,
        span: this.#source.lines.span(toFile(at), toFile(word.text === "" ? at + role.length + 1 : word.end)),
        subject: `@${role} ${word.text}`,
        ...(word.text !== "" && isTag(upper) ? { suggestion: `Write ${upper}.` } : {}),
      }),
    );
  }

  /** The text in double quotes that directly follows, of at least three words; null without. */
  #quoteBehind(at: number): { text: string; start: number; end: number } | null {
    const { text } = this.#block;
    QUOTE_LEAD.lastIndex = at;
    const lead = QUOTE_LEAD.exec(text);
    const mark = lead?.[1];
    if (lead === null || mark === undefined || this.#unclosed.has(mark)) return null;
    const start = at + lead[0].length;
    const end = closingQuote(text, start, mark === "“" ? "”" : mark);
    if (end < 0) {
      this.#unclosed.add(mark);
      return null;
    }
    const inner = text.slice(start, end);
    if (/\n[ \t]*\n/.test(inner) || inner.trim().split(/\s+/).length < 3) return null;
    return { text: inner.replaceAll('\\"', '"').replace(/\s+/gu, " ").trim(), start, end: end + 1 };
  }
}

interface Word {
  text: string;
  start: number;
  end: number;
  isTag: boolean;
}

const QUOTE_LEAD = /\]?[ \t]*(?:[:–—-][ \t]*)?(?:\n[ \t]*)?(["“])/y;

function closingQuote(text: string, from: number, mark: string): number {
  let at = text.indexOf(mark, from);
  while (at > 0 && text[at - 1] === "\\") at = text.indexOf(mark, at + 1);
  return at;
}

function skipColon(text: string, from: number): number {
  const lead = /^[ \t]{0,40}:?[ \t]{0,40}/.exec(text.slice(from, from + 82));
  return from + (lead?.[0].length ?? 0);
}

/** Shaped like a tag somebody got wrong: `BOX_NULL`, `box-null`, `BOX-`. */
function isNearTag(word: string): boolean {
  return /[A-Za-z0-9]-|-[A-Za-z0-9]|^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(word);
}

/** Code spans, fences and double quotations become blanks of the same length. */
function blankQuotations(text: string): string {
  const blank = (found: string) => " ".repeat(found.length);
  let inFence = false;
  return text
    .split("\n")
    .map((line) => {
      const fence = /^\s{0,20}(?:```|~~~)/.test(line);
      if (fence) inFence = !inFence;
      if (fence || inFence) return blank(line);
      return line.replace(/`[^`]*`|"[^"]*"|\('[^']*'/g, blank);
    })
    .join("\n");
}
