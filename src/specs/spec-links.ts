import { decodeString } from "micromark-util-decode-string";
import type { SpecLink } from "../model/link.js";
import type { Attribute } from "../model/requirement.js";
import type { Span } from "../model/span.js";
import { compareSpans } from "../model/span.js";
import type { Tag } from "../model/tag.js";
import type { Block } from "./blocks.js";
import { htmlAddresses } from "./html-links.js";
import { maskInline } from "./inline.js";
import type { Destination, InlineLink, LabelledLink } from "./links.js";
import { findLinks, readDestination } from "./links.js";
import type { Source } from "./source.js";
import { spanAt } from "./source.js";

type Labelled = Omit<SpecLink, "url" | "urlSpan"> & { label: string };

interface Definition {
  link: SpecLink;
  used: boolean;
}

/** Stands for an autolink where a mask of everything else is wanted. */
const MARK = "\uE000";

const AUTOLINK = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>/g;

const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;

/** A path with an extension in a code span, with a folder or a place in it: `docs/a.md#anchor`, `src/a.ts:12`. */
const CODE_PATH = /^(?!\w+:\/\/)(?=.*[/#]|.*:\d)[\w@.~/-]*[\w-]\.[A-Za-z0-9]{1,8}(?:#.+|:\d+(?:-\d+)?)?$/;

/** Collects the links of a file leaf by leaf; labels may be defined behind their use, so links are given at the end. */
export class LinkCollector {
  readonly #source: Source;
  readonly #links: SpecLink[] = [];
  readonly #labelled: Labelled[] = [];
  readonly #definitions = new Map<string, Definition>();
  /** Without a definition no bracketed text is a link, and there are many brackets. */
  readonly #mayDefine: boolean;

  constructor(source: Source) {
    this.#source = source;
    this.#mayDefine = source.text.includes("]:");
  }

  add(leaf: Block, role: SpecLink["role"], owner: Tag | null): void {
    if (leaf.node.type === "definition") this.#define(leaf, role, owner);
    else if (leaf.node.type === "html") this.#readHtml(leaf, { role, owner });
    else this.#read(leaf, { role, owner });
  }

  /** Says which of the links found so far stand behind `**References:**`, and adds the paths in code spans there. */
  refer(attributes: readonly Attribute[], owner: Tag | null): void {
    for (const { name, span } of attributes) {
      if (!/^references?$/i.test(name)) continue;
      markWithin(this.#links, span);
      markWithin(this.#labelled, span);
      const start = this.#offset(span.line, span.column);
      this.#readCode(start, this.#offset(span.endLine, span.endColumn), owner);
    }
  }

  finish(): SpecLink[] {
    for (const { label, ...link } of this.#labelled) {
      const definition = this.#definitions.get(folded(label));
      if (definition === undefined) continue;
      definition.used = true;
      this.#links.push({ ...link, url: definition.link.url, urlSpan: definition.link.urlSpan });
    }
    for (const { link, used } of this.#definitions.values()) if (!used) this.#links.push(link);
    return this.#links.sort((a, b) => compareSpans(a.span, b.span));
  }

  #read(leaf: Block, common: Pick<SpecLink, "role" | "owner">): void {
    const text = this.#source.text.slice(leaf.start, leaf.end);
    if (text.includes("<")) {
      this.#readAutolinks(leaf, text, common);
      this.#readHtml(leaf, common);
    }
    if (!text.includes("](") && !(this.#mayDefine && text.includes("]"))) return;
    const images: InlineLink[] = [];
    const labelled: LabelledLink[] = [];
    const unreadable: { start: number; textStart: number; textEnd: number; targetStart: number }[] = [];
    const others = { images, unreadable, ...(this.#mayDefine ? { labelled } : {}) };
    for (const link of findLinks(text, maskInline(text), others)) this.#inline(leaf, "inline", link, common);
    for (const image of images) this.#inline(leaf, "image", image, common);
    for (const each of labelled) {
      this.#labelled.push({ label: each.label, ...common, form: "reference", ...this.#places(leaf, each) });
    }
    for (const { targetStart, ...each } of unreadable) {
      const url = /^[^)\n]{0,500}(?=\))/.exec(text.slice(targetStart, targetStart + 501))?.[0] ?? "";
      const close = targetStart + url.length;
      // Parentheses behind brackets are ordinary prose unless they hold something like a path.
      if (!/^[^"'(]*(?:\/[^"'(]*|\.\w{1,8}(?:[#?][^"'(]*)?)$/.test(url)) continue;
      const urlSpan = this.#span(leaf, targetStart, close);
      this.#links.push({
        ...common,
        form: "unreadable",
        url,
        urlSpan,
        ...this.#places(leaf, { ...each, end: close + 1 }),
      });
    }
  }

  #inline(leaf: Block, form: "inline" | "image", link: InlineLink, common: Pick<SpecLink, "role" | "owner">): void {
    const places = this.#places(leaf, { ...link, textEnd: link.textStart + link.text.length });
    const urlSpan = this.#span(leaf, link.urlStart, link.urlEnd);
    this.#links.push({ ...common, form, url: link.url, urlSpan, ...places });
  }

  #places(leaf: Block, at: { start: number; end: number; textStart: number; textEnd: number }) {
    return {
      text: this.#source.text.slice(leaf.start + at.textStart, leaf.start + at.textEnd),
      span: this.#span(leaf, at.start, at.end),
      textSpan: this.#span(leaf, at.textStart, at.textEnd),
    };
  }

  #readAutolinks(leaf: Block, text: string, common: Pick<SpecLink, "role" | "owner">): void {
    // Autolinks are blank in the masked text, as code is; what no code span or comment holds is masked by itself alone.
    const masked = maskInline(text.replace(AUTOLINK, (whole) => MARK.repeat(whole.length)));
    for (const match of text.matchAll(AUTOLINK)) {
      if (masked[match.index] !== MARK || isEscaped(text, match.index) || text.startsWith("](", match.index - 2))
        continue;
      const end = match.index + match[0].length;
      this.#links.push({
        ...common,
        form: "autolink",
        text: "",
        url: match[1] ?? "",
        span: this.#span(leaf, match.index, end),
        textSpan: null,
        urlSpan: this.#span(leaf, match.index + 1, end - 1),
      });
    }
  }

  /** The addresses in raw HTML, but for what code spans and comments hold. */
  #readHtml(leaf: Block, common: Pick<SpecLink, "role" | "owner">): void {
    const text = this.#source.text.slice(leaf.start, leaf.end);
    if (htmlAddresses(text).length === 0) return;
    const bare = text.replace(COMMENT, (whole) => whole.replace(/[^\n]/g, " "));
    // Raw HTML is blank in masked text, as code is: the mask of a text without it tells the two apart.
    const masked = leaf.node.type === "html" ? null : maskInline(bare.replace(/</g, MARK));
    for (const { start, value, valueStart, end } of htmlAddresses(bare)) {
      if (masked !== null && (masked[start] !== MARK || isEscaped(text, start))) continue;
      this.#links.push({
        ...common,
        form: "html",
        text: "",
        url: value.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{1,40});/gi, decodeString).trim(),
        span: this.#span(leaf, start, end),
        textSpan: null,
        urlSpan: this.#span(leaf, valueStart, valueStart + value.length),
      });
    }
  }

  #define(leaf: Block, role: SpecLink["role"], owner: Tag | null): void {
    const text = this.#source.text.slice(leaf.start, leaf.end);
    const label = /^\[((?:[^\]\\]|\\[\s\S])*)\]:/.exec(text);
    const destination: Destination | null = label === null ? null : readDestination(text, label[0].length);
    if (label === null || destination === null || this.#definitions.has(folded(label[1] ?? ""))) return;
    const urlSpan = this.#span(leaf, destination.urlStart, destination.urlEnd);
    const span = this.#span(leaf, 0, text.length);
    const link: SpecLink = {
      role,
      form: "definition",
      text: "",
      url: destination.url,
      owner,
      span,
      textSpan: null,
      urlSpan,
    };
    this.#definitions.set(folded(label[1] ?? ""), { link, used: false });
  }

  #readCode(start: number, end: number, owner: Tag | null): void {
    const text = this.#source.text.slice(start, end);
    for (const match of text.matchAll(/(?<!`)`([^`\n]{1,500})`(?!`)/g)) {
      const content = (match[1] ?? "").trim();
      if (!CODE_PATH.test(content)) continue;
      const at = start + match.index;
      const urlStart = at + match[0].indexOf(content);
      this.#links.push({
        role: "references",
        form: "code",
        text: "",
        url: content,
        owner,
        span: spanAt(this.#source, at, at + match[0].length),
        textSpan: null,
        urlSpan: spanAt(this.#source, urlStart, urlStart + content.length),
      });
    }
  }

  #span(leaf: Block, start: number, end: number) {
    return spanAt(this.#source, leaf.start + start, leaf.start + end);
  }

  #offset(line: number, column: number): number {
    return (this.#source.lineStarts[line - 1] ?? this.#source.text.length) + column - 1;
  }
}

/** Whether a sign has an odd number of backslashes before it. */
function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text[from - 1] === "\\") from -= 1;
  return (at - from) % 2 === 1;
}

/** Links come in order of place, so those of an attribute that was read last are at the end. */
function markWithin(links: readonly Pick<SpecLink, "role" | "span">[], span: Span): void {
  for (let index = links.length - 1; index >= 0; index--) {
    const link = links[index];
    if (link === undefined || link.span.line < span.line) return;
    const { line, column } = link.span;
    if (line < span.endLine || (line === span.endLine && column < span.endColumn)) link.role = "references";
  }
}

/** Labels meet as CommonMark 0.31 matches them: case folded, runs of white space as one blank. */
function folded(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}
