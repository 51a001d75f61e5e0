import type { Finding } from "../model/finding.js";
import { finding } from "../model/finding.js";
import type { EvidenceEntry, EvidenceGroup, EvidenceLink } from "../model/requirement.js";
import type { Block } from "./blocks.js";
import { childrenOf, leavesOf } from "./blocks.js";
import { readExample } from "./examples.js";
import type { Heading } from "./headings.js";
import { findLinks } from "./links.js";
import type { Source } from "./source.js";
import { joinSpans, spanAt } from "./source.js";

/** `Label:` or `Label (qualifier):`, plain or bold, at the start of an entry. */
const LABEL = /^\**([A-Za-z][A-Za-z /-]{0,60}?)[ \t]*(?:\(([^()\n]{1,100})\))?\**:\**[ \t]*/;

/** Collects one Evidence section block by block. */
export class EvidenceSection {
  readonly depth: number;
  readonly group: EvidenceGroup;
  readonly findings: Finding[] = [];
  readonly #source: Source;
  readonly #heading: Heading;

  constructor(source: Source, heading: Heading) {
    this.#source = source;
    this.#heading = heading;
    this.depth = heading.depth;
    this.group = { span: heading.span, entries: [] };
  }

  add(block: Block): void {
    const { node } = block;
    if (node.type === "html" || node.type === "definition" || node.type === "thematicBreak") return;
    this.group.span = joinSpans(this.group.span, spanAt(this.#source, block.end, block.end));
    if (node.type === "list") for (const item of childrenOf(block)) this.#addItem(item);
    else if (node.type === "code") this.#addFence(block, node.lang ?? "", node.value);
    else this.#unreadable(block, "text", "an entry `- Label: [text](/path#L1)`");
  }

  /** To call when the section ends. */
  finish(): void {
    if (this.group.entries.length === 0 && this.findings.length === 0) {
      const message = "Unexpected Evidence section without an entry, expected `- Label: [text](/path#L1)` below it";
      this.findings.push(finding({ code: "SPEC009", message, span: this.#heading.span }));
    }
    for (const entry of this.group.entries) {
      if (entry.links.length > 0 || entry.example !== null) continue;
      const expected = isExample(entry) ? "a fence with its code" : "a link `[text](/path#L1)`";
      const message = `Unexpected evidence entry ${JSON.stringify(entry.label)} without ${expected.split(" ").slice(0, 2).join(" ")}, expected ${expected}`;
      this.findings.push(finding({ code: "SPEC008", message, span: entry.span }));
    }
  }

  #addItem(item: Block): void {
    const [first, ...rest] = childrenOf(item);
    const label = first?.node.type === "paragraph" ? LABEL.exec(this.#source.text.slice(first.start, first.end)) : null;
    if (first === undefined || label === null) {
      this.#unreadable(item, "list line", "`- Label: [text](/path#L1)`");
      return;
    }
    const fence = rest.findIndex((child) => child.node.type === "code");
    const prose = fence < 0 ? [first, ...rest] : [first, ...rest.slice(0, fence)];
    const textStart = first.start + label[0].length;
    const entry: EvidenceEntry = {
      label: label[1] ?? "",
      qualifier: label[2]?.trim() ?? null,
      span: spanAt(this.#source, item.start, item.end),
      text: this.#source.text.slice(textStart, Math.max(textStart, prose.at(-1)?.end ?? textStart)),
      links: prose.flatMap((child) => leavesOf(child)).flatMap((leaf) => this.#linksIn(leaf)),
      example: null,
    };
    this.group.entries.push(entry);
    for (const child of rest) {
      if (child.node.type === "code") this.#addFence(child, child.node.lang ?? "", child.node.value);
    }
  }

  #addFence(block: Block, language: string, code: string): void {
    if (language.toLowerCase() === "alloy") return;
    const entry = this.group.entries.at(-1);
    if (entry === undefined || !isExample(entry) || entry.example !== null) {
      this.#unreadable(block, "fence", "an entry `- Example:` before it");
      return;
    }
    entry.example = readExample(this.#source, block, language, code);
  }

  #linksIn(leaf: Block): EvidenceLink[] {
    if (leaf.node.type !== "paragraph") return [];
    const text = this.#source.text.slice(leaf.start, leaf.end);
    return findLinks(text).map((link) => ({
      text: link.text,
      url: link.url,
      ...readTarget(link.url, this.#source.file),
      symbol: symbolOf(link.text, link.url),
      span: spanAt(this.#source, leaf.start + link.start, leaf.start + link.end),
    }));
  }

  #unreadable(block: Block, what: string, expected: string): void {
    const span = spanAt(this.#source, block.start, block.end);
    const subject = this.#source.text.slice(block.start, block.end).slice(0, 200);
    const message = `Unexpected ${what} in an Evidence section, expected ${expected}`;
    this.findings.push(finding({ code: "SPEC008", message, span, subject }));
  }
}

function isExample(entry: EvidenceEntry): boolean {
  return /^examples?$/i.test(entry.label);
}

/** Path, line and anchor of a link's target. A path without a leading slash counts from the folder of the file. */
function readTarget(url: string, file: string): Pick<EvidenceLink, "path" | "line" | "anchor"> {
  const hash = url.indexOf("#");
  const fragment = hash < 0 ? "" : decoded(url.slice(hash + 1));
  const lines = /^L(\d{1,9})(?:C\d+)?(?:-L?\d+(?:C\d+)?)?$/.exec(fragment);
  const location = hash < 0 ? url : url.slice(0, hash);
  const place = {
    line: lines === null ? null : Number(lines[1]),
    anchor: lines === null && fragment !== "" ? fragment : null,
  };
  if (location === "" || /^[A-Za-z][A-Za-z0-9+.-]*:/.test(location) || location.startsWith("//")) {
    return { path: null, ...place };
  }
  const query = location.indexOf("?");
  return { path: resolved(decoded(query < 0 ? location : location.slice(0, query)), file), ...place };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Relative to the judged root; null for paths that leave it. */
function resolved(path: string, file: string): string | null {
  const segments = path.startsWith("/") ? [] : file.split("/").slice(0, -1);
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join("/");
}

/** What stands behind the file's name, and its line, in the text of a link. */
function symbolOf(text: string, url: string): string | null {
  const blank = text.search(/\s/);
  if (blank < 0) return null;
  const word = text.slice(0, blank);
  const name = word.replace(/:\d+(?:-\d+)?$/, "");
  const location = url.split(/[#?]/, 1)[0] ?? "";
  if (name === word && location !== name && !location.endsWith(`/${name}`)) return null;
  const symbol = text.slice(blank).trim();
  return /^`[^`]+`$/.test(symbol) ? symbol.slice(1, -1) : symbol;
}
